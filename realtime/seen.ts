import { type Apart, veiledAll } from "../domain/veil.ts";
import type { Log } from "../kv/log.ts";
import type { Hub } from "./hub.ts";

/** What one reader sees of rooms: nothing of those whom they shall not meet. */
export type Seen = Pick<Log, "page" | "messages" | "firstSince"> & Pick<Hub, "recent"> & { apart: Apart };

/** For a reader who may read the rooms, which is asked before. `null` is a guest. */
export function seenBy({ log, hub }: { log: Log; hub: Hub }, who: { id: string } | null): Seen {
  const apart = hub.apart(who?.id);
  return {
    apart,
    page: (room, range, limit) => log.page(room, { ...range, apart }, limit),
    messages: async (room, seqs) => veiledAll(await log.messages(room, seqs), apart),
    firstSince: log.firstSince,
    recent: (room, limit) => hub.recent(room, limit, apart),
  };
}

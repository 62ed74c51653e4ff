import { isCrisis } from "../domain/crisis.ts";
import { limits } from "../domain/limits.ts";
import type { Writing } from "../domain/matching/portrait.ts";
import type { Readable } from "../domain/profile.ts";
import { PLAZA } from "../domain/room.ts";
import { ownPage } from "../kv/author.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";

/** Public live rooms that are looked through for what somebody wrote. */
const MOST_ROOMS = 30;

/**
 * What a person wrote lately where everybody may read it, of the surfaces that they let be read. What is gone, hidden,
 * or a cry for help is not among it.
 */
export async function writingsOf(
  { store, log, rooms }: { store: Store; log: Log; rooms: Rooms },
  user: string,
  reads: readonly Readable[],
): Promise<Writing[]> {
  const open = reads.includes("live") ? (await rooms.list(null, undefined, MOST_ROOMS)).items : [];
  const places = [...(reads.includes("plaza") ? [PLAZA] : []), ...open.map(({ id }) => id)];
  const all = await Promise.all(places.map(async (room) => {
    const { entries } = await ownPage(store, room, user, 1, limits.match.writings);
    const messages = await log.messages(room, entries.map(({ seq }) => seq));
    return messages.filter(({ gone, change, text }) => !gone && !change && text !== "" && !isCrisis(text))
      .map(({ seq, at, text, mood }): Writing => ({ room, seq, at, text, mood }));
  }));
  return all.flat().sort((a, b) => b.at - a.at || b.seq - a.seq).slice(0, limits.match.writings);
}

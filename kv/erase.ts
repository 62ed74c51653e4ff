import type { AiKind, Room } from "../domain/room.ts";
import { type Key, keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** KV's atomic takes 1,000 mutations and 80 KiB of keys. */
const BATCH = 400;

/**
 * Takes an AI room away, and every word of it. From the first atomic on nobody finds it; should this stop in the middle,
 * the sweeper goes on by the mark, and by it finds what an answer that was being made still wrote.
 */
export async function eraseRoom(
  store: Store,
  { id, kind, owner, createdAt = 0 }: Room & { kind: AiKind; owner: string },
  now: number,
): Promise<void> {
  const members = await store.list(keys.members(id));
  await store.commit((atomic) => {
    for (const { key } of members) {
      atomic.delete(key).delete(keys.playedScene(String(key.at(-1)), createdAt, id));
    }
    for (
      const one of [
        keys.invitation,
        keys.room,
        keys.scene,
        keys.practice,
        keys.recollection,
        keys.interviewReport,
        keys.offRecord,
      ]
    ) {
      atomic.delete(one(id));
    }
    atomic.delete(keys.turn(id)).delete(keys.ownAiRoom(owner, kind, createdAt, id)).set(keys.erased(id), now);
  });
  await eraseLog(store, id);
}

/** All that stands under a room's name in the log and beside it. */
export async function eraseLog(store: Store, room: string): Promise<void> {
  const beside = ["leaf", "gram", "presence", "reacted", "vote", "catch_up"];
  for (const prefix of [keys.messages(room), ...beside.map((name) => [name, room] as Key<unknown>)]) {
    for (;;) {
      const rows = await store.list(prefix, { limit: BATCH });
      if (!rows.length) break;
      await store.commit((atomic) => rows.forEach(({ key }) => atomic.delete(key)));
    }
  }
  await store.commit((atomic) => atomic.delete(keys.head(room)).delete(keys.indexed(room)));
}

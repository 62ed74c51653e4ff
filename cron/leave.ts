import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { wordsIn } from "../domain/words/words.ts";
import { families } from "../kv/families.ts";
import type { Leaver } from "../kv/family.ts";
import { keys, type LeavingRecord } from "../kv/keys.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Found, Store } from "../kv/store.ts";
import type { Notice } from "../realtime/house.ts";

type Parts = {
  store: Store;
  rooms: Pick<Rooms, "changed">;
  now: () => number;
  line: LogLine;
  announce(notice: Notice): Promise<void>;
};

/**
 * Lets those go whose days to change their mind are over. First everything of theirs; some minutes later once more, for
 * what was on its way then, and the words by which isolates were told; last the record that they wanted to leave. Each
 * step may be done twice, so a crash in the middle is only a delay.
 */
export async function letLeave(parts: Parts): Promise<void> {
  const { store, now, line, announce } = parts;
  for (const row of await store.list(keys.leavings())) {
    const { dueAt, goneAt } = row.value, id = String(row.key.at(-1));
    if (goneAt !== undefined ? goneAt + limits.leavingRest > now() : dueAt > now()) continue;
    await erase(parts, { id, left: now(), ...row.value });
    if (goneAt === undefined) {
      const { messages, lang } = row.value;
      await announce({ type: "departed", user: id, messages, nickname: wordsIn(lang).departed });
      await put(store, row, { ...row.value, goneAt: now() });
    } else await put(store, row, null);
    line("info", goneAt === undefined ? "person_left" : "person_forgotten");
  }
}

async function erase({ store, rooms }: Parts, leaver: Leaver): Promise<void> {
  const own = (await store.list(keys.rooms())).filter(({ value: { owner } }) => owner === leaver.id);
  for (const { value: { id, createdAt = 0 } } of own) {
    await store.commit((atomic) => atomic.delete(keys.openRoom(createdAt, id)));
  }
  for (const [, { erases }] of families) await erases?.(store, leaver);
  for (const { value: { id } } of own) await rooms.changed(id);
}

async function put(
  store: Store,
  { key, versionstamp }: Found<LeavingRecord>,
  next: LeavingRecord | null,
): Promise<void> {
  await store.commit((atomic) => {
    atomic.check({ key, versionstamp });
    if (next) atomic.set(key, next);
    else atomic.delete(key);
  });
}

import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { wordsIn } from "../domain/words/words.ts";
import { families } from "../kv/families.ts";
import type { Leaver } from "../kv/family.ts";
import { keys, type LeavingRecord, type User } from "../kv/keys.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
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
  for (const { key, value: { dueAt, goneAt } } of await parts.store.list(keys.leavings())) {
    const due = goneAt === undefined ? dueAt : goneAt + limits.leavingRest;
    if (due <= parts.now()) await (goneAt === undefined ? go : forget)(parts, String(key.at(-1)));
  }
}

async function go(parts: Parts, id: string): Promise<void> {
  const { store, now, line, announce } = parts;
  const leaving = await change(store, id, (leaving, user) => ({ ...leaving, names: leaving.names ?? namesOf(user) }));
  if (!leaving) return;
  const { messages, lang, names = [] } = leaving;
  await erase(parts, { id, left: now(), messages, lang, names });
  await announce({ type: "departed", user: id, messages, nickname: wordsIn(lang).departed });
  await change(store, id, (leaving) => ({ ...leaving, goneAt: now() }));
  line("info", "person_left");
}

async function forget(parts: Parts, id: string): Promise<void> {
  const leaving = await change(parts.store, id, (leaving) => leaving);
  if (!leaving) return;
  const { messages, lang, names = [] } = leaving;
  await erase(parts, { id, left: parts.now(), messages, lang, names });
  await change(parts.store, id, () => null);
  parts.line("info", "person_forgotten");
}

async function erase({ store, rooms }: Parts, leaver: Leaver): Promise<void> {
  const own = (await store.list(keys.rooms())).filter(({ value: { owner, members } }) => {
    return owner === leaver.id || members?.includes(leaver.id);
  });
  for (const { value: { id, createdAt = 0 } } of own) {
    await store.commit((atomic) => atomic.delete(keys.openRoom(createdAt, id)));
  }
  for (const [, { erases }] of families) await erases?.(store, leaver);
  for (const { value: { id } } of own) await rooms.changed(id);
}

async function change(
  store: Store,
  id: string,
  next: (leaving: LeavingRecord, user: User | null) => LeavingRecord | null,
): Promise<LeavingRecord | null> {
  const [found, user] = await Promise.all([store.get(keys.leaving(id)), findUser(store, id)]);
  const leaving = found.value && next(found.value, user);
  const done = await store.commit((atomic) => {
    atomic.check({ ...found, key: keys.leaving(id) });
    if (leaving) atomic.set(keys.leaving(id), leaving);
    else atomic.delete(keys.leaving(id));
  });
  return done === null ? null : leaving; // they changed their mind just now, or another isolate does it
}

const namesOf = (user: User | null): string[] =>
  [user?.username, user?.nickname, user?.email, user?.newEmail].filter((name) => name !== undefined);

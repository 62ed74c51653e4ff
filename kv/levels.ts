import { type RoomLevel, usualLevel } from "../domain/room_level.ts";
import { type Key, keys } from "./keys.ts";
import type { Found, Store } from "./store.ts";

/** Somebody who wants to be told of everything in a room. `told`: since which message, until they look there again. */
export type Listener = { told?: number };

export const levelOf = async (store: Store, user: string, room: string): Promise<RoomLevel> =>
  (await store.get(keys.roomLevel(user, room))).value ?? usualLevel;

/** Rooms where this person wants something else than usual. */
export const levelsOf = async (store: Store, user: string): Promise<{ room: string; level: RoomLevel }[]> =>
  (await store.list(keys.roomLevels(user))).map(({ key, value }) => ({ room: String(key.at(-1)), level: value }));

export async function setLevel(store: Store, user: string, room: string, level: RoomLevel): Promise<void> {
  await store.commit((atomic) => {
    if (level === usualLevel) atomic.delete(keys.roomLevel(user, room));
    else atomic.set(keys.roomLevel(user, room), level);
    if (level === "everything") atomic.set(keys.listener(room, user), {});
    else atomic.delete(keys.listener(room, user));
  });
}

/** They look at the room: what comes after they have gone again is news. */
export async function looked(store: Store, user: string, room: string): Promise<void> {
  const found = await store.get(keys.listener(room, user));
  if (found.value?.told !== undefined) await store.commit((atomic) => atomic.check(found).set(found.key, {}));
}

/** Those of a room, a page at a time, in the order of their ids. */
export function listenersOf(store: Store, room: string, after: string, limit: number): Promise<Found<Listener>[]> {
  const all: Key<Listener> = keys.listeners(room);
  return store.list(all, { ...(after && { start: [...keys.listener(room, after), ""], end: [...all, true] }), limit });
}

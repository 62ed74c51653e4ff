import { type RoomLevel, usualLevel } from "../domain/room_level.ts";
import { type Key, keys } from "./keys.ts";
import type { Found, Store } from "./store.ts";

/**
 * Somebody who wants to be told of everything in a room. `seen`: when they came, went or chose so, epoch milliseconds.
 * `told`: that there is news, and since which message, until they look again.
 */
export type Listener = { seen: number; told?: number };

export const levelOf = async (store: Store, user: string, room: string): Promise<RoomLevel> =>
  (await store.get(keys.roomLevel(user, room))).value ?? usualLevel;

/** Rooms where this person wants something else than usual. */
export const levelsOf = async (store: Store, user: string): Promise<{ room: string; level: RoomLevel }[]> =>
  (await store.list(keys.roomLevels(user))).map(({ key, value }) => ({ room: String(key.at(-1)), level: value }));

export async function setLevel(store: Store, user: string, room: string, level: RoomLevel, now: number) {
  await store.commit((atomic) => {
    if (level === usualLevel) atomic.delete(keys.roomLevel(user, room));
    else atomic.set(keys.roomLevel(user, room), level);
    if (level === "everything") atomic.set(keys.listener(room, user), { seen: now });
    else atomic.delete(keys.listener(room, user));
  });
}

/** They come or go: only what comes after they have gone is news. */
export async function looked(store: Store, user: string, room: string, now: number): Promise<void> {
  const found = await store.get(keys.listener(room, user));
  if (found.value) await store.commit((atomic) => atomic.check(found).set(found.key, { seen: now }));
}

/** Those of a room, a page at a time, in the order of their ids. */
export function listenersOf(store: Store, room: string, after: string, limit: number): Promise<Found<Listener>[]> {
  const all: Key<Listener> = keys.listeners(room);
  return store.list(all, { ...(after && { start: [...keys.listener(room, after), ""], end: [...all, true] }), limit });
}

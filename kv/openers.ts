import { fold } from "../domain/grams.ts";
import { limits } from "../domain/limits.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";
import { hashOf } from "./tickets.ts";

/** Where somebody last began with these words; only what they hash to is kept. */
export type Opener = { room: string; expiresAt: number };

/** Keeps with which words somebody begins in a room. True when they began another one with the same. */
export async function openWith(store: Store, user: string, room: string, text: string, now: number): Promise<boolean> {
  const found = await store.get(keys.opener(user, await hashOf(fold(text))));
  await store.commit((atomic) => atomic.set(found.key, { room, expiresAt: now + limits.match.opener }));
  return found.value !== null && found.value.room !== room && found.value.expiresAt > now;
}

import type { Who } from "../domain/person.ts";
import { limits } from "../domain/limits.ts";
import { type Key, keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** A word that opens one socket, once, within 30 s. The store knows only its hash. */
export async function makeTicket(store: Store, who: Who, now: number): Promise<string> {
  const ticket = secretWord();
  const key = keys.ticket(await hashOf(ticket));
  await store.commit((atomic) => atomic.set(key, { who, expiresAt: now + limits.ticket }));
  return ticket;
}

/** Whose ticket it is, or `null` for one that is used, late or made up. Of two that take it, one gets it. */
export async function takeTicket(store: Store, ticket: string, now: number): Promise<Who | null> {
  return (await takeOnce(store, keys.ticket(await hashOf(ticket)), now))?.who ?? null;
}

/** What stands there, for one taker alone; `null` when it is gone or late. */
export async function takeOnce<V extends { expiresAt: number }>(
  store: Store,
  key: Key<V>,
  now: number,
): Promise<V | null> {
  const found = await store.get(key);
  if (found.value === null) return null;
  const taken = await store.commit((atomic) => atomic.check(found).delete(key));
  return taken !== null && found.value.expiresAt > now ? found.value : null;
}

/** 256 bits that nobody guesses, fit for an address. */
export const secretWord = (): string =>
  crypto.getRandomValues(new Uint8Array(32)).toBase64({ alphabet: "base64url", omitPadding: true });

/** What the store keeps of a secret word. */
export async function hashOf(word: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(word));
  return new Uint8Array(hash).toHex();
}

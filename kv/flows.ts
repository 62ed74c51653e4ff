import { limits } from "../domain/limits.ts";
import { type Flow, keys, type Newcomer } from "./keys.ts";
import type { Store } from "./store.ts";
import { hashOf, secretWord, takeOnce } from "./tickets.ts";

/** Ways to a provider and back. The browser holds a secret word for each; the store knows only its hash. */
export async function openFlow(store: Store, state: string, flow: Omit<Flow, "expiresAt">, now: number): Promise<void> {
  const key = keys.flow(await hashOf(state));
  await store.commit((atomic) => atomic.set(key, { ...flow, expiresAt: now + limits.flow }));
}

/** `null` for a state that is used, late or made up. Of two that take it, one gets it. */
export async function takeFlow(store: Store, state: string, now: number): Promise<Flow | null> {
  return await takeOnce(store, keys.flow(await hashOf(state)), now);
}

/** Keeps who came until they have chosen a name; returns the browser's word for it. */
export async function keepNewcomer(store: Store, newcomer: Omit<Newcomer, "expiresAt">, now: number): Promise<string> {
  const word = secretWord();
  const key = keys.newcomer(await hashOf(word));
  await store.commit((atomic) => atomic.set(key, { ...newcomer, expiresAt: now + limits.flow }));
  return word;
}

export async function findNewcomer(store: Store, word: string, now: number): Promise<Newcomer | null> {
  const { value } = await store.get(keys.newcomer(await hashOf(word)));
  return value && value.expiresAt > now ? value : null;
}

/** Of two that take it, one gets it. */
export async function takeNewcomer(store: Store, word: string, now: number): Promise<Newcomer | null> {
  return await takeOnce(store, keys.newcomer(await hashOf(word)), now);
}

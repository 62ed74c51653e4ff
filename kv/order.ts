import { firstWords } from "../domain/automod.ts";
import type { Sanction, SanctionKind } from "../domain/keeping.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** The whole place, where a room's id stands otherwise. */
export const PLACE = "";

export async function sanctionsOf(store: Store, userId: string): Promise<Sanction[]> {
  return (await store.list(keys.sanctionsOf(userId), { limit: 1_000 })).map(({ value }) => value);
}

export async function findSanction(
  store: Store,
  userId: string,
  room: string | undefined,
  kind: SanctionKind,
): Promise<Sanction | null> {
  return (await store.get(keys.sanction(userId, room ?? PLACE, kind))).value;
}

/** A new one takes the place of the one before. */
export function putSanction(atomic: Deno.AtomicOperation, sanction: Sanction): void {
  atomic.set(keys.sanction(sanction.userId, sanction.room ?? PLACE, sanction.kind), sanction);
}

export function dropSanction(atomic: Deno.AtomicOperation, { userId, room, kind }: Sanction): void {
  atomic.delete(keys.sanction(userId, room ?? PLACE, kind));
}

/** The administrators' own list, or the one that every place starts with. */
export async function blockedWords(store: Store): Promise<readonly string[]> {
  return (await store.get(keys.blockedWords())).value ?? firstWords;
}

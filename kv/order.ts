import { firstWords } from "../domain/automod.ts";
import type { Sanction, SanctionKind } from "../domain/keeping.ts";
import { isOpen } from "../domain/order.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** The whole place, where a room's id stands otherwise. */
export const PLACE = "";

export async function sanctionsOf(store: Store, userId: string): Promise<Sanction[]> {
  return (await store.list(keys.sanctionsOf(userId), { limit: 1_000 })).map(({ value }) => value);
}

/** Who may not write in a room, or was sent out of it, now: the newest first, of so many at most. */
export async function sanctionsIn(store: Store, room: string, limit: number, now: number): Promise<Sanction[]> {
  const rows = await store.list(keys.sanctionedIn(room));
  const open = rows.filter(({ value }) => isOpen(value, now));
  const found = await store.getMany(open.map(({ key: [, , kind, user] }) => {
    return keys.sanction(String(user), room, kind as SanctionKind);
  }));
  return found.flatMap(({ value }) => value ?? []).sort((a, b) => b.at - a.at).slice(0, limit);
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
  const { userId, room, kind, until } = sanction;
  atomic.set(keys.sanction(userId, room ?? PLACE, kind), sanction);
  if (room !== undefined) atomic.set(keys.sanctioned(room, kind, userId), { until });
}

export function dropSanction(atomic: Deno.AtomicOperation, { userId, room, kind }: Sanction): void {
  atomic.delete(keys.sanction(userId, room ?? PLACE, kind));
  if (room !== undefined) atomic.delete(keys.sanctioned(room, kind, userId));
}

/** The administrators' own list, or the one that every place starts with. */
export async function blockedWords(store: Store): Promise<readonly string[]> {
  return (await store.get(keys.blockedWords())).value ?? firstWords;
}

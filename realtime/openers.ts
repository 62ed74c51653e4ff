import { LRUCache } from "lru-cache";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { ownPage } from "../kv/author.ts";
import { openWith } from "../kv/openers.ts";
import type { Store } from "../kv/store.ts";

/** Shorter words are everybody's. */
const SHORTEST = 12;

/**
 * Problem `copied`, once, for whoever begins a talk of two with the words with which they began another: said again,
 * they pass. Whoever has spoken in a room is not looked at again.
 */
export function openOpeners({ store, now }: { store: Store; now: () => number }) {
  const begun = new LRUCache<string, true>({ max: 20_000 });
  return async function check(room: Room, { id }: Who, text: string): Promise<void> {
    const talk = `${room.id} ${id}`;
    if (begun.has(talk) || [...text].length < SHORTEST) return;
    if ((await ownPage(store, room.id, id, 1, 1)).entries.length) return void begun.set(talk, true);
    if (await openWith(store, id, room.id, text, now())) throw new Problem("copied");
  };
}

import { aiKinds, PLAZA, type Room, STREAMING } from "../domain/room.ts";
import type { Sort } from "../domain/timeline.ts";
import { keys } from "./keys.ts";
import { matchesOf } from "./matches.ts";
import type { Store } from "./store.ts";

/** Where somebody may have written something; `since` is when the room was made: they wrote nothing there before. */
export type OwnPlace = { room: string; sort: Sort; since: number };
/** `older`: there are more, made before this time. */
export type OwnPlaces = { places: OwnPlace[]; older?: number };

/** Puts a room on a person's list: they wrote there. It is how their history finds it. */
export async function listOwnRoom(store: Store, { id, createdAt = 0 }: Room, user: string): Promise<void> {
  const key = keys.ownRoom(user, createdAt, id);
  if ((await store.get(key)).value === null) await store.commit((atomic) => atomic.set(key, true));
}

/** The rooms that are always there. */
export const steadyPlaces: OwnPlace[] = [
  { room: PLAZA, sort: "buzz", since: 0 },
  { room: STREAMING, sort: "live", since: 0 },
];

/** A person's rooms of these sorts that were made before a time, the newest `limit`, in one parallel round of reads. */
export async function ownPlaces(
  store: Store,
  user: string,
  sorts: readonly Sort[],
  { before, limit }: { before: number; limit: number },
): Promise<OwnPlaces> {
  const listed = async (prefix: Deno.KvKey, sort: Sort): Promise<OwnPlace[]> => {
    const rows = await store.list<true>(prefix, { end: [...prefix, before], reverse: true, limit: limit + 1 });
    return rows.map(({ key }) => ({ room: String(key.at(-1)), sort, since: Number(key.at(-2)) }));
  };
  const found = await Promise.all(sorts.map(async (sort): Promise<OwnPlace[]> => {
    const ai = aiKinds.find((kind) => kind === sort);
    if (ai) return await listed(keys.ownAiRooms(user, ai), sort);
    if (sort === "live") return await listed(keys.ownRooms(user), sort);
    if (sort !== "direct") return [];
    return (await matchesOf(store, user)).map(({ room, at }) => ({ room, sort, since: at }));
  }));
  const places = found.flat().filter(({ since }) => since < before).sort((a, b) => b.since - a.since);
  if (places.length <= limit) return { places };
  const older = places[limit - 1].since; // those of the same moment stay together
  return { places: places.filter(({ since }) => since >= older), older };
}

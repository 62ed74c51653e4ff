import { LRUCache } from "lru-cache";
import { type Room, STREAMING } from "../domain/room.ts";
import { listOwnRoom } from "../kv/own_rooms.ts";
import type { Store } from "../kv/store.ts";

/** Writers of rooms that are known to be listed. */
const KEPT = 10_000;

/** A live room comes onto the list of whoever writes in it; nothing to wait for when it is known to be there. */
export type Listing = (room: Room, who: { id: string }) => Promise<void> | undefined;

export function openListing(store: Store): Listing {
  const known = new LRUCache<string, true>({ max: KEPT });
  return (room, { id }) => {
    const name = `${id} ${room.id}`;
    if (room.kind !== "live" || room.id === STREAMING || known.has(name)) return;
    return listOwnRoom(store, room, id).then(() => void known.set(name, true));
  };
}

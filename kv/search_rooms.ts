import type { Query } from "../domain/grams.ts";
import type { Message } from "../domain/message.ts";
import type { Apart } from "../domain/veil.ts";
import type { Log } from "./log.ts";
import { searchRoom } from "./search.ts";
import type { Store } from "./store.ts";

export type RoomHit = { room: string; message: Message };
/** `next` is the `before` that goes on. */
export type RoomHits = { items: RoomHit[]; next?: string };

const TOGETHER = 5;

/**
 * The messages of several rooms as one list, newest first. `before` is a `next` that was given: the time, number and
 * room of the last hit. Of two at the same time the one in the room whose id is smaller comes first.
 */
export async function searchRooms(
  { store, log }: { store: Store; log: Pick<Log, "firstSince"> },
  rooms: string[],
  query: Query,
  { before, limit, apart }: { before?: string; limit: number; apart?: Apart },
): Promise<RoomHits> {
  const [at, seq, last] = before?.match(/^(\d+)\.(\d+)\.(.+)$/)?.slice(1) ?? [];
  const below = async (room: string): Promise<number> => {
    if (last === undefined) return Infinity;
    if (room === last) return Number(seq);
    return await log.firstSince(room, room < last ? Number(at) : Number(at) + 1);
  };
  const found: RoomHit[] = [];
  let more = false;
  for (let i = 0; i < rooms.length; i += TOGETHER) {
    await Promise.all(
      rooms.slice(i, i + TOGETHER).map(async (room) => {
        const { items, next } = await searchRoom(store, room, query, { before: await below(room), limit, apart });
        more ||= next !== undefined;
        found.push(...items.map((message) => ({ room, message })));
      }),
    );
  }
  found.sort((a, b) =>
    b.message.at - a.message.at || (a.room === b.room ? b.message.seq - a.message.seq : a.room < b.room ? -1 : 1)
  );
  const items = found.slice(0, limit), end = items.at(-1);
  const next = end && (more || found.length > limit) ? `${end.message.at}.${end.message.seq}.${end.room}` : undefined;
  return { items, next };
}

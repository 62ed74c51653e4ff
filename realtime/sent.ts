import { LRUCache } from "lru-cache";
import { sameness } from "../domain/automod.ts";
import type { Message } from "../domain/message.ts";
import { LOOK_BACK, type Sent } from "../domain/order.ts";
import type { Hub } from "./hub.ts";

const PEOPLE = 20_000;
const ROOMS = 500;
const NONE: ReadonlyMap<string, Sent> = new Map();

/** Who wrote what lately in the rooms that are written to here: what this isolate let pass, and what all committed. */
export function openSent({ hub }: { hub: Hub }) {
  /** By client id, oldest first. */
  const people = new LRUCache<string, Map<string, Sent>>({ max: PEOPLE });
  const rooms = new LRUCache<string, { following: boolean; started: Promise<void>; stop?: () => void }>({
    max: ROOMS,
    dispose: ({ stop }) => stop?.(),
  });

  function note(room: string, person: string, { at, text, clientId }: { at: number; text: string; clientId: string }) {
    const name = `${room} ${person}`, known = people.get(name) ?? new Map<string, Sent>();
    if (known.has(clientId)) return;
    known.set(clientId, { at, same: sameness(text) });
    if (known.size > LOOK_BACK) known.delete(known.keys().next().value!);
    people.set(name, known);
  }

  function hear(room: string, messages: Message[]): void {
    for (const { kind, change, author, at, text, clientId } of messages) {
      if (!change && (kind === "user" || kind === "admin")) note(room, author.id, { at, text, clientId });
    }
  }

  function follow(room: string): Promise<void> {
    const known = rooms.get(room);
    if (known) return known.started;
    const place: ReturnType<typeof rooms.get> & object = { following: false, started: start() };
    rooms.set(room, place);
    place.started.catch(() => rooms.get(room) === place && rooms.delete(room));
    return place.started;

    async function start(): Promise<void> {
      const stop = await hub.listen(room, (messages) => hear(room, messages));
      hear(room, (await hub.recent(room, 100)).items);
      if (rooms.get(room) !== place) return stop();
      place.stop = stop;
      place.following = true;
    }
  }

  return {
    note,
    follow,
    follows: (room: string): boolean => rooms.get(room)?.following ?? false,
    of: (room: string, person: string): ReadonlyMap<string, Sent> => people.get(`${room} ${person}`) ?? NONE,
  };
}

import { LRUCache } from "lru-cache";
import type { Message, Reply } from "../domain/message.ts";
import { veiledAll } from "../domain/veil.ts";
import type { Room } from "../domain/room.ts";
import type { Log } from "../kv/log.ts";
import type { Hub } from "./hub.ts";
import type { Presence } from "./presence.ts";

const GLANCE = 2_000;
/** The newest line that can be shown is among so many, or there is none. */
const LOOKED_AT = 10;

/** A room as a list shows it: how many are there now, and what was said last (`at` is epoch milliseconds). */
export type Glimpse = Room & { people: number; newest?: Reply & { at: number } };
export type Lobby = (room: Room, who: { id: string } | null) => Promise<Glimpse>;

/** From memory for rooms that are followed here; of others what the store said within two seconds. */
export function openLobby({ hub, log, presence }: {
  hub: Hub;
  log: Log;
  presence: Pick<Presence, "look">;
}): Lobby {
  const glances = new LRUCache<string, Promise<Message[]>>({ max: 500, ttl: GLANCE, ttlResolution: 0 });

  function lastOf(room: string): Promise<Message[]> {
    if (hub.rooms().has(room)) return hub.recent(room, LOOKED_AT).then(({ items }) => items);
    const known = glances.get(room) ?? log.page(room, {}, LOOKED_AT);
    glances.set(room, known);
    known.catch(() => glances.delete(room));
    return known;
  }

  return async (room, who) => {
    const apart = hub.apart(who?.id);
    const [people, items] = await Promise.all([presence.look(room.id, apart), lastOf(room.id)]);
    const last = veiledAll(items, apart).findLast(({ gone, kind }) => !gone && kind !== "system");
    const newest = last && { seq: last.seq, nickname: last.author.nickname, text: shorten(last.text), at: last.at };
    return { ...room, people, newest };
  };
}

const shorten = (text: string): string => [...text].slice(0, 80).join("");

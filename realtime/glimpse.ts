import { LRUCache } from "lru-cache";
import type { Message } from "../domain/message.ts";
import type { Glimpse, Room } from "../domain/room.ts";
import { veiledAll } from "../domain/veil.ts";
import type { Log } from "../kv/log.ts";
import type { Hub } from "./hub.ts";
import type { Presence } from "./presence.ts";

const FRESH = 1_000;
/** The newest line that can be shown is among so many, or there is none. */
const LOOKED_AT = 10;

export type GlimpseParts = { hub: Hub; log: Log; presence: Pick<Presence, "look"> };

/** Looks at rooms from outside: from memory where a room is followed here, else what the store said within a second. */
export function openGlimpse({ hub, log, presence }: GlimpseParts) {
  const known = new LRUCache<string, Promise<Message[]>>({ max: 500, ttl: FRESH, ttlResolution: 0 });

  function lastOf(room: string): Promise<Message[]> {
    if (hub.rooms().has(room)) return hub.recent(room, LOOKED_AT).then(({ items }) => items);
    const read = known.get(room) ?? log.page(room, {}, LOOKED_AT);
    known.set(room, read);
    read.catch(() => known.delete(room));
    return read;
  }

  /** As this reader sees it: nobody whom they shall not meet is counted or quoted. */
  return async (room: Room, who: { id: string } | null): Promise<Glimpse> => {
    const apart = hub.apart(who?.id);
    const [people, items] = await Promise.all([presence.look(room.id, apart), lastOf(room.id)]);
    const last = veiledAll(items, apart).findLast(({ gone, kind }) => !gone && kind !== "system");
    const newest = last && { seq: last.seq, nickname: last.author.nickname, text: shorten(last.text), at: last.at };
    return { ...room, people, newest };
  };
}

const shorten = (text: string): string => [...text].slice(0, 80).join("");

import { LRUCache } from "lru-cache";
import { limits } from "../domain/limits.ts";
import type { Author } from "../domain/message.ts";
import { isDirect, showsPeople } from "../domain/room.ts";
import type { Apart } from "../domain/veil.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import { type Arrivals, openArrivals } from "./arrivals.ts";
import type { Bus, Word } from "./bus.ts";
import { Crowd, type Said } from "./crowd.ts";
import type { Hub } from "./hub.ts";

/** How often this isolate tells at most, writes down (sooner after a change) and reads, and how long words count. Milliseconds. */
const usual = {
  tell: 500,
  write: 15_000,
  change: 1_000,
  read: 5_000,
  expire: limits.presence as number,
  grace: 10_000,
  burst: 2_000,
};
export type Pace = typeof usual;

/** `members` are named, `more` are logged in too, `guests` are browsers without a name. */
export type People = { members: Author[]; more: number; guests: number };

/**
 * Who follows which room, over all isolates: people, not tabs. An isolate writes down whom it has and says so again
 * before it expires, so that a crashed one is forgotten by itself. A guest is counted by browser. For a reader who is
 * `apart` from some people, those are not there.
 */
export type Presence = {
  /** People in a room that is followed here. */
  count(room: string, apart?: Apart): number;
  /** People in any room. */
  look(room: string, apart?: Apart): Promise<number>;
  people(room: string, limit: number, apart?: Apart): Promise<People>;
  /** Members of a room that is followed here, as far as this isolate knows their names. */
  named(room: string, apart?: Apart): Author[];
  enter(room: string, visitor: string, person?: Author): void;
  leave(room: string, visitor: string, person?: Author): void;
  hear(word: Extract<Word, { type: "people" }>): void;
  /** Says what changed since the last call. To be called about once a second. */
  tick(): Promise<void>;
  /** Forgets this isolate everywhere. */
  close(): Promise<void>;
};

type Followed = {
  crowd: Crowd;
  told: { version: number; count: number; at: number };
  written: { version: number; at: number };
  telling?: ReturnType<typeof setTimeout>;
};

export function openPresence(parts: {
  store: Store;
  hub: Hub;
  bus: () => Bus;
  now: () => number;
  isolate: string;
  pace?: Partial<Pace>;
}): Presence {
  const { store, hub, now, isolate } = parts;
  const pace = { ...usual, ...parts.pace };
  const arrivals: Arrivals = openArrivals({ hub, now, ...pace });
  const rooms = new Map<string, Followed>();
  const glances = new LRUCache<string, Promise<Crowd>>({ max: 500, ttl: 1_000, ttlResolution: 0 });
  let readAt = 0;

  function open(room: string): Followed {
    let telling = false;
    const crowd = new Crowd((mark, came, person) => telling && arrivals.note(room, mark, came, person));
    const told = { version: 0, count: 0, at: -Infinity };
    const followed: Followed = { crowd, told, written: { version: 0, at: -Infinity } };
    rooms.set(room, followed);
    // Who was there already is no news.
    void read(room, followed).catch(() => {}).finally(() => telling = showsPeople(room));
    return followed;
  }

  async function tick(): Promise<void> {
    const all = [...rooms];
    for (const [room, followed] of all) {
      followed.crowd.expire(now());
      tellSoon(room, followed);
    }
    arrivals.tick();
    await Promise.all(all.map(([room, followed]) => followed.crowd.empty ? forget(room) : write(room, followed)));
    if (now() - readAt < pace.read) return;
    readAt = now();
    await Promise.all([...rooms].map(([room, followed]) => read(room, followed)));
  }

  /** At once when nothing was told for a while; who comes and goes until then is told together. */
  function tellSoon(room: string, followed: Followed): void {
    const wait = followed.told.at + pace.tell - performance.now();
    if (wait <= 0) tell(room, followed);
    else followed.telling ??= setTimeout(() => tell(room, followed), wait);
  }

  function tell(room: string, followed: Followed): void {
    const { crowd, told } = followed;
    clearTimeout(followed.telling);
    followed.telling = undefined;
    if (crowd.version === told.version && crowd.count === told.count) return;
    if (crowd.version !== told.version) parts.bus().tell({ type: "people", room, isolate, ...mine(room, crowd) });
    if (crowd.count !== told.count) {
      hub.whisper(room, { type: "people", room, count: crowd.count }, {
        veil: (apart) => ({ type: "people", room, count: crowd.countWithout(apart) }),
      });
    }
    followed.told = { version: crowd.version, count: crowd.count, at: performance.now() };
  }

  async function write(room: string, { crowd, written }: Followed): Promise<void> {
    const { version } = crowd;
    if (now() - written.at < (version === written.version ? pace.write : pace.change)) return;
    written.at = now();
    const record = { ...mine(room, crowd), expiresAt: now() + pace.expire };
    await store.commit((atomic) => atomic.set(keys.presence(room, isolate), record));
    written.version = version;
  }

  /** Nobody follows it here any more. */
  async function forget(room: string): Promise<void> {
    clearTimeout(rooms.get(room)?.telling);
    rooms.delete(room);
    arrivals.forget(room);
    parts.bus().tell({ type: "people", room, isolate, people: new Uint32Array() });
    await store.commit((atomic) => atomic.delete(keys.presence(room, isolate)));
  }

  async function read(room: string, { crowd }: Followed): Promise<void> {
    const written = new Map<string, Said>(await said(room));
    for (const [name, { heard, expiresAt }] of crowd.elsewhere) {
      const fresher = heard && expiresAt > (written.get(name)?.expiresAt ?? now());
      if (fresher) written.delete(name);
      else if (!written.has(name)) crowd.hears(name, null);
    }
    for (const [name, record] of written) crowd.hears(name, record);
  }

  /** What the other isolates have written down and what has not expired. */
  async function said(room: string): Promise<[string, Said][]> {
    const rows = await store.list(keys.presences(room));
    return rows.filter(({ value }) => value.expiresAt > now()).map(({ key, value }): [string, Said] => [
      String(key.at(-1)),
      value,
    ]).filter(([name]) => name !== isolate);
  }

  const isNamed = (room: string) => showsPeople(room) || isDirect(room);
  const mine = (room: string, crowd: Crowd) => isNamed(room) ? crowd.mine() : { people: crowd.mine().people };

  /** From memory, or what was written down a moment ago. */
  async function crowdOf(room: string): Promise<Crowd> {
    const followed = rooms.get(room)?.crowd;
    if (followed) return followed;
    const known = glances.get(room) ?? glance(room);
    glances.set(room, known);
    return await known;
  }

  async function glance(room: string): Promise<Crowd> {
    const crowd = new Crowd();
    for (const [name, record] of await said(room).catch(() => [])) crowd.hears(name, record);
    return crowd;
  }

  return {
    count: (room, apart) => rooms.get(room)?.crowd.countWithout(apart) ?? 0,
    look: async (room, apart) => (await crowdOf(room)).countWithout(apart),
    async people(room, limit, apart) {
      const crowd = await crowdOf(room);
      const members = crowd.named(limit, apart), guests = crowd.count - crowd.members;
      return { members, more: Math.max(0, crowd.countWithout(apart) - guests - members.length), guests };
    },
    named: (room, apart) => rooms.get(room)?.crowd.named(Infinity, apart) ?? [],
    enter(room, visitor, person) {
      const followed = rooms.get(room) ?? open(room);
      followed.crowd.enter(visitor, person);
      tellSoon(room, followed);
    },
    leave: (room, visitor, person) => rooms.get(room)?.crowd.leave(visitor, person),
    hear({ room, isolate: from, people, names }) {
      const followed = rooms.get(room);
      followed?.crowd.hears(from, { people, names, expiresAt: now() + pace.expire, heard: true });
      if (followed) tellSoon(room, followed);
    },
    tick,
    close: async () => void await Promise.all([...rooms.keys()].map(forget)),
  };
}

import { hash32 } from "../domain/hash.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import type { Bus } from "./bus.ts";
import type { Hub } from "./hub.ts";

/** A value holds 64 KiB; more people than this in one room of one isolate are counted as this many. */
const MOST = 12_000;
const TELL_EVERY = 1_000;
const WRITE_EVERY = 15_000;
const READ_EVERY = 5_000;

/** What another isolate said of a room: written down in the store, or `heard` from it directly, which is fresher. */
type Said = { people: Uint32Array; expiresAt: number; heard?: true };
type Elsewhere = Map<string, Said>;

/**
 * Who follows which room, over all isolates: people, not tabs. An isolate writes down whom it has (as hashes) and
 * says so again before it expires, so that a crashed one is forgotten by itself. A guest is counted by browser.
 */
export type Presence = {
  count(room: string): number;
  hear(room: string, isolate: string, people: Uint32Array): void;
  /** Says what changed since the last call. To be called about once a second. */
  tick(): Promise<void>;
  /** Forgets this isolate everywhere. */
  leave(): Promise<void>;
};

export function openPresence(parts: {
  store: Store;
  hub: Hub;
  bus: () => Bus;
  now: () => number;
  isolate: string;
  line: LogLine;
}): Presence {
  const { store, hub, now, isolate } = parts;
  const elsewhere = new Map<string, Elsewhere>();
  const told = new Map<string, { count: number; mine: string }>();
  const written = new Map<string, { mine: string; at: number }>();
  let readAt = 0, toldAt = 0;

  const others = (room: string): Elsewhere => {
    const known: Elsewhere = elsewhere.get(room) ?? new Map();
    elsewhere.set(room, known);
    return known;
  };

  function here(room: string): Set<number> {
    const feeds = hub.rooms().get(room)?.feeds ?? [];
    return new Set([...feeds].map(({ visitor }) => hash32(visitor)).slice(0, MOST));
  }

  function count(room: string): number {
    const all = here(room);
    for (const { people, expiresAt } of others(room).values()) {
      if (expiresAt > now()) { for (const person of people) all.add(person); }
    }
    return all.size;
  }

  async function tick(): Promise<void> {
    const followed = [...hub.rooms()].filter(([, live]) => live.feeds.size).map(([room]) => room);
    const gone = [...written.keys()].filter((room) => !followed.includes(room));
    if (now() - toldAt >= TELL_EVERY) tell([...followed, ...gone]);
    await Promise.all([...followed.map(write), ...gone.map(erase)]);
    if (now() - readAt < READ_EVERY) return;
    readAt = now();
    await Promise.all(followed.map(read));
  }

  function tell(rooms: string[]): void {
    toldAt = now();
    for (const room of rooms) {
      const mine = Uint32Array.from(here(room)).sort();
      const before = told.get(room), counted = count(room);
      if (before?.mine !== mine.join()) parts.bus().tell({ type: "people", room, isolate, people: mine });
      if (before?.count !== counted) hub.whisper(room, { type: "people", room, count: counted });
      told.set(room, { count: counted, mine: mine.join() });
    }
  }

  async function write(room: string): Promise<void> {
    const people = Uint32Array.from(here(room)).sort();
    const mine = people.join(), before = written.get(room);
    const due = !before || now() - before.at >= (before.mine === mine ? WRITE_EVERY : 3 * TELL_EVERY);
    if (!due) return;
    written.set(room, { mine, at: now() });
    const record = { people, expiresAt: now() + limits.presence };
    await store.commit((atomic) => atomic.set(keys.presence(room, isolate), record));
  }

  async function erase(room: string): Promise<void> {
    written.delete(room);
    told.delete(room);
    await store.commit((atomic) => atomic.delete(keys.presence(room, isolate)));
  }

  async function read(room: string): Promise<void> {
    const rows = await store.list(keys.presences(room));
    const next: Elsewhere = new Map(rows.map(({ key, value }) => [String(key.at(-1)), value]));
    next.delete(isolate);
    for (const [name, said] of others(room)) {
      if (said.heard && said.expiresAt > (next.get(name)?.expiresAt ?? now())) next.set(name, said);
    }
    elsewhere.set(room, next);
  }

  return {
    count,
    hear: (room, from, people) =>
      void others(room).set(from, { people, expiresAt: now() + limits.presence, heard: true }),
    tick,
    leave: async () => void await Promise.all([...written.keys()].map(erase)),
  };
}

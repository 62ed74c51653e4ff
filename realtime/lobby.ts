import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Who } from "../domain/person.ts";
import type { Glimpse, Room } from "../domain/room.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Conn } from "./conn.ts";
import { type GlimpseParts, openGlimpse } from "./glimpse.ts";
import { keepPassing } from "./passes.ts";

/** So many rooms stand in a list, and so often what changed there is told (milliseconds). */
const SHOWN = 30;
const EVERY = 1_000;

/** The list of rooms: as it is now, and to those who watch it as it changes. */
export type Lobby = {
  /** What a reader may find, newest first. `next` goes into `before`. */
  list(who: Who | null, before?: string, limit?: number): Promise<{ items: Glimpse[]; next?: string }>;
  glimpse(room: Room, who: Who | null): Promise<Glimpse>;
  watch(conn: Conn, who: Who | null): Promise<void>;
  leave(conn: Conn): void;
  /** A room was made, is called something else, or is open to others. */
  changed(): void;
  stop(): Promise<void>;
};

type Watcher = { who: Who | null; ids: string[]; stale: boolean };

export function openLobby(parts: GlimpseParts & { rooms: Rooms; line: LogLine; every?: number }): Lobby {
  const { hub, rooms, line, every = EVERY } = parts;
  const glimpse = openGlimpse(parts);
  const watchers = new Map<Conn, Watcher>();
  const told = new Map<string, string>();
  const passes = keepPassing(every, line, async () => {
    for (const [conn, watcher] of watchers) if (watcher.stale) await tellAll(conn, watcher);
    await tellChanges();
  });

  async function list(who: Who | null, before?: string, limit = SHOWN) {
    const { items, next } = await rooms.list(who, before, limit);
    return { items: await Promise.all(items.map((room) => glimpse(room, who))), next };
  }

  async function watch(conn: Conn, who: Who | null): Promise<void> {
    const watcher = { who, ids: [], stale: true };
    watchers.set(conn, watcher);
    await tellAll(conn, watcher);
  }

  async function tellAll(conn: Conn, watcher: Watcher): Promise<void> {
    watcher.stale = false;
    const { items } = await list(watcher.who);
    watcher.ids = items.map(({ id }) => id);
    if (watchers.get(conn) === watcher) conn.send(JSON.stringify({ type: "lobby", whole: true, rooms: items }));
  }

  /** Each room is looked at once for all who watch it. */
  async function tellChanges(): Promise<void> {
    const watched = new Set([...watchers.values()].flatMap(({ ids }) => ids));
    for (const id of told.keys()) if (!watched.has(id)) told.delete(id);
    const changed = (await Promise.all([...watched].map(lookAt))).filter((id) => id !== null);
    if (!changed.length) return;
    for (const [conn, watcher] of watchers) await tell(conn, watcher, changed);
  }

  /** The id of a room that looks different now. */
  async function lookAt(id: string): Promise<string | null> {
    const room = await rooms.get(id);
    if (!room) return null;
    const card = JSON.stringify(await glimpse(room, null));
    if (told.get(id) === card) return null;
    told.set(id, card);
    return id;
  }

  /** Found again for each: who may not see a room any more hears nothing of it. Who is apart from somebody has own cards. */
  async function tell(conn: Conn, { who, ids }: Watcher, changed: string[]): Promise<void> {
    const found = await Promise.all(changed.filter((id) => ids.includes(id)).map((id) => rooms.find(id, who)));
    const seen = found.filter((room) => room !== null);
    const own = hub.apart(who?.id) && await Promise.all(seen.map((room) => glimpse(room, who)));
    const cards = own?.map((card) => JSON.stringify(card)) ?? seen.flatMap(({ id }) => told.get(id) ?? []);
    if (!cards.length || conn.buffered() > limits.buffered) return;
    conn.send(`{"type":"lobby","whole":false,"rooms":[${cards}]}`);
  }

  return {
    list,
    glimpse,
    watch,
    leave: (conn) => void watchers.delete(conn),
    changed() {
      for (const watcher of watchers.values()) watcher.stale = true;
    },
    stop: passes.stop,
  };
}

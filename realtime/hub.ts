import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Author, Message } from "../domain/message.ts";
import { type Apart, numbered } from "../domain/veil.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Log } from "../kv/log.ts";
import type { Conn } from "./conn.ts";
import { openFollow, PAGE } from "./feeds.ts";
import { type Feed, Live } from "./live.ts";

/** A room that nobody follows leaves memory after so many healing passes. */
const IDLE_PASSES = 60;

export type Joining = { since?: number; epoch?: string };
/** Who follows which room; `presence.ts`. */
type PeopleWatch = Record<"enter" | "leave", (room: string, visitor: string, person?: Author) => void> & {
  count(room: string, apart?: Apart): number;
};
/** Who does not hear a frame, and what readers hear instead who are apart from some people. */
type Whisper = { but?: (feed: Feed) => boolean; veil?: (apart: ReadonlySet<string>) => ServerFrame | null };

/** The rooms that are followed here, and who follows them. Delivers each number once, in order, to everybody. */
export type Hub = {
  /** Sends `joined`, then what is missed, then joins the flow. A `visitor` of "" is not counted among the people. */
  join(room: string, conn: Conn, visitor: string, from: Joining, person?: Author): Promise<Feed>;
  leave(room: string, feed: Feed): void;
  /** Whether a feed has been sent a number already. */
  reached(room: string, feed: Feed, seq: number): boolean;
  /** The newest `limit` messages, oldest first; from memory in steady state. `apart` as in `Log.page`. */
  recent(room: string, limit: number, apart?: Apart): Promise<{ items: Message[]; head: number; epoch: string }>;
  /** Every message from now on, in order, each once. */
  listen(room: string, hear: (messages: Message[]) => void): Promise<() => void>;
  /** A frame that is not in the log (typing, people) to all who follow a room here. */
  whisper(room: string, frame: ServerFrame, to?: Whisper): void;
  /** Whom a person shall not meet. */
  apart(id: string | undefined): Apart;
  /** What these people see has become different: their pages are told to begin anew. */
  renew(people: string[]): void;
  /** New messages, from this isolate's commit or from another's broadcast. */
  deliver(room: string, messages: Message[]): void;
  /** Milliseconds until a room's readers here would hear of something new; not above 0 when at once. */
  untilHeard(room: string): number;
  /** Something may be new in a room: look. */
  look(room: string): Promise<void>;
  /** Looks at all rooms: what bells and broadcasts lost is found here. */
  heal(): Promise<void>;
  rooms(): ReadonlyMap<string, Live>;
  /** People in a room; `presence.ts` counts them. */
  people(room: string, apart?: Apart): number;
  watchPeople(presence: PeopleWatch): void;
  close(): void;
};

/** `apart`: whom a person shall not meet (`kv/blocks.ts`); it is asked for each frame, and answers from memory. */
export function openHub({ log, line, apart = () => undefined }: {
  log: Log;
  line: LogLine;
  apart?: (id: string | undefined) => Apart;
}): Hub {
  const rooms = new Map<string, Live>();
  const opening = new Map<string, Promise<Live>>();
  const looking = new Map<string, Promise<void>>();
  const idle = new Map<string, number>();
  let presence: PeopleWatch | undefined;
  let closed = false;
  const { missed, follow } = openFollow({ log, line, isClosed: () => closed });

  async function open(room: string): Promise<Live> {
    const live = rooms.get(room);
    if (live) return live;
    const started = opening.get(room) ?? begin(room).finally(() => opening.delete(room));
    opening.set(room, started);
    return await started;
  }

  /** Registers before it knows that nothing came in between: `look` fetches that. */
  async function begin(room: string): Promise<Live> {
    const { seq, epoch } = await log.head(room);
    const newest = await log.after(room, Math.max(0, seq - 100), 100);
    const live = new Live(room, epoch, newest.at(-1)?.seq ?? seq, newest, apart);
    rooms.set(room, live);
    await look(room);
    return live;
  }

  async function join(room: string, conn: Conn, visitor: string, from: Joining, person?: Author): Promise<Feed> {
    const { since, epoch } = from;
    const live = await open(room);
    if (since !== undefined && since > live.ring.head) await look(room); // another isolate told this reader more
    const known = since !== undefined && (epoch === undefined || epoch === live.epoch) &&
      since <= live.ring.head && live.ring.head - since <= limits.replay;
    const feed: Feed = {
      conn,
      visitor,
      person,
      gone: false,
      cursor: known ? since : live.ring.before(limits.page.default, live.flushed),
    };
    live.feeds.add(feed);
    if (visitor) presence?.enter(room, visitor, person);
    try {
      const all = await missed(live, feed), hidden = apart(person?.id);
      const items = hidden ? numbered(all, hidden) : all;
      const head = live.ring.head, people = presence?.count(room, hidden) ?? 0;
      feed.cursor = items.at(-1)?.seq ?? feed.cursor;
      const gap = since !== undefined && !known;
      send(conn, { type: "joined", room, epoch: live.epoch, head, items, gap, people });
    } catch (error) {
      leave(room, feed);
      throw error;
    }
    void follow(live, feed);
    return feed;
  }

  function leave(room: string, feed: Feed): void {
    if (!feed.gone && feed.visitor) presence?.leave(room, feed.visitor, feed.person);
    feed.gone = true;
    rooms.get(room)?.feeds.delete(feed);
    rooms.get(room)?.flow.delete(feed);
  }

  function deliver(room: string, messages: Message[]): void {
    const live = rooms.get(room);
    if (live && !live.take(messages, (feed) => void follow(live, feed))) void look(room);
  }

  function look(room: string): Promise<void> {
    if (!rooms.has(room)) return Promise.resolve();
    const started = looking.get(room) ?? read(room);
    looking.set(room, started);
    return started;
  }

  /** Reads a gap once for all. */
  async function read(room: string): Promise<void> {
    try {
      for (let live = rooms.get(room); live && !closed; live = rooms.get(room)) {
        const page = await log.after(room, live.ring.head, PAGE);
        live.take(page, (feed) => void follow(live!, feed));
        if (page.length < PAGE) return;
      }
    } catch (error) {
      line("warn", "look_failed", { error: String(error) });
    } finally {
      looking.delete(room); // in the turn of the last read, so that whoever looks next reads again
    }
  }

  async function heal(): Promise<void> {
    const names = [...rooms.keys()];
    const heads = await log.heads(names);
    await Promise.all(names.map((room, i) => {
      const live = rooms.get(room), head = heads[i].value;
      if (!live) return;
      forgetIdle(room, live);
      if (head && head.epoch !== live.epoch) return replace(room, live);
      if (head && head.seq > live.ring.head) return look(room);
    }));
  }

  /** Another log under the same name (a restored file): everybody is told to come back and start anew. */
  function replace(room: string, live: Live): void {
    rooms.delete(room);
    live.close();
    for (const feed of live.feeds) feed.conn.close("leaving");
    for (const hear of live.listeners) void listen(room, hear);
  }

  async function listen(room: string, hear: (messages: Message[]) => void): Promise<() => void> {
    const live = await open(room);
    live.listeners.add(hear);
    return () => void rooms.get(room)?.listeners.delete(hear);
  }

  function forgetIdle(room: string, live: Live): void {
    const passes = live.feeds.size || live.listeners.size ? 0 : (idle.get(room) ?? 0) + 1;
    idle.set(room, passes);
    if (passes < IDLE_PASSES) return;
    rooms.delete(room);
    idle.delete(room);
    live.close();
  }

  return {
    join,
    leave,
    reached(room, feed, seq) {
      const live = rooms.get(room);
      return live !== undefined && seq <= (live.flow.has(feed) ? live.flushed : feed.cursor);
    },
    deliver,
    untilHeard: (room) => rooms.get(room)?.untilFlush() ?? 0,
    look,
    heal,
    async recent(room, limit, apart) {
      const live = await open(room);
      idle.delete(room);
      const { head, first } = live.ring, from = live.ring.before(limit, head);
      if (apart || (from < first && first > 1)) {
        return { items: await log.page(room, { apart }, limit), head, epoch: live.epoch };
      }
      return { items: live.ring.items(from).filter(({ change }) => !change), head, epoch: live.epoch };
    },
    listen,
    whisper(room, frame, { but, veil } = {}) {
      const live = rooms.get(room);
      if (!live) return;
      const text = JSON.stringify(frame);
      for (const feed of live.flow) {
        if (but?.(feed) || feed.conn.buffered() > limits.buffered) continue;
        const hidden = veil && apart(feed.person?.id);
        const own = hidden && veil(hidden);
        if (!hidden) feed.conn.send(text);
        else if (own) send(feed.conn, own);
      }
    },
    apart,
    renew(people) {
      for (const { room, feeds } of rooms.values()) {
        for (const { conn, person } of feeds) {
          if (person && people.includes(person.id)) send(conn, { type: "anew", room });
        }
      }
    },
    rooms: () => rooms,
    people: (room, apart) => presence?.count(room, apart) ?? 0,
    watchPeople: (watch) => void (presence = watch),
    close() {
      closed = true;
      for (const live of rooms.values()) live.close();
      rooms.clear();
    },
  };
}

const send = (conn: Conn, frame: ServerFrame) => conn.send(JSON.stringify(frame));

import { limits } from "../domain/limits.ts";
import type { Author, Message } from "../domain/message.ts";
import { type Apart, concerns, numbered } from "../domain/veil.ts";
import type { Conn } from "./conn.ts";
import { framesOf, Ring } from "./ring.ts";

const MOST_KEPT = 512;
/** Milliseconds that a busy room gathers for one flush: the more sockets it costs, the longer, up to this. */
const LONGEST_WAIT = 55;
/** Over five times what a send takes, most of it in the kernel after the call: so sending stays under a fifth of a core. */
const WAIT_PER_SOCKET = 0.055;

/** One socket in one room. In the flow it has all that was flushed; outside it, all up to `cursor`. */
export type Feed = { conn: Conn; visitor: string; person?: Author; cursor: number; gone: boolean };

/** A room that somebody on this isolate follows. */
export class Live {
  readonly ring: Ring;
  readonly feeds = new Set<Feed>();
  readonly flow = new Set<Feed>();
  readonly listeners = new Set<(messages: Message[]) => void>();
  flushed: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = 0;

  /** `apart` says whom a person shall not meet. */
  constructor(
    readonly room: string,
    readonly epoch: string,
    head: number,
    newest: Message[],
    private readonly apart: (id: string | undefined) => Apart,
  ) {
    this.ring = new Ring(head - newest.length, MOST_KEPT);
    for (const message of newest) this.ring.push(message);
    this.flushed = this.ring.head;
  }

  /** Takes what follows, ignores what is known; false when a number is missing in between. */
  take(messages: Message[], lagging: (feed: Feed) => void): boolean {
    let whole = true;
    for (const message of messages) {
      if (message.seq === this.ring.head + 1) this.ring.push(message);
      else if (message.seq > this.ring.head) whole = false;
    }
    if (this.ring.head > this.flushed && this.#timer === undefined) this.#schedule(lagging);
    return whole;
  }

  /** One frame for all sockets, made once. Who does not read leaves the flow. */
  flush(lagging: (feed: Feed) => void): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const from = this.flushed;
    if (this.ring.head === from) return;
    const items = this.ring.items(from), frames = this.ring.frames(this.room, from);
    this.flushed = this.ring.head;
    for (const feed of this.flow) {
      if (feed.conn.buffered() <= limits.buffered) {
        for (const frame of this.own(feed, items) ?? frames) feed.conn.send(frame);
      } else {
        feed.cursor = from;
        this.flow.delete(feed);
        lagging(feed);
      }
    }
    for (const hear of this.listeners) hear(items);
    this.#last = performance.now();
  }

  /** What brings a feed to where the flow is. */
  frames(feed: Feed): string[] {
    const { cursor } = feed;
    return this.own(feed, this.ring.items(cursor, this.flushed)) ??
      this.ring.frames(this.room, cursor, this.flushed);
  }

  /** Frames for one reader alone, when somebody among these shall not meet them; else they are the same for all. */
  own({ person }: Feed, items: Message[]): string[] | undefined {
    const apart = this.apart(person?.id);
    const isOwn = apart && items.some((message) => concerns(message, apart));
    return isOwn ? framesOf(this.room, numbered(items, apart)) : undefined;
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  /** Milliseconds until a flush may come: a quiet room flushes at once, and so does a small one; a large busy one gathers. */
  untilFlush(): number {
    return this.#last + Math.min(LONGEST_WAIT, this.flow.size * WAIT_PER_SOCKET) - performance.now();
  }

  #schedule(lagging: (feed: Feed) => void): void {
    const wait = this.untilFlush();
    if (wait <= 0) this.flush(lagging);
    else this.#timer = setTimeout(() => this.flush(lagging), wait);
  }
}

import { type Departure, without } from "../domain/departed.ts";
import type { Change, Message } from "../domain/message.ts";

/** The newest messages of a room and their JSON, each made once. Numbers are contiguous and end at `head`. */
export class Ring {
  #items: Message[] = [];
  #json: string[] = [];

  constructor(public head: number, private readonly most: number) {}

  /** The first number it holds; head + 1 when it is empty. */
  get first(): number {
    return this.head - this.#items.length + 1;
  }

  /** `message.seq` must be head + 1. */
  push(message: Message): void {
    if (message.change) this.#apply(message.change);
    this.#items.push(message);
    this.#json.push(JSON.stringify(message));
    this.head = message.seq;
    if (this.#items.length < this.most * 1.25) return;
    this.#items.splice(0, this.#items.length - this.most);
    this.#json.splice(0, this.#json.length - this.most);
  }

  /** Whether all of `(after, head]` is here. */
  reaches(after: number): boolean {
    return after + 1 >= this.first;
  }

  at(seq: number): Message | undefined {
    return this.#items[seq - this.first];
  }

  items(after: number, upTo = this.head): Message[] {
    return this.#items.slice(Math.max(0, after + 1 - this.first), Math.max(0, upTo + 1 - this.first));
  }

  /** Frames for all of `(after, upTo]`. */
  frames(room: string, after: number, upTo = this.head): string[] {
    const start = Math.max(0, after + 1 - this.first), end = Math.max(0, upTo + 1 - this.first);
    return framesOf(room, this.#items.slice(start, end), this.#json.slice(start, end));
  }

  /** The number after which there are `most` messages that people see. */
  before(most: number, upTo: number): number {
    let at = upTo - this.first;
    for (let left = most; at >= 0; at--) if (!this.#items[at].change && --left === 0) return at + this.first - 1;
    return at + this.first;
  }

  /** Somebody is here no more. */
  depart(departure: Departure): void {
    this.#items.forEach((item, i) => {
      const left = without(item, departure);
      if (left !== item) this.#put(i, left);
    });
  }

  /** Whoever comes from now on shall not hear what was there before, nor find it quoted. */
  #apply({ of, by: _, ...changed }: Change): void {
    const at = of - this.first;
    if (at >= 0 && at < this.#items.length) this.#put(at, { ...this.#items[at], ...changed });
    if (changed.text === undefined) return;
    this.#items.forEach((item, i) => {
      const text = [...changed.text!].slice(0, 80).join("");
      if (item.reply?.seq === of) this.#put(i, { ...item, reply: { ...item.reply, text } });
      if (item.change?.of === of && item.change.text !== undefined) {
        this.#put(i, { ...item, change: { ...item.change, text: changed.text } });
      }
    });
  }

  #put(at: number, item: Message): void {
    this.#items[at] = item;
    this.#json[at] = JSON.stringify(item);
  }
}

/** Messages, and what changed, in their order: each run in one frame. */
export function framesOf(room: string, items: Message[], json = items.map((item) => JSON.stringify(item))): string[] {
  const frames: string[] = [];
  for (let from = 0, to = 1; from < items.length; to++) {
    if (to < items.length && !items[to].change === !items[from].change) continue;
    const type = items[from].change ? "changed" : "messages";
    frames.push(`{"type":"${type}","room":${JSON.stringify(room)},"items":[${json.slice(from, to).join(",")}]}`);
    from = to;
  }
  return frames;
}

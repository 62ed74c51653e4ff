import type { Message } from "../domain/message.ts";

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

  items(after: number, upTo = this.head): Message[] {
    return this.#items.slice(Math.max(0, after + 1 - this.first), Math.max(0, upTo + 1 - this.first));
  }

  json(after: number, upTo = this.head): string {
    return this.#json.slice(Math.max(0, after + 1 - this.first), Math.max(0, upTo + 1 - this.first)).join(",");
  }
}

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { PLAZA } from "../domain/room.ts";
import { openLog } from "../kv/log.ts";
import { openStore } from "../kv/store.ts";
import { Client, RefusedError } from "./client.ts";
import { people } from "./processes.ts";

/** People who write without pause, a few messages each in flight, and remember what was acknowledged. */
export class Burst implements Disposable {
  readonly acked: Message[] = [];
  /** What each client id said, whether acknowledged or not. */
  readonly said = new Map<string, string>();
  /** Said, and answered with a code that means "nobody knows: say it again". */
  readonly unknown: { client: Client; clientId: string; code: string }[] = [];
  #writing = false;

  private constructor(readonly clients: Client[]) {}

  static async of(kvPath: string, count: number): Promise<Burst> {
    return new Burst((await people(kvPath, count, "w")).map((who) => new Client("", who)));
  }

  /** Everyone comes (back), catches up and sends again what was never acknowledged. */
  async connect(url: (n: number) => string): Promise<void> {
    await Promise.all(this.clients.map(async (client, n) => {
      await client.connect(url(n));
      await client.join();
      client.resend();
    }));
  }

  /** Starts writing; each acknowledgement calls for the next message, until `pause` or until all `limit` are said. */
  write(inFlight: number, limit = Infinity): void {
    this.#writing = true;
    for (const client of this.clients) {
      while (client.pending.size < inFlight && this.said.size < limit) this.#next(client, limit);
    }
  }

  pause(): void {
    this.#writing = false;
  }

  /** Says again what was refused, each under its own client id. */
  sayAgain(): void {
    for (const { client, clientId } of this.unknown.splice(0)) void this.#say(client, clientId);
  }

  get pending(): number {
    return this.clients.reduce((sum, client) => sum + client.pending.size, 0);
  }

  #next(client: Client, limit: number): void {
    const clientId = crypto.randomUUID();
    this.said.set(clientId, `글 ${this.said.size}`);
    void this.#say(client, clientId).then(() => {
      if (this.#writing && this.said.size < limit) this.#next(client, limit);
    });
  }

  async #say(client: Client, clientId: string): Promise<void> {
    try {
      this.acked.push(await client.send(this.said.get(clientId)!, clientId));
    } catch (error) {
      if (error instanceof RefusedError) this.unknown.push({ client, clientId, code: error.frame.code });
    }
  }

  [Symbol.dispose](): void {
    for (const client of this.clients) client[Symbol.dispose]();
  }
}

/** Everything in the plaza's log, read from the store itself. */
export async function wholeLog(kvPath: string): Promise<Message[]> {
  const store = await openStore(kvPath);
  const log = openLog({ store, now: Date.now, isolate: "reader", line: () => {} });
  const all: Message[] = [];
  for (let page = await log.after(PLAZA, 0, 500); page.length; page = await log.after(PLAZA, all.at(-1)!.seq, 500)) {
    all.push(...page);
  }
  store.close();
  return all;
}

/** The promise itself: no gap, nothing acknowledged is missing or changed, nothing stored twice, nobody read it in another order. */
export function assertKept(burst: Burst, stored: Message[]): void {
  assert.deepEqual(stored.map(({ seq }) => seq), stored.map((_, i) => i + 1), "the log has gaps");
  for (const message of burst.acked) assert.deepEqual(stored[message.seq - 1], message, "acknowledged and not kept");
  const ids = new Set(stored.map(({ clientId }) => clientId));
  assert.equal(ids.size, stored.length, "stored twice");
  for (const client of burst.clients) {
    assert.deepEqual(client.breaches, []);
    const read = client.messages();
    if (read.length) assert.deepEqual(read, stored.slice(read[0].seq - 1, read.at(-1)!.seq));
  }
}

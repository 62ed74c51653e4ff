import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { PLAZA } from "../domain/room.ts";
import { openStore, type Store } from "../kv/store.ts";
import { openSpine, type Spine } from "../realtime/spine.ts";
import { Client } from "./client.ts";
import { startKvConnect } from "./kv_connect.ts";
import { type App, kvFile, people, startApp, until } from "./processes.ts";

const MESSAGES = 1_000;
const SENDERS = 20;

Deno.test("one order on the two workers of --parallel", async () => {
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path, workers: 2 });
  await oneOrder([app], 24);
});

Deno.test("one order on two processes that share a file: by healing", async () => {
  await using file = await kvFile();
  await using first = await startApp({ kvPath: file.path });
  await using second = await startApp({ kvPath: file.path });
  await oneOrder([first, second], 3);
});

Deno.test("one order on two processes through KV Connect: by bells", async () => {
  await using server = startKvConnect();
  await using first = await startApp({ kvPath: server.url });
  await using second = await startApp({ kvPath: server.url });
  await oneOrder([first, second], 3);
  assert.ok(server.calls.watch >= 2, "each process watches the bells");
});

Deno.test("one order on two processes through KV Connect whose bells are lost: by healing", async () => {
  await using server = startKvConnect({ deaf: true });
  await using first = await startApp({ kvPath: server.url });
  await using second = await startApp({ kvPath: server.url });
  await oneOrder([first, second], 3);
});

Deno.test("one order on two isolates whose broadcast is switched off", async () => {
  await using file = await kvFile();
  await using first = await spine(file.path, "one");
  await using second = await spine(file.path, "two");
  const read: Message[][] = [[], []];
  await first.spine.hub.listen(PLAZA, (messages) => read[0].push(...messages));
  await second.spine.hub.listen(PLAZA, (messages) => read[1].push(...messages));
  await Promise.all(Array.from({ length: MESSAGES }, (_, i) => {
    const author = { id: `p${i % SENDERS}`, nickname: "이름", role: "user" as const };
    const { log } = [first, second][i % 2].spine;
    return log.append({ room: PLAZA, author, kind: "user", text: `글 ${i}`, clientId: `c${i}` });
  }));
  await until("both have read all", () => read.every((messages) => messages.length >= MESSAGES));
  assert.deepEqual(read[0].map(({ seq }) => seq), Array.from({ length: MESSAGES }, (_, i) => i + 1));
  assert.deepEqual(read[1], read[0]);
});

/** 1,000 messages of 20 people, spread over the given addresses; every reader on each must read the same. */
async function oneOrder(apps: App[], readersOnEach: number): Promise<void> {
  const urls = apps.map(({ url }) => url), { kvPath } = apps[0];
  const [reader] = await people(kvPath, 1, "reader");
  const open = (who: Parameters<typeof person>[1], i: number) => person(urls[i % urls.length], who);
  using senders = new Group(await Promise.all((await people(kvPath, SENDERS)).map(open)));
  using readers = new Group(
    await Promise.all(
      Array.from({ length: readersOnEach * urls.length }, (_, i) => open(i % 2 ? reader : undefined, i)),
    ),
  );
  const each = MESSAGES / SENDERS;
  const answers = await Promise.all(senders.clients.map(async (client, n) => {
    const sent: Message[] = [];
    for (let i = 0; i < each; i += 5) {
      const burst = Array.from({ length: Math.min(5, each - i) }, (_, j) => client.send(`글 ${n}-${i + j}`));
      sent.push(...await Promise.all(burst));
    }
    return sent;
  }));
  const everyone = [...senders.clients, ...readers.clients];
  await Promise.all(everyone.map((client) => client.read(MESSAGES)));
  const expected = everyone[0].messages();
  assert.deepEqual(expected.map(({ seq }) => seq), Array.from({ length: MESSAGES }, (_, i) => i + 1));
  for (const client of everyone) {
    assert.deepEqual(client.breaches, []);
    assert.deepEqual(client.messages(), expected);
  }
  for (const message of answers.flat()) assert.deepEqual(message, expected[message.seq - 1]);
}

async function person(url: string, who?: (Awaited<ReturnType<typeof people>>)[number]): Promise<Client> {
  const client = await new Client(url, who).connect();
  await client.join();
  return client;
}

class Group implements Disposable {
  constructor(readonly clients: Client[]) {}
  [Symbol.dispose](): void {
    for (const client of this.clients) client[Symbol.dispose]();
  }
}

/** An isolate of its own on a file: its own KV connection, no channel, no bells. */
async function spine(path: string, isolate: string): Promise<{ spine: Spine; store: Store } & AsyncDisposable> {
  const store = await openStore(path);
  const line = () => {};
  const opened = openSpine({ store, now: Date.now, isolate, line, channel: null, bells: false, heal: 100 });
  return {
    store,
    spine: opened,
    async [Symbol.asyncDispose]() {
      await opened.stop();
      store.close();
    },
  };
}

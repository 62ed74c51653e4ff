import assert from "node:assert/strict";
import { closeCodes } from "../domain/codes.ts";
import { limits } from "../domain/limits.ts";
import { PLAZA } from "../domain/room.ts";
import { Client } from "./client.ts";
import { type App, kvFile, pause, people, rss, startApp, until } from "./processes.ts";
import { frameOf, openRaw, type RawSocket } from "./raw_socket.ts";

const FRAMES = 10_000;
const MB = 1024 * 1024;

Deno.test(`${FRAMES} broken frames: no crash, nobody else disturbed, memory back`, async () => {
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path });
  await using bystander = await bystand(app);
  const before = rss(app.pid);

  await storm(app, FRAMES);

  await bystander.unharmed();
  // Code that the storm compiled stays, and a bare `Deno.serve` ends such a storm 60 MB up as well; no frame's bytes stay.
  await until("memory is back", () => rss(app.pid) < before + 100 * MB, 60_000).catch(() => {
    assert.fail(`memory went from ${mb(before)} to ${mb(rss(app.pid))}`);
  });
  assert.deepEqual(app.lines.filter((line) => /"level":"error"|panicked|uncaught/i.test(line)), []);
});

Deno.test("a flood on one socket ends that socket and no other", async () => {
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path, env: { RATE_LIMIT_SCALE: "1" } });
  await using bystander = await bystand(app);
  const typing = frameOf(JSON.stringify({ type: "typing", room: PLAZA }));
  using hasty = await openRaw(app.url);
  for (let i = 0; i < limits.frames.burst + 5; i++) await hasty.bytes(typing);
  // With frames still coming in, the runtime may drop the line before its close frame is out.
  assert.ok([closeCodes.too_many.code, null].includes((await hasty.untilClosed()).code as 1008));

  using flooder = await openRaw(app.url);
  flooder.swallow();
  const hundred = new Uint8Array(typing.length * 100);
  for (let i = 0; i < 100; i++) hundred.set(typing, i * typing.length);
  let bursts = 0;
  while (bursts < 2_000 && await flooder.bytes(hundred)) bursts++;
  assert.ok(bursts < 2_000, "200,000 frames were taken from one socket");
  await bystander.unharmed();
});

Deno.test("readers that never read cost little, slow nobody, and are told to come back", async () => {
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path });
  await using bystander = await bystand(app);
  const stalled: RawSocket[] = [];
  for (let i = 0; i < 50; i++) {
    stalled.push(await openRaw(app.url));
    await stalled[i].frame(JSON.stringify({ type: "join", room: PLAZA }));
  }
  const before = rss(app.pid);

  const slowest = await flow(app, 6_000, "밀림".repeat(240));

  // What was said would be 430 MB if it were kept for each of the fifty; the rest is V8's to collect, when it likes.
  assert.ok(rss(app.pid) < before + 160 * MB, `memory went from ${mb(before)} to ${mb(rss(app.pid))}`);
  assert.ok(slowest < 2_000, `an acknowledgement took ${slowest} ms`);
  await bystander.unharmed();
  await pause(17_000); // limits.lagTime: how long one may lag is a promise, so it is waited for
  const ends = await Promise.all(stalled.map((socket) => socket.untilClosed()));
  assert.deepEqual([...new Set(ends.map(({ code }) => code))], [closeCodes.slow.code]);
  for (const socket of stalled) socket[Symbol.dispose]();
});

/** `count` frames over 50 sockets at a time. What ends a socket is the last thing on it, so that every frame arrives. */
async function storm(app: App, count: number): Promise<void> {
  let left = count;
  await Promise.all(Array.from({ length: 50 }, async () => {
    let socket = await visit(app);
    while (left-- > 0) {
      const fatal = left % 2 === 0;
      const make = fatal ? deadly[(left >> 1) % deadly.length] : broken[(left >> 1) % broken.length];
      if (await socket.bytes(make(left)) && !fatal) continue;
      if (fatal) await socket.gone();
      socket[Symbol.dispose]();
      socket = await visit(app);
    }
    socket[Symbol.dispose]();
  }));
}

async function visit(app: App): Promise<RawSocket> {
  const socket = await openRaw(app.url);
  socket.swallow();
  return socket;
}

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));
const word = (value: unknown) => JSON.stringify(value);
const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

/** What is refused, while the socket lives on. */
const broken: ((n: number) => Uint8Array)[] = [
  (n) => frameOf(random(1 + n % 200), { opcode: 2 }),
  () => frameOf(""),
  () => frameOf("not json"),
  () => frameOf('{"type":"send_chat","text":"\\ud800","room":"plaza"}'),
  () => frameOf(word({ type: "join", room: { $ne: null }, since: -1, epoch: [] })),
  () => frameOf(word({ type: "join", room: PLAZA, since: 1e308 })),
  (n) => frameOf(word({ type: "join", room: `room ${n}` })),
  () => frameOf(word({ type: "send_chat", room: PLAZA, text: 5, clientId: {} })),
  () => frameOf(word({ type: "send_chat", room: PLAZA, text: "who am I", clientId: "x" })),
  () => frameOf(word({ type: "constructor", toString: 1 })),
  () => frameOf('{"__proto__":{"type":"join"},"type":["join"]}'),
  () => frameOf(word([null, [], {}, true, "join"])),
  () => frameOf("null"),
  () => frameOf(deep(10_000)),
  () => frameOf(`{"type":"typing","room":${deep(5_000)}}`),
  () => frameOf(word({ type: "leave" })),
  () => frameOf(word({ type: "send_chat", text: "글".repeat(15_000) })),
];

/** What no socket survives. */
const deadly: ((n: number) => Uint8Array)[] = [
  (n) => frameOf(new Uint8Array([0xc3, 0x28, n % 256])), // a text frame that is not UTF-8
  () => frameOf("x".repeat(70_000)),
  () => frameOf("x".repeat(MB)),
  () => frameOf(word({ type: "send_chat", text: "글".repeat(MB / 3) })),
  (n) => frameOf(random(50), { opcode: 3 + n % 5 }), // opcodes that nobody defined
  () => frameOf("x".repeat(200), { opcode: 9 }), // a ping too long to be one
  () => frameOf("the rest of none", { opcode: 0 }),
  () => new Uint8Array([...frameOf("half of a message", { fin: false }), ...frameOf("and another")]),
  (n) => new Uint8Array([0xff, 0xff, ...random(20 + n % 100)]), // no frame at all
];

/** Somebody who only wants to chat while all this goes on. */
async function bystand(app: App) {
  const [writer, reader] = await Promise.all(
    (await people(app.kvPath, 2, "quiet")).map((who) => new Client(app.url, who).connect()),
  );
  await writer.join();
  await reader.join();
  await writer.send("before");
  return {
    async unharmed() {
      const { seq } = await writer.send("after");
      await reader.read(seq);
      for (const client of [writer, reader]) {
        assert.equal(client.closed, null);
        assert.deepEqual(client.breaches, []);
      }
    },
    [Symbol.asyncDispose]() {
      writer[Symbol.dispose]();
      reader[Symbol.dispose]();
      return Promise.resolve();
    },
  };
}

/** Sends so many long messages; how long the slowest acknowledgement took. */
async function flow(app: App, count: number, text: string): Promise<number> {
  let [left, slowest] = [count, 0];
  await Promise.all((await people(app.kvPath, 10, "flow")).map(async (who) => {
    using client = await new Client(app.url, who).connect();
    await client.join();
    while (left-- > 0) {
      const started = performance.now();
      await client.send(text);
      slowest = Math.max(slowest, performance.now() - started);
    }
  }));
  return slowest;
}

const mb = (bytes: number): string => `${Math.round(bytes / MB)} MB`;

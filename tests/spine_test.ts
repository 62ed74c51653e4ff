import assert from "node:assert/strict";
import { limits } from "../domain/limits.ts";
import type { Draft, Message } from "../domain/message.ts";
import { PLAZA } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { countOwn, ownPage, ownSince } from "../kv/author.ts";
import { openLog } from "../kv/log.ts";
import { wrap } from "../kv/store.ts";
import type { Conn } from "../realtime/conn.ts";
import { openSpine, type Spine } from "../realtime/spine.ts";
import { until } from "./until.ts";

const quiet = () => {};

/** So many isolates in one process, on one KV. */
async function openSpines(count: number, options: { channel?: boolean; bells?: boolean; heal?: number } = {}) {
  const kv = await Deno.openKv(":memory:");
  const name = crypto.randomUUID();
  const spines = Array.from({ length: count }, (_, i) =>
    openSpine({
      store: wrap(kv),
      now: Date.now,
      isolate: `isolate-${i}`,
      line: quiet,
      channel: options.channel === false ? null : new BroadcastChannel(name),
      bells: options.bells ?? false,
      heal: options.heal ?? 50,
    }));
  return {
    store: wrap(kv),
    spines,
    async [Symbol.asyncDispose]() {
      await Promise.all(spines.map((spine) => spine.stop()));
      kv.close();
    },
  };
}

const draft = (n: number, author = "u1", clientId?: string): Draft => ({
  room: PLAZA,
  author: { id: author, nickname: author, role: "user" },
  kind: "user",
  text: `말 ${n}`,
  clientId,
});

/** A reader with a transport that can be made slow. */
class Reader implements Conn {
  frames: ServerFrame[] = [];
  stuck = 0;
  closed: string[] = [];
  send(text: string) {
    this.frames.push(JSON.parse(text));
  }
  close(reason: string) {
    this.closed.push(reason);
  }
  buffered = () => this.stuck;
  get seqs() {
    return this.frames.flatMap((f) =>
      f.type === "messages" || f.type === "joined" ? f.items.map(({ seq }) => seq) : []
    );
  }
  join = (spine: Spine, since?: number, epoch?: string) =>
    spine.hub.join(PLAZA, this, crypto.randomUUID(), { since, epoch });
}

const upTo = (n: number, from = 1) => Array.from({ length: n - from + 1 }, (_, i) => from + i);

Deno.test("numbers are 1, 2, 3 … whoever sends, and each reader of each isolate gets each once, in order", async () => {
  for (const channel of [true, false]) {
    await using house = await openSpines(2, { channel, heal: limits.heal });
    const readers = house.spines.flatMap((spine) => [new Reader(), new Reader()].map((r) => ({ r, spine })));
    for (const { r, spine } of readers) await r.join(spine, 0);
    const sent = await Promise.all(upTo(1000).map((n) => house.spines[n % 2].log.append(draft(n, `u${n % 20}`))));
    assert.deepEqual(sent.map(({ message }) => message.seq).sort((a, b) => a - b), upTo(1000));
    const stored = performance.now();
    for (const { r } of readers) await until(() => r.seqs.length >= 1000);
    const late = performance.now() - stored;
    for (const { r } of readers) assert.deepEqual(r.seqs, upTo(1000));
    assert.ok(late < limits.heal + 500, `the last was read ${late} ms after it was stored`);
  }
});

Deno.test("bells alone wake the other isolate", async () => {
  await using house = await openSpines(2, { channel: false, bells: true, heal: 60_000 });
  const reader = new Reader();
  await reader.join(house.spines[1]);
  await house.spines[0].log.append(draft(1));
  await until(() => reader.seqs.length === 1);
});

Deno.test("the same client id stores once, on whichever isolate, and other words under it are refused", async () => {
  await using house = await openSpines(2);
  const twice = await Promise.all(
    upTo(200).map((n) => house.spines[n % 2].log.append(draft(n % 10, "u1", `id-${n % 10}`))),
  );
  assert.equal(new Set(twice.map(({ message }) => message.seq)).size, 10);
  assert.equal(twice.filter(({ repeated }) => !repeated).length, 10);
  assert.equal((await house.spines[0].log.head(PLAZA)).seq, 10);
  await assert.rejects(house.spines[0].log.append(draft(99, "u1", "id-1")), { code: "client_id_reused" });
  await assert.rejects(house.spines[1].log.append(draft(99, "u1", "id-1")), { code: "client_id_reused" });
  const other = await house.spines[0].log.append(draft(5, "u2", "id-5"));
  assert.equal(other.repeated, false);
});

Deno.test("a client id is known for a day, also to an isolate that has just begun, and to nobody else", async () => {
  const kv = await Deno.openKv(":memory:");
  let time = Date.now();
  const begin = () => openLog({ store: wrap(kv), now: () => time, isolate: crypto.randomUUID(), line: quiet });
  const first = begin();
  for (let n = 0; n < 40; n++) await first.append(draft(n, "u1", `id-${n}`));
  for (const n of [0, 17, 39]) {
    const { message, repeated } = await begin().append(draft(n, "u1", `id-${n}`));
    assert.deepEqual([message.seq, repeated], [n + 1, true]);
  }
  assert.equal((await begin().append(draft(0, "u2", "id-0"))).repeated, false);
  time += limits.clientId + 1;
  assert.equal((await begin().append(draft(0, "u1", "id-0"))).message.seq, 42);
  kv.close();
});

Deno.test("coming back gives exactly what was missed, or says that it cannot", async () => {
  await using house = await openSpines(2);
  const [one, two] = house.spines;
  const first = new Reader();
  await first.join(one);
  const joined = first.frames[0] as Extract<ServerFrame, { type: "joined" }>;
  for (let n = 1; n <= 3000; n += 100) await Promise.all(upTo(100).map((i) => one.log.append(draft(n + i))));
  for (const since of [2999, 2500, 1001]) {
    const back = new Reader();
    await back.join(two, since, joined.epoch);
    await until(() => back.seqs.length >= 3000 - since);
    assert.deepEqual(back.seqs, upTo(3000, since + 1));
    assert.equal((back.frames[0] as typeof joined).gap, false);
  }
  for (const [since, epoch] of [[10, joined.epoch], [2990, "another"], [9000, joined.epoch]] as const) {
    const away = new Reader();
    await away.join(two, since, epoch);
    assert.equal((away.frames[0] as typeof joined).gap, true);
    assert.deepEqual(away.seqs, upTo(3000, 2981));
  }
});

Deno.test("a message committed between reading and following is neither lost nor doubled", async () => {
  await using house = await openSpines(2);
  const readers: Reader[] = [];
  let sent = 0;
  const writing = (async () => {
    for (; sent < 600; sent++) await house.spines[sent % 2].log.append(draft(sent));
  })();
  while (sent < 550) {
    const reader = new Reader();
    readers.push(reader);
    await reader.join(house.spines[readers.length % 2], Math.max(0, sent - 30));
    await new Promise((go) => setTimeout(go, 1));
  }
  await writing;
  for (const reader of readers) {
    await until(() => reader.seqs.at(-1) === 600);
    assert.deepEqual(reader.seqs, upTo(600, reader.seqs[0]));
  }
  assert.ok(readers.length > 20);
});

Deno.test("a slow reader is fed from the log once it drains, and nobody waits for it", async () => {
  await using house = await openSpines(1);
  const [spine] = house.spines;
  const slow = new Reader(), quick = new Reader();
  await slow.join(spine);
  await quick.join(spine);
  slow.stuck = 10_000_000;
  for (let n = 0; n < 40; n++) await Promise.all(upTo(50).map((i) => spine.log.append(draft(n * 50 + i))));
  await until(() => quick.seqs.length === 2000);
  assert.equal(slow.seqs.length, 0);
  slow.stuck = 0;
  await until(() => slow.seqs.length === 2000);
  assert.deepEqual(slow.seqs, upTo(2000));
});

Deno.test("what a person wrote is found by page and by day, each page for the same price", async () => {
  await using house = await openSpines(1);
  const [{ log }] = house.spines;
  const mine: Message[] = [];
  for (let n = 1; n <= 150; n++) {
    mine.push((await log.append({ ...draft(n), mood: n % 2 ? "joy" : undefined })).message);
    if (n % 3 === 0) await log.append(draft(n, "somebody else"));
  }
  assert.equal(await countOwn(house.store, PLAZA, "u1"), 150);
  const expected = mine.map(({ seq, at, mood }) => mood ? { seq, at, mood } : { seq, at }).reverse();
  for (const page of [1, 4, 7, 8]) {
    const found = await ownPage(house.store, PLAZA, "u1", page, 20);
    assert.deepEqual(found, { entries: expected.slice(page * 20 - 20, page * 20), total: 150, pages: 8 });
  }
  assert.deepEqual((await ownPage(house.store, PLAZA, "u1", 9, 20)).entries, []);
  assert.deepEqual(
    await ownSince(house.store, PLAZA, "u1", mine[90].at),
    expected.filter(({ at }) => at >= mine[90].at).reverse(),
  );
  assert.deepEqual((await log.messages(PLAZA, [mine[3].seq])).map(({ text }) => text), ["말 4"]);
  assert.equal(await log.firstSince(PLAZA, 0), 1);
  assert.equal(await log.firstSince(PLAZA, Date.now() + 1), 201);
});

Deno.test("more people than the writer remembers: each one's index stays whole", async () => {
  await using house = await openSpines(1);
  const [{ log }] = house.spines;
  const names = upTo(2_500).map((n) => `u${n}`);
  for (const round of [1, 2]) await Promise.all(names.map((name) => log.append(draft(round, name))));
  assert.equal((await log.head(PLAZA)).seq, 5_000);
  for (const name of ["u1", "u1250", "u2500"]) {
    const { entries, total } = await ownPage(house.store, PLAZA, name, 1, 20);
    const texts = (await log.messages(PLAZA, entries.map(({ seq }) => seq))).map(({ text }) => text);
    assert.deepEqual([total, texts], [2, ["말 2", "말 1"]]);
  }
});

Deno.test("people are counted, not tabs, over isolates", async () => {
  await using house = await openSpines(2);
  const [one, two] = house.spines;
  const feeds = [];
  for (const [spine, who] of [[one, "a"], [one, "a"], [two, "a"], [two, "b"]] as const) {
    feeds.push(await spine.hub.join(PLAZA, new Reader(), who, {}));
  }
  await until(() => one.hub.people(PLAZA) === 2 && two.hub.people(PLAZA) === 2);
  two.hub.leave(PLAZA, feeds[3]);
  await until(() => one.hub.people(PLAZA) === 1);
});

import assert from "node:assert/strict";
import { type KvConnect, startKvConnect } from "./kv_connect.ts";

Deno.env.set("DENO_KV_ACCESS_TOKEN", "test");

const letters = ["a", "b", "c", "d"];
const pick = <T>(random: () => number, items: T[]): T => items[Math.floor(random() * items.length)];
const value = (random: () => number) =>
  pick<unknown>(random, [1, "글", { deep: [1, { two: null }] }, new Uint8Array([0, 255]), new Float64Array([1.5]), 7n]);

Deno.test("KV Connect answers random work like the embedded KV does", async () => {
  await using server = startKvConnect();
  using remote = await Deno.openKv(server.url);
  using embedded = await Deno.openKv(":memory:");
  const random = seeded(20261121);
  const stamps = [new Map<string, string>(), new Map<string, string>()];
  for (let i = 0; i < 400; i++) {
    const answers = await both(random, [remote, embedded], stamps);
    assert.deepEqual(answers[0], answers[1], `operation ${i}`);
  }
  assert.ok(server.calls.atomic_write > 100 && server.calls.snapshot_read > 100);
});

/** One random operation on both stores. Versionstamps differ between stores, so each checks with its own. */
async function both(random: () => number, kvs: Deno.Kv[], stamps: Map<string, string>[]) {
  const key = () => ["r", pick(random, letters), Math.floor(random() * 30)];
  const kind = Math.floor(random() * 5);
  if (kind <= 1) {
    const sets = Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({ key: key(), value: value(random) }));
    const [gone, checked, stale] = [key(), key(), random() < 0.2];
    return await Promise.all(kvs.map(async (kv, i) => {
      const versionstamp = stale ? "0000ffffffff00000000" : stamps[i].get(String(checked)) ?? null;
      const atomic = kv.atomic().check({ key: checked, versionstamp }).delete(gone);
      for (const set of sets) atomic.set(set.key, set.value);
      const done = await atomic.commit();
      if (!done.ok) return false;
      stamps[i].delete(String(gone));
      for (const set of sets) stamps[i].set(String(set.key), done.versionstamp);
      return true;
    }));
  }
  if (kind === 2) {
    const wanted = [key(), key(), key()];
    return await Promise.all(kvs.map(async (kv) => (await kv.getMany(wanted)).map((e) => [e.key, e.value])));
  }
  const letter = pick(random, letters);
  const selector = pick<Deno.KvListSelector>(random, [
    { prefix: ["r", letter] },
    { prefix: ["r"] },
    { prefix: ["r", letter], start: ["r", letter, 9] },
    { prefix: ["r", letter], end: ["r", letter, 20] },
    { start: ["r", "a", 5], end: ["r", "c", 3] },
  ]);
  const options = { reverse: random() < 0.5, limit: pick(random, [1, 7, 100]), batchSize: pick(random, [2, 10, 500]) };
  return await Promise.all(kvs.map((kv) => pages(kv, selector, options)));
}

/** All pages of a list, by cursor, and the cursors themselves. */
async function pages(kv: Deno.Kv, selector: Deno.KvListSelector, options: Deno.KvListOptions) {
  const rows: unknown[] = [];
  let cursor = "";
  for (let page = 0; page < 4; page++) {
    const list = kv.list(selector, { ...options, cursor: cursor || undefined });
    for await (const row of list) rows.push([row.key, row.value]);
    cursor = list.cursor;
    rows.push(cursor);
    if (!cursor) break;
  }
  return rows;
}

Deno.test("a watch hears each change and, made deaf, none", async () => {
  await using server = startKvConnect();
  using kv = await Deno.openKv(server.url);
  await using heard = listen(kv, [["bell", 0], ["bell", 1]]);
  await heard.until((states) => states.length === 1);
  assert.deepEqual(heard.states[0], [null, null]);
  await kv.set(["bell", 1], "ring");
  await kv.set(["other"], "not watched");
  await heard.until((states) => states.at(-1)?.[1] === "ring");
  server.faults.deaf = true;
  const before = heard.states.length;
  await kv.set(["bell", 0], "lost");
  assert.equal((await kv.get(["bell", 0])).value, "lost");
  assert.equal(heard.states.length, before);
  server.faults.deaf = false;
  await kv.set(["bell", 1], "again");
  await heard.until((states) => states.at(-1)?.[0] === "lost" && states.at(-1)?.[1] === "again");
});

Deno.test("an answer that a gateway lost is retried by the client, so a done write looks like a failed check", async () => {
  await using server = startKvConnect({ dropAfter: 1, garbled: 0 });
  using kv = await Deno.openKv(server.url);
  const writing = kv.atomic().check({ key: ["x"], versionstamp: null }).set(["x"], 1).commit();
  await dropped(server, 1);
  server.faults.dropAfter = 0;
  assert.equal((await writing).ok, false);
  assert.equal((await kv.get(["x"])).value, 1);
});

Deno.test("a garbled answer throws, and the write may be done or not", async () => {
  await using server = startKvConnect({ dropAfter: 1, garbled: 1 });
  using kv = await Deno.openKv(server.url);
  await assert.rejects(kv.set(["done"], 1));
  Object.assign(server.faults, { dropAfter: 0, dropBefore: 1 });
  await assert.rejects(kv.set(["lost"], 1));
  server.faults.dropBefore = 0;
  assert.deepEqual((await kv.getMany([["done"], ["lost"]])).map((e) => e.value), [1, null]);
});

Deno.test("a server that is down is waited for", async () => {
  await using server = startKvConnect({ down: true });
  using kv = await Deno.openKv(server.url);
  const writing = kv.set(["x"], 1);
  while (server.calls.atomic_write < 2) await new Promise((done) => setTimeout(done, 20));
  server.faults.down = false;
  assert.ok((await writing).ok);
});

async function dropped(server: KvConnect, count: number) {
  while (server.calls.dropped < count) await new Promise((done) => setTimeout(done, 5));
}

/** What a watch told, in order; `until` waits for a state of it. */
function listen(kv: Deno.Kv, keys: Deno.KvKey[]) {
  const states: unknown[][] = [];
  const reader = kv.watch(keys as [Deno.KvKey]).getReader();
  const reading = (async () => {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      states.push(value.map((entry) => entry.value));
    }
  })();
  return {
    states,
    async until(holds: (states: unknown[][]) => boolean) {
      const deadline = Date.now() + 5_000;
      while (!holds(states)) {
        assert.ok(Date.now() < deadline, `the watch told only ${JSON.stringify(states)}`);
        await new Promise((done) => setTimeout(done, 5));
      }
    },
    async [Symbol.asyncDispose]() {
      await reader.cancel();
      await reading;
    },
  };
}

/** mulberry32 */
function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

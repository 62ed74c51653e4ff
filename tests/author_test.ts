import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { Problem } from "../domain/problems.ts";
import { countOwn, ownPage, ownSince } from "../kv/author.ts";
import { eraseLog } from "../kv/erase.ts";
import { keys } from "../kv/keys.ts";
import { openLog } from "../kv/log.ts";
import { messagesOf } from "../kv/own_messages.ts";
import { openStore, type Store } from "../kv/store.ts";
import { openSpine } from "../realtime/spine.ts";
import { kvFile } from "./processes.ts";
import { until } from "./until.ts";

const draft = (id: string, clientId?: string) =>
  ({ room: PLAZA, author: { id, nickname: id, role: "user" }, kind: "user", text: "글", clientId }) as const;
const open = (store: Store, isolate = "i") => openLog({ store, now: Date.now, isolate, line: () => {} });
/** Up to where the leaves go; undefined when they hold everything. */
const filed = async (store: Store) => (await store.get(keys.head(PLAZA))).value?.filed;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

/** Two logs on one file. What the second commits, the first hears of as a broadcast would: all, one in two, or nothing. */
async function twoLogs(heard: "all" | "half" | "none") {
  const file = await kvFile();
  const stores = await Promise.all([openStore(file.path), openStore(file.path)]);
  const logs = stores.map((store, n) => open(store, `i${n}`));
  let commits = 0;
  logs[1].onCommit((...said) => {
    if (heard === "all" || (heard === "half" && commits++ % 2)) logs[0].observe(...said);
  });
  return {
    logs,
    write: (n: number, id: string) => logs[n].append(draft(id)),
    own: async (id: string) => (await ownSince(stores[0], PLAZA, id, 0)).map(({ seq }) => seq),
    async [Symbol.asyncDispose]() {
      await Promise.all(logs.map((log) => log.drain()));
      for (const store of stores) store.close();
      await file[Symbol.asyncDispose]();
    },
  };
}

Deno.test("what one isolate remembers of an author goes with what it believed of the room", async () => {
  await using place = await twoLogs("none");
  const { write, own } = place;
  await write(0, "mina");
  await write(1, "mina");
  await write(0, "joon"); // finds the head moved: what it knew of others is old too
  await write(0, "mina");
  assert.deepEqual(await own("mina"), [1, 2, 4]);
});

Deno.test("an isolate that heard of one commit and not of the one before it believes nothing any more", async () => {
  await using place = await twoLogs("half");
  const { write, own } = place;
  await write(0, "mina");
  await write(1, "mina"); // unheard
  await write(1, "joon");
  await write(0, "mina");
  assert.deepEqual(await own("mina"), [1, 2, 4]);
});

Deno.test("who lost a race reads what was missed, and nothing of their two hundred authors again", async () => {
  const kv = await openStore(":memory:"), other = open(kv, "other");
  let reads = 0, races = 0;
  const store: Store = {
    ...kv,
    get: (key) => (reads++, kv.get(key)),
    list: (prefix, options) => (reads++, kv.list(prefix, options)),
    async commit(fill) {
      if (races) races--, await other.append(draft("joon")); // just before
      return await kv.commit(fill);
    },
  };
  const log = open(store), people = numbers(1, 200).map((n) => `p${n}`);
  const all = () => Promise.all(people.map((id) => log.append(draft(id))));
  await all();
  [reads, races] = [0, 3];
  const answers = await all();
  assert.equal(races, 0);
  assert.deepEqual(answers.map(({ message }) => message.seq), numbers(204, 403), "in the order in which they came");
  assert.equal(reads, 6, "a head and a list for each lost race");
  assert.deepEqual((await ownSince(kv, PLAZA, "p7", 0)).map(({ seq }) => seq), [7, 210]);
  assert.deepEqual((await ownSince(kv, PLAZA, "joon", 0)).map(({ seq }) => seq), [201, 202, 203]);
  kv.close();
});

Deno.test("who missed more than is read on, or a log that was begun anew, reads all anew", async () => {
  const store = await openStore(":memory:"), log = open(store), other = open(store, "other");
  await log.append(draft("mina"));
  await Promise.all(numbers(1, 1_100).map(() => other.append(draft("mina"))));
  assert.equal((await log.append(draft("mina"))).message.seq, 1_102);
  assert.deepEqual((await ownSince(store, PLAZA, "mina", 0)).map(({ seq }) => seq), numbers(1, 1_102));

  await eraseLog(store, PLAZA);
  const anew = open(store, "new");
  await Promise.all(numbers(1, 1_200).map(() => anew.append(draft("joon"))));
  assert.equal((await log.append(draft("mina"))).message.seq, 1_201);
  log.file();
  await log.drain();
  assert.deepEqual((await ownSince(store, PLAZA, "mina", 0)).map(({ seq }) => seq), [1_201]);
  store.close();
});

for (const heard of ["none", "half", "all"] as const) {
  Deno.test(`an author's index has each message once and in order, ${heard} of them heard of from the other isolate`, async () => {
    await using place = await twoLogs(heard);
    const people = [..."abcdefghijklmno"];
    await Promise.all([0, 1].map(async (n) => {
      for (let i = 0; i < 60; i++) { // a few, and now and then a crowd
        const some = people.filter((_, p) => (i * 7 + p * 3 + n) % 8 === 0 || (i * 5 + p + n) % 13 > 9 || i % 9 === n);
        await Promise.all(some.map((id) => place.write(n, id)));
        if (i % 5 === n) place.logs[n].file();
      }
    }));
    const all = await place.logs[0].after(PLAZA, 0, 1000);
    assert.ok(all.length > 300);
    for (const id of people) {
      assert.deepEqual(await place.own(id), all.filter(({ author }) => author.id === id).map(({ seq }) => seq));
    }
  });
}

Deno.test("what a crowd says is in its authors' indexes before it is filed, and the same after", async () => {
  const store = await openStore(":memory:"), log = open(store);
  await Promise.all(numbers(1, 3).map(() => log.append(draft("mina"))));
  assert.equal(await filed(store), undefined, "a few are filed at once");
  await Promise.all(numbers(1, 40).flatMap(() => [log.append(draft("mina")), log.append(draft("joon"))]));
  assert.equal(await filed(store), 3);

  const seen = async () => ({
    since: await ownSince(store, PLAZA, "mina", 0),
    page: await ownPage(store, PLAZA, "mina", 2, 10),
    count: await countOwn(store, PLAZA, "joon"),
    nobody: await ownPage(store, PLAZA, "sora", 1, 10),
    copy: (await messagesOf(store, "joon", [PLAZA, 0])).items,
  });
  const before = await seen();
  assert.deepEqual(before.since.map(({ seq }) => seq), [1, 2, 3, ...numbers(4, 83).filter((seq) => seq % 2 === 0)]);
  assert.equal(before.page.entries.length, 10);
  assert.equal(before.page.total, 43);
  assert.equal(before.count, 40);
  assert.equal(before.copy.length, 40);
  assert.equal(before.nobody.total, 0);

  log.file();
  await log.drain();
  assert.equal(await filed(store), undefined);
  assert.deepEqual(await seen(), before);
  store.close();
});

Deno.test("what is filed while somebody reads is read once", async () => {
  const store = await openStore(":memory:"), log = open(store);
  await Promise.all(numbers(1, 20).map(() => log.append(draft("mina"))));
  const filing: Store = {
    ...store,
    async get(key) {
      const found = await store.get(key);
      log.file();
      await log.drain();
      return found;
    },
  };
  assert.deepEqual((await ownSince(filing, PLAZA, "mina", 0)).map(({ seq }) => seq), numbers(1, 20));
  assert.equal(await filed(store), undefined);
  store.close();
});

Deno.test("an isolate that begins while a crowd is not filed knows its client ids and files it with the next", async () => {
  const store = await openStore(":memory:"), ids = numbers(1, 20).map((n) => `id${n}`);
  await Promise.all(ids.map((id) => open(store).append(draft("mina", id))));
  await Promise.all(ids.map((id) => open(store).append(draft("mina", id)))); // twenty isolates at once
  const log = open(store, "late");
  await Promise.all(numbers(1, 10).map((n) => log.append(draft("joon", `j${n}`))));
  const late = open(store, "later");
  assert.equal((await late.append(draft("joon", "j7"))).repeated, true);
  assert.equal((await late.append(draft("joon", "j11"))).message.seq, 31);
  assert.equal(await filed(store), 20);
  late.file();
  await late.drain();
  assert.equal(await filed(store), undefined);
  assert.deepEqual((await ownSince(store, PLAZA, "joon", 0)).map(({ seq }) => seq), numbers(21, 31));
  assert.deepEqual((await ownSince(store, PLAZA, "mina", 0)).map(({ seq }) => seq), numbers(1, 20));
  store.close();
});

Deno.test("what a dead isolate did not file, the first pass of another does", async () => {
  const file = await kvFile(), store = await openStore(file.path);
  const dead = open(store, "dead");
  await Promise.all(numbers(1, 20).map(() => dead.append(draft("mina"))));
  assert.equal(await filed(store), 0);
  const spine = openSpine({
    store,
    now: Date.now,
    isolate: "next",
    line: () => {},
    channel: null,
    bells: false,
    heal: 10,
  });
  await until(async () => await filed(store) === undefined);
  assert.deepEqual((await ownSince(store, PLAZA, "mina", 0)).map(({ seq }) => seq), numbers(1, 20));
  await spine.stop();
  store.close();
  await file[Symbol.asyncDispose]();
});

Deno.test("a crowd of more people than one atomic takes is filed in parts, and by itself when much waits", async () => {
  const store = await openStore(":memory:"), log = open(store);
  const people = numbers(1, 700).map((n) => `p${n}`);
  await Promise.all([...people, ...people].map((id) => log.append(draft(id))));
  log.file();
  await log.drain();
  assert.equal(await filed(store), 500, "the first five hundred people");
  log.file();
  await log.drain();
  for (const n of [1, 500, 501, 700]) {
    assert.deepEqual((await ownSince(store, PLAZA, `p${n}`, 0)).map(({ seq }) => seq), [n, n + 700]);
  }
  for (let i = 0; i < 12; i++) await Promise.all(people.slice(0, 200).map((id) => log.append(draft(id))));
  assert.ok((await filed(store))! > 1_400, "more than two thousand do not wait for a pass");
  store.close();
});

Deno.test("filing whose answer is lost, or that fails, is done again and doubles nothing", async () => {
  const kv = await openStore(":memory:");
  let fault: "none" | "lost" | "failed" = "none";
  const store: Store = {
    ...kv,
    async commit(fill) {
      const now = fault;
      fault = "none";
      if (now === "failed") throw new Problem("unavailable");
      const stamp = await kv.commit(fill);
      if (now === "lost") throw new Problem("unavailable");
      return stamp;
    },
  };
  const log = open(store);
  for (const next of ["failed", "lost"] as const) {
    await Promise.all(numbers(1, 20).map(() => log.append(draft("mina"))));
    fault = next;
    log.file();
    await log.drain();
    assert.equal(fault, "none", "it was met");
    assert.equal(await filed(kv), next === "lost" ? undefined : 0);
    log.file();
    await log.drain();
    assert.equal(await filed(kv), undefined);
  }
  await log.append(draft("mina"));
  assert.deepEqual((await ownSince(kv, PLAZA, "mina", 0)).map(({ seq }) => seq), numbers(1, 41));
  kv.close();
});

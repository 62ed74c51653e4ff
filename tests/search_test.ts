import assert from "node:assert/strict";
import { queryOf } from "../domain/grams.ts";
import type { Message } from "../domain/message.ts";
import { indexRoom } from "../kv/gram_index.ts";
import { keys } from "../kv/keys.ts";
import { type Log, openLog } from "../kv/log.ts";
import { searchRoom, TAIL } from "../kv/search.ts";
import { openStore, type Store } from "../kv/store.ts";
import { openSpine } from "../realtime/spine.ts";
import { until } from "./until.ts";

const room = "room";
const line = () => {};
const author = (n = 1) => ({ id: `user${n}`, nickname: "하나", role: "user" as const });

/** A log in memory that says things. */
async function openTalk() {
  const store = await openStore(":memory:");
  let at = 1_000;
  const log: Log = openLog({ store, now: () => at++, isolate: "a", line });
  const say = async (text: string): Promise<Message> =>
    (await log.append({ room, author: author(), kind: "user", text })).message;
  const find = async (question: string, range: { before?: number; limit?: number } = {}) => {
    const { items, next } = await searchRoom(store, room, queryOf(question)!, { limit: 20, ...range });
    return { texts: items.map(({ text }) => text), seqs: items.map(({ seq }) => seq), next };
  };
  return { store, log, say, find, [Symbol.dispose]: () => store.close() };
}

Deno.test("what was just said is found, and found the same once it is indexed, in three languages", async () => {
  using talk = await openTalk();
  for (const text of ["지하철이 느려요", "終電に間に合った", "The night bus was late", "AI가 쓴 편지, 9시 50분"]) {
    await talk.say(text);
  }
  const table = [["지하철", 1], ["終電", 2], ["間に合", 2], ["NIGHT bus", 3], ["ai 편지", 4], ["9시", 4], [
    "없는 말",
    0,
  ]] as const;
  for (const indexed of [0, 4]) {
    if (indexed) assert.equal(await indexRoom(talk.store, room), indexed);
    for (const [question, seq] of table) {
      assert.deepEqual((await talk.find(question)).seqs, seq ? [seq] : [], `${question}, ${indexed} indexed`);
    }
  }
});

Deno.test("newest first, page by page, each once, over the end of the index", async () => {
  using talk = await openTalk();
  for (let i = 1; i <= 130; i++) {
    await talk.say(i % 2 ? `지하철 ${i}` : `버스 ${i}`);
    if (i === 70) await indexRoom(talk.store, room);
  }
  const seqs: number[] = [];
  for (let before: number | undefined = Infinity; before;) {
    const page = await talk.find("지하철", { before, limit: 20 });
    seqs.push(...page.seqs);
    before = page.next;
  }
  assert.deepEqual(seqs, Array.from({ length: 65 }, (_, i) => 129 - 2 * i));
  assert.equal(
    (await talk.find("지하철", { before: 40, limit: 20 })).next,
    undefined,
    "a last page that is full says so",
  );
});

Deno.test("an edited message is found by its new words at once, never by its old ones; a gone one never", async () => {
  using talk = await openTalk();
  const edited = await talk.say("처음에는 사과");
  const deleted = await talk.say("지워질 사과");
  const hidden = await talk.say("가려질 사과");
  for (let i = 0; i < 5; i++) await talk.say("딴소리");
  await indexRoom(talk.store, room);
  await talk.log.amend(room, edited.seq, () => ({ text: "나중에는 수박", editedAt: 5 }));
  await talk.log.amend(room, deleted.seq, () => ({ text: "", gone: "author" }));
  await talk.log.amend(room, hidden.seq, () => ({ text: "", gone: "keeper" }));
  for (const when of ["before", "after"]) {
    assert.deepEqual((await talk.find("사과")).seqs, [], `${when} reindexing`);
    assert.deepEqual((await talk.find("수박")).seqs, [edited.seq], `${when} reindexing`);
    await indexRoom(talk.store, room);
  }
  assert.equal((await talk.store.get(keys.gram(room, "수박", 0))).value?.length, 1);
});

Deno.test("two that index a room at once index each message once", async () => {
  using talk = await openTalk();
  const said = 300;
  await Promise.all(Array.from({ length: said }, (_, i) => talk.say(`지하철 ${i}`)));
  await Promise.all([indexRoom(talk.store, room), indexRoom(talk.store, room), indexRoom(talk.store, room)]);
  const { value } = await talk.store.get(keys.gram(room, "하철", 0));
  assert.deepEqual([...value!], Array.from({ length: said }, (_, i) => i + 1));
  assert.equal((await talk.store.get(keys.indexed(room))).value, said);
  assert.equal(await indexRoom(talk.store, room), 0);
});

Deno.test("an indexer that was overtaken takes nothing back", async () => {
  using talk = await openTalk();
  const overtaken = Promise.withResolvers<void>(), reached = Promise.withResolvers<void>();
  const slow: Store = {
    ...talk.store,
    async commit(fill) {
      reached.resolve();
      await overtaken.promise;
      return await talk.store.commit(fill);
    },
  };
  for (let i = 0; i < 10; i++) await talk.say("지하철");
  const first = indexRoom(slow, room);
  await reached.promise;
  for (let i = 0; i < 10; i++) await talk.say("지하철");
  assert.equal(await indexRoom(talk.store, room), 20);
  overtaken.resolve();
  assert.equal(await first, 0);
  assert.equal((await talk.store.get(keys.gram(room, "하철", 0))).value?.length, 20);
  assert.equal((await talk.store.get(keys.indexed(room))).value, 20);
});

Deno.test("two spines on one store index what both of them write, and stop in peace", async () => {
  using talk = await openTalk();
  const open = (isolate: string) =>
    openSpine({ store: talk.store, now: () => 5_000, isolate, line, channel: null, bells: false, heal: 10 });
  const spines = [open("one"), open("two")];
  try {
    await Promise.all(
      Array.from(
        { length: 600 },
        (_, i) => spines[i % 2].log.append({ room, author: author(i % 7), kind: "user", text: "지하철에서" }),
      ),
    );
    await until(async () => (await talk.store.get(keys.indexed(room))).value === 600);
    assert.equal((await talk.store.get(keys.gram(room, "하철", 0))).value?.length, 600);
  } finally {
    for (const spine of spines) await spine.stop();
  }
});

Deno.test("an indexer that dies in the middle of a pass is followed by one that finishes it", async () => {
  using talk = await openTalk();
  for (let i = 0; i < 40; i++) {
    await talk.say(Array.from({ length: 40 }, (_, n) => String.fromCodePoint(0xac00 + 50 * i + n)).join(""));
  }
  let commits = 0;
  const dying: Store = {
    ...talk.store,
    commit: (fill) => ++commits > 2 ? Promise.reject(new Error("dead")) : talk.store.commit(fill),
  };
  await assert.rejects(indexRoom(dying, room), /dead/);
  const found = () => talk.find(String.fromCodePoint(0xac00 + 50 * 39, 0xac00 + 50 * 39 + 1));
  assert.deepEqual((await found()).seqs, [40]);
  assert.equal(await indexRoom(talk.store, room), 40);
  assert.deepEqual((await found()).seqs, [40]);
});

Deno.test("words that stand in one message, but not as asked, cost reads and never an answer", async () => {
  using talk = await openTalk();
  for (let i = 0; i < 60; i++) await talk.say("지하에서 하철이를");
  await talk.say("지하철에서");
  for (let i = 0; i < 60; i++) await talk.say("지하에서 하철이를");
  await indexRoom(talk.store, room);
  assert.deepEqual(await talk.find("지하철"), { texts: ["지하철에서"], seqs: [61], next: undefined });
});

const most = Deno.env.get("CHAOS") ? 100_000 : 20_000;

Deno.test(`a two-syllable word in ${most} messages: its first page costs a handful of reads`, async () => {
  using talk = await openTalk();
  await fill(talk.log, most);
  const before = performance.now();
  await indexRoom(talk.store, room);
  const took = performance.now() - before;
  const { store, reads } = counting(talk.store);
  const times: Record<string, string> = {};
  for (const question of ["편지", "지하철 편지", "바다거북", "없는말"]) {
    const query = queryOf(question)!;
    const spent: number[] = [];
    for (let i = 0; i < 15; i++) {
      const started = performance.now();
      const { items } = await searchRoom(store, room, query, { limit: 20 });
      spent.push(performance.now() - started);
      assert.ok(question === "없는말" ? !items.length : items.length, question);
    }
    const calls = reads() / 15;
    times[question] = `${spent.sort((a, b) => a - b)[7].toFixed(1)} ms, ${calls.toFixed(0)} reads`;
    if (question === "편지") assert.ok(calls <= 8, `${calls} reads`);
    assert.ok(calls <= 200, `${question}: ${calls} reads`);
  }
  let bytes = 0, rows = 0;
  for (let page = await gramsAfter(), last; page.length; page = await gramsAfter(last)) {
    for (const { key, value } of page) {
      bytes += value.byteLength + key.reduce<number>((sum, part) => sum + String(part).length * 2 + 2, 0);
    }
    rows += page.length;
    last = page.at(-1)!.key;
  }
  /** A page of the index: as a whole it takes longer to read than the store may take. */
  async function gramsAfter(key?: Deno.KvKey) {
    const start = key && [...key.slice(0, -1), Number(key.at(-1)) + 0.5];
    return await talk.store.list<Uint16Array>(["gram"], { start, limit: 20_000 });
  }
  console.log({ times, indexed: `${(took / 1000).toFixed(1)} s`, rows, bytesPerMessage: Math.round(bytes / most) });
  assert.ok(bytes / most < 400, `${bytes / most} bytes a message`);
});

Deno.test("what waits to be indexed is read as far as the newest few hundred", async () => {
  using talk = await openTalk();
  await fill(talk.log, TAIL + 100);
  const { store, reads } = counting(talk.store);
  assert.equal((await searchRoom(store, room, queryOf("편지")!, { limit: 10 })).items.length, 10);
  assert.ok(reads() <= 5);
});

/** Sentences of common and rare words from many senders, as fast as the log takes them. */
async function fill(log: Log, many: number): Promise<void> {
  const endings = ["가", "는", "를", "에서", "이라서", "하고", "까지", "보다"];
  const words =
    "오늘 어제 내일 지하철 버스 회사 학교 친구 엄마 아빠 동생 저녁 아침 점심 커피 김치 편지 노래 영화 바람 비 눈 하늘 밤 새벽 시험 면접 월급 휴가 여행 고양이 강아지 나무 꽃 바다 산 길 집 방 창문 전화 사진 꿈 잠 마음 걱정 기쁨 눈물 웃음"
      .split(" ");
  const verbs = "왔어요 갔어요 먹었다 봤는데 좋았어요 힘들었다 보고싶다 모르겠어 괜찮아요 그랬구나 고마워요 미안해"
    .split(" ");
  let seed = 7;
  const pick = <T>(from: T[]): T =>
    from[Math.floor((seed = seed * 16_807 % 2_147_483_647) / 2_147_483_647 * from.length)];
  const rare = () => String.fromCodePoint(0xac00 + seed % 11_172, 0xac00 + seed * 7 % 11_172);
  for (let done = 0; done < many;) {
    const group = Math.min(2_000, many - done);
    await Promise.all(Array.from({ length: group }, (_, i) => {
      const nth = done + i;
      const text = `${pick(words)}${pick(endings)} ${pick(words)}${pick(endings)} ${rare()}${pick(endings)} ${
        pick(verbs)
      }${nth === Math.floor(many / 3) ? " 바다거북" : ""}`;
      return log.append({ room, author: author(i % 200), kind: "user", text });
    }));
    done += group;
  }
}

/** The same store, and how many reads it was asked since the last question. */
function counting(store: Store) {
  let reads = 0;
  const counted: Store = {
    ...store,
    get: (key) => (reads++, store.get(key)),
    getMany: (keys) => (reads += Math.ceil(keys.length / 10), store.getMany(keys)),
    list: (prefix, options) => (reads++, store.list(prefix, options)),
  };
  const since = () => {
    const now = reads;
    reads = 0;
    return now;
  };
  return { store: counted, reads: since };
}

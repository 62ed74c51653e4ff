import assert from "node:assert/strict";
import type { OwnLetter } from "../domain/own_letter.ts";
import { PLAZA, type Room, STREAMING } from "../domain/room.ts";
import { sorts, type Spot } from "../domain/timeline.ts";
import { ko } from "../domain/words/ko.ts";
import { keys } from "../kv/keys.ts";
import { listOwnRoom } from "../kv/own_rooms.ts";
import type { Store } from "../kv/store.ts";
import { ownTimeline, ROOMS } from "../kv/timeline.ts";
import { draft, makeRoom, openAiRig, speak } from "./ai_rig.ts";
import { match, openTwo, plain, verify, writes } from "./match_rig.ts";
import { type Caller, keepLetter, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
const MINUTE = 60_000;
const conversation = { mode: "conversation", language: "en", topic: "Weekend" };

Deno.test("all that is mine stands in one timeline, on any isolate; of others and the companion not a word", async () => {
  await using town = await openTown();
  const { mina, joon, rooms } = town;
  const all = await mypage(town.far, mina);
  assert.deepEqual(all.said, [
    ["미나의 연습", `/practice/${rooms.practice}?at=2#m2`],
    ["미나의 장면", `/roleplay/${rooms.scene}?at=2#m2`],
    ["미나의 대화", `/chats/${rooms.direct}?at=1#m1`],
    ["미나의 편지", "/letters/2026-11-20#to-me"], // of 9:50 in Korea
    ["미나의 모임", `/live/${rooms.live}?at=1#m1`],
    ["미나의 라이브", "/streaming?at=1#m1"],
    ["미나의 버즈", "/?at=1#m1"],
  ]);
  assert.doesNotMatch(all.text.replaceAll("준호의 모임", ""), /준호의|Welcome|That sounds nice/);
  assert.match(all.text, /1:1 · <b>준호<\/b>/);
  assert.match(all.text, /라이브 · <b>준호의 모임<\/b>/);
  for (const sort of sorts) {
    const { said } = await mypage(town.far, mina, `?only=${sort}`);
    const live = sort === "live"
      ? ["미나의 모임", "미나의 라이브"]
      : all.said.map(([text]) => text).filter(ofSort(sort));
    assert.deepEqual(said.map(([text]) => text), live, sort);
  }
  const his = await mypage(town.far, joon);
  assert.deepEqual(his.said.map(([text]) => text), ["준호의 대화", "준호의 첫 말", "준호의 버즈"]);
  assert.doesNotMatch(his.text, /미나의/);
});

Deno.test("a room stays in the timeline when it is closed, and leaves it when it may not be read", async () => {
  await using town = await openTown();
  const { near, mina, joon, rooms } = town;
  const live = async () => (await mypage(near, mina, "?only=live")).said.map(([text]) => text);
  await near.ask("PATCH", `/api/rooms/${rooms.live}`, { ...joon, body: { access: "private" } });
  assert.deepEqual(await live(), ["미나의 라이브"]);
  await near.ask("PATCH", `/api/rooms/${rooms.live}`, { ...joon, body: { access: "public" } });
  await near.ask("DELETE", `/api/rooms/${rooms.live}`, joon);
  assert.deepEqual(await live(), ["미나의 모임", "미나의 라이브"]);
});

Deno.test("what is deleted says so, and an AI room that is deleted takes its lines along", async () => {
  await using town = await openTown();
  const { near, mina, rooms } = town;
  await near.ask("DELETE", `/api/rooms/${rooms.direct}/messages/1`, mina);
  await near.ask("DELETE", `/api/roleplays/${rooms.scene}`, mina);
  const { said, text } = await mypage(near, mina);
  assert.doesNotMatch(text, /미나의 대화|미나의 장면/);
  assert.ok(said.some(([text, href]) => href === `/chats/${rooms.direct}?at=1#m1` && text === ko.chat.goneAuthor));
});

Deno.test("off the record leaves nothing", async () => {
  await using ai = await openAiRig();
  const { rig } = ai, mina = await rig.person("mina_1", "미나");
  for (const offRecord of [true, false]) {
    const scene = await makeRoom(rig, mina.token, "roleplays", { ...draft, offRecord });
    await speak(rig, mina.token, `/api/roleplays/${scene}`, offRecord ? "몰래 한 말" : "남긴 말");
    const practice = await makeRoom(rig, mina.token, "practices", { ...conversation, offRecord });
    await speak(rig, mina.token, `/api/practices/${practice}`, offRecord ? "몰래 연습" : "남긴 연습");
  }
  for (const query of ["", "?only=roleplay", "?only=practice", "?day=2026-11-20"]) {
    const { text, said } = await mypage(rig, mina, query);
    assert.doesNotMatch(text, /몰래/, query);
    assert.ok(said.length > 0, query);
  }
});

Deno.test("a block takes the talk, and what was said in the other's room, from both on both isolates", async () => {
  await using two = await openTwo();
  const [near, far] = two.rigs;
  const mina = await near.person("mina_1", "미나"), joon = await near.person("joon_1", "준호");
  for (const who of [mina, joon]) {
    await verify(near, who);
    await writes(near, who, plain);
  }
  const direct = await match(near, mina, joon);
  const { json: live } = await near.post("/api/rooms", { title: "준호의 모임" }, joon);
  for (const room of [direct, live.id, PLAZA]) {
    await near.post(`/api/rooms/${room}/messages`, { text: `미나 ${room}` }, mina);
    await near.post(`/api/rooms/${room}/messages`, { text: `준호 ${room}` }, joon);
  }
  for (const rig of two.rigs) assert.equal((await mypage(rig, mina)).said.length, 3);
  await near.post("/api/blocks", { userId: joon.id }, mina);
  await until(() => far.parts.blocks.areApart(mina.id, joon.id));
  for (const rig of two.rigs) {
    assert.deepEqual((await mypage(rig, mina)).said.map(([text]) => text), [`미나 ${PLAZA}`]);
    const his = await mypage(rig, joon);
    assert.deepEqual(his.said.map(([text]) => text).sort(), [`준호 ${PLAZA}`, `준호 ${live.id}`].sort());
    assert.doesNotMatch(his.text, /미나/);
    assert.equal((await mypage(rig, mina, "?only=direct")).said.length, 0);
  }
});

Deno.test("300 entries of many rooms come once each and in order, page by page, while more is written", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나"), joon = await rig.person("joon_1", "준호");
  const rooms = await liveRooms(rig, mina, 8);
  const expected: string[] = [];
  for (let n = 0; n < 300; n++) {
    if (n % 3) rig.clock.at += 1_000; // every third at the same moment as the one before
    const room = n % 2 ? PLAZA : rooms[(n * 7) % 8];
    await write(rig, room, mina, `글 ${n}`);
    await write(rig, room, joon, `남 ${n}`);
    expected.push(`글 ${n}`);
  }
  let pages = 0;
  const seen = await walk(rig, mina, "", async () => {
    rig.clock.at += 1_000;
    await write(rig, pages++ % 2 ? PLAZA : rooms[0], mina, "나중 글");
  });
  assert.equal(pages, 15);
  assert.deepEqual(sorted(seen.map(({ text }) => text)), sorted(expected));
  assert.ok(seen.every(({ at }, i) => i === 0 || at <= seen[i - 1].at), "newest first");
  const inPlaza = seen.filter(({ href }) => href.startsWith("/?")).map(({ text }) => Number(text.slice(2)));
  assert.deepEqual(inPlaza, inPlaza.toSorted((a, b) => b - a));
});

Deno.test("more rooms than are looked at: the page says so, and paging on loses nothing", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나");
  const rooms = await liveRooms(rig, mina, 2 * ROOMS + 5);
  await write(rig, PLAZA, mina, "광장");
  for (const [n, room] of rooms.entries()) {
    rig.clock.at += 1_000;
    await write(rig, room, mina, `방 ${n}`);
  }
  rig.clock.at += 1_000;
  await write(rig, rooms[0], mina, "옛 방의 새 글");
  const first = await mypage(rig, mina);
  assert.match(first.text, /가장 최근에 생긴 방 50곳까지/);
  assert.ok(!first.text.includes("옛 방의 새 글"));
  let fresh = 0;
  const seen = (await walk(rig, mina, "", async () => {
    const [room] = await liveRooms(rig, mina, 1, `fresh${fresh++}`);
    await write(rig, room, mina, "나중 글");
  })).map(({ text }) => text);
  assert.deepEqual(sorted(seen), sorted(["광장", "옛 방의 새 글", ...rooms.map((_, n) => `방 ${n}`)]));
  assert.equal(seen.at(0), "방 104");
  assert.deepEqual(seen.slice(-2), ["방 1", "방 0"]);
  assert.doesNotMatch((await mypage(rig, mina, "?only=buzz")).text, /50곳/);
});

Deno.test("far down a long history costs a few reads more than its top, and reads no more entries", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나"), { store } = rig.parts;
  for (let n = 0; n < 2_000; n += 100) {
    rig.clock.at += 1_000;
    await Promise.all(Array.from({ length: 100 }, (_, i) => write(rig, PLAZA, mina, `글 ${n + i}`)));
  }
  let reads = 0;
  const plaza = () => Promise.resolve<Room>({ id: PLAZA, kind: "plaza" });
  const counting = { ...store, list: (...of: Parameters<typeof store.list>) => (reads++, store.list(...of)) } as Store;
  const readsFrom = async (spot: Spot) => {
    reads = 0;
    const wanted = {
      sorts: ["buzz"] as const,
      spot,
      from: 0,
      made: Infinity,
      steady: true,
      limit: 20,
      zone: "Asia/Seoul",
    };
    const { items } = await ownTimeline(counting, mina.id, plaza, wanted);
    assert.deepEqual(items.map(({ seq }) => seq), Array.from({ length: 20 }, (_, i) => spot.seq - 1 - i));
    return reads;
  };
  const top = await readsFrom({ at: rig.clock.at, room: PLAZA, seq: 2_001 });
  const deep = await readsFrom({ at: rig.clock.at - 17_000, room: PLAZA, seq: 250 });
  assert.ok(top <= 3 && deep <= 12, `${top}, then ${deep} leaves looked for`);
});

Deno.test("a day and a filter go together, and what an address makes up is as if it were not there", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나"), { clock } = rig;
  const today = clock.at;
  for (const [day, time] of [["그제", "2026-11-18T15:00:00Z"], ["어제", "2026-11-19T14:59:59Z"]]) {
    clock.at = Date.parse(time); // the first and the last second of 19 November in Korea
    for (const room of [PLAZA, STREAMING]) await write(rig, room, mina, `${day} ${room}`);
  }
  clock.at = today;
  for (let n = 0; n < 25; n++) await write(rig, STREAMING, mina, `오늘 ${n}`);
  const of = async (query: string) => (await mypage(rig, mina, query)).said.map(([text]) => text);
  const both = ["어제 plaza", "어제 streaming", "그제 plaza", "그제 streaming"];
  assert.deepEqual(await of("?day=2026-11-19"), both);
  assert.deepEqual(await of("?day=2026-11-19&only=live"), [both[1], both[3]]);
  assert.deepEqual(await of("?day=2026-11-19&only=buzz"), [both[0], both[2]]);
  assert.deepEqual(await of("?day=2026-11-19&only=direct"), []);
  assert.deepEqual((await walk(rig, mina, "?day=2026-11-20&only=live")).length, 25);
  const page = await mypage(rig, mina, "?day=2026-11-19&only=live");
  assert.match(page.text, /href="\/mypage\?day=2026-11-19#history">전체/);
  assert.match(
    page.text,
    /href="\/mypage\?only=live&amp;day=2026-11-18#history" data-n/,
    "the calendar keeps the filter",
  );
  for (const made of ["only=hidden", "before=x", "before=1.2", "before=-1.2.a", "rooms=x", "older=2", "rooms=-1"]) {
    assert.equal((await mypage(rig, mina, `?${made}`)).said.length, 20, made);
  }
  for (const made of ["before=999999999999999.1.a", "before=0.0.a", "rooms=0", "rooms=1e15&older=1"]) {
    assert.equal((await mypage(rig, mina, `?${made}`)).status, 200, made);
  }
});

Deno.test("an old address with a page number shows the buzzes, and keeps their numbers", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나");
  for (let n = 1; n <= 45; n++) await write(rig, n > 43 ? STREAMING : PLAZA, mina, `글 ${n}`);
  const { said, text } = await mypage(rig, mina, "?page=3");
  assert.deepEqual(said.map(([text]) => text), ["글 3", "글 2", "글 1"]);
  assert.match(text, /aria-current="true">버즈</);
  assert.match(text, /href="\/mypage\?only=buzz&amp;page=2#history"/);
});

Deno.test("a newcomer is invited, sort by sort; a guest is sent to the door", async () => {
  await using rig = await openRig();
  const mina = await rig.person("mina_1", "미나");
  const homes = { buzz: "/", live: "/live", direct: "/chats", roleplay: "/roleplay", practice: "/practice" };
  for (const [sort, home] of Object.entries(homes)) {
    const { text } = await mypage(rig, mina, `?only=${sort}`);
    assert.match(text, new RegExp(`<p class="notice"><span>[^<]+ <a href="${home}">`), sort);
  }
  assert.equal((await rig.get("/mypage?only=live", { headers: { Accept: "text/html" } })).status, 303);
});

/** Mina and Joon, who have written in every kind of place; Mina a minute later in each. */
async function openTown() {
  const ai = await openAiRig({}, { isolates: 2 });
  const [near, far] = ai.rigs;
  ai.clock.at = Date.parse("2026-11-20T00:45:00Z");
  const mina = await near.person("mina_1", "미나"), joon = await near.person("joon_1", "준호");
  for (const who of [mina, joon]) {
    await verify(near, who);
    await writes(near, who, plain);
  }
  const say = async (who: Caller, room: string, text: string) => {
    ai.clock.at += MINUTE;
    const { status, text: answer } = await near.post(`/api/rooms/${room}/messages`, { text }, who);
    assert.equal(status, 201, answer);
  };
  const direct = await match(near, mina, joon);
  const { json } = await near.post("/api/rooms", { title: "준호의 모임" }, joon), live = String(json.id);
  await say(mina, PLAZA, "미나의 버즈");
  await say(joon, PLAZA, "준호의 버즈");
  await say(mina, STREAMING, "미나의 라이브");
  await say(mina, live, "미나의 모임");
  await say(joon, live, "준호의 첫 말");
  await say(mina, direct, "미나의 대화");
  await say(joon, direct, "준호의 대화");
  ai.clock.at += MINUTE;
  const scene = await makeRoom(near, mina.token, "roleplays", draft);
  await speak(near, mina.token, `/api/roleplays/${scene}`, "미나의 장면");
  ai.clock.at += MINUTE;
  const practice = await makeRoom(near, mina.token, "practices", conversation);
  await speak(near, mina.token, `/api/practices/${practice}`, "미나의 연습");
  await ownLetter(near, mina, "미나의 편지");
  return {
    near,
    far,
    mina,
    joon,
    rooms: { direct, live, scene, practice },
    [Symbol.asyncDispose]: () => ai[Symbol.asyncDispose](),
  };
}

async function ownLetter(rig: Rig, { id }: Caller, text: string): Promise<void> {
  const of = { title: "편지", paragraphs: ["모두에게"], themes: [] };
  await keepLetter(rig.parts, "2026-11-20", { ko: of, en: of, ja: of });
  const claims = [{ text: "지워진 글에서 온 말", sources: [{ room: PLAZA, seq: 99 }] }, {
    text,
    sources: [{ room: PLAZA, seq: 1 }],
  }];
  const letter: OwnLetter = { date: "2026-11-20", writtenAt: 1, lang: "ko", by: "offline", tone: "plain", claims };
  await rig.parts.store.commit((atomic) => atomic.set(keys.ownLetter(id, letter.date), letter));
}

/** Rooms of a person's, the oldest first, a second after each other. */
async function liveRooms(
  { clock, parts: { store } }: Rig,
  owner: Caller,
  count: number,
  name = "room",
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    clock.at += 1_000;
    const id = `${name}${n}`;
    const room: Room = { id, kind: "live", access: "public", title: id, owner: owner.id, createdAt: clock.at };
    await store.commit((atomic) => atomic.set(keys.room(id), room));
    await listOwnRoom(store, room, owner.id);
    ids.push(id);
  }
  return ids;
}

const write = ({ parts: { log } }: Rig, room: string, { id, nickname }: Caller, text: string) =>
  log.append({ room, author: { id, nickname, role: "user" }, kind: "user", text });

async function mypage(rig: Rig, { token }: Caller, query = "") {
  const { status, text } = await rig.get(`/mypage${query}`, { token, headers: { Accept: "text/html" } });
  const said = [...text.matchAll(/<a class="said" href="([^"]*)"[^>]*>([^<]*)/g)];
  const times = [...text.matchAll(/<time dateTime="([^"]*)"/gi)].map(([, time]) => Date.parse(time));
  return { status, text, said: said.map(([, href, text]) => [text, href]), times };
}

/** All pages one after another, and those of the older rooms after them. */
async function walk(rig: Rig, who: Caller, query = "", between = async () => {}) {
  const seen: { text: string; href: string; at: number }[] = [];
  for (let next: string | undefined = query; next !== undefined;) {
    const { text, said, times } = await mypage(rig, who, next);
    seen.push(...said.map(([text, href], i) => ({ text, href, at: times[i] })));
    const on = /rel="next" href="\/mypage([^"#]*)/.exec(text) ?? /href="\/mypage([^"#]*)#history">더 오래된/.exec(text);
    next = on?.[1].replaceAll("&amp;", "&");
    await between();
  }
  return seen;
}

const sorted = (texts: string[]): string[] => texts.toSorted();
const ofSort = (sort: string) => (text: string): boolean =>
  text === `미나의 ${{ buzz: "버즈", direct: "대화", roleplay: "장면", practice: "연습", letter: "편지" }[sort]}`;

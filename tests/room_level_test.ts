import assert from "node:assert/strict";
import { openNotifier } from "../cron/notifier.ts";
import { ko } from "../domain/words/ko.ts";
import { fill } from "../domain/words/fill.ts";
import { usualPreferences } from "../domain/notification.ts";
import type { RoomLevel } from "../domain/room_level.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import { Client } from "./client.ts";
import { openNotifying } from "./push_rig.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openNotifying>>;
const { said } = ko.notifications;

/** A room of 준호's; 미나 is away, with a phone. */
async function openRoom(change: object = {}) {
  const rig = await openNotifying();
  const [mina, joon, sora] = [
    await rig.person("mina_1", "미나"),
    await rig.person("joon_1", "준호"),
    await rig.person("sora_1", "소라"),
  ];
  const phone = await rig.subscribe(mina.token, "phone");
  const { json } = await rig.post("/api/rooms", { title: "모닥불", ...change }, joon);
  const room = String(json.id);
  const say = async (who: Caller, text: string, more = {}) => {
    rig.clock.at += 1;
    const { status, json } = await rig.post(`/api/rooms/${room}/messages`, { text, ...more }, { token: who.token });
    assert.equal(status, 201, text);
    return Number(json.seq);
  };
  return {
    rig,
    mina,
    joon,
    sora,
    phone,
    room,
    say,
    choose: (who: Caller, level: RoomLevel) => choose(rig, room, who, level),
    titles: () => phone.map(({ told }) => told.title),
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
}

async function choose(rig: Pick<Rig, "ask" | "clock">, room: string, who: Caller, level: RoomLevel) {
  const { status } = await rig.ask("PUT", `/api/rooms/${room}/level`, { body: { level }, token: who.token });
  assert.equal(status, 200);
  rig.clock.at += 1;
}
const nothingWaits = async (store: Store) => !(await store.list(["waiting"])).length;
const news = fill(said.room, { who: "모닥불" });
const called = fill(said.mention, { who: "준호" });

Deno.test("everything is told once a room, until one looks again: which room, never what", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, room, say, phone, titles } = stage;
  await stage.choose(mina, "everything");
  await say(mina, "제 말은 저에게 소식이 아니에요");
  await rig.notifier.tick();
  assert.deepEqual(titles(), []);
  for (let n = 0; n < 5; n++) await say(joon, `첫 이야기 ${n}`);
  await rig.notifier.tick();
  assert.deepEqual(phone.map(({ told }) => told), [{
    title: news,
    body: said.open,
    url: `/live/${room}`,
    tag: `/live/${room}`,
  }]);
  for (let n = 0; n < 5; n++) {
    await say(joon, `더 ${n}`);
    await rig.notifier.tick();
  }
  assert.equal(phone.length, 1);

  await rig.get(`/live/${room}`, { token: mina.token }); // looks, by the page
  await rig.notifier.tick();
  assert.equal(phone.length, 1);
  await say(joon, "나간 뒤에");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [news, news]);

  using reader = await new Client(rig.base, mina).connect(); // looks, by a socket
  await reader.join(room);
  const readers = async () => (await rig.parts.presence.people(room, 10)).members.length;
  await until(async () =>
    await readers() === 1 && (await rig.parts.store.get(keys.listener(room, mina.id))).value?.told === undefined
  );
  await say(joon, "있는 동안에");
  await until(() => reader.messages(room).some(({ text }) => text === "있는 동안에"));
  await rig.notifier.tick(); // it has been heard while she was reading
  await say(joon, "있는 동안에 하나 더");
  await until(() => reader.messages(room).some(({ text }) => text === "있는 동안에 하나 더"));
  const here = (await rig.parts.store.get(keys.listener(room, mina.id))).value?.seen ?? 0;
  rig.clock.at += 1_000;
  reader.socket.close();
  await until(async () =>
    await readers() === 0 && ((await rig.parts.store.get(keys.listener(room, mina.id))).value?.seen ?? 0) > here
  );
  await rig.notifier.tick();
  assert.equal(phone.length, 2);
  await say(joon, "다시 나간 뒤에");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [news, news, news]);
  assert.doesNotMatch(JSON.stringify(phone), /이야기 \d|나간|있는/);
});

Deno.test("of three people in a room each is told what they chose, and who chose nothing hears nothing", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, sora, say, titles } = stage;
  const own = await rig.subscribe(joon.token, "joon"), other = await rig.subscribe(sora.token, "sora");
  const hers = await say(mina, "안녕하세요");
  await say(sora, "저도요");
  await stage.choose(mina, "nothing");
  await stage.choose(sora, "everything");
  await say(joon, "@미나 @소라 있어요?");
  await until(async () => other.length === 1 && await nothingWaits(rig.parts.store)); // else they are told as one
  await say(joon, "답이에요", { reply: hers });
  await rig.notifier.tick();
  assert.deepEqual(titles(), []);
  assert.deepEqual(own, []);
  assert.deepEqual(other.map(({ told }) => told.title), [called, news]);
  await stage.choose(mina, "mentions");
  await say(joon, "그냥 하는 말");
  await say(joon, "@미나 이제는요?");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [called]);
  await rig.post("/api/send-chat", { text: "광장에도 왔어요" }, mina);
  await stage.choose(mina, "nothing");
  await rig.post("/api/rooms/plaza/messages", { text: "@미나 광장에서" }, joon);
  await until(() => titles().length === 2); // silence is the room's alone
});

Deno.test("who is called by the only new message is told of it once", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, say, titles } = stage;
  await say(mina, "왔어요");
  await stage.choose(mina, "everything");
  await say(joon, "@미나 안녕");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [called]);
  await say(joon, "그리고 이건 모두에게");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [called, news]);
});

Deno.test("blocked people are no news, and neither is what was taken back while it waited", async () => {
  await using stage = await openRoom();
  const { rig, mina, room, say, titles } = stage;
  const night = (time: string) => rig.clock.at = Date.parse(`2026-11-${time}:00+09:00`);
  night("20T23:30"); // quiet hours: what is told waits
  const enter = (name: string) => rig.enter(`${name}_1`);
  const [again, joonAgain, minaAgain] = [await enter("sora"), await enter("joon"), await enter("mina")];
  await stage.choose(minaAgain, "everything");
  await rig.post("/api/blocks", { userId: mina.id }, again);
  await say(again, "미나에게는 보이지 않아요");
  await say(minaAgain, "제 말");
  await rig.notifier.tick();
  assert.ok(await nothingWaits(rig.parts.store));
  await rig.ask("DELETE", `/api/blocks/${mina.id}`, again);
  await say(again, "차단되기 전에 한 말");
  const taken = await say(joonAgain, "지울 말");
  await rig.notifier.tick();
  assert.equal((await rig.parts.store.list(["waiting"])).length, 1);
  await rig.post("/api/blocks", { userId: again.id }, minaAgain);
  await rig.ask("DELETE", `/api/rooms/${room}/messages/${taken}`, joonAgain);
  night("21T08:00");
  await rig.notifier.tick();
  assert.deepEqual(titles(), []);
  assert.ok(await nothingWaits(rig.parts.store));
  await say(await rig.enter("joon_1"), "새 말"); // nothing was told, so this is the first
  await rig.notifier.tick();
  assert.deepEqual(titles(), [news]);
});

Deno.test("what waits for the morning is not told of a room that was silenced, left or looked at meanwhile", async () => {
  await using stage = await openRoom({ access: "private" });
  const { rig, joon, sora, room, phone } = stage;
  const phones = { mina: phone, sora: await rig.subscribe(sora.token, "sora") };
  const { json } = await rig.post(`/api/rooms/${room}/invitations`, {}, joon);
  rig.clock.at = Date.parse("2026-11-20T23:30:00+09:00");
  const [mina2, joon2, sora2] = [await rig.enter("mina_1"), await rig.enter("joon_1"), await rig.enter("sora_1")];
  for (const one of [mina2, sora2]) {
    assert.equal((await rig.post(`/api/rooms/${room}/join`, { token: json.token }, one)).status, 200);
    await stage.say(one, "왔어요");
  }
  const waits = async (n: number) => {
    await rig.notifier.tick();
    assert.equal((await rig.parts.store.list(["waiting"])).length, n);
  };
  await stage.choose(mina2, "nothing");
  await stage.say(joon2, "@미나 @소라");
  await waits(1); // what nobody wants does not take a place
  assert.equal((await rig.parts.store.list(["waiting"]))[0].key[1], sora.id);
  await stage.choose(mina2, "everything");
  await stage.choose(sora2, "everything");
  await stage.say(joon2, "밤에 한 말 @미나");
  await waits(3);
  await stage.say(joon2, "또 한 말");
  await waits(4);
  await stage.choose(mina2, "nothing");
  await rig.ask("DELETE", `/api/rooms/${room}/people/${sora.id}`, joon2);
  rig.clock.at = Date.parse("2026-11-21T08:00:00+09:00");
  await rig.notifier.tick();
  assert.deepEqual([phones.mina.length, phones.sora.length], [0, 0]);
  assert.ok(await nothingWaits(rig.parts.store));

  rig.clock.at = Date.parse("2026-11-21T23:30:00+09:00");
  const [mina3, joon3] = [await rig.enter("mina_1"), await rig.enter("joon_1")];
  await stage.choose(mina3, "everything");
  await stage.say(joon3, "다음 밤에 한 말");
  await waits(1);
  await rig.get(`/live/${room}`, { token: mina3.token });
  rig.clock.at = Date.parse("2026-11-22T08:00:00+09:00");
  await rig.notifier.tick();
  assert.deepEqual([phones.mina.length, phones.sora.length], [0, 0]);
});

Deno.test("a level that was chosen on one isolate holds on the other, and two that heard something tell once", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, room, say, titles } = stage;
  await using there = await openRig({ store: rig.parts.store, now: () => rig.clock.at, push: rig.parts.push });
  const other = openNotifier({ ...there.parts, isolate: "there", zone: "Asia/Seoul" });
  const stop = other.start();
  const sayThere = (text: string) => {
    rig.clock.at += 1;
    return there.post(`/api/rooms/${room}/messages`, { text }, { token: joon.token });
  };
  await say(mina, "왔어요");
  await choose(rig, room, mina, "nothing");
  await sayThere("@미나 저쪽에서");
  await Promise.all([other.tick(), rig.notifier.tick()]);
  assert.deepEqual(titles(), []);
  await choose({ ask: there.ask, clock: rig.clock }, room, mina, "everything");
  await say(joon, "이쪽에서");
  await sayThere("저쪽에서");
  await Promise.all([other.tick(), rig.notifier.tick()]);
  await Promise.all([other.tick(), rig.notifier.tick()]);
  assert.deepEqual(titles(), [news]);
  await stop();
});

Deno.test("nothing on a message's way reads who listens: only the round after it, once a room", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, room, say } = stage;
  await stage.choose(mina, "everything");
  const asked: string[] = [];
  const watched: Store = {
    ...rig.parts.store,
    list(prefix, options) {
      asked.push(prefix.map(String).join(" "));
      return rig.parts.store.list(prefix, options);
    },
    get(key) {
      asked.push(key.map(String).join(" "));
      return rig.parts.store.get(key);
    },
  };
  const notifier = openNotifier({ ...rig.parts, store: watched, isolate: "watched", zone: "Asia/Seoul" });
  const stop = notifier.start();
  await notifier.tick();
  asked.length = 0;
  for (let n = 0; n < 20; n++) await say(joon, `말 ${n}`);
  assert.deepEqual(asked, []);
  await notifier.tick();
  assert.equal(asked.filter((key) => key === `listener ${room}`).length, 1);
  await stop();
});

Deno.test("who chose their kinds before rooms could be followed has the usual for them", async () => {
  await using stage = await openRoom();
  const { rig, mina, joon, say, titles } = stage;
  const { room: _, ...paces } = usualPreferences.paces;
  const put = (paces: object) =>
    rig.ask("PUT", "/api/notifications", { body: { ...usualPreferences, paces }, token: mina.token });
  await rig.parts.store.commit((atomic) =>
    atomic.set(keys.notificationPreferences(mina.id), { ...usualPreferences, paces } as never)
  );
  await stage.choose(mina, "everything");
  await say(joon, "하나");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [news]);
  assert.equal((await put(paces)).status, 200, "an old client");
  assert.equal((await put({ ...paces, room: "never" })).status, 200);
  await rig.get(`/live/${stage.room}`, { token: mina.token });
  await say(joon, "둘");
  await rig.notifier.tick();
  assert.deepEqual(titles(), [news]);
});

Deno.test("the level is a form, and /settings lists what is different, each with a way back", async () => {
  await using stage = await openRoom();
  const { rig, mina, room } = stage;
  const form = (path: string, fields: Record<string, string>) =>
    rig.ask("POST", path, { body: new URLSearchParams(fields), token: mina.token });
  const list = async () => (await rig.get("/settings/notifications", { token: mina.token })).text;
  const level = async () => (await rig.get(`/api/rooms/${room}/level`, { token: mina.token })).json.level;
  assert.match((await rig.get(`/live/${room}`, { token: mina.token })).text, /value="mentions" checked/);
  assert.ok((await list()).includes(ko.roomLevel.none));
  assert.equal((await form(`/live/${room}/level`, { level: "nothing" })).status, 303);
  assert.equal(await level(), "nothing");
  assert.match((await rig.get(`/live/${room}`, { token: mina.token })).text, /value="nothing" checked/);
  assert.match(await list(), new RegExp(`href="/live/${room}"><b>모닥불</b>.*${ko.roomLevel.levels.nothing}`));
  assert.equal((await form(`/settings/notifications/rooms/${room}/undo`, {})).status, 303);
  assert.equal(await level(), "mentions");
  assert.ok((await list()).includes(ko.roomLevel.none));

  assert.equal((await form(`/live/${room}/level`, { level: "loud" })).status, 422);
  assert.equal((await form("/live/plaza/level", { level: "nothing" })).status, 404);
  assert.equal((await rig.ask("PUT", `/api/rooms/${room}/level`, { body: { level: "nothing" } })).status, 401);
  assert.doesNotMatch((await rig.get(`/live/${room}`)).text, /name="level"/);
});

import assert from "node:assert/strict";
import { createECDH, randomBytes } from "node:crypto";
import { letLeave } from "../cron/leave.ts";
import { BANDI } from "../domain/companion.ts";
import { DEPARTED } from "../domain/departed.ts";
import { ko } from "../domain/words/ko.ts";
import { limits } from "../domain/limits.ts";
import { type Message, quote } from "../domain/message.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Notification } from "../domain/notification.ts";
import { usualPreferences } from "../domain/notification.ts";
import { noWish } from "../domain/own_letter.ts";
import { addCards } from "../kv/cards.ts";
import { keys as table } from "../kv/keys.ts";
import { keepWaiting } from "../kv/notifications.ts";
import { wrap } from "../kv/store.ts";
import { announce } from "../realtime/house.ts";
import { makeRoom, speak } from "./ai_rig.ts";
import { match, suggested, verify, writes } from "./match_rig.ts";
import { jpeg } from "./pictures.ts";
import { type Caller, keepLetter, openRig, PASSWORD } from "./rig.ts";
import { until } from "./until.ts";

const DATE = "2026-11-20";
const SECRET = "달무리비밀";
const scene = { language: "en", situation: `${SECRET} at a hotel desk`, myRole: "guest", aiRole: "clerk", goals: [] };
const interview = { kind: "talk", language: "en" };
/** As a browser makes them. */
const keys = {
  p256dh: createECDH("prime256v1").generateKeys().toString("base64url"),
  auth: randomBytes(16).toString("base64url"),
};
const EMAIL = "yoonseul@example.net";
type Rig = Awaited<ReturnType<typeof openRig>>;

/** Every key and value of a store, as text. */
async function everything(kv: Deno.Kv): Promise<string[]> {
  const all: string[] = [];
  for await (const { key, value } of kv.list({ prefix: [] })) {
    const shown = value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
    all.push(Deno.inspect([key, shown], { depth: 20, iterableLimit: 1e6, strAbbreviateSize: 1e6 }));
  }
  return all;
}

type House = { rig: Rig; kv: Deno.Kv; leave(): Promise<void> } & AsyncDisposable;

/** A rig whose whole store can be looked at, and whose sweeper of people the test calls. */
async function openHouse(): Promise<House> {
  const kv = await Deno.openKv(":memory:"), rig = await openRig({ store: wrap(kv) });
  const { store, rooms, now, line, log } = rig.parts;
  return {
    rig,
    kv,
    leave: () => letLeave({ store, rooms, now, line, announce: (said) => announce(log, said) }),
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      kv.close();
    },
  };
}

/** Somebody who has done everything that can be done here, and others who have met them. */
async function live(rig: Rig) {
  const { json } = await rig.post("/api/register", {
    username: "yoonseul_77",
    nickname: "윤슬비",
    password: PASSWORD,
    email: EMAIL,
  });
  const one = { ...(json.user as Caller), token: String(json.accessToken) };
  const other = await rig.person("other_1", "다른이");
  const keeper = await rig.person("keeper_1", "지킴이", "moderator");
  const send = async (who: Caller, room: string, body: object) =>
    (await rig.post(`/api/rooms/${room}/messages`, { clientId: crypto.randomUUID(), ...body }, who))
      .json as unknown as Message;
  const mine = await send(one, PLAZA, { text: "은하수혼잣말 첫째", mood: "joy" });
  for (let n = 0; n < 40; n++) await send(one, PLAZA, { text: `은하수혼잣말 ${n}` });
  const author = { id: other.id, nickname: "다른이", role: "user" } as const;
  await rig.parts.log.append({
    room: PLAZA,
    author,
    kind: "user",
    text: "그러게요",
    reply: quote(mine),
    mentions: [one.id],
  });
  const asked = await send(one, STREAMING, { text: "은하수혼잣말 @반디 어때요" });
  const theirs = await send(other, STREAMING, { text: "반가워요" });
  const bad = await send(one, STREAMING, { text: "은하수혼잣말 가려질 말" });
  await rig.ask("PATCH", `/api/rooms/${STREAMING}/messages/${asked.seq}`, {
    ...one,
    body: { text: "은하수혼잣말 고침" },
  });
  await rig.ask("PUT", `/api/rooms/${STREAMING}/messages/${theirs.seq}/reactions/pat`, one);
  const poll = await rig.post(`/api/rooms/${STREAMING}/polls`, { question: "물", options: ["가", "나"] }, keeper);
  await rig.post(`/api/rooms/${STREAMING}/messages/${poll.json.seq}/votes`, { option: 1 }, one);
  const room = (await rig.post("/api/rooms", { title: "은하수혼잣말방", access: "public" }, one)).json;
  await rig.post(`/api/rooms/${room.id}/invitations`, undefined, one);
  await send(other, String(room.id), { text: "좋은 방이네요" });
  await rig.post(`/api/rooms/${STREAMING}/messages/${bad.seq}/report`, { why: "마음에 걸려요" }, other);
  await rig.post(`/api/rooms/${STREAMING}/messages/${theirs.seq}/report`, { why: "은하수혼잣말 신고" }, one);
  await rig.post(`/api/rooms/${STREAMING}/messages/${bad.seq}/hide`, { why: "거친 말" }, keeper);
  await rig.post(`/api/rooms/${STREAMING}/timeouts`, { userId: one.id, minutes: 1, why: "쉬어요" }, keeper);
  await rig.post("/api/blocks", { userId: other.id }, one);
  await rig.ask("DELETE", `/api/blocks/${other.id}`, one);
  const third = await rig.person("third_1", "셋째");
  await rig.post("/api/blocks", { userId: one.id }, third);
  await rig.ask("PATCH", "/api/consent", { ...one, body: { live: false } });
  await rig.post("/api/ws-ticket", undefined, one);
  await until(async () =>
    (await rig.parts.log.page(STREAMING, {}, 50)).some(({ author, state }) => author.id === BANDI && state === "done")
  );
  await alone(rig, one);
  await together(rig, one, other);
  return { one, other, keeper, room: String(room.id), mine, theirs };
}

/** What they did where nobody else is. What they said there carries a mark of its own: it goes in any case. */
async function alone(rig: Rig, one: Caller): Promise<void> {
  const { store, now } = rig.parts;
  for (const [kind, body] of [["roleplays", scene], ["practices", interview]] as const) {
    const room = `/api/${kind}/${await makeRoom(rig, one.token, kind, body)}`;
    assert.equal((await speak(rig, one.token, room, `I go school yesterday, ${SECRET}.`)).status, 200);
  }
  const corrections = [{ said: `go ${SECRET}`, better: `went ${SECRET}`, why: "past", kind: "grammar" as const }];
  const source = { from: "roleplay", room: "r", seq: 1 } as const;
  await addCards(store, one.id, { language: "en", source, corrections, now: now() });
  const text = { title: "편지", paragraphs: ["모두에게"], themes: [] };
  await keepLetter(rig.parts, DATE, { ko: text, en: text, ja: text }, { from: 0, to: now() + 1 });
  await rig.ask("PUT", "/api/own-letters/wish", { ...one, body: { ...noWish, on: true, length: "long" } });
  assert.equal((await rig.post(`/api/own-letters/${DATE}`, undefined, one)).status, 201);
  await rig.post(`/api/own-letters/${DATE}/not`, { claim: 1, why: "wrong" }, one);
  await verify(rig, one);
  await store.commit((atomic) => atomic.set(table.userByEmail(EMAIL), one.id));
  const chosen = await rig.ask("PUT", "/api/letter-mail", { ...one, body: { on: true, hour: 9, rhythm: "daily" } });
  assert.ok(chosen.status < 300, chosen.text);
  await rig.post("/api/password/forgot", { who: EMAIL });
  await rig.parts.post.tick();
  await rig.post("/api/password/forgot", { who: one.username });
}

/** What they did with somebody else, and what others would be told of it. */
async function together(rig: Rig, one: Caller, other: Caller): Promise<void> {
  const { store } = rig.parts;
  for (const who of [one, other]) {
    await verify(rig, who);
    await writes(rig, who, who === one ? { prompts: { lately: SECRET }, reads: { plaza: true, live: true } } : {});
    const subscription = { endpoint: `https://push.test/${who.id}`, keys };
    assert.equal((await rig.ask("PUT", "/api/notifications/devices", { ...who, body: subscription })).status, 204);
  }
  await rig.ask("PUT", "/api/notifications", { ...one, body: usualPreferences });
  await suggested(rig, other);
  await rig.post("/api/matching/untrue", { signal: `prompt:lately` }, one);
  const headers = { authorization: `Bearer ${one.token}` };
  const photo = await fetch(`${rig.base}/api/matching/photo`, { method: "PUT", body: jpeg(), headers });
  assert.equal(photo.status, 200, await photo.text());
  const direct = await match(rig, one, other);
  await rig.post(`/api/rooms/${direct}/messages`, { text: `은하수혼잣말 둘이서` }, one);
  await rig.post(`/api/rooms/${direct}/messages`, { text: "네" }, other);
  await rig.get(`/chats/${direct}`, one);
  const about = { kind: "reply", at: rig.clock.at, by: one.id, who: one.nickname, text: "은하수혼잣말", url: "/?at=1" };
  assert.ok(await keepWaiting(store, other.id, about as Notification, "Asia/Seoul"));
  await rig.get(`/api/rooms/${STREAMING}/catch-up?since=0`, other);
}

for (const messages of ["remove", "keep"] as const) {
  Deno.test(`after seven days nothing in the whole store knows who left (messages: ${messages})`, async () => {
    await using house = await openHouse();
    const { rig, kv, leave } = house;
    const { one, room, mine } = await live(rig);
    const known = [one.id, "yoonseul_77", "윤슬비", EMAIL, SECRET, ...messages === "remove" ? ["은하수혼잣말"] : []];
    const traces = async () => (await everything(kv)).filter((row) => known.some((word) => row.includes(word)));
    const kinds = new Set((await traces()).map((row) => /"(\w+)"/.exec(row)![1]));
    assert.ok(kinds.size >= 45, `there is much to forget: ${[...kinds]}`);

    assert.equal(
      (await rig.ask("DELETE", "/api/account", { ...one, body: { messages } })).json.code,
      "step_up_required",
    );
    await rig.post("/api/step-up", { password: PASSWORD }, one);
    assert.equal((await rig.ask("DELETE", "/api/account", { ...one, body: {} })).status, 422);
    const asked = await rig.ask("DELETE", "/api/account", { ...one, body: { messages } });
    assert.deepEqual([asked.status, asked.json.dueAt], [202, rig.clock.at + limits.leaving]);
    assert.equal((await rig.post("/api/account/stay", undefined, one)).status, 204);
    assert.equal((await rig.get("/api/account/leaving", one)).status, 404);
    await rig.ask("DELETE", "/api/account", { ...one, body: { messages } });
    await rig.post("/api/export", undefined, one);

    rig.clock.at += limits.leaving - 1;
    await leave();
    const login = () => rig.post("/api/login", { username: "yoonseul_77", password: PASSWORD });
    const back = String((await login()).json.accessToken);
    assert.equal((await rig.get("/api/account/leaving", { token: back })).status, 200);

    const heard: ServerFrame[] = [];
    const reader = await rig.parts.hub.join(
      PLAZA,
      {
        send: (text) => void heard.push(JSON.parse(text)),
        close() {},
        buffered: () => 0,
      },
      "reader",
      {},
    );
    rig.clock.at += 1;
    await leave();
    assert.equal((await login()).status, 401);
    await until(async () => (await rig.get("/api/profile", { token: back })).status === 401);
    const seen = (await rig.get("/api/recent-chats")).json.items as Message[];
    const theirs = seen.filter(({ author }) => author.id === DEPARTED);
    assert.equal(theirs.length, 19);
    assert.ok(
      theirs.every(({ author, text, gone }) =>
        author.nickname === ko.departed && (text === "") === (gone === "author")
      ),
    );
    assert.equal(theirs.every(({ text }) => text === ""), messages === "remove");
    assert.equal(typeof (await rig.get(`/api/rooms/${room}`)).json.closedAt, "number");
    rig.parts.hub.leave(PLAZA, reader);

    rig.clock.at += limits.leavingRest;
    await leave();
    assert.deepEqual(await traces(), []);
    assert.ok((await everything(kv)).some((row) => row.includes("그러게요")), "what others said is there");
    const [quoting] = (await rig.get(`/api/rooms/${PLAZA}/messages?after=${mine.seq}&limit=100`)).json
      .items as Message[];
    assert.ok(quoting);
  });
}

Deno.test("the file to read that they take along calls every field by a word, in their language", async () => {
  await using house = await openHouse();
  const { rig } = house, { one } = await live(rig);
  await rig.post("/api/step-up", { password: PASSWORD }, one);
  await rig.post("/api/export", undefined, one);
  await until(async () => (await rig.get("/api/export", one)).json.state === "ready");
  const { html } = (await rig.get("/api/export", one)).json.links as { html: string };
  const { text } = await rig.get(html, one);
  const terms = new Set([...text.matchAll(/<dt>([^<]*)<\/dt>/g)].map(([, term]) => term));
  assert.ok(terms.size > 50, `${terms.size} terms`);
  const known: string[] = Object.values(ko.privacy.file.fields);
  assert.deepEqual([...terms].filter((term) => !known.includes(term)), []);
  assert.match(text, /<dt>기분<\/dt><dd>기쁨<\/dd>/);
  assert.match(text, /<dt>메일 확인됨<\/dt><dd>예<\/dd>/);
});

Deno.test("live pages are told who left, and the last administrator stays", async () => {
  await using house = await openHouse();
  const { rig, leave } = house;
  const one = await rig.person("yoonseul_77", "윤슬비"), boss = await rig.person("boss_1", "사장님", "admin");
  const send = (text: string) => rig.post("/api/send-chat", { text, clientId: crypto.randomUUID() }, one);
  await send("하나");
  const { ticket } = (await rig.post("/api/ws-ticket", undefined, boss)).json;
  const socket = new WebSocket(`${rig.base.replace("http", "ws")}/ws?ticket=${ticket}`);
  const heard: ServerFrame[] = [];
  socket.onmessage = ({ data }) => void heard.push(JSON.parse(data));
  await new Promise((open) => socket.onopen = open);
  for (const who of [one, boss]) await rig.post("/api/step-up", { password: PASSWORD }, who);
  const refused = await rig.ask("DELETE", "/api/account", { ...boss, body: { messages: "keep" } });
  assert.deepEqual([refused.status, refused.json.code], [409, "last_admin"]);
  await rig.ask("DELETE", "/api/account", { ...one, body: { messages: "remove" } });
  rig.clock.at += limits.leaving;
  await leave();
  await until(() =>
    heard.some((frame) => frame.type === "departed" && frame.user === one.id && frame.messages === "remove")
  );
  const closed = new Promise((done) => socket.onclose = done);
  socket.close();
  await closed;
});

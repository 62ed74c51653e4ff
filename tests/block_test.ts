import assert from "node:assert/strict";
import { HOUSE, PLAZA, STREAMING } from "../domain/room.ts";
import type { Message } from "../domain/message.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { openStore } from "../kv/store.ts";
import { type Asked, startModelServer } from "./model_server.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
type Person = Caller & { rig: Rig; socket: WebSocket; heard: string[] };

/** A model that leaks whatever it is shown into what it says. */
function leak({ messages: [, { content }] }: Asked): string {
  const { messages = [] } = JSON.parse(content) as { messages?: { n: number; who: string; text: string }[] };
  const lines = messages.slice(-5).map(({ n, who, text }) => ({
    text: `${who}, ${text}`.slice(0, 150),
    messages: [n],
  }));
  return JSON.stringify({ lines });
}

/** A generator of numbers in [0, 1) that a seed replays. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two isolates of one house, five people with a socket each in three rooms, and a room that `b` owns. */
async function openTown(reply: (asked: Asked) => string = leak) {
  const store = await openStore(":memory:");
  const server = startModelServer(reply);
  const env = { openai: { key: "k", baseUrl: server.url, model: "m", voice: "v" } };
  const rigs = [await openRig({ store, now: Date.now, env }), await openRig({ store, now: Date.now, env })];
  const people: Person[] = [];
  for (const [n, name] of ["에이별", "비이솔", "씨이꽃", "디이달", "이이봄"].entries()) {
    const rig = rigs[n % 2], who = await rig.person(`person_${"abcde"[n]}`, name);
    people.push({ ...who, rig, heard: [], socket: null as unknown as WebSocket });
  }
  const [a, b, c] = people;
  const make = async (owner: Person, title: string, access: string) =>
    String((await owner.rig.post("/api/rooms", { title, access }, owner)).json.id);
  const ours = await make(c, "우리끼리", "private");
  const theirs = await make(b, "비이솔네 방", "public");
  const { token } = (await c.rig.post(`/api/rooms/${ours}/invitations`, undefined, c)).json;
  for (const one of people) if (one !== c) await one.rig.post(`/api/rooms/${ours}/join`, { token }, one);
  for (const one of people) await listen(one, [PLAZA, STREAMING, ours]);
  return {
    rigs,
    people,
    server,
    ours,
    theirs,
    rooms: [PLAZA, STREAMING, ours],
    pair: [a, b] as const,
    /** Until every commit has reached every isolate. */
    async settle() {
      for (const { parts: { log, hub } } of rigs) {
        for (const room of [PLAZA, STREAMING, ours, HOUSE]) {
          const head = (await log.head(room)).seq;
          await until(() => (hub.rooms().get(room)?.flushed ?? head) >= head);
        }
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { socket } of people) socket.close();
      for (const rig of rigs) await rig[Symbol.asyncDispose]();
      await server.stop();
      store.close();
    },
  };
}
type Town = Awaited<ReturnType<typeof openTown>>;

async function listen(who: Person, rooms: string[]): Promise<void> {
  const { ticket } = (await who.rig.post("/api/ws-ticket", undefined, who)).json;
  const socket = new WebSocket(`${who.rig.base.replace("http", "ws")}/ws?ticket=${ticket}`);
  who.socket = socket;
  socket.onmessage = ({ data }) => void who.heard.push(String(data));
  await new Promise((open) => socket.onopen = open);
  for (const room of rooms) socket.send(JSON.stringify({ type: "join", room }));
  socket.send(JSON.stringify({ type: "lobby" }));
  await until(() => framesOf(who).filter(({ type }) => type === "joined").length >= rooms.length);
}
const framesOf = ({ heard }: Person): ServerFrame[] => heard.map((text) => JSON.parse(text));

/** One random thing that somebody does. What was said carries the writer's mark. */
async function act(town: Town, roll: () => number, n: number): Promise<void> {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)];
  const who = pick(town.people), room = pick(town.rooms), at = `/api/rooms/${room}/messages`;
  const { json } = await who.rig.get(`${at}?limit=50`, who);
  assert.ok(json.items, JSON.stringify([json, who.rig.lines.filter(({ level }) => level === "error")]));
  const items = json.items as Message[];
  const any = items.length ? pick(items).seq : undefined;
  const own = items.filter(({ author }) => author.id === who.id);
  const text = `${markOf(who)} 혼잣말 ${n}`;
  const say = (more: object = {}) => who.rig.post(at, { text, clientId: crypto.randomUUID(), ...more }, who);
  const call = ({ id, nickname }: Person) =>
    who.rig.post(at, { text: `${text} @${nickname}`, clientId: crypto.randomUUID(), mentions: [id] }, who);
  switch (
    pick(["say", "say", "reply", "reply", "mention", "react", "edit", "delete", "type", "ask", "come"] as const)
  ) {
    case "say":
      return void await say({ mood: pick(["joy", "sad"]) });
    case "reply":
      return void await say({ reply: any });
    case "mention":
      return void await call(pick(town.people.slice(2)));
    case "react":
      return void await who.rig.ask("PUT", `${at}/${any ?? 1}/reactions/pat`, who);
    case "edit":
      if (own.length) await who.rig.ask("PATCH", `${at}/${pick(own).seq}`, { ...who, body: { text: `${text} 고침` } });
      return;
    case "delete":
      if (own.length) await who.rig.ask("DELETE", `${at}/${pick(own).seq}`, who);
      return;
    case "type":
      return who.socket.send(JSON.stringify({ type: "typing", room }));
    case "ask":
      return void await who.rig.post(`/api/rooms/${STREAMING}/ask`, { text, clientId: crypto.randomUUID() }, who);
    case "come":
      who.socket.send(JSON.stringify({ type: "leave", room }));
      return who.socket.send(JSON.stringify({ type: "join", room, since: Math.floor(roll() * 10) }));
  }
}
const markOf = ({ username }: Person): string => `표식${username.slice(-1)}${username.slice(-1)}표식`;

/** Everything that a person can fetch, as text by address. */
async function fetchAll({ ours, theirs, rooms }: Town, who: Person, other: Person): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const get = async (path: string, accept = "application/json") => {
    const { status, text } = await who.rig.get(path, { ...who, headers: { accept } });
    assert.ok(status < 500, `${path}: ${status}`);
    found.set(path, text);
  };
  for (const path of ["/", "/streaming", `/live/${ours}`, `/live/${theirs}`, "/live", "/mypage", "/?day=2026-01-01"]) {
    await get(path, "text/html");
  }
  for (const word of [markOf(other), "혼잣말", other.nickname]) {
    // The page says what was asked for; that is the reader's own word.
    await get(`/api/search?q=${encodeURIComponent(word)}&limit=50`);
    await get(`/api/search?room=${STREAMING}&q=${encodeURIComponent(word)}&limit=50`);
  }
  for (const path of ["/api/recent-chats", "/api/chat-logs", "/api/rooms", "/api/rooms?own=true", "/api/profile"]) {
    await get(path);
  }
  for (const room of [...rooms, theirs]) {
    for (const rest of ["", "/messages?limit=100", "/messages?after=0&limit=100", "/people", "/catch-up?since=0"]) {
      await get(`/api/rooms/${room}${rest}`);
    }
  }
  await get(`/api/chats/api/rooms/${STREAMING}/messages/`);
  return found;
}

function assertFree(text: string, of: Person, where: string): void {
  for (const word of [of.id, of.nickname, of.username, markOf(of)]) {
    assert.ok(
      !text.includes(word),
      `${where} has ${word}: …${text.slice(Math.max(0, text.indexOf(word) - 200), text.indexOf(word) + 80)}`,
    );
  }
}

for (const seed of [11, 22, 33]) {
  Deno.test(`after a block neither hears of the other again, whatever five people do (seed ${seed})`, async () => {
    await using town = await openTown();
    const { people, server, pair: [a, b], rigs } = town;
    const roll = dice(seed);
    for (let n = 0; n < 60; n++) await act(town, roll, n);
    await town.settle();
    assert.ok((await fetchAll(town, a, b)).get("/streaming")!.includes(b.nickname), "there is something to hide");

    const [by, whom] = roll() < 0.5 ? [a, b] : [b, a];
    assert.equal((await by.rig.post("/api/blocks", { userId: whom.id }, by)).status, 204);
    for (const rig of rigs) await until(() => rig.parts.blocks.areApart(a.id, b.id));
    await town.settle();
    for (const one of people) one.heard.length = 0;
    server.requests.length = 0;

    for (let n = 100; n < 200; n++) await act(town, roll, n);
    await town.settle();
    const asked = server.requests.length;
    for (const [who, other] of [[a, b], [b, a]] as const) {
      for (const [path, text] of await fetchAll(town, who, other)) assertFree(text, other, `${who.nickname} ${path}`);
      assert.equal((await who.rig.get(`/live/${town.theirs}`, who)).status, who === b ? 200 : 404);
      for (const { messages } of server.requests.splice(asked)) assertFree(messages[1].content, other, "a catch-up");
      for (const heard of who.heard) assertFree(heard, other, `a frame to ${who.nickname}`);
      assert.ok(who.heard.length > 20, "much was heard");
      for (const { messages: [, { content }] } of server.requests) {
        const question = JSON.parse(content).question;
        if (question?.who === who.nickname) assertFree(content, other, "a question's context");
      }
    }
    assert.ok(
      [...a.heard, ...b.heard].some((text) => text.includes('"type":"lobby"')),
      "the list of rooms was watched",
    );
    assert.ok(server.requests.length > 2, "the companion was asked");
    for (const room of town.rooms) {
      for (const who of people) assertWhole(framesOf(who), room, who.nickname);
    }
  });
}

/** No number is missing between two frames: nobody's page waits for something that never comes. */
function assertWhole(frames: ServerFrame[], room: string, who: string): void {
  let head: number | undefined;
  for (const frame of frames) {
    if (!("room" in frame) || frame.room !== room || !("items" in frame)) continue;
    if (frame.type === "joined") head = undefined;
    for (const { seq } of frame.items) {
      if (head !== undefined && frame.type !== "joined") assert.equal(seq, head + 1, `${who} in ${room}`);
      head = seq;
    }
  }
}

Deno.test("a block closes what is open: pages begin anew, the other's room is left, counts and names lack one", async () => {
  await using town = await openTown();
  const { people: [a, b, c], theirs } = town;
  await listen(a, [theirs, STREAMING]);
  const membersFor = async (who: Person) =>
    ((await who.rig.get(`/api/rooms/${STREAMING}/people`, who)).json.members as unknown[]).length;
  await until(async () => await membersFor(a) === 5, 20_000);
  a.heard.length = b.heard.length = c.heard.length = 0;

  assert.equal((await b.rig.post("/api/blocks", { userId: a.id }, b)).status, 204);
  await until(() => a.heard.some((text) => text === JSON.stringify({ type: "left", room: theirs })));
  await until(() => a.heard.some((text) => text === JSON.stringify({ type: "anew", room: STREAMING })));
  assert.ok(!c.heard.some((text) => text.includes("anew")), "others hear nothing of it");
  assert.equal(await membersFor(a), 4);
  assert.equal(await membersFor(c), 5);
  assert.equal((await a.rig.get(`/api/rooms/${STREAMING}`, a)).json.people, 4);
  assert.equal((await a.rig.get(`/api/rooms/${theirs}/messages`, a)).status, 404);

  const { json: { seq } } = await b.rig.post(`/api/rooms/${STREAMING}/messages`, { text: "보이나요" }, b);
  const at = `/api/rooms/${STREAMING}/messages`;
  assert.equal((await a.rig.post(at, { text: "답장", reply: seq }, a)).status, 404);
  assert.equal((await a.rig.ask("PUT", `${at}/${seq}/reactions/pat`, a)).status, 404);
  assert.equal((await a.rig.get(`/streaming?at=${seq}`, a)).status, 404);
  assert.equal((await c.rig.get(`/streaming?at=${seq}`, c)).status, 200);

  assert.equal((await b.rig.ask("DELETE", `/api/blocks/${a.id}`, b)).status, 204);
  for (const rig of town.rigs) await until(() => !rig.parts.blocks.areApart(a.id, b.id));
  assert.equal((await a.rig.get(`/streaming?at=${seq}`, a)).status, 200);
});

Deno.test("blocks: who may be blocked, what the list shows, and that a new isolate knows them", async () => {
  await using town = await openTown();
  const { people: [a, b, c], rigs: [rig] } = town;
  const keeper = await rig.person("keeper_1", "지킴이", "moderator");
  const block = async (who: Caller | null, userId: unknown) =>
    (await rig.post("/api/blocks", { userId }, who ?? {})).status;
  assert.equal(await block(null, b.id), 401);
  assert.equal(await block(a, "nobody"), 404);
  assert.equal(await block(a, a.id), 403);
  assert.equal(await block(a, keeper.id), 403);
  assert.equal(await block(a, 7), 422);
  assert.equal(await block(a, b.id), 204);
  assert.equal(await block(a, b.id), 204);
  assert.equal(await block(a, c.id), 204);
  const { items } = (await rig.get("/api/blocks", a)).json as { items: { userId: string; nickname: string }[] };
  assert.deepEqual(items.map(({ nickname }) => nickname).sort(), [b.nickname, c.nickname].sort());
  assert.deepEqual((await rig.get("/api/blocks", b)).json, { items: [] }, "whom one is blocked by is not told");

  await using late = await openRig({ store: rig.parts.store });
  assert.ok(late.parts.blocks.areApart(b.id, a.id));
  assert.ok(!late.parts.blocks.areApart(b.id, c.id));
});

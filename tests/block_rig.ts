import assert from "node:assert/strict";
import { openNotifier } from "../cron/notifier.ts";
import { usualPreferences } from "../domain/notification.ts";
import { HOUSE, PLAZA, STREAMING } from "../domain/room.ts";
import type { Message } from "../domain/message.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { keys } from "../kv/keys.ts";
import { openStore } from "../kv/store.ts";
import { like, match, writes } from "./match_rig.ts";
import { type Asked, startModelServer } from "./model_server.ts";
import { jpeg } from "./pictures.ts";
import { openPushService } from "./push_rig.ts";
import { type Caller, keepLetter, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
/** `heard` are frames, `told` what their browser was pushed. */
export type Person = Caller & {
  rig: Rig;
  socket: WebSocket;
  heard: string[];
  told: { told: unknown }[];
  mail: string;
  photo: string;
};
export type Town = Awaited<ReturnType<typeof openTown>>;
/** How far two of them had come before they part. */
export const ties = ["matched", "greeted", "strangers"] as const;
export type Tie = (typeof ties)[number];

export const LETTER = "2026-11-20";
export const markOf = ({ username }: { username: string }): string =>
  `표식${username.slice(-1)}${username.slice(-1)}표식`;

/** A model that leaks whatever it is shown into what it says. */
function leak({ messages: said }: Asked): string {
  const { messages = [], entries = [], theirs = [], text = "" } = JSON.parse(said?.[1].content ?? "{}");
  return JSON.stringify({
    lines: (messages as { n: number; who: string; text: string }[]).slice(-5).map(({ n, who, text }) => ({
      text: `${who}, ${text}`.slice(0, 150),
      messages: [n],
    })),
    sentences: (entries as { n: number; text: string }[]).slice(0, 3).map(({ n, text }) => ({ text, from: [n] })),
    reasons: [{ text: String(theirs[0]), line: 0 }],
    text: `${text}!`,
  });
}

/**
 * Two isolates of one house, and five people. Each has a socket in three rooms, a browser that is pushed to, a verified
 * address, a profile, and a letter to open; in `square` they only write. `b` owns `theirs`, and `a` knows `b`.
 */
export async function openTown(tie: Tie = "strangers") {
  const store = await openStore(":memory:");
  const server = startModelServer(leak), service = openPushService();
  const env = { openai: { key: "k", baseUrl: server.url, model: "m", voice: "v" } };
  const rigs = [await openRig({ store, now: Date.now, env }), await openRig({ store, now: Date.now, env })];
  const notifiers = rigs.map(({ parts }, n) => openNotifier({ ...parts, isolate: `isolate ${n}`, zone: "Asia/Seoul" }));
  const stops = notifiers.map((notifier) => notifier.start());
  const people: Person[] = [];
  for (const [n, name] of ["에이별", "비이솔", "씨이꽃", "디이달", "이이봄"].entries()) {
    people.push(await settle(rigs[n % 2], `person_${"abcde"[n]}`, name, service));
  }
  const [a, b, c] = people;
  const make = async (owner: Person, title: string, access: string) =>
    String((await owner.rig.post("/api/rooms", { title, access }, owner)).json.id);
  const ours = await make(c, "우리끼리", "private");
  const square = await make(c, "네거리", "public");
  const theirs = await make(b, "비이솔네 방", "public");
  const { token } = (await c.rig.post(`/api/rooms/${ours}/invitations`, undefined, c)).json;
  for (const one of people) if (one !== c) await one.rig.post(`/api/rooms/${ours}/join`, { token }, one);
  const direct = tie === "matched" ? await match(a.rig, a, b) : undefined;
  if (tie === "greeted") await like(a.rig, a, b);
  const live = [PLAZA, STREAMING, ours];
  for (const one of people) await listen(one, direct && [a, b].includes(one) ? [...live, direct] : live);
  const text = { title: "편지", paragraphs: ["모두에게 보내는 편지예요."], themes: [] };
  await keepLetter(rigs[0].parts, LETTER, { ko: text, en: text, ja: text }, { from: 0, to: Date.now() + 3_600_000 });
  return {
    rigs,
    people,
    server,
    ours,
    theirs,
    square,
    direct,
    live,
    rooms: [...live, square],
    pair: [a, b] as const,
    /** Until every commit has reached every isolate, and every push its browser. */
    async settle() {
      for (const { parts: { log, hub } } of rigs) {
        for (const room of [...live, HOUSE]) {
          const head = (await log.head(room)).seq;
          await until(() => (hub.rooms().get(room)?.flushed ?? head) >= head);
        }
      }
      for (const notifier of notifiers) await notifier.tick();
    },
    async [Symbol.asyncDispose]() {
      for (const { socket } of people) socket.close();
      for (const stop of stops) await stop();
      for (const rig of rigs) await rig[Symbol.asyncDispose]();
      await Promise.all([server.stop(), service[Symbol.asyncDispose]()]);
      store.close();
    },
  };
}

async function settle(
  rig: Rig,
  username: string,
  name: string,
  service: ReturnType<typeof openPushService>,
): Promise<Person> {
  const who = await rig.person(username, name), mail = `${username}@mail.test`, { store } = rig.parts;
  const { value } = await store.get(keys.user(who.id));
  await store.commit((atomic) =>
    atomic.set(keys.user(who.id), { ...value!, email: mail, emailVerifiedAt: 1 }).set(keys.userByEmail(mail), who.id)
  );
  await writes(rig, who, {
    interests: ["라디오"],
    prompts: { lately: markOf(who) },
    reads: { plaza: true, live: true },
  });
  const headers = { authorization: `Bearer ${who.token}` };
  const put = await fetch(`${rig.base}/api/matching/photo`, { method: "PUT", body: jpeg(), headers });
  const { subscription, got } = service.browser(username);
  await rig.ask("PUT", "/api/notifications/devices", { ...who, body: subscription });
  await rig.ask("PUT", "/api/notifications", { ...who, body: { ...usualPreferences, quiet: null } });
  const wish = { on: true, tone: "plain", length: "long", surfaces: ["plaza", "live"] };
  await rig.ask("PUT", "/api/own-letters/wish", { ...who, body: wish });
  return { ...who, rig, mail, heard: [], told: got, photo: (await put.json()).photo, socket: null as never };
}

export async function listen(who: Person, rooms: string[]): Promise<void> {
  const { ticket } = (await who.rig.post("/api/ws-ticket", undefined, who)).json;
  const socket = new WebSocket(`${who.rig.base.replace("http", "ws")}/ws?ticket=${ticket}`);
  who.socket = socket;
  socket.onmessage = ({ data }) => void who.heard.push(String(data));
  await new Promise((open) => socket.onopen = open);
  for (const room of rooms) socket.send(JSON.stringify({ type: "join", room }));
  socket.send(JSON.stringify({ type: "lobby" }));
  await until(() => framesOf(who).filter(({ type }) => type === "joined").length >= rooms.length);
}
export const framesOf = ({ heard }: Person): ServerFrame[] => heard.map((text) => JSON.parse(text));

/** One random thing that somebody does. What was said carries the writer's mark. */
export async function act(town: Town, roll: () => number, n: number): Promise<void> {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(roll() * all.length)];
  const who = pick(town.people), isOfPair = town.pair.includes(who);
  const room = pick(isOfPair && town.direct ? [...town.rooms, town.direct] : town.rooms);
  const at = `/api/rooms/${room}/messages`;
  const { status, json } = await who.rig.get(`${at}?limit=50`, who);
  if (room === town.direct && status === 404) return; // they parted
  assert.ok(json.items, JSON.stringify([json, who.rig.lines.filter(({ level }) => level === "error")]));
  const items = json.items as Message[];
  const any = items.length ? pick(items).seq : undefined;
  const own = items.filter(({ author }) => author.id === who.id);
  const text = `${markOf(who)} 혼잣말 ${n}`;
  const say = (more: object = {}) => who.rig.post(at, { text, clientId: crypto.randomUUID(), ...more }, who);
  switch (
    pick(["say", "say", "reply", "reply", "mention", "react", "edit", "delete", "type", "ask", "come"] as const)
  ) {
    case "say":
      return void await say({ mood: pick(["joy", "sad"]) });
    case "reply":
      return void await say({ reply: any });
    case "mention":
      return void await say({ text: `${text} @${pick(town.people.slice(2)).nickname}` });
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
      if (room === town.square) return;
      who.socket.send(JSON.stringify({ type: "leave", room }));
      return who.socket.send(JSON.stringify({ type: "join", room, since: Math.floor(roll() * 10) }));
  }
}

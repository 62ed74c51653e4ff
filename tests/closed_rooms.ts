import assert from "node:assert/strict";
import { clientFrame } from "../domain/wire.ts";
import { Client } from "./client.ts";
import type { Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;

const why = { why: "because" };
/** What a request must say so that nothing but the room can be wrong with it. By the end of its address. */
const bodies: [RegExp, unknown][] = [
  [/\/(report|hide|close|undo)$/, why],
  [/\/timeouts$/, { userId: "u", minutes: 5, why: "because" }],
  [/\/bans$/, { userId: "u", why: "because" }],
  [/\/level$/, { level: "nothing" }],
  [/\/lift$/, { userId: "u", kind: "timeout" }],
  [/\/pin$/, { seq: 1 }],
  [/\/join$/, { token: "t" }],
  [/\/claim$/, { token: "t", role: 1 }],
  [/\/cast\/:role$/, { on: true }],
  [/\/hints$/, { size: "word" }],
  [/\/polls$/, { question: "Which?", options: ["one", "two"] }],
  [/\/votes$/, { option: 0 }],
  [/\/pair\/:act$/, { id: "p", step: "proposed" }],
  [/\/memory$/, { summary: "mine now" }],
  [/^\/api\/matches\/:id$/, { muted: true }],
  [/\/(messages|rerun|ask|activate|messages\/:seq)$/, { text: "hello" }],
];
const params: Record<string, string> = {
  seq: "1",
  role: "1",
  reaction: "pat",
  person: "u",
  user: "u",
  act: "role",
  date: "2026-11-20",
  state: "open",
};
/** Addresses where a room's id is looked for as such: there is no other reason why they would not answer. */
const ofRooms = /^\/(api\/(rooms|roleplays|practices|matches)|api\/chats\/api\/rooms|chats|live|chat|said)\//;

type Closed = { rooms: string[]; others: (Caller | null)[]; secret: string };

/**
 * Asks every address of the app that takes a room's id, as everybody: each of these rooms must look like one that is not
 * there. The addresses are the app's own: a new one is asked too, and fails here until it says what its body needs.
 */
export async function nobodyFinds(rig: Rig, { rooms, others, secret }: Closed): Promise<void> {
  const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && /\/:(id|room)\b/.test(path));
  const seen = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  assert.ok(seen.size > 80, `${seen.size} addresses`);
  for (const one of seen) {
    const [method, path] = one.split(" ");
    const body = method === "GET" ? undefined : bodies.find(([end]) => end.test(path))?.[1] ?? {};
    for (const who of others) {
      const asked = async (id: string) => {
        const address = path.replace(/\{.*?\}/g, "").replace(/:(\w+)/g, (_, name) => {
          return name === "id" || name === "room" ? id : params[name] ?? "x";
        });
        const { status, json, text } = await rig.ask(method, address, { body, token: who?.token });
        return { status, code: json.code, text };
      };
      const nothing = await asked("00000000000000000000");
      for (const id of rooms) {
        const { status, code, text } = await asked(id), name = `${one} as ${who?.username ?? "guest"}`;
        assert.deepEqual([status, code], [nothing.status, nothing.code], `${name}: ${text.slice(0, 200)}`);
        assert.ok(!text.includes(secret), name);
        if (ofRooms.test(path) && who) assert.equal(status, 404, name);
        else assert.ok(status >= 300, name);
      }
    }
  }
}

/** Reads every page and list there is, as everybody: none names one of these rooms or says what is said there. */
export async function nothingNames(rig: Rig, { rooms, others, secret }: Closed): Promise<void> {
  const pages = rig.app.routes.filter(({ method, path }) => method === "GET" && !/[:*]|^\/ws/.test(path));
  const seen = new Set(pages.map(({ path }) => path));
  assert.ok(seen.size > 40, `${seen.size} pages`);
  const half = encodeURIComponent(secret.slice(0, secret.length / 2));
  for (const path of seen) {
    for (const who of others) {
      const { text } = await rig.get(`${path}?q=${half}`, { token: who?.token });
      const name = `${path} as ${who?.username ?? "guest"}`;
      for (const word of [...rooms, secret]) assert.ok(!text.includes(word), `${name} says ${word}`);
    }
  }
}

/** What each frame says beside the room. One that is new is missing here, and fails. */
const frames: Record<string, object> = {
  join: { since: 0 },
  send_chat: { text: "hello" },
  edit: { seq: 1, text: "other words" },
  delete: { seq: 1 },
  react: { seq: 1, reaction: "pat", on: true },
  ask_companion: { text: "what was said?" },
  stop_companion: { seq: 1 },
  typing: {},
  read: { seq: 1 },
  delivered: { seq: 1 },
};
/** Says nothing of whether the room is there, and changes nothing. */
const silent = ["leave"];

/** Says every frame that names a room, as everybody: all are refused alike, and nothing is heard. */
export async function noFrameReaches(rig: Rig, { rooms, others }: Omit<Closed, "secret">): Promise<void> {
  const types = clientFrame.options.filter(({ shape }) => "room" in shape).map(({ shape }) => shape.type.value);
  assert.deepEqual(types.filter((type) => !silent.includes(type)).sort(), Object.keys(frames).sort());
  for (const who of others) {
    using client = await new Client(rig.base, who ?? undefined).connect();
    for (const room of rooms) {
      for (const type of types) {
        const before = client.refused.length;
        client.say({ type, room, ...frames[type] });
        if (silent.includes(type)) continue;
        await until(() => client.refused.length > before);
        assert.equal(client.refused.at(-1)!.code, "not_found", `${type} as ${who?.username ?? "guest"}`);
      }
    }
    assert.deepEqual(client.frames.filter(({ type }) => type !== "refused"), []);
  }
}

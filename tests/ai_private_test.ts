import assert from "node:assert/strict";
import { Client } from "./client.ts";
import { draft, makeRoom, speak } from "./ai_rig.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

const why = { why: "because" };
/** What a request must say so that nothing but the room can be wrong with it. By the end of its address. */
const bodies: [RegExp, unknown][] = [
  [/\/(report|hide|close|undo)$/, why],
  [/\/timeouts$/, { userId: "u", minutes: 5, why: "because" }],
  [/\/bans$/, { userId: "u", why: "because" }],
  [/\/pin$/, { seq: 1 }],
  [/\/join$/, { token: "t" }],
  [/\/hints$/, { size: "word" }],
  [/\/polls$/, { question: "Which?", options: ["one", "two"] }],
  [/\/votes$/, { option: 0 }],
  [/\/memory$/, { summary: "mine now" }],
  [/\/(messages|rerun|ask|activate|messages\/:seq)$/, { text: "hello" }],
];
const params: Record<string, string> = {
  seq: "1",
  reaction: "pat",
  person: "u",
  user: "u",
  act: "role",
  date: "2026-11-20",
};

Deno.test("someone else's AI room is not there: on every address that takes an id, for people, moderators, administrators and guests", async () => {
  await using rig = await openRig();
  const owner = await rig.person("owner_1");
  const rooms = {
    roleplay: await makeRoom(rig, owner.token, "roleplays"),
    practice: await makeRoom(rig, owner.token, "practices", { mode: "interview" }),
  };
  await speak(rig, owner.token, `/api/roleplays/${rooms.roleplay}`, "a secret of mine");
  const others: (Caller | null)[] = [
    await rig.person("stranger_1"),
    await rig.person("keeper_1", "keeper", "moderator"),
    await rig.person("admin_1", "admin", "admin"),
    null,
  ];
  const routes = rig.app.routes.filter(({ method, path }) => method !== "ALL" && path.includes("/:id"));
  const seen = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  assert.ok(seen.size > 50, `${seen.size} addresses`);
  for (const one of seen) {
    const [method, path] = one.split(" ");
    const body = method === "GET" ? undefined : bodies.find(([end]) => end.test(path))?.[1] ?? {};
    for (const who of others) {
      const asked = async (id: string) => {
        const address = path.replace(/:(\w+)/g, (_, name) => name === "id" ? id : params[name] ?? "x").replace(
          /\{.*?\}/g,
          "",
        );
        const { status, json, text } = await rig.ask(method, address, { body, token: who?.token });
        return { status, code: json.code, text };
      };
      const nothing = await asked("00000000000000000000");
      for (const id of Object.values(rooms)) {
        const answer = await asked(id);
        const name = `${one} as ${who?.username ?? "guest"}`;
        assert.deepEqual(
          [answer.status, answer.code],
          [nothing.status, nothing.code],
          `${name}: ${answer.text.slice(0, 200)}`,
        );
        assert.ok(!answer.text.includes("a secret of mine"), name);
        const ours = /^\/api\/(rooms|roleplays|practices)\/|^\/chat\//.test(path);
        if (ours && who) assert.equal(answer.status, 404, name);
        else assert.ok(answer.status >= 300, name);
      }
    }
  }
  const log = await rig.parts.log.page(rooms.roleplay, {}, 50);
  assert.deepEqual(log.map(({ seq }) => seq), [1, 2, 3], "and nothing happened to it");
});

Deno.test("nor is it there on the socket, in lists, in search, or under the other kind's address", async () => {
  await using rig = await openRig();
  const [owner, stranger] = [await rig.person("owner_1"), await rig.person("admin_1", "admin", "admin")];
  const room = await makeRoom(rig, owner.token, "roleplays", draft);
  await speak(rig, owner.token, `/api/roleplays/${room}`, "unusual words");
  using client = new Client(rig.base, stranger);
  await client.connect();
  const frames = [
    { type: "join", room },
    { type: "join", room, since: 0 },
    { type: "send_chat", room, text: "hello" },
    { type: "edit", room, seq: 2, text: "other words" },
    { type: "delete", room, seq: 2 },
    { type: "react", room, seq: 2, reaction: "pat", on: true },
    { type: "ask_companion", room, text: "what was said?" },
    { type: "stop_companion", room, seq: 3 },
    { type: "typing", room },
  ];
  for (const frame of frames) client.socket.send(JSON.stringify(frame));
  await until(() => client.refused.length === frames.length);
  assert.deepEqual(client.refused.map(({ code }) => code), frames.map(() => "not_found"));
  assert.ok(!client.frames.some((frame) => "room" in frame && frame.room === room));
  for (
    const path of ["/api/rooms", "/api/rooms?own=true", "/api/roleplays", "/api/practices", "/api/search?q=unusual"]
  ) {
    const { text } = await rig.get(path, { token: stranger.token });
    assert.ok(!text.includes(room), path);
  }
  const { token } = owner;
  assert.equal((await rig.get(`/api/practices/${room}`, { token })).status, 404, "a role-play is no practice");
  assert.equal((await rig.get(`/api/roleplays/${room}`, { token })).status, 200);
});

import assert from "node:assert/strict";
import { dump, type Name, openStage } from "./powers_rig.ts";

/** Each role tries each action with each thing that is not theirs to say, by socket and by HTTP. */
const roles: Name[] = ["guest", "stranger", "writer", "owner", "keeper", "admin"];
const forged: Record<string, unknown> = {
  kind: "admin",
  role: "admin",
  author: { id: "1", nickname: "운영자", role: "admin" },
  at: 1,
  state: "done",
};
/** `seq` says where the entry stands: where the action names a message itself, it is not a forgery. */
const withSeq = { ...forged, seq: 1 };

type Act = { frame: (room: string, seq: number) => Record<string, unknown>; fields: Record<string, unknown> };
const frames: Record<string, Act> = {
  send: { frame: (room) => ({ type: "send_chat", room, text: "x" }), fields: withSeq },
  ask: { frame: (room) => ({ type: "ask_companion", room, text: "@반디 x" }), fields: withSeq },
  edit: { frame: (room, seq) => ({ type: "edit", room, seq, text: "x" }), fields: forged },
  delete: { frame: (room, seq) => ({ type: "delete", room, seq }), fields: forged },
  react: { frame: (room, seq) => ({ type: "react", room, seq, reaction: "pat", on: true }), fields: forged },
};
type Body = { method: string; path: (seq: number) => string; fields: Record<string, unknown> };
const bodies: Record<string, Body> = {
  send: { method: "POST", path: () => "messages", fields: withSeq },
  ask: { method: "POST", path: () => "ask", fields: withSeq },
  edit: { method: "PATCH", path: (seq) => `messages/${seq}`, fields: forged },
};

Deno.test("forged by socket: each role, each action, each field: refused, and nothing is stored", async () => {
  await using stage = await openStage();
  let cases = 0;
  const before = await dump(stage.store);
  for (const who of roles) {
    using one = await stage.socket(who);
    for (const [act, { frame, fields }] of Object.entries(frames)) {
      for (const [field, value] of Object.entries(fields)) {
        const heard = one.frames.length, own = who === "guest" ? "writer" : who;
        one.say({ ...frame(stage.room, stage.seq(own)), [field]: value });
        const { code } = await one.heard(({ type }) => type === "refused", heard);
        assert.equal(code, "malformed", `${who} ${act} ${field}`);
        cases++;
      }
    }
  }
  assert.equal(await dump(stage.store), before);
  assert.ok(cases >= 150, `${cases} cases`);
});

Deno.test("forged by HTTP: each role, each action, each field: refused, and nothing is stored", async () => {
  await using stage = await openStage();
  let cases = 0;
  const before = await dump(stage.store);
  for (const who of roles) {
    for (const [act, { method, path, fields }] of Object.entries(bodies)) {
      for (const [field, value] of Object.entries(fields)) {
        const own = who === "guest" ? "writer" : who;
        const body = { text: "x", [field]: value };
        const { status } = await stage.ask(who, method, `/api/rooms/${stage.room}/${path(stage.seq(own))}`, body);
        assert.equal(status, who === "guest" ? 401 : 422, `${who} ${act} ${field}`);
        cases++;
      }
    }
  }
  assert.equal(await dump(stage.store), before);
  assert.ok(cases >= 90, `${cases} cases`);
});

/** Everything that can be done about the writer's message, in the order of `roles`; `#` is its number. */
const acts: [name: string, method: string, path: string, body: unknown, expected: number[]][] = [
  ["edit", "PATCH", "messages/#", { text: "y" }, [401, 403, 200, 403, 403, 403]],
  ["react", "PUT", "messages/#/reactions/pat", undefined, [401, 200, 200, 200, 200, 200]],
  ["take a reaction back", "DELETE", "messages/#/reactions/pat", undefined, [401, 200, 200, 200, 200, 200]],
  ["report", "POST", "messages/#/report", { why: "다투어서" }, [401, 201, 403, 201, 201, 201]],
  ["answer a question", "POST", "messages/#/answered", {}, [401, 403, 403, 404, 404, 404]],
  ["vote where no poll is", "POST", "messages/#/votes", { option: 0 }, [401, 404, 404, 404, 404, 404]],
  ["close where no poll is", "POST", "messages/#/close", {}, [401, 403, 403, 404, 404, 404]],
  ["stop what is no answer", "POST", "messages/#/stop", {}, [401, 404, 404, 404, 404, 404]],
  ["poll", "POST", "polls", { question: "?", options: ["가", "나"] }, [401, 403, 403, 201, 201, 201]],
  ["announce", "POST", "/api/admin/announcements", { text: "모두에게" }, [404, 404, 404, 404, 404, 201]],
  ["delete; after its writer it is gone", "DELETE", "messages/#", undefined, [401, 403, 200, 404, 404, 404]],
];

Deno.test("each role, each action on another's message: only who may, and what is refused stores nothing", async () => {
  await using stage = await openStage();
  for (const [name, method, path, body, expected] of acts) {
    for (const [n, who] of roles.entries()) {
      const address = path.startsWith("/") ? path : `/api/rooms/${stage.room}/${path}`;
      const before = await dump(stage.store);
      const { status, text } = await stage.ask(who, method, address.replace("#", `${stage.seq("writer")}`), body);
      assert.equal(status, expected[n], `${who}: ${name}: ${text}`);
      assert.equal(await dump(stage.store) !== before, status < 300, `${who}: ${name}`);
    }
  }
});

Deno.test("another room's id: who may not read it is refused as if it were not there, and nothing is stored", async () => {
  await using stage = await openStage();
  const made = await stage.ask("owner", "POST", "/api/rooms", { title: "안방", access: "private" });
  const hidden = String(made.json.id);
  await stage.ask("owner", "POST", `/api/rooms/${hidden}/messages`, { text: "비밀" });
  const before = await dump(stage.store);
  for (const room of [hidden, "house", "nowhere"]) {
    for (const who of ["guest", "stranger", "writer", "keeper"] as const) {
      using one = await stage.socket(who);
      for (const [act, { frame }] of Object.entries(frames)) {
        const heard = one.frames.length;
        one.say(frame(room, 1));
        const { code } = await one.heard(({ type }) => type === "refused", heard);
        assert.equal(code, "not_found", `${who} ${act} in ${room}`);
      }
      for (const [act, { method, path }] of Object.entries(bodies)) {
        const { status } = await stage.ask(who, method, `/api/rooms/${room}/${path(1)}`, { text: "x" });
        assert.equal(status, who === "guest" ? 401 : 404, `${who} ${act} in ${room}`);
      }
    }
  }
  assert.equal(await dump(stage.store), before);
});

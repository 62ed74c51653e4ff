import assert from "node:assert/strict";
import type { AuditEntry } from "../domain/keeping.ts";
import { PLAZA } from "../domain/room.ts";
import { cast, dump, type Name, openStage } from "./powers_rig.ts";
import { until } from "./until.ts";

type Stage = Awaited<ReturnType<typeof openStage>>;
const why = "서로 다투어서";

/** Who may do what to whom in a room; all other pairs are refused. */
const mayTouch: Record<Name, Name[]> = {
  guest: [],
  stranger: [],
  writer: [],
  owner: ["stranger", "writer"],
  keeper: ["stranger", "writer", "owner"],
  keeper2: ["stranger", "writer", "owner"],
  admin: ["stranger", "writer", "owner", "keeper", "keeper2"],
  admin2: ["stranger", "writer", "owner", "keeper", "keeper2"],
};
type Try = [method: string, path: string, body: unknown];
const inRoom: Record<string, (stage: Stage, whom: Name) => Try> = {
  hide: ({ room, seq }, whom) => ["POST", `/api/rooms/${room}/messages/${seq(whom)}/hide`, { why }],
  timeout: ({ room, id }, whom) => ["POST", `/api/rooms/${room}/timeouts`, { userId: id(whom), minutes: 5, why }],
  ban: ({ room, id }, whom) => ["POST", `/api/rooms/${room}/bans`, { userId: id(whom), why }],
};
const onSite: Record<string, (stage: Stage, whom: Name) => Try> = {
  timeout: ({ id }, whom) => ["POST", `/api/admin/people/${id(whom)}/timeout`, { minutes: 5, why }],
  ban: ({ id }, whom) => ["POST", `/api/admin/people/${id(whom)}/ban`, { why }],
  role: ({ id }, whom) => ["POST", `/api/admin/people/${id(whom)}/role`, { role: "admin", why }],
  "end-sessions": ({ id }, whom) => ["POST", `/api/admin/people/${id(whom)}/end-sessions`, { why }],
};

for (const [deed, make] of Object.entries(inRoom)) {
  Deno.test(`${deed} in a room: each role on each, and nothing is stored where it is refused`, async () => {
    await using stage = await openStage();
    const before = await dump(stage.store);
    const pairs = cast.flatMap((one) => cast.slice(1).map((whom) => [one, whom] as const));
    const refused = pairs.filter(([one, whom]) => !mayTouch[one].includes(whom));
    assert.ok(refused.length >= 35);
    for (const [one, whom] of refused) {
      const { status } = await stage.ask(one, ...make(stage, whom));
      assert.equal(status, one === "guest" ? 401 : 403, `${one} on ${whom}`);
    }
    assert.equal(await dump(stage.store), before);
    for (const [one, whom] of [["owner", "stranger"], ["keeper", "owner"], ["admin", "keeper"]] as const) {
      const { status } = await stage.ask(one, ...make(stage, whom));
      assert.ok(status === 200 || status === 201, `${one} on ${whom}: ${status}`);
    }
    const { items } = (await stage.ask("admin", "GET", "/api/admin/audit")).json as unknown as { items: AuditEntry[] };
    assert.deepEqual(
      items.map(({ deed, by, whom, why: said }) => [deed, by.id, whom?.id, said]).reverse(),
      [["owner", "stranger"], ["keeper", "owner"], ["admin", "keeper"]].map(([one, whom]) => {
        return [deed, stage.id(one as Name), stage.id(whom as Name), why];
      }),
    );
  });
}

for (const [deed, make] of Object.entries(onSite)) {
  Deno.test(`${deed} in the whole place: nothing is here for who is no administrator, and no one touches an equal`, async () => {
    await using stage = await openStage();
    const before = await dump(stage.store);
    for (const one of cast.slice(0, 6)) {
      for (const whom of ["writer", "keeper", "admin", one === "guest" ? "writer" : one] as Name[]) {
        assert.equal((await stage.ask(one, ...make(stage, whom))).status, 404, `${one} on ${whom}`);
      }
    }
    assert.equal((await stage.ask("admin", ...make(stage, "admin2"))).status, 403);
    if (deed === "timeout" || deed === "ban") {
      assert.equal((await stage.ask("admin", ...make(stage, "admin"))).status, 403);
    }
    assert.equal(await dump(stage.store), before);
    assert.ok((await stage.ask("admin", ...make(stage, "keeper"))).status < 300);
  });
}

/** What people make up: by HTTP. `$` stands for the room, `#` for the writer's message. */
const forged: [name: string, who: Name, method: string, path: string, body: unknown, status: number][] = [
  ["kind", "writer", "POST", "/api/rooms/$/messages", { text: "x", kind: "admin" }, 422],
  ["kind in the plaza", "writer", "POST", "/api/send-chat", { text: "x", kind: "system" }, 422],
  ["role", "writer", "POST", "/api/rooms/$/messages", { text: "x", role: "admin" }, 422],
  ["author", "writer", "POST", "/api/rooms/$/messages", { text: "x", author: { id: "other" } }, 422],
  ["seq", "writer", "POST", "/api/rooms/$/messages", { text: "x", seq: 1 }, 422],
  ["time", "writer", "POST", "/api/rooms/$/messages", { text: "x", at: 0 }, 422],
  ["gone", "writer", "POST", "/api/rooms/$/messages", { text: "x", gone: "keeper" }, 422],
  ["change", "writer", "POST", "/api/rooms/$/messages", { text: "x", change: { of: 1, text: "y" } }, 422],
  ["reactions", "writer", "POST", "/api/rooms/$/messages", { text: "x", reactions: { pat: 9 } }, 422],
  ["the house's room", "writer", "POST", "/api/rooms/house/messages", { text: "x" }, 404],
  ["the house's room, an admin", "admin", "POST", "/api/rooms/house/messages", { text: "x" }, 404],
  ["a room that is not there", "writer", "POST", "/api/rooms/nowhere/messages", { text: "x" }, 404],
  ["an edit's kind", "writer", "PATCH", "/api/rooms/$/messages/#", { text: "x", kind: "admin" }, 422],
  ["an edit's author", "writer", "PATCH", "/api/rooms/$/messages/#", { text: "x", author: {} }, 422],
  ["another's edit", "stranger", "PATCH", "/api/rooms/$/messages/#", { text: "x" }, 403],
  ["another's edit, a moderator", "keeper", "PATCH", "/api/rooms/$/messages/#", { text: "x" }, 403],
  ["another's edit, an admin", "admin", "PATCH", "/api/rooms/$/messages/#", { text: "x" }, 403],
  ["another's delete", "stranger", "DELETE", "/api/rooms/$/messages/#", undefined, 403],
  ["a guest's delete", "guest", "DELETE", "/api/rooms/$/messages/#", undefined, 401],
  ["a number that is not there", "keeper", "POST", "/api/rooms/$/messages/9999/hide", { why }, 404],
  ["a negative number", "keeper", "POST", "/api/rooms/$/messages/-1/hide", { why }, 404],
  ["a number that is none", "keeper", "POST", "/api/rooms/$/messages/1e3x/hide", { why }, 404],
  ["a hide without a reason", "keeper", "POST", "/api/rooms/$/messages/#/hide", {}, 422],
  ["a hide with a blank reason", "keeper", "POST", "/api/rooms/$/messages/#/hide", { why: "  " }, 422],
  ["a hide in another's name", "keeper", "POST", "/api/rooms/$/messages/#/hide", { why, by: "admin" }, 422],
  ["hidden words, not hidden", "keeper", "GET", "/api/rooms/$/messages/#/hidden", undefined, 404],
  ["hidden words, a stranger", "stranger", "GET", "/api/rooms/$/messages/#/hidden", undefined, 404],
  ["a time-out for a year", "keeper", "POST", "/api/rooms/$/timeouts", { userId: "@", minutes: 525600, why }, 422],
  [
    "a time-out for less than nothing",
    "keeper",
    "POST",
    "/api/rooms/$/timeouts",
    { userId: "@", minutes: -5, why },
    422,
  ],
  [
    "a time-out with an end",
    "keeper",
    "POST",
    "/api/rooms/$/timeouts",
    { userId: "@", minutes: 5, why, until: 1 },
    422,
  ],
  ["a time-out of nobody", "keeper", "POST", "/api/rooms/$/timeouts", { userId: "nobody", minutes: 5, why }, 404],
  ["a ban of nobody", "keeper", "POST", "/api/rooms/$/bans", { userId: "nobody", why }, 404],
  ["a ban with another room in it", "owner", "POST", "/api/rooms/$/bans", { userId: "@", why, room: PLAZA }, 422],
  ["an owner elsewhere", "owner", "POST", `/api/rooms/${PLAZA}/bans`, { userId: "@", why }, 403],
  ["an owner in the house's room", "owner", "POST", "/api/rooms/house/bans", { userId: "@", why }, 404],
  ["a lift of what is not", "keeper", "DELETE", "/api/rooms/$/bans/@", {}, 404],
  ["a report of one's own", "writer", "POST", "/api/rooms/$/messages/#/report", { why }, 403],
  ["a report by a guest", "guest", "POST", "/api/rooms/$/messages/#/report", { why }, 401],
  ["a report settled on the way", "stranger", "POST", "/api/rooms/$/messages/#/report", { why, settled: {} }, 422],
  ["a role in one's profile", "writer", "GET", "/api/admin/people", undefined, 404],
  ["a role that is none", "admin", "POST", "/api/admin/people/@/role", { role: "god", why }, 422],
  ["a role, mass assigned", "admin", "POST", "/api/admin/people/@/role", { role: "user", why, passwordHash: "x" }, 422],
  ["reports, a moderator", "keeper", "GET", "/api/admin/reports", undefined, 404],
  ["the audit log, a moderator", "keeper", "GET", "/api/admin/audit", undefined, 404],
  ["the words, a moderator", "keeper", "PUT", "/api/admin/words", { words: [], why }, 404],
  ["an undo, the owner", "owner", "POST", "/api/admin/audit/x/undo", { why }, 404],
  ["a report that is not there", "admin", "POST", "/api/admin/reports/x", { outcome: "dismissed", why }, 404],
  ["an outcome that is none", "admin", "POST", "/api/admin/reports/x", { outcome: "guilty", why }, 422],
];

Deno.test("what is forged by HTTP is refused, and nothing is stored", async (t) => {
  await using stage = await openStage();
  const id = stage.id("writer"),
    fill = (text: string) =>
      text.replaceAll("$", stage.room).replaceAll("#", String(stage.seq("writer"))).replaceAll("@", id);
  assert.ok(forged.length >= 40);
  for (const [name, who, method, path, body, status] of forged) {
    await t.step(name, async () => {
      const before = await dump(stage.store);
      const sent = body === undefined ? undefined : JSON.parse(fill(JSON.stringify(body)));
      const answer = await stage.ask(who, method, fill(path), sent);
      assert.equal(answer.status, status, answer.text);
      assert.equal(await dump(stage.store), before);
    });
  }
});

const forgedFrames: [name: string, who: Name, frame: Record<string, unknown>][] = [
  ["kind", "writer", { type: "send_chat", room: "$", text: "x", kind: "admin" }],
  ["role", "writer", { type: "send_chat", room: "$", text: "x", role: "admin" }],
  ["author", "writer", {
    type: "send_chat",
    room: "$",
    text: "x",
    author: { id: "1", nickname: "운영자", role: "admin" },
  }],
  ["seq", "writer", { type: "send_chat", room: "$", text: "x", seq: 1 }],
  ["change", "writer", { type: "send_chat", room: "$", text: "x", change: { of: 1, text: "y" } }],
  ["another's token", "writer", { type: "send_chat", room: "$", text: "x", token: "eyJ.e30.x" }],
  ["the house's room", "admin", {
    type: "send_chat",
    room: "house",
    text: '{"type":"order","what":"words","user":""}',
  }],
  ["a guest", "guest", { type: "send_chat", room: "$", text: "x" }],
  ["another's edit", "stranger", { type: "edit", room: "$", seq: "#", text: "x" }],
  ["another's edit, an admin", "admin", { type: "edit", room: "$", seq: "#", text: "x" }],
  ["an edit's gone", "writer", { type: "edit", room: "$", seq: "#", text: "x", gone: "keeper" }],
  ["another's delete", "keeper", { type: "delete", room: "$", seq: "#" }],
  ["a number that is not there", "writer", { type: "delete", room: "$", seq: 9999 }],
  ["a hide by frame", "keeper", { type: "hide", room: "$", seq: "#", why }],
  ["a ban by frame", "admin", { type: "ban", userId: "@", why }],
];

Deno.test("what is forged by socket is refused, and nothing is stored", async (t) => {
  await using stage = await openStage();
  for (const [name, who, frame] of forgedFrames) {
    await t.step(name, async () => {
      using one = await stage.socket(who);
      const before = await dump(stage.store), heard = one.frames.length;
      const seq = frame.seq === "#" ? stage.seq("writer") : frame.seq;
      one.say({ ...frame, seq, room: frame.room === "$" ? stage.room : frame.room });
      await one.heard(({ type }) => type === "refused", heard);
      assert.equal(await dump(stage.store), before);
    });
  }
});

Deno.test("a role in a profile or a registration is nobody's", async () => {
  await using stage = await openStage();
  await stage.ask("writer", "PATCH", "/api/profile", { nickname: "새 이름", role: "admin", passwordHash: "x" });
  assert.equal((await stage.ask("writer", "GET", "/api/profile")).json.role, "user");
  const more = { username: "sneaky_1", nickname: "몰래", password: "sunnyday1", role: "admin" };
  assert.equal(((await stage.rig.post("/api/register", more)).json.user as { role: string }).role, "user");
});

Deno.test("a hidden message is empty for all, whole for keepers, and comes back", async () => {
  await using stage = await openStage();
  const { room, ask } = stage, seq = stage.seq("writer"), path = `/api/rooms/${room}/messages/${seq}`;
  using writer = await stage.socket("writer", room);
  using reader = await stage.socket("guest", room);
  assert.equal((await ask("keeper", "POST", `${path}/hide`, { why })).json.gone, "keeper");
  const changed = (frame: Record<string, unknown>) => frame.type === "changed";
  await reader.heard(changed);
  assert.deepEqual(
    await writer.heard(({ type }) => type === "person"),
    { type: "person", what: "hidden", room, seq, why },
  );
  assert.deepEqual([(await stage.message(seq)).text, (await stage.message(seq)).gone], ["", "keeper"]);
  assert.equal((await ask("keeper2", "GET", `${path}/hidden`)).json.text, "writer의 말");
  for (const who of ["writer", "stranger"] as const) {
    assert.equal((await ask(who, "GET", `${path}/hidden`)).status, 404);
  }
  assert.equal((await ask("writer", "PATCH", path, { text: "다시" })).status, 404);
  assert.equal((await ask("writer", "DELETE", `${path}/hide`)).status, 403);
  assert.ok(!reader.frames.some((frame) => changed(frame) && JSON.stringify(frame).includes("writer의 말")));
  assert.equal((await ask("keeper", "POST", `${path}/hide`, { why })).status, 200, "twice is once");
  assert.equal((await ask("keeper2", "DELETE", `${path}/hide`)).json.text, "writer의 말");
  await reader.heard((frame) => changed(frame) && JSON.stringify(frame).includes('"gone":null'));
  assert.equal((await ask("keeper", "GET", `${path}/hidden`)).status, 404);
  const audit = (await ask("admin", "GET", "/api/admin/audit")).json as unknown as { items: AuditEntry[] };
  assert.deepEqual(audit.items.map(({ deed }) => deed), ["show", "hide"]);
});

Deno.test("what an administrator hid, a moderator does not show; the audit log takes back", async () => {
  await using stage = await openStage();
  const path = `/api/rooms/${stage.room}/messages/${stage.seq("writer")}/hide`;
  await stage.ask("admin", "POST", path, { why });
  assert.equal((await stage.ask("keeper", "DELETE", path)).status, 403);
  const [entry] = (await stage.ask("admin", "GET", "/api/admin/audit")).json.items as AuditEntry[];
  assert.equal(
    (await stage.ask("admin", "POST", `/api/admin/audit/${entry.id}/undo`, { why: "잘못 봐서" })).status,
    204,
  );
  assert.equal((await stage.message(stage.seq("writer"))).text, "writer의 말");
  const [undo] = (await stage.ask("admin", "GET", "/api/admin/audit")).json.items as AuditEntry[];
  assert.deepEqual([undo.deed, undo.undoes, undo.why], ["show", entry.id, "잘못 봐서"]);
});

Deno.test("a time-out refuses by socket and HTTP with its reason and its wait, until it is over or lifted", async () => {
  await using stage = await openStage();
  const { room, ask } = stage, say = (who: Name) => ask(who, "POST", `/api/rooms/${room}/messages`, { text: "한마디" });
  using writer = await stage.socket("writer", room);
  await ask("owner", "POST", `/api/rooms/${room}/timeouts`, { userId: stage.id("writer"), minutes: 2, why });
  const told = await writer.heard(({ type }) => type === "person");
  assert.deepEqual([told.what, told.why, told.until], ["timeout", why, stage.rig.clock.at + 120_000]);
  const { status, json } = await say("writer");
  assert.deepEqual([status, json.code, json.wait], [403, "timed_out", 120]);
  assert.match(String(json.detail), /2분 뒤에 .*서로 다투어서/);
  writer.say({ type: "send_chat", room, text: "한마디", clientId: "t1" });
  assert.equal((await writer.heard(({ type }) => type === "refused")).wait, 120);
  assert.equal(
    (await ask("writer", "PATCH", `/api/rooms/${room}/messages/${stage.seq("writer")}`, { text: "x" })).status,
    403,
  );
  assert.equal((await ask("writer", "PUT", `/api/rooms/${room}/messages/1/reactions/pat`)).status, 403);
  assert.equal(
    (await ask("writer", "POST", "/api/send-chat", { text: "광장에서" })).status,
    201,
    "elsewhere it is free",
  );
  stage.rig.clock.at += 119_999;
  assert.equal((await say("writer")).status, 403);
  stage.rig.clock.at += 1;
  assert.equal((await say("writer")).status, 201);
  await ask("keeper", "POST", `/api/rooms/${room}/timeouts`, { userId: stage.id("stranger"), minutes: 60, why });
  const shorter = { userId: stage.id("stranger"), minutes: 1, why };
  assert.equal((await ask("owner", "POST", `/api/rooms/${room}/timeouts`, shorter)).status, 403, "nor made shorter");
  assert.equal((await ask("owner", "DELETE", `/api/rooms/${room}/timeouts/${stage.id("stranger")}`)).status, 403);
  assert.equal((await ask("keeper2", "DELETE", `/api/rooms/${room}/timeouts/${stage.id("stranger")}`)).status, 204);
  assert.equal((await say("stranger")).status, 201);
});

Deno.test("a ban from a room closes the sockets that are in it, and no other; one from the place ends all", async () => {
  await using stage = await openStage();
  const { room, ask } = stage;
  using inside = await stage.socket("writer", room);
  using outside = await stage.socket("writer", PLAZA);
  await ask("owner", "POST", `/api/rooms/${room}/bans`, { userId: stage.id("writer"), why });
  await until(() => inside.ended.code !== undefined);
  assert.deepEqual([inside.ended.code, outside.ended.code], [4403, undefined]);
  assert.equal(inside.frames.findLast(({ type }) => type === "person")?.why, why);
  outside.say({ type: "join", room });
  assert.equal((await outside.heard(({ type }) => type === "refused")).code, "banned_here");
  const refused = await ask("writer", "GET", `/api/rooms/${room}/messages`);
  assert.deepEqual([refused.status, refused.json.code], [403, "banned_here"]);
  assert.equal((await ask("writer", "POST", "/api/send-chat", { text: "광장" })).status, 201);

  await ask("admin", "POST", `/api/admin/people/${stage.id("writer")}/ban`, { why: "여러 번 다투어서" });
  await until(() => outside.ended.code === 4403);
  const writes = await ask("writer", "POST", "/api/send-chat", { text: "광장" });
  assert.deepEqual([writes.status, writes.json.code], [403, "banned"]);
  assert.match(String(writes.json.detail), /여러 번 다투어서/);
  const login = await stage.rig.post("/api/login", { username: "writer_1", password: "sunnyday1" });
  assert.deepEqual([login.status, login.json.code], [403, "banned"]);
  assert.equal((await ask("admin", "DELETE", `/api/admin/people/${stage.id("writer")}/ban`)).status, 204);
  assert.equal((await stage.rig.post("/api/login", { username: "writer_1", password: "sunnyday1" })).status, 200);
});

Deno.test("a ban and an end of sessions let no login refresh", async () => {
  await using stage = await openStage();
  const login = async (name: string) => {
    const { json } = await stage.rig.post("/api/login", { username: name, password: "sunnyday1" });
    return { refreshToken: json.refreshToken, token: String(json.accessToken) };
  };
  const [banned, ended] = [await login("writer_1"), await login("stranger_1")];
  stage.rig.clock.at += 1_000;
  await stage.ask("admin", "POST", `/api/admin/people/${stage.id("writer")}/ban`, { why });
  await stage.ask("admin", "POST", `/api/admin/people/${stage.id("stranger")}/end-sessions`, { why });
  for (const { refreshToken } of [banned, ended]) {
    assert.equal((await stage.rig.post("/api/token/refresh", { refreshToken })).json.code, "session_ended");
  }
  assert.equal((await stage.rig.get("/api/profile", { token: ended.token })).status, 401, "nor is the token good");
  stage.rig.clock.at += 1_000;
  const again = await login("stranger_1");
  assert.equal((await stage.rig.get("/api/profile", { token: again.token })).status, 200);
});

Deno.test("a role holds at once: the socket is asked to come back, the old token is as good as the new role", async () => {
  await using stage = await openStage();
  using keeper = await stage.socket("keeper", stage.room);
  const role = (whom: Name, to: string) =>
    stage.ask("admin", "POST", `/api/admin/people/${stage.id(whom)}/role`, { role: to, why });
  assert.equal((await role("keeper", "user")).status, 204);
  await until(() => keeper.ended.code === 4401);
  assert.deepEqual(keeper.frames.at(-1), { type: "person", what: "role", why }, "the reason is told first");
  const hide = `/api/rooms/${stage.room}/messages/${stage.seq("writer")}/hide`;
  assert.equal((await stage.ask("keeper", "POST", hide, { why })).status, 403);
  assert.equal((await role("writer", "moderator")).status, 204);
  assert.equal(
    (await stage.ask("writer", "POST", `/api/rooms/${stage.room}/messages/${stage.seq("stranger")}/hide`, { why }))
      .status,
    200,
  );
});

Deno.test("the last administrator stays, also when the last two leave at once", async () => {
  await using stage = await openStage();
  const leave = (who: Name) => stage.ask(who, "POST", `/api/admin/people/${stage.id(who)}/role`, { role: "user", why });
  const statuses = (await Promise.all([leave("admin"), leave("admin2")])).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [204, 409]);
});

Deno.test("a report keeps what it is about, counts once, and is settled once", async () => {
  await using stage = await openStage();
  const { room, ask } = stage, seq = stage.seq("keeper"), path = `/api/rooms/${room}/messages/${seq}`;
  const first = await ask("stranger", "POST", `${path}/report`, { why: "무서워요" });
  const second = await ask("stranger", "POST", `${path}/report`, { why: "또" });
  assert.deepEqual([first.status, second.status, first.json.id], [201, 200, second.json.id]);
  await ask("keeper", "PATCH", path, { text: "고친 말" });
  const list = async (state: string) =>
    (await ask("admin", "GET", `/api/admin/reports?state=${state}`)).json.items as {
      id: string;
      message: { text: string };
      before: unknown[];
      after: unknown[];
      settled?: { outcome: string };
    }[];
  const [report] = await list("open");
  assert.deepEqual([report.message.text, report.before.length, report.after.length], ["keeper의 말", 3, 3]);
  const settle = () => ask("admin", "POST", `/api/admin/reports/${report.id}`, { outcome: "hidden", why });
  const statuses = (await Promise.all([settle(), settle()])).map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, 404]);
  assert.equal((await stage.message(seq)).gone, "keeper");
  assert.deepEqual([(await list("open")).length, (await list("settled"))[0].settled?.outcome], [0, "hidden"]);
});

Deno.test("people are found by the beginning of their names, page by page", async () => {
  await using stage = await openStage();
  const find = async (q: string, page = 1) =>
    ((await stage.ask("admin", "GET", `/api/admin/people?q=${encodeURIComponent(q)}&page=${page}`)).json.items as {
      id: string;
    }[])
      .map(({ id }) => id);
  assert.deepEqual(await find("WRITER"), [stage.id("writer")]);
  assert.deepEqual(await find("별명 own"), [stage.id("owner")]);
  assert.equal((await find("")).length, 7);
  assert.deepEqual(await find("", 2), []);
  await stage.ask("writer", "PATCH", "/api/profile", { nickname: "바뀐 이름" });
  assert.deepEqual([await find("별명 writer"), await find("바뀐")], [[], [stage.id("writer")]]);
});

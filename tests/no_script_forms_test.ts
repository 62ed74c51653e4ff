import assert from "node:assert/strict";
import { ko } from "../domain/words/ko.ts";
import { fill } from "../domain/words/fill.ts";
import { sweep } from "../cron/sweep.ts";
import { keys } from "../kv/keys.ts";
import { type Name, openStage } from "./powers_rig.ts";
import { until } from "./until.ts";

type Stage = Awaited<ReturnType<typeof openStage>>;
const form = ({ rig, token }: Stage, who: Name, path: string, fields: Record<string, string> = {}) =>
  rig.ask("POST", path, { body: new URLSearchParams(fields), token: token(who) });
const look = ({ rig, token }: Stage, who: Name, path: string) => rig.get(path, { token: token(who) });

Deno.test("only who keeps a room finds its keeping page and forms", async () => {
  await using stage = await openStage();
  const { room, id } = stage, here = `/live/${room}/keeping`;
  await stage.ask("keeper", "POST", `/api/rooms/${room}/timeouts`, { userId: id("writer"), minutes: 5, why: "쉬어요" });
  const before = JSON.stringify(await stage.rig.parts.rooms.get(room));
  for (const who of ["guest", "stranger", "writer"] as const) {
    assert.equal((await look(stage, who, here)).status, 404, who);
    for (
      const [path, fields] of [
        [here, { title: "내 방" }],
        [here, { slow: "10" }],
        [`${here}/close`, {}],
        [`${here}/invite`, {}],
        [`${here}/uninvite`, {}],
        [`${here}/lift`, { userId: id("writer"), kind: "timeout" }],
      ] as const
    ) {
      const { status } = await form(stage, who, path, fields as Record<string, string>);
      assert.ok(who === "guest" ? [303, 401].includes(status) : status === 404, `${who} ${path} ${status}`);
    }
    assert.doesNotMatch((await look(stage, who, `/live/${room}`)).text, /\/keeping/, who);
  }
  assert.equal(JSON.stringify(await stage.rig.parts.rooms.get(room)), before);
  assert.ok(await stage.store.get(keys.sanction(id("writer"), room, "timeout")).then(({ value }) => value));
  for (const who of ["owner", "keeper", "admin"] as const) {
    const { status, text } = await look(stage, who, here);
    assert.equal(status, 200, who);
    assert.equal(text.includes(`id="shape"`), who !== "keeper", "a moderator does not own it");
  }
  assert.equal((await form(stage, "keeper", `${here}/invite`)).status, 404);
  assert.equal((await form(stage, "keeper", here, { title: "지킴이의 방" })).status, 403);
});

Deno.test("an owner names, rules, opens to the invited, and closes a room by forms alone", async () => {
  await using stage = await openStage();
  const { room, rig } = stage, here = `/live/${room}/keeping`;
  const now = () => rig.parts.rooms.get(room);
  assert.equal((await form(stage, "owner", here, { title: "새 모닥불", topic: "밤", access: "private" })).status, 303);
  assert.deepEqual((({ title, topic, access }) => [title, topic, access])((await now())!), [
    "새 모닥불",
    "밤",
    "private",
  ]);
  assert.equal((await now())!.settings, undefined, "the rules were not asked for");
  assert.equal((await form(stage, "owner", here, { slow: "30", age: "", links: "on" })).status, 303);
  assert.deepEqual((await now())!.settings, { slow: 30, age: 0, links: true, unique: false, readOnly: false });
  assert.equal((await now())!.title, "새 모닥불");
  const refused = await form(stage, "owner", here, { slow: "99999", age: "0" });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /role="alert"/);

  const made = await form(stage, "owner", `${here}/invite`);
  const address = /value="(http[^"]*\?invite=[^"]*)"/.exec(made.text)?.[1].replaceAll("&amp;", "&");
  assert.ok(address?.startsWith(rig.base));
  const word = new URL(address!).searchParams.get("invite")!;
  assert.equal((await look(stage, "stranger", `/live/${room}`)).status, 404);
  assert.equal((await form(stage, "stranger", `/live/${room}/join`, { token: word })).status, 303);
  assert.equal((await look(stage, "stranger", `/live/${room}`)).status, 200);
  assert.equal((await form(stage, "owner", `${here}/uninvite`)).status, 303);
  assert.equal((await form(stage, "writer", `/live/${room}/join`, { token: word })).status, 404);

  assert.equal((await form(stage, "owner", `${here}/close`)).status, 303);
  assert.ok((await now())!.closedAt);
  const page = (await look(stage, "owner", here)).text;
  for (const part of ["shape", "rules", "invite", "close"]) assert.ok(!page.includes(`id="${part}"`), part);
  assert.equal((await form(stage, "admin", "/live/streaming/keeping/close")).status, 404);
});

Deno.test("who is timed out or sent out stands in the list until the time is over or it is lifted, by who may", async () => {
  await using stage = await openStage();
  const { room, rig, id, store } = stage, here = `/live/${room}/keeping`;
  const order = (who: Name, what: string, body: object) => stage.ask(who, "POST", `/api/rooms/${room}/${what}`, body);
  const lift = (who: Name, whom: Name, kind = "timeout") =>
    form(stage, who, `${here}/lift`, { userId: id(whom), kind }).then(({ status }) => status);
  const listed = async (who: Name = "owner") =>
    [...(await look(stage, who, here)).text.matchAll(/<b>(별명 \w+)<\/b>/g)].map(([, name]) => name).sort();
  assert.ok((await look(stage, "owner", here)).text.includes(ko.keeping.none));
  await order("owner", "timeouts", { userId: id("writer"), minutes: 5, why: "잠깐만요" });
  await order("admin", "timeouts", { userId: id("stranger"), minutes: 60, why: "오래요" });
  assert.deepEqual(await listed(), ["별명 stranger", "별명 writer"]);
  const page = (await look(stage, "owner", here)).text;
  assert.ok(page.includes(fill(ko.keeping.by, { name: "별명 owner", why: "잠깐만요" })));
  assert.ok(page.includes(ko.keeping.others), "an administrator decided");
  assert.equal(page.match(/keeping\/lift/g)?.length, 1);

  const say = () => stage.ask("writer", "POST", `/api/rooms/${room}/messages`, { text: "저요" });
  assert.equal((await say()).status, 403);
  assert.equal(await lift("owner", "stranger"), 403);
  assert.equal(await lift("owner", "writer"), 303);
  await until(async () => (await say()).status === 201);
  assert.equal(await lift("owner", "writer"), 404);
  assert.deepEqual(await listed(), ["별명 stranger"]);

  await order("keeper", "bans", { userId: id("writer"), why: "나가요" });
  assert.deepEqual(await listed("keeper"), ["별명 stranger", "별명 writer"]);
  rig.clock.at += 61 * 60_000;
  const late = await rig.enter("owner_1");
  assert.deepEqual(
    [...(await rig.get(here, late)).text.matchAll(/<b>(별명 \w+)<\/b>/g)].map(([, name]) => name),
    ["별명 writer"],
  );
  await sweep({ store, now: () => rig.clock.at, line: () => {} });
  assert.deepEqual((await store.list(keys.sanctionedIn(room))).map(({ key }) => key[2]), ["ban"]);
  const other = await rig.post("/api/rooms", { title: "다른 방" }, late);
  assert.ok((await rig.get(`/live/${other.json.id}/keeping`, late)).text.includes(ko.keeping.none), "a room's alone");
});

Deno.test("a message has a page where its writer can be reported and blocked", async () => {
  await using stage = await openStage();
  const { room, seq, id, rig, token } = stage;
  const of = (who: Name) => `/said/${room}/${seq(who)}`;
  const reports = () => stage.store.list(keys.reports("open"));
  assert.match((await look(stage, "stranger", `/live/${room}`)).text, new RegExp(`href="${of("writer")}"`));
  const page = (await look(stage, "stranger", of("writer"))).text;
  assert.ok(page.includes("writer의 말") && page.includes(`${of("writer")}/block`));
  assert.equal((await form(stage, "stranger", `${of("writer")}/report`, { why: " " })).status, 422);
  assert.equal((await reports()).length, 0);
  assert.equal((await form(stage, "stranger", `${of("writer")}/report`, { why: "거친 말" })).status, 303);
  assert.deepEqual((await reports()).map(({ value }) => [value.message.text, value.why]), [["writer의 말", "거친 말"]]);

  assert.doesNotMatch((await look(stage, "guest", of("writer"))).text, /<form[^>]*(report|block)/);
  assert.doesNotMatch((await look(stage, "writer", of("writer"))).text, /<form[^>]*(report|block)/);
  assert.doesNotMatch((await look(stage, "stranger", of("keeper"))).text, /keeper.*\/block/);
  assert.equal((await form(stage, "stranger", `${of("keeper")}/block`)).status, 403);
  assert.equal((await form(stage, "writer", `${of("writer")}/block`)).status, 403);
  assert.equal((await form(stage, "stranger", `/said/${room}/9999/block`)).status, 404);
  assert.ok(!rig.parts.blocks.areApart(id("stranger"), id("writer")));

  assert.equal((await form(stage, "stranger", `${of("writer")}/block`)).status, 303);
  assert.ok(rig.parts.blocks.areApart(id("stranger"), id("writer")));
  assert.ok((await look(stage, "stranger", "/settings")).text.includes("별명 writer"));
  for (const [who, whose] of [["stranger", "writer"], ["writer", "stranger"]] as const) {
    assert.equal((await look(stage, who, of(whose))).status, 404);
    assert.ok(!(await look(stage, who, `/live/${room}`)).text.includes(`${whose}의 말`));
  }
  assert.equal((await look(stage, "owner", of("writer"))).status, 200);

  const secret = await rig.post("/api/rooms", { title: "비밀", access: "private" }, { token: token("owner") });
  await rig.post(`/api/rooms/${secret.json.id}/messages`, { text: "숨은 말" }, { token: token("owner") });
  assert.equal((await look(stage, "stranger", `/said/${secret.json.id}/1`)).status, 404);
  await stage.ask("writer", "DELETE", `/api/rooms/${room}/messages/${seq("writer")}`);
  assert.equal((await look(stage, "owner", of("writer"))).status, 404);
});

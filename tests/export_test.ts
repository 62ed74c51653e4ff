import assert from "node:assert/strict";
import { openExports } from "../cron/export.ts";
import { sweep } from "../cron/sweep.ts";
import { limits } from "../domain/limits.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { beginExport, exportOf, linesOf, stepExport, type Taken } from "../kv/exports.ts";
import { keys } from "../kv/keys.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
type Links = { json?: string; html?: string };

const HARM = `<script>alert("1")</script> & '따옴표'`;

async function writer(rig: Rig): Promise<Caller> {
  const one = await rig.person("writer_1", "글쓴이");
  const { log } = rig.parts, author = { id: one.id, nickname: one.nickname, role: "user" } as const;
  const said = Array.from({ length: 300 }, (_, n) => `${n} ${"가나다라마바사".repeat(20)}`);
  await Promise.all(
    [...said, HARM].map((text) => log.append({ room: PLAZA, author, kind: "user", text, mood: "calm" })),
  );
  await log.append({ room: STREAMING, author, kind: "user", text: "라이브에서" });
  const other = await rig.person("other_1", "다른이");
  const { json } = await rig.post("/api/send-chat", { text: "남의 글", clientId: "x1" }, other);
  await rig.post("/api/rooms/plaza/messages", { text: "답이에요", reply: json.seq }, one);
  await rig.post("/api/blocks", { userId: other.id }, one);
  await rig.post("/api/step-up", { password: PASSWORD }, one);
  return one;
}

const all = async (rig: Rig, id: string): Promise<Taken[]> =>
  await Array.fromAsync(linesOf(rig.parts.store, id, (await exportOf(rig.parts.store, id, rig.clock.at))!));

Deno.test("an export holds all that is mine and nothing of others, and each link works once, for me", async () => {
  await using rig = await openRig();
  const one = await writer(rig), other = await rig.enter("other_1");
  assert.equal((await rig.get("/api/export", one)).status, 404);
  assert.equal((await rig.post("/api/export", undefined, other)).json.code, "step_up_required");
  assert.equal((await rig.post("/api/export", undefined, one)).status, 202);
  await until(async () => (await rig.get("/api/export", one)).json.state === "ready");
  const told = (await rig.get("/api/export", one)).json, links = told.links as Links;
  assert.deepEqual([told.percent, Object.keys(links)], [100, ["json", "html"]]);

  assert.equal((await rig.get(links.json!)).status, 401);
  assert.equal((await rig.get(links.json!, other)).status, 404);
  const file = await rig.get(links.json!, one);
  assert.match(file.headers.get("content-disposition")!, /attachment; filename="jungle-buzz.json"/);
  const { sections } = JSON.parse(file.text) as { sections: Record<string, Record<string, unknown>[]> };
  assert.deepEqual(sections.user.map(({ username, nickname }) => [username, nickname]), [["writer_1", "글쓴이"]]);
  assert.equal(sections.message.length, 303);
  assert.equal(sections.message.find(({ text }) => text === "답이에요")!.reply, 302, "which message, not its words");
  assert.ok(sections.message.some(({ room, text, mood }) => room === PLAZA && text === HARM && mood === "calm"));
  assert.ok(sections.message.some(({ room, text }) => room === STREAMING && text === "라이브에서"));
  assert.deepEqual(sections.block.map(({ userId }) => userId), [other.id]);
  assert.ok(sections.login.length > 0);
  assert.doesNotMatch(file.text, /남의 글|passwordHash|\$2[aby]\$/);
  assert.equal((await rig.get(links.json!, one)).status, 404);

  const page = await rig.get(links.html!, one);
  assert.ok(page.text.includes("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;따옴표&#39;"));
  assert.doesNotMatch(page.text, /<script/);
  assert.equal((await rig.get(links.html!, one)).status, 404);
  assert.deepEqual((await rig.get("/api/export", one)).json.links, {});
});

Deno.test("whoever makes an export may die after any page: another goes on, and nothing comes twice or is lost", async () => {
  await using rig = await openRig();
  const { store, line } = rig.parts, one = await writer(rig);
  await beginExport(store, one.id, rig.clock.at);
  let steps = 0;
  for (let dead = 0; await stepExport(store, one.id, `isolate ${dead}`, rig.clock.at); dead++) {
    steps++;
    assert.equal(await stepExport(store, one.id, "another", rig.clock.at), null, "who lives is not disturbed");
    rig.clock.at += limits.exportLease; // and dies
  }
  assert.ok(steps > 20, `${steps} pages`);
  const inPieces = await all(rig, one.id);

  await rig.parts.store.commit((atomic) => atomic.delete(keys.exportJob(one.id)));
  await beginExport(store, one.id, rig.clock.at);
  const two = [1, 2].map((n) => openExports({ store, now: () => rig.clock.at, isolate: `isolate ${n}`, line }));
  await Promise.all(two.map((exports) => exports.tick()));
  const ofMessages = (lines: Taken[]) => lines.filter(({ family }) => family === "message");
  assert.deepEqual(ofMessages(await all(rig, one.id)), ofMessages(inPieces));
  assert.equal(new Set(ofMessages(inPieces).map(({ item }) => JSON.stringify(item))).size, 303);
});

Deno.test("an export that nobody fetched goes after a day, with all its parts", async () => {
  await using rig = await openRig();
  const one = await writer(rig), { store, now, line } = rig.parts;
  await rig.post("/api/export", undefined, one);
  await until(async () => (await rig.get("/api/export", one)).json.state === "ready");
  assert.ok((await store.list(keys.exportParts(one.id))).length > 1);
  rig.clock.at += limits.export;
  await sweep({ store, now, line });
  assert.deepEqual(await store.list(keys.exportParts(one.id)), []);
  assert.equal((await store.get(keys.exportJob(one.id))).value, null);
});

import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { keptMails } from "../kv/outbox.ts";
import { fetchAll } from "./block_reads.ts";
import { act, framesOf, LETTER, listen, markOf, openTown, type Person, ties, type Town } from "./block_rig.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";
import { until } from "./until.ts";

/** A generator of numbers in [0, 1) that a seed replays. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const wordsOf = (of: Person) => [of.id, of.nickname, of.username, markOf(of)];

function assertFree(text: string, of: Person, where: string): void {
  for (const word of wordsOf(of)) {
    const at = text.indexOf(word);
    assert.ok(at < 0, `${where} has ${word}: …${text.slice(Math.max(0, at - 200), at + 80)}`);
  }
}

for (const [n, tie] of ties.entries()) {
  Deno.test(`after a block neither hears of the other again, whatever five people do (${tie})`, async () => {
    await using town = await openTown(tie);
    const { people, server, pair: [a, b], rigs } = town;
    const roll = dice(11 * (n + 1));
    for (let n = 0; n < 60; n++) await act(town, roll, n);
    await town.settle();
    const before = await fetchAll(town, a, b);
    const showing = [...before].filter(([, text]) => wordsOf(b).some((word) => text.includes(word)));
    assert.ok(showing.length > 25, `there is much to hide: ${showing.map(([path]) => path)}`);

    const picture = async (who: Person, of: Person) => (await who.rig.get(`/photos/${of.photo}`, who)).status;
    assert.equal(await picture(a, b), 200);

    const [by, whom] = roll() < 0.5 ? [a, b] : [b, a];
    assert.equal((await by.rig.post("/api/blocks", { userId: whom.id }, by)).status, 204);
    for (const rig of rigs) await until(() => rig.parts.blocks.areApart(a.id, b.id));
    await town.settle();
    for (const one of people) one.heard.length = one.told.length = 0;
    server.requests.length = 0;
    const isOwnList = (who: Person, path: string) => who === by && ["/settings", "/api/blocks"].includes(path);

    for (let n = 100; n < 200; n++) await act(town, roll, n);
    for (const one of [a, b]) await answered(town, one);
    await town.settle();
    const asked = server.requests.splice(0);
    for (const [who, other] of [[a, b], [b, a]] as const) {
      for (const [path, text] of await fetchAll(town, who, other)) {
        if (!isOwnList(who, path)) assertFree(text, other, `${who.nickname} ${path}`);
      }
      assert.equal((await who.rig.get(`/live/${town.theirs}`, who)).status, who === b ? 200 : 404);
      assert.equal(await picture(who, other), 404);
      const opened = await who.rig.post(`/api/own-letters/${LETTER}`, undefined, who);
      assert.equal(opened.status, 201);
      assertFree(opened.text, other, `the own letter of ${who.nickname}`);
      assert.ok(server.requests.some((asked) => JSON.stringify(asked).includes("notThis")), "it was written now");
      for (const prompt of server.requests.splice(0)) assertFree(JSON.stringify(prompt), other, "a prompt");
      for (const heard of who.heard) assertFree(heard, other, `a frame to ${who.nickname}`);
      assert.ok(who.heard.length > 20, "much was heard");
      assertFree(JSON.stringify(who.told), other, `a push to ${who.nickname}`);
      assert.ok(who.told.length > 0, "something was pushed");
      for (const { messages: [, { content }] } of asked) {
        const question = JSON.parse(content).question;
        if (question?.who === who.nickname) assertFree(content, other, "a question's context");
      }
      const { block = [], ...taken } = await exported(who);
      assertFree(JSON.stringify(taken), other, `what ${who.nickname} takes along`);
      assert.equal(block.length, who === by ? 1 : 0, "whom one blocked is one's own");
      assertFree(await mailed(who), other, `a mail to ${who.nickname}`);
    }
    assert.ok(
      [...a.heard, ...b.heard].some((text) => text.includes('"type":"lobby"')),
      "the list of rooms was watched",
    );
    assert.ok(asked.length > 2, "the companion was asked");
    for (const room of town.live) {
      for (const who of people) assertWhole(framesOf(who), room, who.nickname);
    }
  });
}

/** What one of the pair says where nobody looks is answered by the other, who may not, and by somebody else. */
async function answered({ people: [a, b, c], square }: Town, who: Person): Promise<void> {
  const other = who === a ? b : a;
  const say = (one: Person, reply?: unknown) =>
    one.rig.post(`/api/rooms/${square}/messages`, { text: `${markOf(one)} 여기요`, reply }, one);
  const { json: { seq } } = await say(who);
  assert.equal((await say(other, seq)).status, 404);
  assert.equal((await say(c, seq)).status, 201);
  await until(() => who.told.length > 0);
}

/** Everything that is theirs, by family. */
async function exported(who: Person): Promise<Record<string, unknown[]>> {
  await who.rig.post("/api/step-up", { password: PASSWORD }, who);
  await who.rig.post("/api/export", undefined, who);
  const job = async () => (await who.rig.get("/api/export", who)).json as { links: { json?: string } };
  await until(async () => (await job()).links.json !== undefined);
  return (await who.rig.get((await job()).links.json!, who)).json.sections as Record<string, unknown[]>;
}

async function mailed(who: Person): Promise<string> {
  await who.rig.post("/api/password/forgot", { who: who.username });
  await who.rig.parts.post.tick();
  const mails = (await keptMails(who.rig.parts.store, 100)).filter(({ to }) => to === who.mail);
  assert.ok(mails.length > 0, "something was mailed");
  return JSON.stringify(mails);
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

import assert from "node:assert/strict";
import type { Card } from "../domain/card.ts";
import type { Correction } from "../domain/correction.ts";
import { wordsIn } from "../domain/words/words.ts";
import { addCards, allCards, dueCards, setCardSettings, usedRight } from "../kv/cards.ts";
import { practisedSince } from "../kv/practised.ts";
import { openStore } from "../kv/store.ts";
import { openRig } from "./rig.ts";

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 20, 3);
const agree: Correction = {
  said: "I am agree with you.",
  better: "I agree with you.",
  why: "agree는 동사예요.",
  kind: "grammar",
};
const school: Correction = {
  said: "He go to school.",
  better: "He goes to school.",
  why: "s가 붙어요.",
  kind: "grammar",
};
const inRoom = (room: string, seq: number) => ({ from: "practice", room, seq }) as const;

Deno.test("the same mistake is one card, also for twenty at once, and counts how often it was made", async () => {
  const store = await openStore(":memory:");
  const make = (seq: number, now = NOW, correction = agree) =>
    addCards(store, "me", { language: "en", corrections: [correction], source: inRoom("r", seq), now });
  await Promise.all(Array.from({ length: 20 }, (_, seq) => make(seq + 1)));
  assert.deepEqual((await allCards(store, "me")).map(({ times }) => times), [20]);
  await make(21);
  await make(21); // the same message looked at once more
  await make(30, NOW, { ...agree, said: " i am  AGREE with you!", better: "I agree with you" });
  const [card, ...others] = await allCards(store, "me");
  assert.deepEqual([card.times, others], [22, []]);
  assert.equal((await dueCards(store, "me", { now: NOW, limit: 10 })).length, 1);
  assert.deepEqual(await allCards(store, "you"), []);
  const [{ made }] = await practisedSince(store, "me", 0);
  assert.equal(made, 22);
  store.close();
});

Deno.test("live rooms and 1:1 make cards only when the person switched them on", async () => {
  const store = await openStore(":memory:");
  const from = (from: "live" | "direct") =>
    addCards(store, "me", { language: "en", corrections: [agree], source: { from }, now: NOW });
  assert.deepEqual([await from("live"), await from("direct"), await allCards(store, "me")], [[], [], []]);
  await setCardSettings(store, "me", { live: true, direct: false });
  assert.deepEqual(await from("direct"), []);
  assert.equal((await from("live"))[0].source.from, "live");
  store.close();
});

Deno.test("a due card is moved on by a right use, leaves after three, and comes back when the mistake does", async () => {
  const store = await openStore(":memory:");
  const make = (now: number) =>
    addCards(store, "me", { language: "en", corrections: [agree, school], source: inRoom("r", now), now });
  const say = (text: string, now: number) => usedRight(store, "me", { language: "en", text, now });
  await make(NOW);
  assert.deepEqual(await say("I am agree with that.", NOW), []);
  assert.deepEqual(await say("Nothing of it.", NOW), []);
  assert.deepEqual(await usedRight(store, "me", { language: "ko", text: "I agree with that.", now: NOW }), []);

  const uses: Card[] = [];
  for (let now = NOW; uses.length < 3; now = uses.at(-1)!.dueAt) {
    const [card, ...more] = await say("Well, I agree with that.", now);
    assert.deepEqual([card.better, more], [agree.better, []]);
    assert.deepEqual(await say("Well, I agree with that.", now), [], "once, however often it is said");
    assert.ok(card.dueAt >= now + DAY, "the next time is another day");
    uses.push(card);
  }
  assert.deepEqual(uses.map(({ right }) => right), [1, 2, 3]);
  assert.ok(uses[1].dueAt - uses[0].dueAt > uses[0].dueAt - NOW, "the pauses grow");
  assert.ok(uses[2].resolvedAt);
  const late = { now: NOW + 3_650 * DAY, limit: 10 };
  assert.deepEqual((await dueCards(store, "me", late)).map(({ said }) => said), [school.said]);

  await make(uses[2].dueAt);
  const [again] = (await dueCards(store, "me", late)).filter(({ said }) => said === agree.said);
  assert.deepEqual([again.right, again.resolvedAt, again.times], [0, undefined, 2]);
  store.close();
});

Deno.test("over HTTP: kept, listed, reviewed once however often it is clicked, deleted; bad input changes nothing", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const asked = { token };
  const made = await rig.post("/api/cards", { language: "en", ...agree }, asked);
  assert.equal(made.status, 201);
  const { id } = made.json as { id: string };
  assert.equal((await rig.post("/api/cards", { language: "en", ...agree }, asked)).json.id, id);
  assert.ok(!("memory" in made.json), "how FSRS counts is not told");
  await rig.post("/api/cards", { language: "ja", ...agree }, asked);
  const list = async (query: string) => (await rig.get(`/api/cards${query}`, asked)).json;
  assert.deepEqual([(await list("")).total, (await list("?language=en")).total], [2, 1]);
  assert.deepEqual([(await list("?size=1&page=2")).pages, (await list("?which=due")).total], [2, 2]);

  const path = `/api/cards/${id}/review`;
  const answers = await Promise.all(Array.from({ length: 10 }, () => rig.post(path, { rating: "good" }, asked)));
  assert.deepEqual(new Set(answers.map(({ status, json }) => `${status} ${json.right}`)), new Set(["200 1"]));
  assert.deepEqual([(await list("?which=due")).total, (await list("?which=open")).total], [1, 2]);
  for (const body of [{ rating: "perfect" }, {}, { rating: 3 }]) {
    assert.equal((await rig.post(path, body, asked)).status, 422);
  }
  for (
    const wrong of [{ better: agree.said }, { said: "" }, { language: "xx" }, { kind: "x" }, { why: "x".repeat(301) }]
  ) {
    assert.equal((await rig.post("/api/cards", { language: "en", ...agree, ...wrong }, asked)).status, 422);
  }
  const progress = (await rig.get("/api/progress", asked)).json;
  assert.deepEqual([progress.resolved, progress.due, progress.open, progress.streak], [0, 1, 2, {
    days: 1,
    rested: false,
  }]);
  assert.equal((await rig.ask("DELETE", `/api/cards/${id}`, asked)).status, 204);
  assert.equal((await rig.ask("DELETE", `/api/cards/${id}`, asked)).status, 404);
  assert.equal((await list("")).total, 1);

  const on = { live: true, direct: false };
  assert.deepEqual((await rig.get("/api/cards/settings", asked)).json, { live: false, direct: false });
  assert.deepEqual((await rig.ask("PUT", "/api/cards/settings", { ...asked, body: on })).json, on);
  assert.equal((await rig.ask("PUT", "/api/cards/settings", { ...asked, body: { live: 1 } })).status, 422);
  assert.deepEqual((await rig.get("/api/cards/settings", asked)).json, on);
});

Deno.test("the page says what stands against cards of a place that is switched on: no model, and one's own consent", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const page = async () => (await rig.get("/progress", { token })).text;
  const choose = (live: boolean, direct: boolean) =>
    rig.ask("PUT", "/api/cards/settings", { token, body: { live, direct } });
  const { settingsKept, settingsOffline } = wordsIn("ko").cards;
  const kept = async () => (await page()).split(settingsKept).length - 1;
  assert.ok((await page()).includes(settingsOffline));
  assert.equal(await kept(), 0, "nothing is switched on");
  await choose(true, true);
  assert.equal(await kept(), 1, "1:1 is kept from the AI until one says so");
  await rig.ask("PATCH", "/api/consent", { token, body: { live: false } });
  assert.equal(await kept(), 2);
  await rig.ask("PATCH", "/api/consent", { token, body: { live: true, direct: true } });
  assert.equal(await kept(), 0);
});

Deno.test("somebody else's card is not there on any verb, nor for guests, and stays as it was", async () => {
  await using rig = await openRig();
  const [mine, other] = [await rig.person("mango_1"), await rig.person("mango_2")];
  const { json: card } = await rig.post("/api/cards", { language: "en", ...agree }, mine);
  const review = { rating: "good" };
  const calls: [method: string, path: string, body?: unknown][] = [
    ["GET", `/api/cards/${card.id}`],
    ["DELETE", `/api/cards/${card.id}`],
    ["POST", `/api/cards/${card.id}/review`, review],
    ["POST", `/progress/cards/${card.id}/review`, review],
    ["POST", `/progress/cards/${card.id}/delete`],
  ];
  for (const [method, path, body] of calls) {
    const missing = path.replace(String(card.id), "0".repeat(24));
    const [theirs, none] = [
      await rig.ask(method, path, { ...other, body }),
      await rig.ask(method, missing, { ...mine, body }),
    ];
    assert.deepEqual([theirs.status, none.status], [404, 404], `${method} ${path}`);
    assert.deepEqual({ ...theirs.json, requestId: "" }, { ...none.json, requestId: "" });
    assert.equal((await rig.ask(method, path, { body })).status, 401, `${method} ${path}, a guest`);
  }
  assert.deepEqual((await rig.get(`/api/cards/${card.id}`, mine)).json, card);
  assert.deepEqual((await rig.get("/api/cards", other)).json.total, 0);
});

Deno.test("so many cards an hour; then it is said how long to wait", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 0.01 } });
  const { token } = await rig.person("mango_1");
  const statuses: number[] = [];
  let last = await rig.post("/api/cards", { language: "en", ...agree }, { token });
  for (; last.status === 201; last = await rig.post("/api/cards", { language: "en", ...agree }, { token })) {
    statuses.push(last.status);
  }
  assert.deepEqual([statuses.length, last.status, Number(last.json.wait) > 0], [3, 429, true]);
});

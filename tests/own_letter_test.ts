import assert from "node:assert/strict";
import type { Sent } from "../domain/consent.ts";
import { isGrounded, noWish, type OwnLetter } from "../domain/own_letter.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { ko } from "../domain/words/ko.ts";
import type { Asked, Reply } from "./model_server.ts";
import { queueLetters } from "../cron/letter_mail.ts";
import { keys } from "../kv/keys.ts";
import { keptMails } from "../kv/outbox.ts";
import type { Store } from "../kv/store.ts";
import { openOwnLetters } from "../realtime/own_letters.ts";
import { say, startModelServer } from "./model_server.ts";
import { keepLetter, openRig } from "./rig.ts";

const DATE = "2026-11-20";
const text = { title: "편지", paragraphs: ["모두에게 보내는 편지예요."], themes: [] };
const ON = { ...noWish, on: true, length: "long" as const };

type Sentence = { text: string; from: number[] };
const answering = (...sentences: Sentence[]): Reply => () => say(JSON.stringify({ sentences }));

/** Mina and Joon have written in the plaza, and Mina in the streaming room; there is a letter for all of that day. */
async function openDay(reply: Reply | null = null) {
  const server = startModelServer(reply ?? (() => ""));
  const openai = { key: reply ? "k" : undefined, baseUrl: server.url, model: "test", voice: "test" };
  const rig = await openRig({ env: { openai } });
  const [mina, joon] = [await rig.person("mina_1", "미나"), await rig.person("joon_1", "준호")];
  const write = (who: typeof mina, room: string, text: string, mood?: "calm" | "tired") => {
    const author = { id: who.id, nickname: who.nickname, role: "user" as const };
    return rig.parts.log.append({ room, author, kind: "user", text, mood });
  };
  rig.clock.at = 0; // inside of the letter's window, [0, 1)
  await write(mina, PLAZA, "비가 와서 마음이 차분해졌어요", "calm");
  await write(joon, PLAZA, "서진이와 크게 다퉈서 화가 났어요");
  await write(mina, PLAZA, "내일 면접이라 잠이 안 와요", "tired");
  await write(mina, STREAMING, "라이브에서 노래를 불렀어요");
  await keepLetter(rig.parts, DATE, { ko: text, en: text, ja: text });
  rig.clock.at = Date.parse("2026-11-20T12:00:00+09:00");
  const wish = (change: object = {}) =>
    rig.ask("PUT", "/api/own-letters/wish", { body: { ...ON, ...change }, token: mina.token });
  return {
    ...rig,
    server,
    mina,
    joon,
    write,
    wish,
    async open(token = mina.token) {
      return await rig.ask("POST", `/api/own-letters/${DATE}`, { token });
    },
    /** What is stored of Mina's. */
    async claims(): Promise<string[]> {
      const { json } = await rig.ask("GET", `/api/own-letters/${DATE}`, { token: mina.token });
      return (json as unknown as OwnLetter).claims.map(({ text }) => text);
    },
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

const GOOD: Sentence = { text: "비가 와서 마음이 차분해졌다고 적었어요.", from: [1] };

for (
  const [what, bad] of [
    ["without a source", { text: "비가 와서 마음이 차분했어요.", from: [] }],
    ["that cites what is not there", { text: "비가 와서 마음이 차분했어요.", from: [9] }],
    ["that cites 0", { text: "비가 와서 마음이 차분했어요.", from: [0] }],
    ["that cites a negative number", { text: "비가 와서 마음이 차분했어요.", from: [-1] }],
    ["with one good and one missing source", { text: "비가 와서 마음이 차분했어요.", from: [1, 7] }],
    ["about another person's entry", { text: "서진이와 크게 다퉈서 화가 났어요.", from: [1] }],
    ["that mixes two people up", { text: "비가 오는데 서진이와 크게 다퉈서 화가 났지요.", from: [1, 2] }],
    ["that is invented", { text: "요즘 새 강아지를 키우기 시작했어요.", from: [1] }],
    ["with an invented number", { text: "비가 와서 마음이 3번 차분해졌어요.", from: [1] }],
    ["with an invented name", { text: "Sora와 비가 와서 마음이 차분해졌어요.", from: [1] }],
    ["of a surface that is switched off", { text: "라이브에서 노래를 불렀어요.", from: [3] }],
    ["of that surface under another number", { text: "라이브에서 노래를 불렀어요.", from: [2] }],
    ["with a link", { text: "비가 와서 마음이 차분해졌어요 https://evil.example", from: [1] }],
    ["with markup", { text: "<b>비가 와서 마음이 차분해졌어요</b>", from: [1] }],
    ["that speaks of dying", { text: "비가 와서 마음이 차분해졌고 죽고 싶다고 했어요.", from: [1] }],
    ["of signs alone", { text: "…!!", from: [1] }],
  ] as [string, Sentence][]
) {
  Deno.test(`a sentence ${what} is not stored; what stands beside it is`, async () => {
    await using day = await openDay(answering(bad, GOOD));
    await day.wish();
    assert.equal((await day.open()).status, 201);
    assert.deepEqual(await day.claims(), [GOOD.text]);
  });
}

for (
  const [what, reply] of [
    ["answers nonsense", () => say("안녕하세요, 저는 모델이에요")],
    ["cites nothing at all", answering({ text: "좋은 하루였네요.", from: [] })],
    ["is down", () => new Response("no", { status: 500, headers: { "retry-after-ms": "1" } })],
  ] as [string, Reply][]
) {
  Deno.test(`when the model ${what}, the letter is counted by hand, and says so`, async () => {
    await using day = await openDay(reply);
    await day.wish();
    const { json } = await day.open();
    const letter = json as unknown as OwnLetter;
    assert.equal(letter.by, "offline");
    assert.ok(letter.claims.length > 0 && letter.claims.every(({ sources }) => sources.length > 0));
  });
}

Deno.test("the model reads the member's own entries of that day and of switched-on surfaces alone, as data", async () => {
  await using day = await openDay(answering(GOOD));
  await day.wish();
  await day.open();
  const read = ({ messages }: Asked) =>
    JSON.parse(messages[1].content).entries.map(({ text }: { text: string }) => text);
  assert.deepEqual(read(day.server.requests[0]), ["비가 와서 마음이 차분해졌어요", "내일 면접이라 잠이 안 와요"]);
  assert.doesNotMatch(JSON.stringify(day.server.requests), /서진|라이브에서 노래/);
  assert.doesNotMatch(day.server.requests[0].messages[0].content, /면접/);

  await using wider = await openDay(answering({ text: "라이브에서 노래를 불렀다고 했어요.", from: [3] }));
  await wider.wish({ surfaces: ["plaza", "live"] });
  await wider.open();
  assert.deepEqual(await wider.claims(), ["라이브에서 노래를 불렀다고 했어요."]);
});

for (
  const [off, read] of [
    [[], [["plaza", 2], ["live", 1]]],
    [["live"], [["plaza", 2]]],
    [["plaza"], [["live", 1]]],
    [["plaza", "live"], []],
  ] as [string[], [string, number][]][]
) {
  Deno.test(`with AI's reading switched off for ${off.join(" and ") || "nothing"}, the model reads the rest, on record`, async () => {
    await using day = await openDay(answering(GOOD));
    await day.wish({ surfaces: ["plaza", "live"] });
    const consent = Object.fromEntries(off.map((surface) => [surface, false]));
    await day.ask("PATCH", "/api/consent", { body: consent, token: day.mina.token });
    const { json } = await day.open();
    const sent = JSON.stringify(day.server.requests), stored = JSON.stringify(json);
    assert.equal(sent.includes("차분해졌어요"), !off.includes("plaza"));
    assert.equal(stored.includes("차분해졌다고"), !off.includes("plaza"));
    assert.equal(sent.includes("라이브에서 노래를 불렀어요"), !off.includes("live"));
    const log = await day.get("/api/consent/sent", { token: day.mina.token });
    assert.deepEqual(
      (log.json.items as Sent[]).map(({ task, surface, messages }) => [task, surface, messages]).sort(),
      read.map(([surface, messages]) => ["letter", surface, messages]).sort(),
    );
    assert.deepEqual((await day.get("/api/consent/sent", { token: day.joon.token })).json.items, []);
  });
}

Deno.test("without a model nothing is on record as sent, and what is switched off is not counted either", async () => {
  await using day = await openDay();
  await day.wish({ surfaces: ["plaza", "live"] });
  await day.ask("PATCH", "/api/consent", { body: { live: false }, token: day.mina.token });
  const { claims } = (await day.open()).json as unknown as OwnLetter;
  const sources = claims.flatMap(({ sources }) => sources);
  assert.deepEqual([...new Set(sources.map(({ room }) => room))], [PLAZA]);
  assert.deepEqual((await day.get("/api/consent/sent", { token: day.mina.token })).json.items, []);
});

Deno.test("without consent there is none, and nobody else's can be read", async () => {
  await using day = await openDay(answering(GOOD));
  assert.equal((await day.open()).status, 403);
  assert.equal(day.server.requests.length, 0);
  await day.wish();
  await day.open();
  for (const path of [`/api/own-letters/${DATE}`, "/api/own-letters/wish"]) {
    assert.equal((await day.get(path)).status, 401);
  }
  assert.equal((await day.get(`/api/own-letters/${DATE}`, { token: day.joon.token })).status, 404);
  assert.equal((await day.post(`/api/own-letters/2026-11-19`, {}, { token: day.mina.token })).status, 404);
  assert.doesNotMatch((await day.get(`/letters/${DATE}`, { token: day.joon.token })).text, /차분해졌다고/);
  assert.doesNotMatch((await day.get(`/letters/${DATE}`)).text, /차분해졌다고|나에게/);
});

Deno.test("opened twice at once it is written once; a day without entries asks no model", async () => {
  await using day = await openDay(answering(GOOD));
  await day.wish();
  await Promise.all([day.open(), day.open(), day.open()]);
  await day.open();
  assert.equal(day.server.requests.length, 1);
  await day.ask("PUT", "/api/own-letters/wish", { body: { ...ON, surfaces: [] }, token: day.joon.token });
  const { json } = await day.open(day.joon.token);
  assert.deepEqual((json as unknown as OwnLetter).claims, []);
  assert.equal(day.server.requests.length, 1);
});

Deno.test("who looked before it was written, and comes after, does not write it again", async () => {
  await using day = await openDay(answering(GOOD));
  await day.wish();
  const { store } = day.parts, key = String(keys.ownLetter(day.mina.id, DATE));
  const looked = Promise.withResolvers<void>(), written = Promise.withResolvers<void>();
  let first = true;
  const slow: Store = {
    ...store,
    async get(asked) {
      const found = await store.get(asked);
      if (first && String(asked) === key) first = false, looked.resolve(), await written.promise;
      return found;
    },
  };
  const letters = openOwnLetters({ ...day.parts, store: slow, scale: 0 });
  const late = letters.open(day.mina.id, DATE, "ko");
  await looked.promise;
  await letters.open(day.mina.id, DATE, "ko");
  written.resolve();
  await late;
  assert.equal(day.server.requests.length, 1);
});

Deno.test('"not this" takes the sentence away and changes what the next letter is asked', async () => {
  await using day = await openDay(answering(GOOD));
  await day.wish();
  await day.open();
  const not = (claim: number) =>
    day.post(`/api/own-letters/${DATE}/not`, { claim, why: "unwanted" }, { token: day.mina.token });
  assert.equal((await not(2)).status, 404);
  assert.equal((await not(1)).status, 200);
  assert.doesNotMatch((await day.get(`/letters/${DATE}`, { token: day.mina.token })).text, /차분해졌다고 적었어요/);

  const next = "2026-11-19";
  await keepLetter(day.parts, next, { ko: text, en: text, ja: text });
  await day.post(`/api/own-letters/${next}`, {}, { token: day.mina.token });
  const [before, after] = day.server.requests.map(({ messages }) => JSON.parse(messages[1].content).notThis);
  assert.deepEqual([before, after], [[], [{ text: GOOD.text, why: "unwanted" }]]);
});

Deno.test("a sentence that was not wanted is no way around what was switched off since", async () => {
  const sung = { text: "라이브에서 노래를 불렀다고 했어요.", from: [3] };
  await using day = await openDay(answering(GOOD, sung));
  await day.wish({ surfaces: ["plaza", "live"] });
  await day.open();
  for (const claim of [1, 2]) {
    await day.post(`/api/own-letters/${DATE}/not`, { claim, why: "wrong" }, { token: day.mina.token });
  }
  await day.ask("PATCH", "/api/consent", { body: { live: false }, token: day.mina.token });
  await keepLetter(day.parts, "2026-11-19", { ko: text, en: text, ja: text });
  await day.post("/api/own-letters/2026-11-19", {}, { token: day.mina.token });
  const { notThis } = JSON.parse(day.server.requests[1].messages[1].content);
  assert.deepEqual(notThis, [{ text: GOOD.text, why: "wrong" }]);
});

Deno.test("the same by hand: a topic that was not wanted does not come back", async () => {
  await using day = await openDay();
  await day.wish();
  const { json } = await day.open();
  const topics = (json as unknown as OwnLetter).claims.map(({ topic }) => topic);
  assert.ok(topics.includes("count") && topics.includes("mood:tired"), topics.join());
  const claim = topics.indexOf("mood:tired") + 1;
  await day.post(`/api/own-letters/${DATE}/not`, { claim, why: "wrong" }, { token: day.mina.token });
  await keepLetter(day.parts, "2026-11-19", { ko: text, en: text, ja: text });
  const next = (await day.post("/api/own-letters/2026-11-19", {}, { token: day.mina.token }))
    .json as unknown as OwnLetter;
  assert.deepEqual(next.claims.map(({ topic }) => topic), topics.filter((topic) => topic !== "mood:tired"));
});

Deno.test("tone and length change what is asked, and what comes", async () => {
  await using day = await openDay(answering(GOOD, { text: "내일 면접이라 잠이 안 온다고 했어요.", from: [2] }));
  await day.wish({ length: "short", tone: "plain" });
  await day.open();
  assert.match(day.server.requests[0].messages[0].content, /at most 3 sentences[^]*matter-of-fact/);
  const page = await day.get(`/letters/${DATE}`, { token: day.mina.token });
  assert.match(page.text, new RegExp(ko.ownLetter.greeting.plain));
});

Deno.test("each sentence leads to the member's own entry and back; a deleted entry takes its sentence along", async () => {
  await using day = await openDay(answering(GOOD, { text: "내일 면접이라 잠이 안 온다고 했어요.", from: [2] }));
  await day.wish();
  await day.open();
  const page = async () => (await day.get(`/letters/${DATE}`, { token: day.mina.token })).text;
  const first = await page();
  assert.match(first, /id="claim-1"[^]*href="#source-1"[^]*id="source-1"[^]*href="\/\?at=1#m1"[^]*href="#claim-1"/);
  const entry = await day.get("/?at=1", { token: day.mina.token });
  assert.match(entry.text, /id="m1"[^]*비가 와서 마음이 차분해졌어요/);
  await day.ask("DELETE", "/api/rooms/plaza/messages/1", { token: day.mina.token });
  const then = await page();
  assert.doesNotMatch(then, /차분해/);
  assert.match(then, new RegExp(ko.ownLetter.gone));
  assert.match(then, /면접이라 잠이 안 온다고/);
  assert.deepEqual(await day.claims(), ["", "내일 면접이라 잠이 안 온다고 했어요."]);
});

Deno.test("the forms work without scripts", async () => {
  await using day = await openDay(answering(GOOD));
  const form = (path: string, fields: Record<string, string>) =>
    day.ask("POST", `/letters/${DATE}/${path}`, { token: day.mina.token, body: new URLSearchParams(fields) });
  const page = async () => (await day.get(`/letters/${DATE}`, { token: day.mina.token })).text;
  assert.match(await page(), new RegExp(ko.ownLetter.offer.replace("?", "\\?")));
  assert.equal((await form("wish", { on: "on", tone: "bright", length: "short", reads_plaza: "on" })).status, 303);
  assert.match(await page(), new RegExp(ko.ownLetter.open));
  assert.equal((await form("own", {})).status, 303);
  assert.match(await page(), /차분해졌다고 적었어요/);
  assert.equal((await form("not", { claim: "1", why: "wrong" })).status, 303);
  assert.match(await page(), new RegExp(ko.ownLetter.notDone));
  assert.equal((await form("wish", { tone: "loud", length: "short" })).status, 422);
});

Deno.test("by mail: for who asked for both, written then, once, below the letter for all; for nobody else", async () => {
  await using day = await openDay(answering(GOOD, { text: "내일 면접이라 잠이 안 온다고 했어요.", from: [2] }));
  const { store, post, now, line } = day.parts, sora = await day.person("sora_1", "소라");
  await day.wish();
  await day.ask("PUT", "/api/own-letters/wish", { body: ON, token: sora.token }); // no letter by mail
  for (const { id, username } of [day.mina, day.joon]) {
    const { value } = await store.get(keys.user(id));
    const choice = { hour: 9, rhythm: "daily", lang: "ko", confirmed: true } as const;
    await store.commit((atomic) =>
      atomic.set(keys.user(id), { ...value!, email: `${username}@mail.test`, emailVerifiedAt: 1 })
        .set(keys.letterChoice(id), choice).set(keys.letterReader(9, id), { rhythm: "daily" })
    );
  }
  await queueLetters({ store, zone: "Asia/Seoul", now, line });
  assert.equal(day.server.requests.length, 0, "not for everybody at 9:50");
  await post.tick();
  assert.equal(day.server.requests.length, 1);
  const [mine, joons] = ["mina_1", "joon_1"].map(async (name) =>
    (await keptMails(store, 10)).find(({ to }) => to === `${name}@mail.test`)!
  );
  const { text, html } = await mine;
  for (const [n, said] of [GOOD.text, "내일 면접이라 잠이 안 온다고 했어요."].entries()) {
    const page = `/letters/${DATE}#claim-${n + 1}`;
    assert.match(text, new RegExp(`모두에게 보내는[^]*${ko.ownLetter.toMe}[^]*${said}\nhttp://\\S+${page}\n`));
    assert.match(html, new RegExp(`href="http://[^"]+${page}"[^>]*>${said}<`));
  }
  assert.match((await joons).text, /모두에게 보내는/);
  assert.doesNotMatch(JSON.stringify(await joons), new RegExp(`${ko.ownLetter.toMe}|차분|면접`));
  await day.open();
  assert.equal(day.server.requests.length, 1, "the page shows what was mailed");
});

Deno.test("by mail: what was objected to, or rests on what is gone, is not in it", async () => {
  await using day = await openDay(answering(GOOD, { text: "내일 면접이라 잠이 안 온다고 했어요.", from: [2] }));
  await day.wish();
  await day.open();
  const sentences = () => day.parts.ownLetters.sentences(day.mina.id, DATE, "ko");
  assert.deepEqual((await sentences()).map(({ n }) => n), [1, 2]);
  await day.post(`/api/own-letters/${DATE}/not`, { claim: 1, why: "wrong" }, { token: day.mina.token });
  assert.deepEqual((await sentences()).map(({ n }) => n), [2]);
  await day.ask("DELETE", "/api/rooms/plaza/messages/3", { token: day.mina.token });
  assert.deepEqual(await sentences(), []);
});

Deno.test("cries for help are not read, not counted and not told", async () => {
  await using day = await openDay(answering(GOOD));
  day.clock.at = 0;
  await day.write(day.mina, PLAZA, "죽고 싶어요");
  day.clock.at = Date.parse("2026-11-20T12:00:00+09:00");
  await day.wish();
  await day.open();
  assert.doesNotMatch(JSON.stringify(day.server.requests), /죽고/);
});

Deno.test("grounding: paraphrases near the words pass, additions do not", () => {
  const of = (claim: string, source: string) => isGrounded(claim, [{ text: source }]);
  assert.ok(of("내일 면접이라 잠이 안 온다고 했어요.", "내일 면접이라 잠이 안 와요"));
  assert.ok(of("You could not sleep before the interview.", "interview tomorrow and I could not sleep before it"));
  assert.ok(of("明日の面接で眠れないと書きました。", "明日の面接で眠れない"));
  assert.ok(!of("내일 10시 면접이라 잠이 안 온다고 했어요.", "내일 면접이라 잠이 안 와요"));
  assert.ok(!of("You adopted a dog last week.", "interview tomorrow and I could not sleep"));
  assert.ok(!of("", "내일 면접이라 잠이 안 와요"));
});

import assert from "node:assert/strict";
import { questionsFor } from "../ai/interview/bank.ts";
import { starParts } from "../domain/star.ts";
import { families } from "../kv/families.ts";
import type { Leaver } from "../kv/family.ts";
import { keys } from "../kv/keys.ts";
import { changePairInterview, findPairInterview } from "../kv/pairs.ts";
import { openAiRig } from "./ai_rig.ts";
import { Client } from "./client.ts";
import { joins, openTwo } from "./match_rig.ts";
import {
  act,
  begin,
  left,
  look,
  meet,
  MINUTE,
  propose,
  reportOf,
  say,
  STORY,
  tellings,
  tellingsIn,
} from "./pair_rig.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

Deno.test("two people on two isolates: time is told once, live, in order; both get a report of their own", async () => {
  const clock = { at: Date.UTC(2026, 10, 20, 3, 0) };
  await using two = await openTwo({ now: () => clock.at });
  const [here, there] = two.rigs, { one, other, room } = await meet(here);
  using reader = await new Client(there.base, other).connect();
  await reader.join(room);
  await say(here, one, room, "곧 시작할까요, 이건 밖의 말");
  assert.equal((await propose(here, one, room)).status, 201);
  assert.equal((await propose(here, one, room)).status, 409, "one at a time");
  assert.equal((await propose(there, other, room)).json.code, "pair_on");
  const seen = await look(there, other, room);
  assert.deepEqual([seen?.step, seen?.mine, seen?.questions, seen?.endsAt], ["proposed", false, [], undefined]);
  assert.equal((await act(here, one, room, "accept")).status, 404, "nobody accepts their own");
  assert.equal((await act(there, other, room, "accept", { id: "another" })).status, 404, "only what was seen");
  assert.equal((await act(there, other, room, "accept")).status, 200);
  assert.deepEqual([await left(here, one), await left(there, other)], [4, 4]);

  const mine = await look(here, one, room), theirs = await look(there, other, room);
  assert.deepEqual(mine?.questions, questionsFor("developer", "en", 5).map(({ ask }) => ask));
  assert.deepEqual([mine?.asking, theirs?.asking, theirs?.questions], [true, false, []]);
  assert.equal(theirs?.endsAt, clock.at + 5 * MINUTE);
  await say(here, one, room, "Tell me about a hard bug.");
  await say(there, other, room, STORY);
  clock.at += 4 * MINUTE - 1;
  await Promise.all(two.rigs.map(({ parts }) => parts.pairs.tick()));
  assert.deepEqual(await tellings(here, room), ["proposed", "first"], "it never interrupts");
  for (const step of [1, MINUTE, 4 * MINUTE, MINUTE]) {
    clock.at += step;
    await Promise.all(two.rigs.flatMap(({ parts }) => [parts.pairs.tick(), parts.pairs.tick()]));
    if (step === MINUTE && (await tellings(here, room)).length === 4) {
      assert.deepEqual([(await look(here, one, room))?.asking, (await look(there, other, room))?.asking], [
        false,
        true,
      ]);
      await say(there, other, room, "Why do you like this work?");
      await say(here, one, room, "I like it because in 2020 I helped 30 people to learn it.");
    }
  }
  const told = ["proposed", "first", "minute", "second", "minute", "over"];
  await until(() => tellingsIn(reader.messages(room)).length === told.length);
  assert.deepEqual(tellingsIn(reader.messages(room)), told);
  assert.deepEqual(reader.breaches, []);
  assert.deepEqual(await tellings(there, room), told);

  await say(here, one, room, "끝났다, 이것도 밖의 말");
  await until(async () => {
    await here.parts.pairs.tick();
    return (await look(here, one, room))?.finished ?? false;
  });
  const ids = [(await look(here, one, room))!.report!, (await look(there, other, room))!.report!];
  const [first, second] = [await reportOf(there, one, ids[0]), await reportOf(here, other, ids[1])];
  assert.deepEqual([first.status, second.status], [200, 200]);
  assert.deepEqual(second.report.answers.map(({ question, said }) => [question, said]), [
    ["Tell me about a hard bug.", STORY],
  ]);
  assert.deepEqual(first.report.answers.map(({ question }) => question), ["Why do you like this work?"]);
  for (const part of starParts) {
    const { quote } = second.report.answers[0].star[part];
    assert.ok(quote === undefined || STORY.includes(quote), "their own words");
  }
  assert.equal(second.report.score, second.report.answers[0].score * 5, "of 100, however many answers");
  for (const [who, id] of [[one, ids[1]], [other, ids[0]]] as const) {
    assert.equal((await reportOf(here, who, id)).status, 404, "the other's report is not there");
    assert.equal((await here.get(`/practice/${id}/report`, who)).status, 404);
  }
  assert.match((await here.get("/practice", one)).text, /짝 면접 · 개발/);
  assert.deepEqual([await left(here, one), await left(there, other)], [4, 4], "one request of each");
  assert.equal((await here.post(`/api/practices/${ids[0]}/again`, {}, one)).status, 201, "alone once more");
});

Deno.test("an isolate that dies after a step: another says it, once; both at once say it once", async () => {
  const clock = { at: Date.UTC(2026, 10, 20, 3, 0) };
  await using two = await openTwo({ now: () => clock.at });
  const [here, there] = two.rigs, { one, other, room } = await meet(here);
  await begin(here, one, other, room);
  const { store } = two;
  // The step is made and the isolate is gone before a word of it.
  await changePairInterview(store, room, clock.at, (pair) => ({ ...pair!, warned: true, telling: "minute" }));
  await there.parts.pairs.tick();
  assert.deepEqual(await tellings(there, room), ["proposed", "first"], "who made it has some seconds to say so");
  clock.at += 5_000;
  await Promise.all(two.rigs.map(({ parts }) => parts.pairs.tick()));
  assert.deepEqual(await tellings(there, room), ["proposed", "first", "minute"]);
  // It had said it, and died before writing that down.
  await changePairInterview(store, room, clock.at, (pair) => ({ ...pair!, telling: "minute" }));
  const ended = await act(there, one, room, "end");
  assert.equal(ended.status, 200, "what is to be said before is said first");
  assert.deepEqual(await tellings(there, room), ["proposed", "first", "minute", "second"]);
  assert.equal(
    (await act(there, other, room, "end", { step: "first" })).status,
    404,
    "a second press ends no other turn",
  );
  // A step of which no word was said yet, and somebody who ends the turn at once.
  await changePairInterview(store, room, clock.at, (pair) => ({ ...pair!, warned: true, telling: "minute" }));
  await act(here, other, room, "end");
  const steps = ["proposed", "first", "minute", "second", "minute", "over"];
  assert.deepEqual(await tellings(there, room), steps, "in the order of the steps");
  // Whoever began to score is gone, too.
  await changePairInterview(store, room, clock.at, (pair) => ({ ...pair!, lease: clock.at + MINUTE }));
  await there.parts.pairs.tick();
  assert.equal((await findPairInterview(store, room))?.finished, undefined);
  clock.at += MINUTE;
  await until(async () => {
    await there.parts.pairs.tick();
    return (await findPairInterview(store, room))?.finished ?? false;
  });
  const [a, b] = [await here.enter("hana_1"), await here.enter("duri_2")];
  assert.deepEqual([await left(here, a), await left(here, b)], [5, 5], "nothing was answered: given back");
  assert.equal((await look(here, a, room))?.report, undefined);
  clock.at += 24 * 60 * MINUTE;
  await there.parts.pairs.tick();
  assert.equal(await findPairInterview(store, room), null, "a day later nothing of it is shown any more");
  assert.deepEqual(await store.list(keys.pairDues()), [], "nothing is due any more");
});

Deno.test("nobody was there while a turn ran out: no late notice of a minute, and the next turn is a whole one", async () => {
  await using rig = await openRig();
  const { one, other, room } = await meet(rig);
  await begin(rig, one, other, room);
  rig.clock.at += 7 * MINUTE;
  await rig.parts.pairs.tick();
  assert.deepEqual(await tellings(rig, room), ["proposed", "first", "second"]);
  assert.equal((await look(rig, one, room))?.endsAt, rig.clock.at + 5 * MINUTE);
});

Deno.test("a no is silent, a withdrawal leaves nothing, and nobody else finds any of it", async () => {
  await using rig = await openRig();
  const { one, other, room } = await meet(rig), stranger = await joins(rig, "stranger_3");
  await propose(rig, one, room, { posting: "은밀한 공고" });
  const waiting = await rig.get(`/api/rooms/${room}/pair`, one), before = await rig.parts.log.head(room);
  assert.equal((await act(rig, other, room, "decline")).status, 200);
  assert.equal(await look(rig, other, room), null, "gone for who declined");
  const after = await rig.get(`/api/rooms/${room}/pair`, one);
  assert.deepEqual([after.json, await left(rig, one)], [waiting.json, 5], "nothing tells who proposed");
  assert.deepEqual(await rig.parts.log.head(room), before);
  const { id, step } = waiting.json.pair as { id: string; step: string };
  assert.equal((await rig.post(`/api/rooms/${room}/pair/accept`, { id, step }, other)).status, 404);
  assert.equal((await act(rig, one, room, "withdraw")).status, 200);
  assert.equal((await act(rig, one, room, "withdraw")).status, 404);
  assert.equal(await look(rig, one, room), null);
  await propose(rig, one, room);
  assert.ok(await look(rig, other, room), "once more is a new one");

  const deed = { id, step };
  for (const who of [stranger, await rig.person("admin_4", "운영자", "admin"), null]) {
    const token = who?.token, found = who ? 404 : 401;
    assert.equal((await rig.get(`/api/rooms/${room}/pair`, { token })).status, found);
    assert.equal((await rig.post(`/api/rooms/${room}/pair`, { language: "en", minutes: 5 }, { token })).status, found);
    for (const act of ["accept", "decline", "withdraw", "end", "stop", "other"]) {
      assert.equal((await rig.post(`/api/rooms/${room}/pair/${act}`, deed, { token })).status, found, act);
      assert.equal((await rig.post(`/chats/${room}/pair/${act}`, deed, { token })).status, found, act);
    }
    assert.equal((await rig.get(`/chats/${room}/pair`, { token })).status, who ? 404 : 303);
  }
  assert.equal((await propose(rig, one, "plaza")).status, 404);
  assert.equal((await rig.post(`/api/rooms/${room}/pair`, { language: "fr", minutes: 7 }, one)).status, 422);
  rig.clock.at += 25 * 3_600_000;
  await rig.parts.pairs.tick();
  assert.equal(await findPairInterview(rig.parts.store, room), null, "after a day it is gone by itself");
});

Deno.test("what a model is sent: what was said in the turns, and nothing else of the talk; refunds when it fails", async () => {
  const scored = { score: 3, quote: "빵집에서", hint: "" };
  const whole = JSON.stringify({
    ...Object.fromEntries(starParts.map((part) => [part, scored])),
    better: "더 나은 답이에요.",
  });
  let fails = true;
  await using house = await openAiRig({
    score: () => fails ? new Response(null, { status: 401 }) : whole,
    plan: () => JSON.stringify({ questions: ["가?", "나?", "다?", "라?", "마?"] }),
  }, { isolates: 2 });
  const [rig, there] = house.rigs, { one, other, room } = await meet(rig);
  await say(rig, one, room, "앞선비밀 절대로 읽지 마세요");
  await begin(rig, one, other, room, { posting: "빵집에서 일해요" });
  assert.deepEqual((await look(rig, one, room))?.questions, ["가?", "나?", "다?", "라?", "마?"]);
  await say(rig, one, room, "어떤 일을 해 보셨나요?");
  await say(there, other, room, "작년에 빵집에서 이 년 동안 일했어요.");
  await say(there, other, room, "요즘은 정말 죽고 싶어요.");
  await act(rig, other, room, "end");
  await say(rig, one, room, "저는 아무 질문도 받지 않았는데 길게 말해요.");
  await act(rig, one, room, "end");
  await say(rig, other, room, "뒤의비밀 이제 끝났네요");
  await until(async () => {
    await Promise.all(house.rigs.map(({ parts }) => parts.pairs.tick()));
    return (await look(rig, one, room))?.finished ?? false;
  });
  const sent = JSON.stringify(house.server.requests.map(({ messages }) => messages.map(({ content }) => content)));
  assert.match(sent, /빵집에서 이 년/);
  assert.match(sent, /어떤 일을 해/);
  assert.doesNotMatch(sent, /비밀|죽고 싶/);
  assert.equal(house.asked("score").length, 1, "one isolate scores");
  assert.deepEqual([await left(rig, one), await left(rig, other)], [5, 5], "one had no answer, the other's failed");
  const log = (await rig.get("/api/consent/sent", one)).json.items as { task: string; surface: string }[];
  assert.ok(log.some(({ task, surface }) => task === "practice" && surface === "direct"), "who asked sees it, too");
  const consent = (await rig.get("/api/consent", other)).json;
  assert.equal(consent.direct, false, "the switch is as it was");

  fails = false;
  const id = (await look(rig, other, room))!.report!;
  assert.equal((await look(rig, one, room))!.report, undefined);
  assert.equal((await rig.post(`/api/practices/${id}/report`, {}, other)).status, 200, "it can still be asked for");
  const { report } = await reportOf(rig, other, id);
  assert.deepEqual([report.byRules, report.score, report.answers[0].star.action.quote], [false, 60, "빵집에서"]);
});

Deno.test("stopping, parting and blocking: nothing is scored, what was taken is given back", async () => {
  for (const way of ["stop", "goodbye", "unmatch", "block"] as const) {
    await using rig = await openRig();
    const { one, other, room } = await meet(rig);
    await begin(rig, one, other, room);
    await say(rig, one, room, "Tell me about a hard bug.");
    await say(rig, other, room, STORY);
    if (way === "stop") assert.equal((await act(rig, other, room, "stop")).status, 200);
    if (way === "goodbye") await rig.post(`/api/matches/${room}/goodbye`, {}, one);
    if (way === "unmatch") await rig.ask("DELETE", `/api/matches/${room}`, one);
    if (way === "block") await rig.post("/api/blocks", { userId: one.id }, other);
    assert.deepEqual([await left(rig, one), await left(rig, other)], [5, 5], way);
    rig.clock.at += 12 * MINUTE;
    await rig.parts.pairs.tick();
    const told = way === "stop" ? ["proposed", "first", "stopped"] : ["proposed", "first"];
    assert.deepEqual(await tellings(rig, room), told, way);
    for (const { id } of [one, other]) {
      assert.deepEqual(await rig.parts.store.list(keys.ownAiRooms(id, "practice")), [], "no practice was made");
    }
  }
});

Deno.test("who has no request left cannot propose; the other is told only that it cannot begin", async () => {
  await using rig = await openRig({ env: { dailyLimits: { practice: 1, roleplay: 9 } } });
  const { one, other, room } = await meet(rig);
  await propose(rig, one, room);
  await rig.parts.quotas.take("practice", one.id);
  const refused = await act(rig, other, room, "accept");
  assert.deepEqual([refused.status, refused.json.code], [409, "pair_used_up"]);
  assert.equal(await left(rig, other), 1, "given back at once");
  await act(rig, one, room, "withdraw");
  assert.equal((await propose(rig, one, room)).json.code, "used_up");
});

Deno.test("after a block the other's questions are not in the report; who leaves is in none of it", async () => {
  await using rig = await openRig();
  const { one, other, room } = await meet(rig), question = "아주특별한질문 하나 할게요?";
  await begin(rig, one, other, room, { language: "ko" });
  await say(rig, one, room, question);
  await say(rig, other, room, STORY);
  for (const who of [one, other]) await act(rig, who, room, "end");
  await until(async () => {
    await rig.parts.pairs.tick();
    return (await look(rig, one, room))?.finished ?? false;
  });
  const id = (await look(rig, other, room))!.report!, { store } = rig.parts;
  const [, own] = families.find(([name]) => name === "pair_interview")!;
  assert.equal((await own.takes!(store, one.id, undefined)).items.length, 1);
  assert.equal((await own.takes!(store, other.id, undefined)).items.length, 0, "who proposed takes it along");
  const [, practices] = families.find(([name]) => name === "own_ai_room")!;
  const taken = JSON.stringify(await practices.takes!(store, other.id, undefined));
  assert.ok(taken.includes("slow page") && !taken.includes("아주특별한질문") && !taken.includes(one.id));
  assert.equal((await reportOf(rig, other, id)).report.answers[0].question, question);

  await rig.post("/api/blocks", { userId: one.id }, other);
  const paths = [`/api/practices/${id}/report`, `/practice/${id}/report`, `/practice/${id}`];
  for (const path of [...paths, `/api/practices/${id}/messages?limit=100`, `/api/practices/${id}/transcript`]) {
    const { status, text } = await rig.get(path, other);
    assert.equal(status, 200, path);
    assert.ok(!text.includes("아주특별한질문"), path);
  }
  const leaver: Leaver = { id: one.id, messages: "remove", lang: "ko", left: 1, names: ["hana_1", "하나"] };
  for (const [, { erases }] of families) await erases?.(store, leaver);
  const all = [
    await store.list(keys.messages(id)),
    await store.get(keys.interviewReport(id)),
    await store.get(keys.pairInterview(room)),
    await store.list(keys.messages(room)),
  ];
  assert.doesNotMatch(JSON.stringify(all), new RegExp(`${one.id}|아주특별한질문|하나`));
  assert.match(JSON.stringify(all), /slow page/, "the other's own words stay theirs");
});

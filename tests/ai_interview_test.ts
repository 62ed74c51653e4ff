import assert from "node:assert/strict";
import { interviewIn, questionsFor } from "../ai/interview/bank.ts";
import type { Practice, Report } from "../domain/practice.ts";
import { starParts } from "../domain/star.ts";
import { branch, json, makeRoom, openAiRig, speak, texts } from "./ai_rig.ts";
import { openRig } from "./rig.ts";
import { chunk, say, stream } from "./model_server.ts";
import { until } from "./until.ts";

const STORY =
  "Last year our team had a slow page. I was responsible for making it fast. I built a cache because the query was slow. As a result it dropped to 2 seconds.";

Deno.test("without a key: five questions of the bank with follow-ups, one at a time, then a report by rules; again beside it", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "practices", { mode: "interview", language: "en", job: "developer" });
  const room = `/api/practices/${id}`;
  const planned = questionsFor("developer", "en", 5).map(({ ask }) => ask);
  await until(async () => (await branch(rig, token, room)).at(-1)?.text === planned[0]);
  const asked: string[] = [];
  for (let n = 0; n < 10; n++) {
    const shown = await branch(rig, token, room);
    asked.push(shown.at(-1)!.text);
    assert.deepEqual(shown.at(-1)!.event, { type: "question", n: Math.floor(n / 2) + 1, of: 5, followUp: n % 2 === 1 });
    await speak(rig, token, room, n % 2 ? "I asked my team and we won." : STORY);
  }
  assert.deepEqual(asked.filter((_, n) => n % 2 === 0), planned);
  assert.equal((await branch(rig, token, room)).at(-1)!.text, interviewIn.en.closing);
  await until(async () => (await rig.get(`${room}/report`, { token })).status === 200);
  const { report, before } = (await rig.get(`${room}/report`, { token })).json as unknown as {
    report: Report;
    before?: Report;
  };
  assert.deepEqual([report.byRules, report.attempt, before], [true, 1, undefined]);
  assert.deepEqual(report.answers.map(({ question }) => question), planned);
  for (const { star, said, score, better } of report.answers) {
    for (const part of starParts) {
      const { quote } = star[part];
      assert.ok(quote === undefined || said.includes(quote), `${quote} is not of the person's own words`);
    }
    assert.ok(score > 8 && better.includes("cache"));
  }
  assert.equal(report.score, report.answers.reduce((sum, { score }) => sum + score, 0));
  assert.equal((await rig.get(room, { token })).headers.get("RateLimit-Remaining"), "4", "an interview is one request");

  const again = await rig.post(`${room}/again`, {}, { token });
  assert.equal(again.status, 201, again.text);
  const second = again.json as unknown as Practice;
  assert.deepEqual([second.attempt, second.again, second.interview], [2, id, undefined]);
  const next = `/api/practices/${second.id}`;
  await until(async () => (await branch(rig, token, next)).length === 1);
  for (let n = 0; n < 10; n++) await speak(rig, token, next, "Yes.");
  await until(async () => (await rig.get(`${next}/report`, { token })).status === 200);
  const both = (await rig.get(`${next}/report`, { token })).json as unknown as { report: Report; before: Report };
  assert.deepEqual([both.report.attempt, both.before.room, both.before.score], [2, id, report.score]);
  assert.ok(both.report.score < report.score);
  assert.match(both.report.answers[0].better, /___/, "blanks stand where a part is missing");
});

Deno.test("with a model: questions of the job text, follow-ups where there is something to ask, quotes word for word", async () => {
  const probes = ["What did you bake?", null, null, null, null];
  const score = (asked: { messages: { content: string }[] }) => {
    const { answer } = JSON.parse(asked.messages[1].content);
    const mark = (quote: string) => ({ score: 4, quote, hint: "더 자세히 말해 봐요." });
    const story = {
      situation: mark(answer.slice(0, 12)),
      task: mark("I ran the whole company"),
      action: mark(""),
      result: mark(answer),
    };
    return say(JSON.stringify({ ...story, better: "I baked 300 loaves a day." }));
  };
  await using house = await openAiRig({
    plan: () => say(JSON.stringify({ questions: ["빵을 구워 봤나요?", "2?", "3?", "4?", "5?"] })),
    probe: () => say(JSON.stringify({ followUp: probes.shift() ?? null })),
    score,
  });
  const { rig } = house, { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "practices", { mode: "interview", posting: "Bakery. 300 loaves a day." });
  const room = `/api/practices/${id}`;
  await until(async () => (await branch(rig, token, room)).at(-1)?.state === "done");
  const said = ["I baked bread for two years.", "Rye and wheat.", "Two.", "Three.", "Four.", "Five."];
  for (const text of said) await speak(rig, token, room, text);
  const questions = (await branch(rig, token, room)).filter(({ kind }) => kind === "companion");
  assert.deepEqual(texts(questions), [
    "빵을 구워 봤나요?",
    "What did you bake?",
    "2?",
    "3?",
    "4?",
    "5?",
    interviewIn.en.closing,
  ]);
  await until(async () => (await rig.get(`${room}/report`, { token })).status === 200);
  const { report } = (await rig.get(`${room}/report`, { token })).json as unknown as { report: Report };
  const [first] = report.answers;
  assert.deepEqual([first.followUp, first.said], [
    "What did you bake?",
    "I baked bread for two years.\nRye and wheat.",
  ]);
  assert.deepEqual([first.star.situation.quote, first.star.task.quote, first.star.action.quote], [
    "I baked brea",
    undefined,
    undefined,
  ]);
  assert.deepEqual([first.score, report.score, report.byRules], [16, 80, false]);
  assert.equal((await rig.post(`${room}/report`, {}, json(token))).status, 200);
  assert.equal(house.asked("score").length, 5, "a report is made once");
});

Deno.test("a score that fails ends the others that are still being asked for", async () => {
  const all = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let asked = 0;
  await using house = await openAiRig({
    /** Of the first report all fail; of the second the first, while the others are silent. */
    async score() {
      const n = ++asked, { promise, resolve } = all[n > 5 ? 1 : 0];
      if (n % 5 === 0) resolve();
      if (n > 6) return stream([chunk("{")], { then: "silence" });
      await promise;
      return new Response(null, { status: 401 });
    },
  });
  const { rig, server } = house, { token } = await rig.person("learner_1");
  const room = `/api/practices/${await makeRoom(rig, token, "practices", { mode: "interview" })}`;
  await until(async () => (await branch(rig, token, room)).length === 1);
  for (let said = 0; said < 10; said++) await speak(rig, token, room, "Yes.");
  await until(() => asked === 5); // the report that is made by itself
  const began = performance.now();
  assert.equal((await rig.post(`${room}/report`, {}, { token })).status, 503);
  await server.hungUp(4);
  assert.ok(performance.now() - began < 4_000, "they are ended by the failure, not by the model's patience of 5 s");
});

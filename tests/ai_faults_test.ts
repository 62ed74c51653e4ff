import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { branch, draft, json, makeRoom, openAiRig, speak, type Task } from "./ai_rig.ts";
import { chunk, faults, say, stream } from "./model_server.ts";
import { until } from "./until.ts";

/** A good deal more than any answer: 200,000 tokens, and then it says that it is done. */
const flood = () => stream([...Array(400).fill(chunk("word ".repeat(500))), chunk("", "stop"), "data: [DONE]\n\n"]);
const all: Record<string, () => Response> = {
  ...faults,
  "slow": () => stream([chunk("Good "), chunk("eve"), chunk("ning."), chunk("", "stop")], { pause: 2_000 }),
  "empty": () => say(""),
  "200,000 tokens": flood,
};

for (const base of ["roleplays", "practices"] as const) {
  const task: Task = base === "roleplays" ? "line" : "converse";
  Deno.test(`${base}: whatever a model does wrong is seen, costs nothing, and can be repeated`, async () => {
    let reply: () => Response = () => say("Good.");
    await using house = await openAiRig({ [task]: () => reply() }, { patience: 400 });
    const { rig } = house;
    await Promise.all(
      Object.entries(all).map(async ([name], n) => {
        const { token } = await rig.person(`learner_${n}`);
        return { name, token };
      }),
    ).then(async (people) => {
      for (const { name, token } of people) {
        const room = `/api/${base}/${await makeRoom(
          rig,
          token,
          base,
          base === "roleplays" ? { ...draft, goals: [] } : {},
        )}`;
        const { left } = (await rig.get(room, { token })).json.quota as { left: number };
        reply = all[name];
        const started = performance.now();
        const { status, answer, message } = await speak(rig, token, room, "Hello");
        assert.ok(performance.now() - started < 5_000, `${name} hangs`);
        assert.deepEqual([status, answer.state], [200, "interrupted"], name);
        assert.ok(answer.text.length <= 3_000, name);
        assert.equal(
          ((await rig.get(room, { token })).json.quota as { left: number }).left,
          left,
          `${name} cost a request`,
        );
        reply = () => say("Good.");
        const again = await rig.post(`${room}/messages/${answer.seq}/regenerate`, {}, json(token));
        assert.equal(again.status, 200, `${name}: ${again.text}`);
        assert.deepEqual((again.json.answer as Message).state, "done", name);
        const shown = await branch(rig, token, room);
        assert.deepEqual(shown.map(({ text }) => text), ["Hello", "Good."], name);
        assert.equal(shown[0].seq, message.seq);
        assert.equal(((await rig.get(room, { token })).json.quota as { left: number }).left, left - 1, name);
      }
    });
  });
}

Deno.test("a referee, a memory and a coach that fail or answer nonsense change nothing of the talk", async () => {
  const garbled = () => say('{"goals": [{"met": "perhaps"');
  const silly = () => say(JSON.stringify({ goals: "all", lost: "yes", corrections: 5, summary: [] }));
  for (const wrong of [garbled, silly, faults["500"], faults["cut inside the JSON"]]) {
    await using house = await openAiRig({ judge: wrong, correct: wrong, remember: wrong }, { patience: 400 });
    const { rig } = house, { token } = await rig.person("learner_1");
    const room = `/api/roleplays/${await makeRoom(rig, token, "roleplays")}`;
    for (let n = 0; n < 3; n++) assert.equal((await speak(rig, token, room, `Line ${n}`)).answer.state, "done");
    await until(() => house.asked("judge").length >= 3 && house.asked("correct").length >= 3);
    const scene = (await rig.get(room, { token })).json;
    assert.deepEqual([scene.state, scene.outcome], [[], undefined]);
  }
});

Deno.test("an interview whose model fails at its plan, its follow-up and its report goes on where it was", async () => {
  const failing = new Set<Task>(["plan"]);
  const usual = { plan: { questions: ["Q1?", "Q2?", "Q3?", "Q4?", "Q5?"] }, probe: { followUp: null } };
  const reply = (task: "plan" | "probe") => () =>
    failing.has(task) ? faults["500"]() : say(JSON.stringify(usual[task]));
  const mark = { score: 2, quote: "not mine", hint: "" };
  const score = () =>
    failing.has("score")
      ? faults["line broken"]()
      : say(JSON.stringify({ situation: mark, task: mark, action: mark, result: mark, better: "Better." }));
  await using house = await openAiRig({ plan: reply("plan"), probe: reply("probe"), score }, { patience: 400 });
  const { rig } = house, { token } = await rig.person("learner_1");
  const room = `/api/practices/${await makeRoom(rig, token, "practices", {
    mode: "interview",
    posting: "We need a baker.",
  })}`;
  const left = async () => ((await rig.get(room, { token })).json.quota as { left: number }).left;
  await until(async () => (await branch(rig, token, room)).at(-1)?.state === "interrupted");
  assert.equal(await left(), 5, "what never began costs nothing");
  failing.delete("plan");
  const [broken] = await branch(rig, token, room);
  await rig.post(`${room}/messages/${broken.seq}/regenerate`, {}, json(token));
  assert.deepEqual([(await branch(rig, token, room)).at(-1)!.text, await left()], ["Q1?", 4]);

  failing.add("probe");
  const failed = await speak(rig, token, room, "I bake.");
  assert.equal(failed.answer.state, "interrupted");
  failing.delete("probe");
  const again = await rig.post(`${room}/messages/${failed.answer.seq}/regenerate`, {}, json(token));
  assert.equal((again.json.answer as Message).text, "Q2?");
  const done = await rig.post(`${room}/messages/${(again.json.answer as Message).seq}/regenerate`, {}, json(token));
  assert.equal(done.status, 403, "a question that was asked is asked");

  failing.add("score");
  for (let n = 2; n <= 5; n++) await speak(rig, token, room, `Answer ${n}`);
  await until(() => house.asked("score").length >= 5);
  assert.equal((await rig.get(`${room}/report`, { token })).status, 404);
  assert.equal((await rig.post(`${room}/report`, {}, { token })).status, 503);
  failing.delete("score");
  const report = await rig.post(`${room}/report`, {}, { token });
  assert.equal(report.status, 200, report.text);
  const { answers, byRules } = report.json.report as {
    answers: { said: string; star: { task: { quote?: string } } }[];
    byRules: boolean;
  };
  assert.equal(byRules, false);
  assert.deepEqual(answers.map(({ said }) => said), ["I bake.", ...[2, 3, 4, 5].map((n) => `Answer ${n}`)]);
  assert.equal(answers[0].star.task.quote, undefined, "words that the person did not say are no quote");
  assert.equal((await speak(rig, token, room, "More?")).json.code, "scene_over");
  assert.equal(await left(), 4, "all of it was one request");
});

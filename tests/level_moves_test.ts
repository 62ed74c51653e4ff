import assert from "node:assert/strict";
import type { Practice } from "../domain/practice.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { openAiRig, speak } from "./ai_rig.ts";
import { say } from "./model_server.ts";
import type { Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

type House = Pick<Awaited<ReturnType<typeof openAiRig>>, "rig" | "clock">;
type Rig = Awaited<ReturnType<typeof openRig>>;
const { moved } = wordsIn("ko").level;
const begin = async ({ rig, clock }: House, who: Caller, body: object = {}) => {
  clock.at += 1_000; // the newest decides
  return (await rig.post("/api/practices", { language: "en", ...body }, who)).json as unknown as Practice;
};

const mayRead = (rig: Rig, who: Caller, roleplay: boolean) =>
  rig.ask("PATCH", "/api/consent", { token: who.token, body: { roleplay } });

async function talk(rig: Rig, who: Caller, { id }: Practice, lines: string[]): Promise<void> {
  for (const line of lines) await speak(rig, who.token!, `/api/practices/${id}`, line);
  const read = async () => (await rig.get(`/api/practices/${id}`, who)).json as unknown as Practice;
  await until(async () => (await read()).coached?.of === lines.length);
}
/** The coach's answer: whatever says "bad" is wrong. */
const coach = ({ messages }: { messages: { content: string }[] }) => {
  const { text } = JSON.parse(messages[1].content);
  const found = { said: text, better: `${text} (better)`, why: "이유", kind: "grammar" };
  return say(JSON.stringify({ corrections: text.includes("bad") ? [found] : [] }));
};

Deno.test("a conversation's level follows how the last one in that language went, both ways, and says why on its page", async () => {
  await using house = await openAiRig({ correct: coach }, { practice: 50 });
  const { rig } = house, who = await rig.person("who_1"), other = await rig.person("who_2");
  const first = await begin(house, who);
  assert.deepEqual([first.level, first.moved], ["normal", undefined]);
  await talk(rig, who, first, ["One good.", "Two good.", "Three good.", "Four good.", "Five bad."]);
  assert.deepEqual((await begin(house, who, { language: "ja" })).moved, undefined, "its own language decides");
  assert.deepEqual((await begin(house, who, { mode: "interview" })).moved, undefined, "its own kind decides");
  assert.deepEqual((await begin(house, other)).moved, undefined, "nobody else's");
  await mayRead(rig, who, false);
  assert.deepEqual((await begin(house, who, { offRecord: true })).level, "normal", "where no model speaks it stays");
  await mayRead(rig, who, true);
  const harder = await begin(house, who);
  assert.deepEqual([harder.level, harder.moved], ["hard", { how: "won", right: 4, of: 5 }]);
  const page = (await rig.get(`/practice/${harder.id}`, who)).text;
  assert.ok(page.includes(fill(moved.conversation.won, { of: 5, n: 4 })), "the reason stands on the page");
  await talk(rig, who, harder, ["One bad.", "Two bad.", "Three bad.", "Four good."]);
  const easier = await begin(house, who);
  assert.deepEqual([easier.level, easier.moved], ["normal", { how: "lost", right: 1, of: 4 }]);
});

Deno.test("too little, a talk off the record, and one without notes move nothing; a level one sets oneself holds", async () => {
  await using house = await openAiRig({ correct: coach }, { practice: 50 });
  const { rig } = house, who = await rig.person("who_1");
  await talk(rig, who, await begin(house, who), ["One good.", "Two good.", "Three good."]);
  assert.equal((await begin(house, who)).level, "normal");
  const hidden = await begin(house, who, { offRecord: true });
  for (const line of ["One.", "Two.", "Three.", "Four."]) {
    await speak(rig, who.token!, `/api/practices/${hidden.id}`, line);
  }
  await until(() => house.asked("correct").length === 7);
  const { coached } = (await rig.get(`/api/practices/${hidden.id}`, who)).json;
  assert.equal(coached, undefined, "nothing is counted off the record");
  assert.equal((await begin(house, who)).level, "normal");

  await talk(rig, who, await begin(house, who), ["One.", "Two.", "Three.", "Four."]);
  house.clock.at += 1_000;
  await rig.ask("PUT", "/api/level-checks/en", { token: who.token, body: { level: "easy" } });
  const own = await begin(house, who);
  assert.deepEqual([own.level, own.moved], ["easy", undefined]);
  await talk(rig, who, own, ["One.", "Two.", "Three.", "Four."]);
  const next = await begin(house, who);
  assert.deepEqual([next.level, next.moved?.how], ["normal", "won"], "from there it moves on");
  const set = await rig.ask("PATCH", `/api/practices/${next.id}`, { token: who.token, body: { level: "hard" } });
  assert.deepEqual([set.json.level, set.json.moved], ["hard", undefined]);
});

Deno.test("an interview once more is a step harder or easier by its report, which the model hears; by rules it stays", async () => {
  let score = 5;
  const mark = () => ({ score, quote: "", hint: "" });
  const report = () =>
    say(JSON.stringify({ situation: mark(), task: mark(), action: mark(), result: mark(), better: "B." }));
  await using house = await openAiRig(
    { score: report, probe: () => say(JSON.stringify({ followUp: null })) },
    { practice: 50 },
  );
  const { rig } = house, who = await rig.person("who_1");
  const posting = "Bakery. 300 loaves a day.";
  const play = async ({ id }: Practice) => {
    const room = `/api/practices/${id}`;
    for (let n = 0; n < 6; n++) {
      const asked = async () => ((await rig.get(room, who)).json as unknown as Practice).interview;
      await until(async () => (await asked())?.at === Math.min(n, 4));
      if (n < 5) await speak(rig, who.token!, room, `Answer ${n}`);
    }
    await until(async () => (await rig.get(`${room}/report`, who)).status === 200);
    return (await rig.post(`${room}/again`, {}, who)).json as unknown as Practice;
  };
  const first = await begin(house, who, { mode: "interview", posting });
  const harder = await play(first);
  assert.deepEqual([harder.level, harder.moved, harder.attempt], ["hard", { how: "won", right: 100, of: 100 }, 2]);
  await until(() => house.asked("plan").length === 2);
  assert.deepEqual(house.asked("plan").map(({ messages }) => JSON.parse(messages[1].content).level), [
    "normal",
    "hard",
  ]);
  assert.ok(
    (await rig.get(`/practice/${harder.id}`, who)).text.includes(
      fill(moved.interview.won, { of: 100, n: 100 }),
    ),
  );
  score = 1;
  assert.deepEqual((await play(harder)).level, "normal");

  const alone = await rig.person("who_3");
  await mayRead(rig, alone, false);
  const plain = await begin(house, alone, { mode: "interview" }), room = `/api/practices/${plain.id}`;
  await until(async () => ((await rig.get(room, alone)).json as unknown as Practice).interview !== undefined);
  for (let n = 0; n < 10; n++) await speak(rig, alone.token!, room, "Yes.");
  await until(async () => (await rig.get(`${room}/report`, alone)).status === 200);
  await mayRead(rig, alone, true);
  const again = (await rig.post(`${room}/again`, {}, alone)).json as unknown as Practice;
  assert.deepEqual([again.level, again.moved], ["normal", undefined], "points by rules move nothing");
});

import assert from "node:assert/strict";
import { scenarioIn } from "../ai/gallery/gallery.ts";
import type { Scene } from "../domain/scene.ts";
import { wordsIn } from "../domain/words/words.ts";
import { branch, draft, json, makeRoom, openAiRig, speak, texts } from "./ai_rig.ts";
import { openRig } from "./rig.ts";
import { say } from "./model_server.ts";
import { until } from "./until.ts";

const verdict = (met: boolean[], lost = false) =>
  JSON.stringify({
    goals: met.map((met, n) => ({ met, reason: met ? `because of ${n}` : "not yet" })),
    lost,
    reason: "so it went",
  });

Deno.test("a scene ends when its goals are met, with reasons; after that only another way of it goes on", async () => {
  const verdicts = [verdict([true, false]), verdict([false, true]), verdict([true, false])];
  await using house = await openAiRig({ judge: () => say(verdicts.shift() ?? verdict([false, false])) });
  const { rig } = house, { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "roleplays"), room = `/api/roleplays/${id}`;
  const scene = async () => (await rig.get(room, { token })).json as unknown as Scene;
  await speak(rig, token, room, "I would like to check in");
  await until(async () => (await scene()).state[0]?.met);
  assert.equal((await scene()).outcome, undefined);
  const last = await speak(rig, token, room, "Is there a quiet room?");
  await until(async () => (await scene()).outcome !== undefined);
  const { outcome } = await scene();
  assert.deepEqual([outcome!.result, outcome!.reason], ["won", "so it went"]);
  assert.deepEqual(outcome!.goals, [{ met: true, reason: "because of 0" }, { met: true, reason: "because of 1" }]);
  const events = async () => (await rig.parts.log.page(id, {}, 50)).flatMap(({ event }) => event ? [event.type] : []);
  await until(async () => (await events()).includes("ended"));
  assert.deepEqual(await events(), ["begun", "goal", "goal", "ended"]);
  assert.equal((await speak(rig, token, room, "Hello?")).json.code, "scene_over");

  await rig.post(`${room}/messages/${last.message.seq}/rerun`, { text: "Good night" }, json(token));
  await until(async () => (await scene()).state[0]?.met);
  assert.deepEqual([(await scene()).outcome, (await scene()).state[1].met], [undefined, false]);
  assert.ok((await events()).includes("reopened"));
});

Deno.test("a scene can be lost", async () => {
  await using house = await openAiRig({ judge: () => say(verdict([true, false], true)) });
  const { rig } = house, { token } = await rig.person("learner_1");
  const room = `/api/roleplays/${await makeRoom(rig, token, "roleplays")}`;
  await speak(rig, token, room, "I am leaving. Bye.");
  await until(async () => (await rig.get(room, { token })).json.outcome !== undefined);
  assert.equal(((await rig.get(room, { token })).json as unknown as Scene).outcome!.result, "lost");
});

Deno.test("played again, a scene is one step harder after it was won, one easier after it was lost, and says why", async () => {
  let lost = false;
  await using house = await openAiRig({ judge: () => say(verdict([!lost, !lost], lost)) });
  const { rig } = house, { token } = await rig.person("learner_1");
  const { levels, room: { moved } } = wordsIn("ko").roleplay;
  const read = async (id: string) => (await rig.get(`/api/roleplays/${id}`, { token })).json as unknown as Scene;
  const again = async (id: string) =>
    (await rig.post(`/roleplay/${id}/again`, {}, { token })).headers.get("Location")!.split("/").at(-1)!;
  const play = async (id: string) => {
    await speak(rig, token, `/api/roleplays/${id}`, "I would like to check in");
    await until(async () => (await read(id)).outcome !== undefined);
    return await again(id);
  };
  const told = async (id: string) => {
    const { text } = await rig.get(`/roleplay/${id}`, { token });
    return [levels.easy, levels.normal, levels.hard, moved.won, moved.lost].filter((one) => text.includes(`>${one}</`));
  };
  const first = await makeRoom(rig, token, "roleplays");
  assert.deepEqual(await told(await again(first)), [levels.normal], "it has no end yet");
  const harder = await play(first);
  assert.deepEqual(await told(harder), [levels.hard, moved.won]);
  assert.deepEqual(await told(await play(harder)), [levels.hard], "there is nothing harder");
  lost = true;
  const other = await play(await makeRoom(rig, token, "roleplays"));
  assert.deepEqual(await told(other), [levels.easy, moved.lost]);
  await rig.ask("PATCH", `/api/roleplays/${other}`, { token, body: { level: "normal" } });
  assert.deepEqual(await told(other), [levels.normal], "one's own choice needs no reason");
});

const lines: Record<string, string[]> = {
  en: [
    "The shower is leaking and there is no hot water",
    "It is urgent, I have a baby and cannot wash",
    "Can you come tomorrow morning?",
    "Please, tomorrow at ten?",
    "Could you come on Monday then?",
  ],
};

Deno.test("without a key a scene of the gallery is played to its end by its script, and says so", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("learner_1");
  const { goals, situation, mine, theirs, script } = scenarioIn("repair", "en");
  const scenario = { language: "en", scenario: "repair", situation, myRole: mine, aiRole: theirs, goals };
  const room = `/api/roleplays/${await makeRoom(rig, token, "roleplays", scenario)}`;
  assert.equal((await rig.get(room, { token })).json.offline, true);
  assert.deepEqual(texts(await branch(rig, token, room)), [script.opening]);
  for (const text of lines.en) {
    const { status } = await speak(rig, token, room, text);
    if (status === 409) break;
  }
  const { outcome } = (await rig.get(room, { token })).json as unknown as Scene;
  assert.equal(outcome?.result, "won", texts(await branch(rig, token, room)).join("\n"));
  assert.ok(outcome!.goals.every(({ met, reason }) => met && reason.length > 4));
  assert.ok((await branch(rig, token, room)).at(-1)!.text.endsWith(script.end));
  await rig.post(`${room.replace("/api/roleplays", "/roleplay")}/again`, {}, { token });
  const { items } = (await rig.get("/api/roleplays", { token })).json as unknown as { items: Scene[] };
  assert.deepEqual(items.map(({ level, moved }) => [level, moved]), Array(2).fill(["normal", undefined]));
});

Deno.test("without a key one's own scene only goes on, and a script is for its own goals alone", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("learner_1");
  const made = await rig.post("/api/roleplays", { ...draft, scenario: "repair" }, { token });
  assert.equal(made.json.scenario, undefined);
  const room = `/api/roleplays/${made.json.id}`;
  const said = [await speak(rig, token, room, "Hello"), await speak(rig, token, room, "I lost my key")];
  assert.equal(new Set(said.map(({ answer }) => answer.text)).size, 2);
  assert.deepEqual((await rig.get(room, { token })).json.state, []);
});

import assert from "node:assert/strict";
import type { Sent } from "../domain/consent.ts";
import { draft, makeRoom, openAiRig, speak } from "./ai_rig.ts";
import { until } from "./until.ts";

const conversation = { mode: "conversation", language: "en", topic: "weekends", corrections: "strict" } as const;
const interview = {
  mode: "interview",
  language: "en",
  posting: "We look for a secretive gardener.",
  role: "any",
} as const;

Deno.test("who keeps their talk from the AI talks with scripts and rules, which say so; nothing reaches a model", async () => {
  await using house = await openAiRig();
  const { rig, server } = house, { token } = await rig.person("learner_1");
  await rig.ask("PATCH", "/api/consent", { token, body: { roleplay: false } });
  for (const [base, body] of [["roleplays", draft], ["practices", conversation], ["practices", interview]] as const) {
    const room = `/api/${base}/${await makeRoom(rig, token, base, body)}`;
    if (body !== interview) {
      const { answer } = await speak(rig, token, room, "I has two whispering cats");
      assert.equal(answer.state, "done");
    }
    assert.equal((await rig.get(room, { token })).json.offline, true);
    const { status } = await rig.post(`${room}/hints`, { size: "word" }, { token });
    assert.ok(status === 503 || status === 200, String(status));
  }
  await until(async () => !(await rig.parts.store.list(["turn"])).length);
  assert.deepEqual(server.requests, []);
  assert.deepEqual((await rig.get("/api/consent/sent", { token })).json.items, []);

  await rig.ask("PATCH", "/api/consent", { token, body: { roleplay: true } });
  const room = `/api/roleplays/${await makeRoom(rig, token, "roleplays")}`;
  await speak(rig, token, room, "Good evening");
  assert.equal((await rig.get(room, { token })).json.offline, false);
  assert.ok(server.requests.length > 0, "the switch holds at once, and so does its opposite");
});

Deno.test("each question to a model about one's own talk is in the log, with how many messages it held", async () => {
  await using house = await openAiRig();
  const { rig, server } = house, { token } = await rig.person("learner_1"), other = await rig.person("learner_2");
  const room = `/api/practices/${await makeRoom(rig, token, "practices", conversation)}`;
  await speak(rig, token, room, "I like walks");
  await speak(rig, token, room, "And I like rain");
  await until(() => house.asked("correct").length === 2);
  const sent = async (token: string) => (await rig.get("/api/consent/sent", { token })).json.items as Sent[];
  await until(async () => (await sent(token)).length === server.requests.length);
  assert.ok((await sent(token)).every(({ task, surface }) => task === "practice" && surface === "roleplay"));
  assert.deepEqual((await sent(token)).map(({ messages }) => messages).sort(), [1, 1, 1, 2]);
  assert.deepEqual(await sent(other.token), []);
});

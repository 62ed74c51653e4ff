import assert from "node:assert/strict";
import { writeOnce } from "../cron/write_letter.ts";
import type { Surface } from "../domain/consent.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { changeConsent, sentPage } from "../kv/consents.ts";
import { openHouse, who } from "./companion_rig.ts";
import { openRig } from "./rig.ts";
import { startModelServer } from "./model_server.ts";
import { until } from "./until.ts";

Deno.test("what a model may read: 1:1 off at first, each surface by itself, and only what is known", async () => {
  await using rig = await openRig();
  const one = await rig.person("person_1"), other = await rig.person("person_2");
  const first = { plaza: true, live: true, direct: false, roleplay: true, matching: true };
  assert.equal((await rig.get("/api/consent")).status, 401);
  assert.deepEqual((await rig.get("/api/consent", one)).json, first);
  const change = (body: unknown) => rig.ask("PATCH", "/api/consent", { ...one, body });
  assert.deepEqual((await change({ live: false, direct: true })).json, { ...first, live: false, direct: true });
  assert.equal((await change({ live: "no" })).status, 422);
  assert.equal((await change({ everything: true })).status, 422);
  assert.deepEqual((await rig.get("/api/consent", other)).json, first);
  assert.deepEqual((await rig.get("/api/consent/sent", one)).json, { items: [], page: 1, more: false });
});

Deno.test("the companion and a catch-up read nobody who said no, at once, and write down whom they read", async () => {
  await using house = await openHouse(1, {
    reply: ({ messages: [, { content }] }) =>
      JSON.parse(content).question ? "네." : JSON.stringify({ lines: [{ text: "이야기", messages: [1] }] }),
  });
  const { first, store, server } = house;
  for (let n = 0; n < 12; n++) await first.say(`말하는 이 ${n}`, who("talker"));
  for (let n = 0; n < 12; n++) await first.say(`조용한 이 ${n}`, who("quiet"));
  const logOf = async (id: string) =>
    (await sentPage(store, id, 1, 50)).items.map(({ task, surface, messages }) => [task, surface, messages]);
  const ask = async () => {
    const before = (await house.answers()).filter(({ state }) => state === "done").length;
    await first.ask("뭐라고들 해요?");
    await until(async () => (await house.answers()).filter(({ state }) => state === "done").length > before);
    return server.requests.at(-1)!.messages[1].content;
  };
  assert.match(await ask(), /조용한 이/);
  assert.deepEqual(await logOf("quiet"), [["room_answer", "live", 12]]);
  assert.deepEqual(await logOf("asker"), [["room_answer", "live", 1]]);

  await changeConsent(store, "quiet", { live: false });
  const asked = await ask();
  assert.doesNotMatch(asked, /조용한 이/);
  assert.match(asked, /말하는 이/);
  await first.catchUps({ id: STREAMING, kind: "live", access: "public" }, who("late"), 0, "ko");
  assert.doesNotMatch(server.requests.at(-1)!.messages[1].content, /조용한 이/);
  assert.equal((await logOf("quiet")).length, 1, "nothing more was sent of them");
  assert.deepEqual((await logOf("talker"))[0], ["catch_up", "live", 12]);
  assert.doesNotMatch(JSON.stringify(await sentPage(store, "talker", 1, 50)), /말하는/);
});

Deno.test("the letter knows nothing of who said no in the plaza", async () => {
  const server = startModelServer(() => new Response("no", { status: 400 }));
  try {
    await using rig = await openRig({ env: { openai: { key: "k", baseUrl: server.url, model: "m" } } });
    const people = await Promise.all(["a", "b", "c", "d", "e", "f"].map((name) => rig.person(`person_${name}`)));
    for (const one of people) {
      await rig.parts.log.append({
        room: PLAZA,
        author: { id: one.id, nickname: one.nickname, role: "user" },
        kind: "user",
        text: `오늘 ${one.username}의 하루`,
      });
    }
    const surface: Surface = "plaza";
    await rig.ask("PATCH", "/api/consent", { ...people[5], body: { [surface]: false } });
    const { store, log, model, now, line } = rig.parts;
    rig.clock.at += 24 * 3_600_000;
    const parts = { store, log, model, now, line, zone: "Asia/Seoul", announce: async () => {}, pause: async () => {} };
    const { letter } = await writeOnce(parts, "2026-11-21", new AbortController().signal);
    assert.deepEqual([letter.buzzes, letter.writers], [5, 5]);
    const sent = JSON.stringify(server.requests);
    assert.match(sent, /person_e/);
    assert.doesNotMatch(sent, /person_f/);
    assert.deepEqual((await rig.get("/api/consent/sent", { token: (await rig.enter("person_e")).token })).json.items, [
      { at: now(), task: "letter", surface, messages: 1 },
    ]);
    assert.deepEqual((await sentPage(store, people[5].id, 1, 50)).items, []);
  } finally {
    await server.stop();
  }
});

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { STREAMING } from "../domain/room.ts";
import { Client } from "./client.ts";
import { slowModel } from "./companion_rig.ts";
import { startModelServer } from "./model_server.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

async function openScene() {
  const model = slowModel(), server = startModelServer(model.reply);
  const rig = await openRig({ env: { openai: { key: "k", baseUrl: server.url, model: "m", voice: "v" } } });
  const enter = async (name: string, role?: "moderator") => {
    const client = await new Client(rig.base, await rig.person(name, name, role)).connect();
    await client.join(STREAMING);
    return client;
  };
  const answers = async () =>
    (await rig.parts.log.page(STREAMING, {}, 100)).filter(({ kind }: Message) => kind === "companion");
  return {
    rig,
    model,
    server,
    enter,
    answers,
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

Deno.test("by socket: a frame asks, a mention in any message asks, and a frame stops it, for those who may", async () => {
  await using scene = await openScene();
  const { model, server, answers } = scene;
  using asker = await scene.enter("asker_1");
  using other = await scene.enter("other_1");
  using keeper = await scene.enter("keeper_1", "moderator");
  asker.say({ type: "ask_companion", room: STREAMING, text: "@반디 들려?", clientId: "the-question" });
  await until(() => server.requests.length === 1);
  model.say("들려요, ");
  const delta = () => other.frames.find((frame) => frame.type === "delta");
  await until(() => delta() !== undefined);
  const [{ seq, id, reply }] = await answers();
  assert.deepEqual(delta(), { type: "delta", room: STREAMING, messageId: id, from: 0, text: "들려요, " });
  assert.equal(other.messages(STREAMING).find((message) => message.clientId === "the-question")!.seq, reply!.seq);

  other.say({ type: "stop_companion", room: STREAMING, seq });
  await until(() => other.refused.length === 1);
  assert.equal(other.refused[0].code, "forbidden");
  asker.say({ type: "stop_companion", room: STREAMING, seq });
  await until(async () => (await answers())[0].state === "stopped");

  await other.send("그러게요 @반디 씨는 어때요", crypto.randomUUID(), STREAMING);
  await until(() => server.requests.length === 2);
  const [, second] = await answers();
  keeper.say({ type: "stop_companion", room: STREAMING, seq: second.seq });
  await until(async () => (await answers())[1].state === "stopped");
  const changed = () => asker.frames.flatMap((frame) => frame.type === "changed" ? frame.items : []);
  await until(() => changed().length === 2);
  assert.deepEqual(changed().map(({ change }) => [change!.of, change!.state, change!.text]), [
    [seq, "stopped", "들려요, "],
    [second.seq, "stopped", ""],
  ]);
  await other.send("부르지 않은 반디 이야기", crypto.randomUUID(), STREAMING);
  await asker.send("@반디", crypto.randomUUID(), "plaza");
  assert.equal(server.requests.length, 2);
});

Deno.test("by socket: who is nobody, who may not write, and who asks too much is refused and nothing is written", async () => {
  await using scene = await openScene();
  const { rig, model, server } = scene;
  using asker = await scene.enter("asker_1");
  using guest = await new Client(rig.base).connect();
  await guest.join(STREAMING);
  const code = async (client: Client, frame: object) => {
    const before = client.refused.length;
    client.say({ room: STREAMING, ...frame });
    await until(() => client.refused.length > before);
    return client.refused.at(-1)!;
  };
  assert.equal((await code(guest, { type: "ask_companion", text: "@반디" })).code, "unauthenticated");
  assert.equal((await code(guest, { type: "stop_companion", seq: 1 })).code, "unauthenticated");
  assert.equal((await code(asker, { type: "ask_companion", text: "@반디", room: "house" })).code, "not_found");
  assert.equal((await code(asker, { type: "ask_companion", text: "@반디", room: "plaza" })).code, "not_found");
  assert.equal((await code(asker, { type: "ask_companion", text: "가".repeat(501) })).code, "invalid");
  for (let n = 0; n < 4; n++) asker.say({ type: "ask_companion", room: STREAMING, text: `@반디 ${n}` });
  await until(() => server.requests.length === 1 && asker.messages(STREAMING).length >= 5);
  const refused = await code(asker, { type: "ask_companion", text: "@반디 하나 더", clientId: "too-many" });
  assert.deepEqual([refused.code, refused.clientId, refused.wait! > 0], ["companion_busy", "too-many", true]);
  assert.match(refused.message, /뒤에 다시 물어 주세요/);
  const texts = (await rig.parts.log.page(STREAMING, {}, 100)).map(({ text }) => text);
  assert.deepEqual(texts.sort(), ["", "@반디 0", "@반디 1", "@반디 2", "@반디 3"]);
  model.end();
});

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { slowModel } from "./companion_rig.ts";
import { startModelServer } from "./model_server.ts";
import { type App, type Caller, kvFile, people, startApp, until } from "./processes.ts";

async function call(app: App, { token }: Caller, method: string, path: string, body?: unknown) {
  const answer = await fetch(app.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return await answer.json();
}

Deno.test("an isolate killed in the middle of an answer: marked at the other process, given back, and repeatable there", async () => {
  const model = slowModel(), server = startModelServer(model.reply);
  await using file = await kvFile();
  const env = { OPENAI_API_KEY: "k", OPENAI_BASE_URL: server.url };
  await using dying = await startApp({ kvPath: file.path, env });
  await using living = await startApp({ kvPath: file.path, env });
  const [me] = await people(file.path, 1);
  const { id } = await call(dying, me, "POST", "/api/practices", { corrections: "off" });
  const room = `/api/practices/${id}`;
  const broken = call(dying, me, "POST", `${room}/messages`, { text: "Are you there?" }).catch(() => {});
  await until("the model was asked", model.asked);
  model.say("I am he");
  const newest = async (): Promise<Message> => (await call(living, me, "GET", `${room}/messages`)).items.at(-1);
  await until("it is seen at the other process", async () => (await newest()).state === "streaming");
  const left = async () => (await call(living, me, "GET", room)).quota.left;
  assert.equal(await left(), 4);
  await dying.kill();
  await broken;
  await until("it is interrupted", async () => (await newest()).state === "interrupted", 25_000);
  assert.equal(await left(), 5, "a failed answer costs nothing");
  const again = call(living, me, "POST", `${room}/messages/${(await newest()).seq}/regenerate`);
  await until("the model was asked again", () => server.requests.length === 2);
  model.say("I am here.");
  model.end();
  assert.deepEqual([(await again).answer.text, (await again).quota.left], ["I am here.", 4]);
  assert.deepEqual((await newest()).versions?.length, 2);
  await server.stop();
});

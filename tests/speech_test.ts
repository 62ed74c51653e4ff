import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import { bandi } from "../realtime/bandi.ts";
import { startModelServer } from "./model_server.ts";
import { openRig } from "./rig.ts";

const sound = () => new Response(new Uint8Array([1, 2, 3]), { headers: { "Content-Type": "audio/mpeg" } });

/** A rig with a voice, an answer of the companion and somebody's message in the streaming room. */
async function open(reply: () => Response, key?: string) {
  const server = startModelServer(reply);
  const openai = { key, baseUrl: server.url, model: "m", voice: "v" };
  const rig = await openRig({ env: { openai, rateLimitScale: 1 } });
  const one = await rig.person("one_1", "하나");
  const { id, nickname } = one;
  const say = async (kind: "user" | "companion", text: string) =>
    (await rig.parts.log.append({
      room: STREAMING,
      author: kind === "user" ? { id, nickname, role: "user" } : bandi("ko"),
      kind,
      text,
    })).message.seq;
  const path = (seq: number) => `/api/rooms/${STREAMING}/messages/${seq}/speech`;
  const answer = await say("companion", "안녕하세요."), own = await say("user", "내 글");
  return {
    rig,
    server,
    ask: (seq: number, token: string | undefined = one.token) => rig.get(path(seq), { token }),
    answer,
    own,
    async [Symbol.asyncDispose]() {
      await rig[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

Deno.test("an answer of the companion is read aloud to who may read it; nothing else is", async () => {
  await using house = await open(sound, "k");
  const { status, headers, text } = await house.ask(house.answer);
  assert.deepEqual([status, headers.get("Content-Type"), text], [200, "audio/mpeg", "\x01\x02\x03"]);
  const [asked] = house.server.requests as unknown as { input: string; model: string }[];
  assert.deepEqual([asked.input, asked.model], ["안녕하세요.", "v"]);
  assert.equal((await house.ask(house.own)).status, 404);
  assert.equal((await house.ask(99)).status, 404);
  assert.equal((await house.rig.get(`/api/rooms/${STREAMING}/messages/${house.answer}/speech`)).status, 401);
  assert.equal(house.server.requests.length, 1);
});

Deno.test("without a voice it says so and costs nothing; who asks too often is told when to come back", async () => {
  for (
    const [reply, key] of [[sound, undefined], [() => Response.json({ error: {} }, { status: 400 }), "k"]] as const
  ) {
    await using house = await open(reply, key);
    for (let n = 0; n < 61; n++) assert.equal((await house.ask(house.answer)).json.code, "companion_resting");
  }
  await using house = await open(sound, "k");
  for (let n = 0; n < 60; n++) assert.equal((await house.ask(house.answer)).status, 200);
  const refused = await house.ask(house.answer);
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("Retry-After"), "3600");
});

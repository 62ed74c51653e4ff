import assert from "node:assert/strict";
import { z } from "zod";
import { type Ask, type Model, openModel } from "../ai/model.ts";
import { Problem } from "../domain/problems.ts";
import { chunk, faults, type Reply, say, startModelServer, stream } from "./model_server.ts";

const ask: Ask = { name: "test", system: "Be brief.", user: "Hello" };
const answer = z.object({ mood: z.string().min(3), count: z.number() });
const good = JSON.stringify({ mood: "calm", count: 3 });
const quiet = () => {};

async function withModel(reply: Reply, test: (model: Model, server: ReturnType<typeof startModelServer>) => unknown) {
  const server = startModelServer(reply);
  const patience = { request: 400, total: 700 };
  const model = openModel({ key: "k", baseUrl: server.url, name: "m", now: Date.now, line: quiet, patience });
  try {
    await test(model, server);
  } finally {
    await server.stop();
  }
}

const resting = (error: unknown) => error instanceof Problem && error.code === "companion_resting";
const whole = async (model: Model) => (await Array.fromAsync(model.text(ask))).join("");

Deno.test("a text arrives in pieces, whole, and is counted", async () => {
  await withModel(() => "one two three four five six seven eight nine ten", async (model, { requests }) => {
    const pieces = await Array.fromAsync(model.text(ask));
    assert(pieces.length > 1);
    assert.equal(pieces.join(""), "one two three four five six seven eight nine ten");
    assert.deepEqual(model.usage(), { test: { requests: 1, failures: 0, inputTokens: 100, outputTokens: 20 } });
    assert.deepEqual(requests[0].messages, [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Hello" },
    ]);
    assert(requests[0].max_tokens! > 0);
  });
});

for (const [name, fault] of Object.entries(faults)) {
  Deno.test(`a provider's fault is one clear failure: ${name}`, async () => {
    await withModel(fault, async (model) => {
      const started = performance.now();
      await assert.rejects(whole(model), resting);
      await assert.rejects(model.structured({ ...ask, schema: answer }), resting);
      assert(performance.now() - started < 4_000);
      assert.equal(model.usage().test.requests, model.usage().test.failures);
    });
  });
}

Deno.test("nobody at the address, or no such address", async () => {
  for (const baseUrl of ["http://127.0.0.1:1/v1", "http://no.such.host.invalid/v1"]) {
    const patience = { request: 400, total: 2_500 };
    const model = openModel({ key: "k", baseUrl, name: "m", now: Date.now, line: quiet, patience });
    await assert.rejects(whole(model), resting);
  }
});

Deno.test("without a key nothing is asked", async () => {
  const model = openModel({ baseUrl: "http://127.0.0.1:1/v1", name: "m", now: Date.now, line: quiet });
  assert.equal(model.name, null);
  await assert.rejects(whole(model), resting);
});

Deno.test("a failure that passes is asked again", async () => {
  const replies = [faults["500"], faults["429 with Retry-After"], () => say("here")];
  await withModel((_, n) => replies[n](), async (model, { requests }) => {
    assert.equal(await whole(model), "here");
    assert.equal(requests.length, 3);
  });
});

Deno.test("a whole answer counts even when the server never hangs up, or breaks the line after it", async () => {
  for (const then of ["silence", "break"] as const) {
    await withModel(() => stream([chunk("all"), chunk("", "stop")], { then }), async (model) => {
      assert.equal(await whole(model), "all");
    });
  }
});

Deno.test("who leaves ends the upstream too", async () => {
  await withModel(() => stream([chunk("a")], { then: "silence" }), async (model, server) => {
    const leave = new AbortController();
    const listening = (async () => {
      for await (const _ of model.text(ask, { signal: leave.signal })) leave.abort(new Error("left"));
    })();
    await assert.rejects(listening, /left/);
    await server.hungUp(1);
    for await (const _ of model.text(ask)) break;
    await server.hungUp(2);
    const gone = AbortSignal.timeout(50);
    const asking = model.structured({ ...ask, schema: answer }, { signal: gone });
    await assert.rejects(asking, (error) => error === gone.reason);
    await server.hungUp(3);
  });
});

Deno.test("a structured answer is checked, and put right once", async () => {
  await withModel((_, n) => ["so sorry!", good][n], async (model, { requests }) => {
    assert.deepEqual(await model.structured({ ...ask, schema: answer }), { mood: "calm", count: 3 });
    assert.equal(requests[0].response_format?.type, "json_schema");
    assert.deepEqual(requests[1].messages.map(({ role }) => role), ["system", "user", "assistant", "user"]);
  });
  await withModel(() => JSON.stringify({ mood: "x", count: "3" }), async (model, { requests }) => {
    await assert.rejects(model.structured({ ...ask, schema: answer }), resting);
    assert.equal(requests.length, 2);
    assert.match(requests[1].messages[3].content, /mood: .*\ncount: /);
  });
});

Deno.test("an older server is asked in the older way, and this is remembered", async () => {
  const refuse = (message: string) => Response.json({ error: { message } }, { status: 400 });
  const older: Reply = (asked) => {
    if (asked.max_tokens) return refuse("Use 'max_completion_tokens' instead.");
    if (asked.response_format?.type === "json_schema") return refuse("Unknown response_format");
    return "```json\n" + good + "\n```";
  };
  await withModel(older, async (model, { requests }) => {
    await model.structured({ ...ask, schema: answer });
    assert.equal(requests.length, 3);
    await model.structured({ ...ask, schema: answer });
    assert.equal(requests.length, 4);
    assert.match(requests[3].messages[0].content, /"mood"/);
  });
});

Deno.test("log lines hold nothing of what was said", async () => {
  const lines: string[] = [];
  const server = startModelServer(() => Response.json({ error: { message: "Hello was bad" } }, { status: 401 }));
  const line = (...parts: unknown[]) => void lines.push(JSON.stringify(parts));
  const model = openModel({ key: "k", baseUrl: server.url, name: "m", now: Date.now, line });
  await assert.rejects(whole(model), resting);
  await server.stop();
  assert.equal(lines.length, 1);
  assert.match(lines[0], /401/);
  assert.doesNotMatch(lines[0], /Hello/);
});

import assert from "node:assert/strict";
import { openModel } from "../ai/model.ts";
import { openStore } from "../kv/store.ts";
import { openBudget } from "../realtime/budget.ts";
import { openFigures } from "../realtime/figures.ts";
import { openTally } from "../realtime/tally.ts";
import { startModelServer } from "./model_server.ts";

const HOUR = 3_600_000;

Deno.test("what all isolates used of a day's tokens ends at midnight; until then the model rests, on all of them", async () => {
  const server = startModelServer(() => "그래요.");
  const store = await openStore(":memory:");
  const clock = { at: Date.parse("2026-11-20T22:30:00+09:00") }, now = () => clock.at;
  const said: string[] = [];
  const line = (_: string, event: string) => void said.push(event);
  const open = (isolate: string) => {
    const real = openModel({ key: "k", baseUrl: server.url, name: "m", now, line });
    const log = { onCommit: () => () => {} }, sockets = { size: () => 0 };
    const figures = openFigures({ store, tally: openTally(now), log, sockets, model: real, now, isolate, line });
    return { ...openBudget({ store, model: real, tokens: 60, zone: "Asia/Seoul", now, line }), figures };
  };
  const [here, there] = [open("here"), open("there")];
  const ask = async ({ model }: typeof here) => {
    let text = "";
    for await (const piece of model.text({ name: "t", system: "Say yes.", user: "네" })) text += piece;
    return text;
  };
  const minute = async () => {
    for (const one of [here, there]) await one.figures.write();
    for (const one of [here, there]) await one.look();
  };
  try {
    await minute();
    assert.deepEqual([here.model.name, await ask(here)], ["m", "그래요."]);
    for (let n = 0; there.model.name; n++) {
      assert.ok(n < 30, "tokens are counted");
      await ask(n % 2 ? here : there);
      await minute();
    }
    assert.equal(here.model.name, null);
    const before = server.requests.length;
    await assert.rejects(ask(here), /companion_resting/);
    await assert.rejects(there.model.speech("안녕"), /companion_resting/);
    assert.equal(server.requests.length, before);
    clock.at += HOUR;
    await minute();
    assert.equal(here.model.name, null, "23:30 is the same day");
    clock.at += HOUR;
    await minute();
    assert.deepEqual([here.model.name, await ask(there)], ["m", "그래요."]);
    assert.deepEqual(said, ["model_budget_used", "model_budget_used", "model_back", "model_back"]);
  } finally {
    store.close();
    await server.stop();
  }
});

Deno.test("without a limit, and without a key, nothing is read", async () => {
  const store = await openStore(":memory:");
  const list = store.list;
  let reads = 0;
  const counted = { ...store, list: (...asked: Parameters<typeof list>) => (reads++, list(...asked)) as never };
  const parts = { store: counted, zone: "Asia/Seoul", now: Date.now, line: () => {} };
  const model = (key?: string) =>
    openModel({ key, baseUrl: "http://127.0.0.1:9", name: "m", now: Date.now, line: () => {} });
  await openBudget({ ...parts, model: model("k"), tokens: 0 }).look();
  await openBudget({ ...parts, model: model(), tokens: 10 }).look();
  assert.equal(reads, 0);
  await openBudget({ ...parts, model: model("k"), tokens: 10 }).look();
  assert.equal(reads, 1);
  store.close();
});

import assert from "node:assert/strict";
import { openLog } from "../kv/log.ts";
import { openStore, type Store } from "../kv/store.ts";

const LONG = 10_000;

/** A log whose busy room's readers hear late, and what it has committed: the numbers of each group. */
async function openPlace(untilHeard: (room: string) => number) {
  const store: Store = await openStore(":memory:");
  const log = openLog({ store, now: Date.now, isolate: "i", line: () => {}, untilHeard });
  const groups: string[][] = [];
  log.onCommit((room, messages) => groups.push(messages.map(({ seq }) => `${room} ${seq}`)));
  return {
    groups,
    say: (room: string) =>
      log.append({ room, author: { id: "mina", nickname: "mina", role: "user" }, kind: "user", text: "글" }),
    [Symbol.dispose]: () => store.close(),
  };
}

Deno.test("what comes while a room's readers could not be told is committed with what waits", async () => {
  using place = await openPlace(() => 50);
  const first = place.say("busy");
  const second = new Promise((go) => setTimeout(go, 10)).then(() => place.say("busy"));
  await Promise.all([first, second]);
  assert.deepEqual(place.groups, [["busy 1", "busy 2"]]);
});

Deno.test("a room that is in no such state is committed at once, alone or with others that wait", async () => {
  using place = await openPlace((room) => room === "busy" ? LONG : 0);
  await place.say("quiet");
  const waiting = place.say("busy");
  await Promise.resolve();
  await new Promise((go) => setTimeout(go, 1));
  assert.deepEqual(place.groups, [["quiet 1"]]);
  const start = performance.now();
  await Promise.all([waiting, place.say("quiet")]);
  assert.ok(performance.now() - start < LONG / 2);
  assert.deepEqual(place.groups, [["quiet 1"], ["busy 1"], ["quiet 2"]]);
});

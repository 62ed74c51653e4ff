import assert from "node:assert/strict";
import { sweep } from "../cron/sweep.ts";
import { hoursOf } from "../domain/calendar.ts";
import { costOf, figureNames, HOUR, seriesOf } from "../domain/figures.ts";
import { PLAZA } from "../domain/room.ts";
import { peopleOnline, readFigures } from "../kv/figures.ts";
import { keys } from "../kv/keys.ts";
import { openLog } from "../kv/log.ts";
import { openStore, type Store, wrap } from "../kv/store.ts";
import { openFigures } from "../realtime/figures.ts";
import { openTally } from "../realtime/tally.ts";

const start = Date.parse("2026-11-20T03:00:00Z");
const quiet = () => {};
const author = { id: "u", nickname: "망고", role: "user" as const };
const noModel = { usage: () => ({}) };

/** An isolate that counts; nothing is written but by `write`. */
function isolate(store: Store, name: string, now: () => number, model: { usage(): Record<string, Used> } = noModel) {
  const tally = openTally(now);
  const log = openLog({ store, now, isolate: name, line: quiet });
  const sockets = { size: () => 3 };
  const figures = openFigures({ store, tally, log, sockets, model, now, isolate: name, line: quiet });
  const stop = figures.start();
  const say = (room: string, text: string) => log.append({ room, author, kind: "user", text });
  return { tally, log, say, write: figures.write, stop };
}
type Used = { requests: number; failures: number; inputTokens: number; outputTokens: number };

async function withStore(test: (store: Store, clock: { at: number }) => Promise<void>): Promise<void> {
  const store = await openStore(":memory:");
  await test(store, { at: start }).finally(() => store.close());
}
const rows = (store: Store) => store.list(keys.allFigures());

Deno.test("two isolates add up, people count once, and what a dead one counted stays", async () => {
  await withStore(async (store, clock) => {
    const now = () => clock.at;
    const used = { letter: { requests: 2, failures: 1, inputTokens: 1_000, outputTokens: 500 } };
    const one = isolate(store, "one", now, { usage: () => used }), two = isolate(store, "two", now);
    const soon = clock.at + 40_000;
    await store.commit((atomic) =>
      atomic.set(keys.presence(PLAZA, "one"), { people: Uint32Array.of(1, 2), expiresAt: soon })
        .set(keys.presence("streaming", "two"), { people: Uint32Array.of(2, 3), expiresAt: soon })
        .set(keys.presence(PLAZA, "dead"), { people: Uint32Array.of(9), expiresAt: clock.at })
    );
    assert.equal(await peopleOnline(store, clock.at), 3);
    for (const text of ["a", "b", "c"]) await one.say(PLAZA, text);
    await two.say("streaming", "d");
    await two.say("house", "not a message");
    const overheard = two.tally.overhear(quiet);
    overheard("info", "request", { status: 200 });
    overheard("info", "request", { status: 503 });
    overheard("error", "broken");
    await Promise.all([one.write(), two.write()]);
    await one.write(); // the same again counts nothing twice

    const [slot, ...none] = await readFigures(store, start - HOUR, start + HOUR);
    assert.deepEqual([slot.at, none], [start, []]);
    assert.deepEqual(slot.point, {
      messages: 4,
      people: 3,
      sockets: 6,
      requests: 2,
      broken: 1,
      errors: 1,
      asked: 2,
      failed: 1,
      inputTokens: 1_000,
      outputTokens: 500,
    });

    await two.stop(); // writes its last minute, and is heard no more
    clock.at += 6 * 60_000;
    used.letter.outputTokens += 7;
    await one.say(PLAZA, "e");
    await one.write();
    const both = await readFigures(store, start, clock.at + 1);
    assert.deepEqual(both.map(({ at, point }) => [at, point.messages, point.outputTokens]), [
      [start, 4, 500],
      [start + 5 * 60_000, 1, 7],
    ]);
    await one.stop();
    for (const { log } of [one, two]) await log.drain();
  });
});

Deno.test("a day ends at midnight of the zone, and a day's peak is not a sum", async () => {
  await withStore(async (store, clock) => {
    const now = () => clock.at;
    const place = isolate(store, "one", now);
    const { to: midnight } = hoursOf("2026-11-20", "Asia/Kolkata"); // half an hour beside the hour
    for (const [at, count] of [[midnight - 1, 2], [midnight, 3], [midnight + HOUR, 1]]) {
      clock.at = at;
      for (let i = 0; i < count; i++) await place.say(PLAZA, "x");
      await place.write();
    }
    const edges = ["2026-11-19", "2026-11-20", "2026-11-21"].map((date) => hoursOf(date, "Asia/Kolkata").from);
    const points = seriesOf(await readFigures(store, edges[0], midnight + 24 * HOUR), [...edges, midnight + 24 * HOUR]);
    assert.deepEqual(points.map(({ messages, sockets }) => [messages, sockets]), [[0, 0], [2, 3], [4, 3]]);
    await place.stop();
    await place.log.drain();
  });
});

Deno.test("one small key an hour and isolate, whatever happens in it, gone after a month", async () => {
  await withStore(async (store, clock) => {
    const now = () => clock.at;
    const place = isolate(store, "one", now);
    for (let minute = 0; minute < 180; minute++) {
      for (const name of figureNames) place.tally.note(name, 1e9 + minute);
      await place.write();
      clock.at += 60_000;
    }
    const kept = await rows(store);
    assert.equal(kept.length, 3);
    assert.ok(JSON.stringify(kept.map(({ value }) => value)).length < 3 * 2_500);
    assert.doesNotMatch(JSON.stringify(kept), /망고/);

    clock.at = start + 31 * 24 * HOUR;
    await sweep({ store, now, line: quiet });
    assert.equal((await rows(store)).length, 3);
    clock.at += HOUR;
    await sweep({ store, now, line: quiet });
    assert.deepEqual((await rows(store)).map(({ key }) => key[1]), [start / HOUR + 1, start / HOUR + 2]);
    await place.stop();
  });
});

Deno.test("what could not be written is written the next time, and waits in bounded memory", async () => {
  const kv = await Deno.openKv(":memory:");
  const store = wrap(kv);
  const clock = { at: start };
  let down = true;
  const shaky: Store = { ...store, commit: (fill) => down ? Promise.reject(new Error("down")) : store.commit(fill) };
  const place = isolate(shaky, "one", () => clock.at);
  for (let hour = 0; hour < 100; hour++) {
    place.tally.note("messages", 2);
    await assert.rejects(place.write());
    clock.at += HOUR;
  }
  down = false;
  await place.write();
  const found = await rows(store);
  assert.ok(found.length > 10 && found.length <= 48, `${found.length}`);
  assert.ok(found.every(({ value }) => !value.messages || value.messages[0] === 2));
  await place.stop();
  store.close();
});

Deno.test("a million tokens in and out cost what the list says", () => {
  assert.equal(costOf({ inputTokens: 1_000_000, outputTokens: 0 }), 0.15);
  assert.equal(costOf({ inputTokens: 0, outputTokens: 500_000 }), 0.3);
});

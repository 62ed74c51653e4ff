import assert from "node:assert/strict";
import type { LetterParts } from "../cron/write_letter.ts";
import type { Store } from "../kv/store.ts";
import { faults, type Reply } from "./model_server.ts";
import { goodReply, taskOf, TEN_TO_TEN, withLetters } from "./letter_rig.ts";

/** Where an isolate stops for good, or until it is let go on as if it had only been very slow. */
const steps = [
  "after the claim",
  "in the map",
  "in the reduce",
  "before the guards",
  "before publishing",
  "publishing, its answer lost",
  "after publishing",
] as const;
type Step = (typeof steps)[number];

for (const step of steps) {
  Deno.test(`death ${step}: the other isolate writes it after the lease, and once`, async () => {
    await withLetters({ window: 4_000, at: TEN_TO_TEN - 1 }, async ({ clock, letters, say, all, notices, server }) => {
      await say(Array.from({ length: 400 }, (_, n) => `${n} 오늘은 조금 긴 하루였어요`));
      clock.time = TEN_TO_TEN;
      const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
      const { promise: thaw, resolve: letGo } = Promise.withResolvers<void>();
      const frozen = () => (stop(), thaw);
      const first = await letters((parts) => freezeAt(step, parts, frozen));
      const second = await letters();

      const zombie = first.tick();
      await stopped;
      clock.time += 119_000;
      await second.tick();
      const published = step === "publishing, its answer lost" || step === "after publishing";
      assert.equal((await all()).length, published ? 1 : 0);
      clock.time += 2_000;
      await second.tick();
      const [letter] = await all();
      assert.equal(letter.buzzes, 400);
      assert.equal(letter.by, "model");

      letGo();
      await zombie;
      assert.deepEqual(await all(), [letter]);
      // Told once, or twice when the slow one wakes up deaf and cannot know that the other told.
      assert.deepEqual([...new Set(notices.map((notice) => JSON.stringify(notice)))], [
        '{"type":"letter","date":"2026-11-21"}',
      ]);
      assert.equal((await first.latest())?.writtenAt, letter.writtenAt);
      const written = server.requests.filter((asked) => taskOf(asked) === "letter").length;
      assert(written <= 2, `${written}`);
    });
  });
}

Deno.test("whoever dies over the same letter again and again leaves it to the twin", async () => {
  await withLetters({ at: TEN_TO_TEN - 1 }, async ({ clock, letters, say, all }) => {
    await say(Array.from({ length: 9 }, (_, n) => `${n} 하루`));
    clock.time = TEN_TO_TEN;
    const { promise: thaw, resolve: letGo } = Promise.withResolvers<void>();
    const zombies: Promise<void>[] = [];
    for (let death = 0; death < 3; death++) {
      const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
      const one = await letters((parts) => freezeAt("in the reduce", parts, () => (stop(), thaw)));
      zombies.push(one.tick());
      await stopped;
      clock.time += 121_000;
    }
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ by }) => by), ["offline"]);
    letGo();
    await Promise.all(zombies);
    assert.deepEqual((await all()).map(({ by }) => by), ["offline"]);
  });
});

Deno.test("who is told to stop stops at once, and the next need not wait for the lease", async () => {
  const asked = Promise.withResolvers<void>();
  const reply: Reply = (question, n) => {
    asked.resolve();
    return n ? goodReply(question, n) : faults.silence();
  };
  await withLetters({ at: TEN_TO_TEN - 1, reply }, async ({ clock, letters, say, all, lines }) => {
    await say(Array.from({ length: 9 }, (_, n) => `${n} 하루`));
    clock.time = TEN_TO_TEN;
    const stop = await (await letters()).start();
    await asked.promise;
    const started = performance.now();
    await stop();
    assert(performance.now() - started < 1_000);
    assert.equal((await all()).length, 0);
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ by }) => by), ["model"]);
    assert.deepEqual(lines.filter((line) => line.startsWith('["error"')), []);
  });
});

Deno.test("a store that fails leaves one line, and the next tick writes the letter", async () => {
  await withLetters({ reply: goodReply }, async ({ clock, letters, all, lines }) => {
    let broken = true;
    const one = await letters(({ store }) => ({
      store: { ...store, commit: (fill) => broken ? Promise.reject(new Error("disk")) : store.commit(fill) },
    }));
    await one.tick();
    assert.deepEqual(lines.filter((line) => line.includes("letter_not_written")).length, 1);
    broken = false;
    clock.time += 60_000;
    await one.tick();
    assert.equal((await all()).length, 1);
  });
});

function freezeAt(step: Step, { store, log, model }: LetterParts, freeze: () => Promise<void>): Partial<LetterParts> {
  let composed = false, dead = false;
  const frozen = () => (dead = true, freeze());
  return {
    log: {
      ...log,
      async firstSince(room, time) {
        if (step === "after the claim") await frozen();
        return log.firstSince(room, time);
      },
      async after(room, seq, limit) {
        if (step === "before the guards" && composed) await frozen();
        return log.after(room, seq, limit);
      },
    },
    model: {
      ...model,
      async structured(ask, options) {
        if (step === "in the map" && ask.name === "letter_map") await frozen();
        if (step === "in the reduce" && ask.name === "letter") await frozen();
        const answer = await model.structured(ask, options);
        composed ||= ask.name === "letter";
        return answer;
      },
    },
    store: {
      ...store,
      async commit(fill) {
        if (dead) await freeze();
        const publishes = setsOf(fill).some((key) => key[0] === "letter");
        if (publishes && step === "before publishing") await frozen();
        const stamp = await store.commit(fill);
        if (publishes && step === "publishing, its answer lost") {
          await frozen();
          throw new Error("no answer");
        }
        return stamp;
      },
    },
    ...(step === "after publishing" && { announce: frozen }),
  };
}

function setsOf(fill: Parameters<Store["commit"]>[0]): Deno.KvKey[] {
  const keys: Deno.KvKey[] = [];
  const recorder = {
    check: () => recorder,
    delete: () => recorder,
    set: (key: Deno.KvKey) => (keys.push(key), recorder),
  };
  fill(recorder as unknown as Deno.AtomicOperation);
  return keys;
}

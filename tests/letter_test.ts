import assert from "node:assert/strict";
import { dueDate } from "../cron/letter.ts";
import { letter as letterSchema } from "../domain/letter.ts";
import { Problem } from "../domain/problems.ts";
import { announce, onNotice } from "../realtime/house.ts";
import { openSpine } from "../realtime/spine.ts";
import { DAY, goodLetter, goodNote, goodReply, SEOUL, taskOf, TEN_TO_TEN, withLetters } from "./letter_rig.ts";
import { faults } from "./model_server.ts";

const TODAY = "2026-11-21";
const seven = ["피곤한 하루", "so tired today", "疲れた", "회사 힘들다", "work was long", "仕事が多い", "고마운 사람"];
const fails = faults["500"];

Deno.test("two isolates that tick at once, four times, write one letter", async () => {
  await withLetters({ at: TEN_TO_TEN - 1000 }, async ({ clock, letters, say, all, server }) => {
    const isolates = [await letters(), await letters()];
    await say(seven);
    clock.time = TEN_TO_TEN;
    for (let i = 0; i < 4; i++) await Promise.all(isolates.map((one) => one.tick()));
    const [letter, ...others] = await all();
    assert.deepEqual(others, []);
    assert.deepEqual(letterSchema.parse(letter), letter);
    assert.equal(letter.date, TODAY);
    assert.equal(letter.by, "model");
    assert.deepEqual([letter.buzzes, letter.writers, letter.quiet], [7, 7, false]);
    assert.deepEqual([letter.to, letter.to - letter.from], [TEN_TO_TEN, DAY]);
    assert.deepEqual(letter.moods, { thanks: 1, tired: 4 });
    assert.equal(server.requests.length, 1);
  });
});

Deno.test("the new letter is announced once, and every isolate's newest is the new one", async () => {
  await withLetters({ at: TEN_TO_TEN - 1000 }, async ({ clock, store, letters, say, log }) => {
    const spines = ["one", "two"].map((isolate) =>
      openSpine({
        store,
        now: () => clock.time,
        isolate,
        line: () => {},
        channel: new BroadcastChannel("letter"),
        bells: true,
      })
    );
    const isolates = await Promise.all(
      spines.map(({ log, hub }) => letters(() => ({ log, hub, announce: (notice) => announce(log, notice) }))),
    );
    const stops = await Promise.all(isolates.map((one) => one.start()));
    await say(seven);
    await Promise.all(isolates.map((one) => one.tick()));
    assert.equal((await isolates[1].latest())?.date, "2026-11-20");
    const heard = Promise.withResolvers<void>();
    const unlisten = await onNotice(spines[1].hub, () => {}, (said) => {
      if (said.type === "letter" && said.date === TODAY) heard.resolve();
    });
    clock.time = TEN_TO_TEN;
    await isolates[0].tick();
    await heard.promise;
    assert.equal((await isolates[1].latest())?.date, TODAY);
    await Promise.all(isolates.map((one) => one.tick()));
    const told = (await log.after("house", 0, 10)).map(({ text }) => text);
    assert.deepEqual(told.filter((text) => text.includes(TODAY)), [`{"type":"letter","date":"${TODAY}"}`]);
    unlisten();
    for (const stop of stops) await stop();
    for (const spine of spines) await spine.stop();
  });
});

Deno.test("a restart at 9:49:59 writes nothing yet, at 9:50:00 everything", async () => {
  await withLetters({ at: TEN_TO_TEN - DAY }, async ({ clock, letters, say, all }) => {
    await (await letters()).tick();
    clock.time = TEN_TO_TEN - 1000;
    await say(seven);
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ date }) => date), ["2026-11-20"]);
    clock.time = TEN_TO_TEN;
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ date, buzzes }) => [date, buzzes]), [["2026-11-20", 0], [TODAY, 7]]);
  });
});

Deno.test("after days of rest the newest missed letter is written, even before 9:50", async () => {
  await withLetters({ at: TEN_TO_TEN + 3 * DAY - 3_600_000 }, async ({ letters, all }) => {
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ date }) => date), ["2026-11-23"]);
  });
});

Deno.test("a model that fails twice is asked a third time; one that always fails is replaced", async () => {
  let failures = 6; // Each of our tries is three of the package's.
  await withLetters({ reply: (asked, n) => failures-- > 0 ? fails() : goodReply(asked, n) }, async (rig) => {
    rig.clock.time -= 1;
    await rig.say(seven);
    rig.clock.time += 1;
    await (await rig.letters()).tick();
    assert.deepEqual((await rig.all()).map(({ by }) => by), ["model"]);
    assert.equal(rig.server.requests.length, 7);
  });
  await withLetters({ reply: fails }, async (rig) => {
    rig.clock.time -= 1;
    await rig.say(seven);
    rig.clock.time += 1;
    await (await rig.letters()).tick();
    const [letter] = await rig.all();
    assert.equal(letter.by, "offline");
    assert.equal(rig.server.requests.length, 9);
    assert.match(letter.texts.ko.paragraphs.join(), /AI 없이/);
    assert.deepEqual(rig.notices.length, 1);
  });
});

Deno.test("an empty day gets a kind letter, and nobody is asked for it", async () => {
  await withLetters({}, async ({ letters, all, server }) => {
    await (await letters()).tick();
    const [letter] = await all();
    assert.deepEqual([letter.quiet, letter.buzzes, letter.by, letter.moods], [true, 0, "offline", {}]);
    assert.equal(server.requests.length, 0);
    for (const { paragraphs } of Object.values(letter.texts)) assert(paragraphs.length >= 2);
  });
});

Deno.test("few writers: the model gets figures alone", async () => {
  await withLetters({ at: TEN_TO_TEN - 1 }, async ({ clock, letters, say, all, server }) => {
    await say(seven, (n) => ({ id: `u${n % 4}`, nickname: `사람${n % 4}` }));
    clock.time = TEN_TO_TEN;
    await (await letters()).tick();
    assert.equal((await all())[0].writers, 4);
    assert.deepEqual(server.requests.map(({ messages }) => messages[1].content), [
      '{"figures":{"buzzes":7,"writers":4,"moods":{"tired":4,"thanks":1}}}',
    ]);
  });
});

Deno.test("wrong JSON is put right once a try, and if it never is, the letter comes all the same", async () => {
  await withLetters({ reply: () => "I would rather chat" }, async ({ clock, letters, say, all }) => {
    clock.time -= 1;
    await say(seven);
    clock.time += 1;
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ by }) => by), ["offline"]);
  });
  await withLetters({ reply: (_, n) => n ? goodLetter() : '{"ko": {}}' }, async ({ clock, letters, say, all }) => {
    clock.time -= 1;
    await say(seven);
    clock.time += 1;
    await (await letters()).tick();
    assert.deepEqual((await all()).map(({ by }) => by), ["model"]);
  });
});

Deno.test("20,000 buzzes: each read once, each request inside the window, quick", async () => {
  const window = 32_000;
  await withLetters({ window, at: TEN_TO_TEN - 3_600_000 }, async ({ clock, letters, say, all, server }) => {
    const texts = Array.from(
      { length: 20_000 },
      (_, n) => `${n} 오늘은 ${["회사 일이 많아 지쳤어요", "happy", "悲しい"][n % 3]}`,
    );
    await say(texts, (n) => ({ id: `u${n % 900}`, nickname: `새${n % 900}번째` }));
    clock.time = TEN_TO_TEN;
    const started = performance.now();
    await (await letters()).tick();
    assert(performance.now() - started < 10_000);
    const [letter] = await all();
    assert.deepEqual([letter.by, letter.buzzes, letter.writers], ["model", 20_000, 900]);
    const read = server.requests.filter((asked) => taskOf(asked) === "letter_map").flatMap(({ messages }) =>
      (JSON.parse(messages[1].content) as { buzzes: { text: string }[] }).buzzes.map(({ text }) => text)
    );
    assert.deepEqual(read.toSorted(), texts.toSorted());
    for (const { messages, max_tokens } of server.requests) {
      const said = messages.map(({ content }) => content).join("");
      const tokens = said.replace(/[^ -~]/g, "").length / 4 + said.replace(/[ -~]/g, "").length;
      assert(tokens + max_tokens! < window, `${tokens}`);
    }
  });
});

Deno.test("more notes than fit are merged until they do", async () => {
  const long = JSON.stringify({ ...JSON.parse(goodNote), gist: "Long days. ".repeat(100) });
  const reply = (asked: Parameters<typeof goodReply>[0]) =>
    taskOf(asked) === "letter" ? goodLetter() : taskOf(asked) === "letter_map" ? long : goodNote;
  await withLetters({ window: 4_000, at: TEN_TO_TEN - 1, reply }, async ({ clock, letters, say, all, server }) => {
    await say(Array.from({ length: 1_000 }, (_, n) => `${n} 오늘도 긴 하루였다`));
    clock.time = TEN_TO_TEN;
    await (await letters()).tick();
    assert.equal((await all())[0].by, "model");
    assert(server.requests.some((asked) => taskOf(asked) === "letter_reduce"));
    for (const { messages } of server.requests) assert(messages[1].content.length < 4_000 * 2.4);
  });
});

Deno.test("clocks that jump write no second letter", async () => {
  await withLetters({}, async ({ clock, letters, all }) => {
    const isolates = [await letters(), await letters()];
    const tick = () => Promise.all(isolates.map((one) => one.tick()));
    await tick();
    for (const jump of [-1000, 0, 3_600_000, 1000, -DAY, 0]) {
      clock.time = TEN_TO_TEN + jump;
      await tick();
    }
    assert.deepEqual((await all()).map(({ date }) => date), ["2026-11-20", TODAY]);
  });
});

Deno.test("400 days make 400 letters that join without a gap, and pages that count them", async () => {
  await withLetters(
    { reply: null, at: Date.parse("2026-06-01T00:49:59.999Z") },
    async ({ clock, letters, say, all }) => {
      const [one, two] = [await letters(), await letters()];
      for (let day = 0; day < 400; day++) {
        clock.time += DAY;
        await say([`${day}`]);
        clock.time += 1;
        await Promise.all([one.tick(), two.tick()]);
        clock.time -= 1;
      }
      const written = await all();
      assert.equal(written.length, 400);
      assert(written.some(({ date }) => date === "2026-12-31"));
      assert(written.every(({ from, buzzes }, i) => !i || (from === written[i - 1].to && buzzes === 1)));
      const last = await one.page(20, 20), beyond = await one.page(21, 20);
      assert.deepEqual([last.total, last.pages, last.items.length, beyond.items], [400, 20, 20, []]);
      assert.equal(last.items[19].date, "2026-06-02");
      assert.equal((await one.page(1, 20)).items[0].date, written[399].date);
    },
  );
});

Deno.test("each buzz is in one letter, to the millisecond, also one that was on its way at 9:50", async () => {
  await withLetters({ at: TEN_TO_TEN - DAY }, async ({ clock, letters, say, all }) => {
    const one = await letters();
    const at = async (time: number) => (clock.time = time, await say([`${time}`]));
    await at(TEN_TO_TEN - DAY - 1);
    clock.time = TEN_TO_TEN - DAY;
    await one.tick();
    await at(TEN_TO_TEN - DAY);
    await at(TEN_TO_TEN - 1);
    clock.time = TEN_TO_TEN;
    await one.tick();
    await at(TEN_TO_TEN - 1); // Dated before 9:50, committed after the letter had been read.
    await at(TEN_TO_TEN);
    await at(TEN_TO_TEN + DAY - 1);
    clock.time = TEN_TO_TEN + DAY;
    await one.tick();
    assert.deepEqual((await all()).map(({ buzzes }) => buzzes), [1, 2, 3]);
  });
});

Deno.test("an admin may have it written early, and the next goes on from there", async () => {
  await withLetters({ at: TEN_TO_TEN - 3_600_000 }, async ({ clock, letters, say, all }) => {
    const one = await letters();
    await say(["하나", "둘"]);
    clock.time += 1;
    const [letter, again] = await Promise.all([one.write(TODAY), one.write(TODAY)]);
    assert.deepEqual(letter, again);
    assert.deepEqual([letter.buzzes, letter.to], [2, clock.time]);
    await say(["셋"]);
    clock.time = TEN_TO_TEN;
    await one.tick();
    clock.time += DAY;
    await one.tick();
    assert.deepEqual((await all()).map(({ buzzes }) => buzzes), [2, 1]);
    assert.equal((await one.latest())?.date, "2026-11-22");
    for (const date of ["2026-11-23", "2026-02-30", "today"]) {
      await assert.rejects(one.write(date), (error) => error instanceof Problem && error.code === "invalid");
    }
  });
});

Deno.test("the due date follows the zone and its changes of clocks", () => {
  const due = (time: string, zone: string) => dueDate(Date.parse(time), zone);
  assert.equal(due("2026-11-21T00:49:59.999Z", SEOUL), "2026-11-20");
  assert.equal(due("2026-11-21T00:50:00Z", SEOUL), TODAY);
  assert.equal(due("2026-03-07T14:50:00Z", "America/New_York"), "2026-03-07");
  assert.equal(due("2026-03-08T13:49:59Z", "America/New_York"), "2026-03-07");
  assert.equal(due("2026-03-08T13:50:00Z", "America/New_York"), "2026-03-08");
  assert.equal(due("2026-11-01T14:49:59Z", "America/New_York"), "2026-10-31");
  assert.equal(due("2026-11-01T14:50:00Z", "America/New_York"), "2026-11-01");
  assert.equal(due("2026-01-01T04:05:00Z", "Asia/Kathmandu"), "2026-01-01");
  assert.equal(due("2026-12-31T23:59:59Z", "UTC"), "2026-12-31");
});

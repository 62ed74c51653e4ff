import assert from "node:assert/strict";
import { dayInJungle, daysOf, firstSunday, hoursOf, level, sumMoods, weekday, weeksBack } from "../domain/calendar.ts";
import { pageNumbers } from "../domain/pages.ts";
import { groundLine, growTree, tree } from "../domain/tree.ts";
import type { Day } from "../domain/calendar.ts";

const SEOUL = "Asia/Seoul";
const at = (text: string) => Date.parse(text);

Deno.test("a buzz belongs to the day that its zone's wall calendar shows", () => {
  const felt = [
    { at: at("2025-11-19T14:59:59.999Z"), mood: "sad" as const },
    { at: at("2025-11-19T15:00:00Z"), mood: "joy" as const },
    { at: at("2025-11-20T14:59:59Z") },
    { at: at("2025-11-20T15:00:00Z"), mood: "angry" as const },
  ];
  const days = daysOf(felt, "2025-11-19", "2025-11-20", SEOUL);
  assert.deepEqual(days, [
    { date: "2025-11-19", total: 1, moods: { sad: 1 } },
    { date: "2025-11-20", total: 2, moods: { joy: 1 } },
  ]);
});

Deno.test("days without a buzz are there, in order, over months and years", () => {
  const days = daysOf([], "2024-02-27", "2024-03-02", SEOUL);
  assert.deepEqual(days.map((day) => day.date), [
    "2024-02-27",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2024-03-02",
  ]);
  assert.equal(daysOf([], weeksBack("2026-01-03", 2), "2026-01-03", SEOUL).length, 14);
});

Deno.test("twelve weeks begin on a Sunday and their last column holds today", () => {
  assert.equal(firstSunday("2025-11-20", 12), "2025-08-31");
  assert.equal(firstSunday("2025-11-16", 1), "2025-11-16");
  for (const today of ["2025-11-16", "2025-11-20", "2025-11-22", "2024-02-29"]) {
    const first = firstSunday(today, 12);
    assert.equal(weekday(first), 0);
    const days = daysOf([], first, today, SEOUL).length;
    assert.ok(days > 77 && days <= 84, `${days} days`);
  }
});

Deno.test("a day of a clock change has its own length", () => {
  const hours = (date: string) => {
    const { from, to } = hoursOf(date, "America/New_York");
    return (to - from) / 3_600_000;
  };
  assert.equal(hours("2025-03-09"), 23);
  assert.equal(hours("2025-11-02"), 25);
  assert.equal(hours("2025-11-03"), 24);
});

Deno.test("the first day here is day 1, whatever the hour", () => {
  const born = at("2025-11-19T14:59:00Z");
  assert.equal(dayInJungle(born, born, SEOUL), 1);
  assert.equal(dayInJungle(born, born + 120_000, SEOUL), 2);
});

Deno.test("moods sum up, and absent ones stay absent", () => {
  const day = (moods: Day["moods"]): Day => ({ date: "2025-11-19", total: 9, moods });
  assert.deepEqual(sumMoods([day({ joy: 2, sad: 1 }), day({ joy: 1 }), day({})]), { joy: 3, sad: 1 });
  assert.deepEqual([0, 1, 4, 90].map(level), [0, 1, 4, 4]);
});

Deno.test("the tree: light moods rise in their order, heavy ones go down, sides take turns", () => {
  const { twigs: [twig] } = growTree([{ date: "2025-11-07", total: 3, moods: { joy: 1, calm: 1, tired: 1 } }]);
  assert.deepEqual(twig.marks.map((mark) => mark.mood), ["joy", "calm", "tired"]);
  assert.equal(twig.stem, "M12 47V76");
  assert.equal(twig.marks[0].path, "M12 65q-11 0-11-12 11 0 11 12z");
  assert.equal(twig.marks[1].path, "M12 56q11 0 11-12-11 0-11 12z");
  assert.equal(twig.marks[2].path, "M12 67c-9 0-12 5-9 11 6 2 9-3 9-11z");
  assert.deepEqual([twig.bud, twig.above, twig.below], [false, 0, 0]);
});

Deno.test("the tree: a full day is capped and says how many more", () => {
  const { twigs: [, twig] } = growTree([
    { date: "2025-11-07", total: 0, moods: {} },
    { date: "2025-11-08", total: 1003, moods: { joy: 7, sad: 900, angry: 93 } },
  ]);
  assert.equal(twig.x, 36);
  assert.equal(twig.marks.length, 2 * tree.cap);
  assert.deepEqual([twig.above, twig.below], [2, 988]);
  assert.equal(twig.bud, true);
});

Deno.test("the tree: an empty day is bare", () => {
  const { twigs: [twig] } = growTree([{ date: "2025-11-07", total: 0, moods: {} }]);
  assert.deepEqual(twig, { x: 12, stem: "", marks: [], bud: false, above: 0, below: 0 });
  assert.equal(groundLine(14), `M0 66q28-3 56 0${"t56 0".repeat(5)}`);
});

Deno.test("the tree: a row is as high as its fullest day, labels below everything", () => {
  const row = (moods: Day["moods"]) => growTree([{ date: "2025-11-07", total: 99, moods }]);
  const low = row({ joy: 1 }), high = row({ joy: 5, sad: 5 }), over = row({ joy: 6, sad: 6 });
  assert.ok(low.height < high.height && high.height < over.height);
  for (const { top, height, labels, twigs } of [low, high, over]) {
    assert.ok(top < tree.ground - tree.step * 3 && labels[0] > tree.ground + tree.step * 3 + 12);
    assert.ok(labels[1] < top + height);
    assert.equal(twigs.length, 1);
  }
});

Deno.test("a pager shows both ends and the neighbours", () => {
  assert.deepEqual(pageNumbers(1, 1), [1]);
  assert.deepEqual(pageNumbers(1, 3), [1, 2, 3]);
  assert.deepEqual(pageNumbers(5, 500), [1, 0, 4, 5, 6, 0, 500]);
  assert.deepEqual(pageNumbers(499, 500), [1, 0, 498, 499, 500]);
});

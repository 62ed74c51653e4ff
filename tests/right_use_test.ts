import assert from "node:assert/strict";
import { reasonOf } from "../domain/card_reason.ts";
import { dateAfter } from "../domain/day.ts";
import type { Lang } from "../domain/person.ts";
import { progressOf } from "../domain/progress.ts";
import { usesRight } from "../domain/right_use.ts";
import { streakOf } from "../domain/streak.ts";
import { wordsIn } from "../domain/words/words.ts";

const uses: [Lang, said: string, better: string, text: string, right: boolean][] = [
  ["en", "I am agree with you.", "I agree with you.", "Well, I AGREE with that!", true],
  ["en", "I am agree with you.", "I agree with you.", "I am agree with that.", false],
  ["en", "I am agree with you.", "I agree with you.", "First I agree with it, now I am agree with you.", false],
  ["en", "He go to school.", "He goes to school.", "She goes to work.", true],
  ["en", "He go to school.", "He goes to school.", "It goes.", false],
  ["en", "I'm good in math.", "I'm good at math.", "You are good at cooking", true],
  ["en", "I'm good in math.", "I'm good at math.", "I am at home", false],
  ["en", "I don’t know nothing", "I don't know anything", "They don't know anything.", true],
  ["en", "Yesterday go I", "I went yesterday", "I went yesterday", true],
  ["en", "Yesterday go I", "I went yesterday", "I went home", false],
  ["en", "same", "Same!", "same", false],
  ["en", "He go.", "", "", false],
  ["ko", "저는 학교에 갔어 어제", "저는 어제 학교에 갔어요", "저는 어제 학교에 갔어요!", true],
  ["ko", "밥이 먹고 싶어요", "밥을 먹고 싶어요", "따뜻한 밥을 먹고 왔어요", true],
  ["ko", "밥이 먹고 싶어요", "밥을 먹고 싶어요", "밥이 먹고 싶네요", false],
  ["ja", "東京を行きました", "東京に行きました", "友達と京都に行きました", true],
  ["ja", "東京を行きました", "東京に行きました", "京都を行きました", false],
];

Deno.test("what a card teaches is met in other sentences, and never beside the mistake itself", () => {
  for (const [language, said, better, text, right] of uses) {
    assert.equal(usesRight({ language, said, better }, text), right, `${better} in ${text}`);
  }
});

Deno.test("a streak forgives one missed day at a time, and today is not over", () => {
  const today = "2026-03-02";
  const streak = (...ago: number[]) => streakOf(new Set(ago.map((n) => dateAfter(today, -n))), today);
  assert.deepEqual(streak(), { days: 0, rested: false });
  assert.deepEqual(streak(0), { days: 1, rested: false });
  assert.deepEqual(streak(1, 2), { days: 2, rested: false }, "today may still come");
  assert.deepEqual(streak(2, 3), { days: 2, rested: true }, "yesterday is forgiven");
  assert.deepEqual(streak(3, 4), { days: 0, rested: false }, "two days in a row are not");
  assert.deepEqual(streak(0, 2, 4, 5, 8), { days: 4, rested: false });
});

Deno.test("the same moments are other days in another zone, and a year's streak is counted", () => {
  const now = Date.parse("2026-11-20T16:00:00Z"); // 21 November in Seoul
  const at = (iso: string) => ({ at: Date.parse(iso), made: 1, right: 2, resolved: 0 });
  const practised = [at("2026-11-14T14:45:00Z"), at("2026-11-14T15:00:00Z"), at("2026-11-18T16:00:00Z")];
  const seoul = progressOf(practised, now, "Asia/Seoul"), london = progressOf(practised, now, "Europe/London");
  assert.deepEqual([seoul.streak, london.streak], Array(2).fill({ days: 1, rested: true }));
  assert.equal(seoul.weeks.length, 12);
  assert.deepEqual(seoul.weeks.slice(-2).map(({ from, made }) => [from, made]), [["2026-11-08", 1], ["2026-11-15", 2]]);
  assert.deepEqual(london.weeks.slice(-2).map(({ from, right }) => [from, right]), [["2026-11-08", 4], [
    "2026-11-15",
    2,
  ]]);
  const year = Array.from({ length: 366 }, (_, n) => ({ at: now - n * 86_400_000, made: 0, right: 0, resolved: 0 }));
  assert.equal(progressOf(year, now, "Asia/Seoul").streak.days, 366);
});

Deno.test("why a mistake comes back is said in the reader's language and days, its words as they are", () => {
  const madeAt = Date.parse("2026-11-17T16:00:00Z");
  const say = (lang: Lang) => reasonOf({ madeAt, from: "live" }, wordsIn(lang).cards, lang, "Asia/Seoul");
  assert.equal(say("ko"), "11월 18일 라이브 방에서 쓴 문장이에요.");
  assert.equal(say("en"), "You wrote it on 18 November, in a live room.");
  assert.match(say("ja"), /^11月18日にライブルームで/);
  assert.equal(reasonOf({}, wordsIn("ko").cards, "ko", "Asia/Seoul"), "");
});

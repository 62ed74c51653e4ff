import assert from "node:assert/strict";
import { type Figures, handWritten, writeOffline } from "../ai/letter_offline.ts";
import { moodOf, themesOf } from "../ai/lexicon.ts";
import { isCrisis } from "../domain/crisis.ts";
import { dateAfter } from "../domain/day.ts";
import { letterText } from "../domain/letter.ts";
import { type MoodCount, moods } from "../domain/mood.ts";
import { langs } from "../domain/person.ts";

const figures = (more: Partial<Figures> = {}): Figures => ({
  date: "2026-11-21",
  buzzes: 40,
  writers: 12,
  moods: { tired: 9, thanks: 4, joy: 1 },
  themes: new Map([["work", 8], ["sleep", 3], ["money", 1]]),
  ...more,
});

Deno.test("the lexicon reads plain words of three languages, and not their denial", () => {
  const read: [string, string | null, string[]][] = [
    ["회사 일이 많아 지쳤어요", "tired", ["work"]],
    ["오늘 시험 망해서 속상해 눈물나", "sad", ["study"]],
    ["I can't wait to see my friends", "flutter", ["friends"]],
    ["猫に癒やされて穏やか", "calm", ["animals"]],
    ["I am not happy", null, []],
    ["안 행복해", null, []],
    ["楽しくない", null, []],
    ["행복한데 눈물이 나", "sad", []],
    ["", null, []],
  ];
  assert.deepEqual(read.map(([text]) => [text, moodOf(text), themesOf(text)]), read);
});

Deno.test("the same figures give the same letter; the next day's is another", () => {
  for (const lang of langs) {
    assert.deepEqual(writeOffline(figures(), lang), writeOffline(figures(), lang));
    const next = figures({ date: "2026-11-22" });
    assert.notDeepEqual(writeOffline(figures(), lang).paragraphs, writeOffline(next, lang).paragraphs);
  }
});

Deno.test("the letter follows the figures and says what it is", () => {
  const { title, paragraphs, themes } = writeOffline(figures(), "ko");
  assert(handWritten.ko.moods.tired.some((verse) => verse.title === title));
  assert.match(paragraphs[0], /12명.*40개|40개.*12명|12명.*40번/);
  assert.match(paragraphs[0], /일터, 잠/);
  assert(paragraphs[1].endsWith(handWritten.ko.beside.thanks));
  assert.equal(paragraphs.at(-1), handWritten.ko.honest.many);
  assert.deepEqual(themes, ["일터", "잠"]);
  const tie = writeOffline(figures({ moods: { joy: 5, angry: 5 } }), "en");
  assert(handWritten.en.mixed.some((verse) => verse.title === tie.title));
  assert.deepEqual(writeOffline(figures({ writers: 4 }), "ja").themes, []);
  assert.match(
    writeOffline(figures({ buzzes: 1, writers: 1, date: "2026-11-20" }), "en").paragraphs[0],
    /1 person|1 buzz\b/,
  );
});

Deno.test("every letter that can come is whole, fits the schema, and keeps the voice", () => {
  const counts: MoodCount[] = [{}, ...moods.map((mood) => ({ [mood]: 3, calm: 1 }))];
  for (const lang of langs) {
    for (let i = 0; i < 84; i++) {
      for (const [writers, buzzes] of [[0, 0], [1, 1], [5, 9]]) {
        const date = dateAfter("2026-11-21", i);
        const letter = writeOffline(figures({ date, writers, buzzes, moods: counts[i % counts.length] }), lang);
        const text = [letter.title, ...letter.paragraphs].join("\n");
        assert.deepEqual(letterText.parse(letter), letter);
        assert.doesNotMatch(text, /[{}!！]|죄송|undefined|NaN/);
        assert(!isCrisis(text), text);
      }
    }
  }
});

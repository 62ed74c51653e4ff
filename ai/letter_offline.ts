import { dayNumber } from "../domain/day.ts";
import { CROWD, type LetterText } from "../domain/letter.ts";
import { type MoodCount, moods } from "../domain/mood.ts";
import type { Lang } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import type { Theme } from "../domain/theme.ts";
import { en } from "./letters/en.ts";
import { ja } from "./letters/ja.ts";
import { ko } from "./letters/ko.ts";

/** What was counted of a day. `themes`: how many buzzes speak of each. */
export type Figures = { date: string; buzzes: number; writers: number; moods: MoodCount; themes: Map<Theme, number> };

const MOST_THEMES = 5;
export const handWritten = { ko, en, ja };

/** The letter that needs no model: counts, and words written by hand. The same figures give the same letter. */
export function writeOffline(figures: Figures, lang: Lang): LetterText {
  const words = handWritten[lang], day = dayNumber(figures.date);
  if (figures.buzzes === 0) {
    const { title, body } = pick(words.quiet, day);
    return { title, paragraphs: [body, words.honest.quiet], themes: [] };
  }
  const { buzzes, writers } = figures;
  const opening = fill(pick(words.openings, day), { buzzes, writers });
  const closing = pick(words.closings, day);
  if (writers < CROWD) {
    const { title, body } = pick(words.few, day);
    return { title, paragraphs: [opening, body, closing, words.honest.few], themes: [] };
  }
  const [first, second] = ranking(figures.moods);
  const { title, body } = pick(first ? words.moods[first] : words.mixed, day);
  const themes = topThemes(figures).map((theme) => words.themes[theme]);
  const told = themes.length ? fill(pick(words.told, day), { themes: themes.slice(0, 3).join(words.comma) }) : "";
  const beside = first && second ? words.beside[second] : "";
  return { title, paragraphs: [join(opening, told), join(body, beside), closing, words.honest.many], themes };
}

/** The mood that stands out and the one next to it, if any does: at least a third as many. */
function ranking(counted: MoodCount) {
  const ranked = moods.filter((mood) => counted[mood]).sort((a, b) => counted[b]! - counted[a]!);
  if (ranked.length > 1 && counted[ranked[0]] === counted[ranked[1]]) return [];
  return ranked.filter((mood, i) => i < 2 && counted[mood]! * 3 >= counted[ranked[0]]!);
}

/** The most spoken of first; a theme of one buzz is that person's own. */
function topThemes({ themes }: Figures): Theme[] {
  return [...themes].filter(([, n]) => n > 1).sort((a, b) => b[1] - a[1]).slice(0, MOST_THEMES).map(([theme]) => theme);
}

const pick = <T>(from: T[], day: number): T => from[((day % from.length) + from.length) % from.length];
const join = (...sentences: string[]): string => sentences.filter(Boolean).join(" ");

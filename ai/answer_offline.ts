import type { Message } from "../domain/message.ts";
import { moods } from "../domain/mood.ts";
import type { Lang } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { handWritten } from "./letter_offline.ts";
import { moodOf, themesOf } from "./lexicon.ts";

const MOST_MOODS = 3;
const MOST_THEMES = 3;

/** What is said without a model: that there is none, what can be counted of a room's messages, and where more is. */
export function answerOffline(messages: Message[] | null, lang: Lang): string {
  const { companion: words } = wordsIn(lang);
  return [words.offline, ...(messages ? told(messages, lang) : []), words.letter].join(" ");
}

function told(messages: Message[], lang: Lang): string[] {
  const { companion: words, moods: moodNames } = wordsIn(lang), { themes: themeNames, comma } = handWritten[lang];
  const said = messages.filter(({ kind }) => kind !== "companion");
  const felt = ranked(said.map(({ mood, text }) => mood ?? moodOf(text)).filter((mood) => mood !== null));
  const themes = ranked(said.flatMap(({ text }) => themesOf(text))).filter(([, n]) => n > 1); // of one: that person's own
  const sentences = [];
  if (felt.length) {
    const named = felt.slice(0, MOST_MOODS).map(([mood, n]) => `${moodNames[mood]} ${n}`).join(comma);
    sentences.push(fill(words.moods, { n: said.length, moods: named }));
  }
  if (themes.length) {
    const named = themes.slice(0, MOST_THEMES).map(([theme]) => themeNames[theme]).join(comma);
    sentences.push(fill(words.themes, { themes: named }));
  }
  return sentences.length ? sentences : [words.nothing];
}

/** Most first; of two equal ones the one that comes first in the moods' order, else the earlier. */
function ranked<T extends string>(items: T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  const place = (item: string) => moods.findIndex((mood) => mood === item);
  return [...counts].sort((a, b) => b[1] - a[1] || place(a[0]) - place(b[0]));
}

/** The care card in words: it comes instead of any answer. */
export function careWords(lang: Lang): string {
  const { title, body, lines, urgent, stay } = wordsIn(lang).crisis;
  return [title, body, lines.map(({ name, number }) => `${name} ${number}`).join(" · "), urgent, stay].join("\n");
}

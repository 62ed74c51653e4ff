import { isCrisis } from "../domain/crisis.ts";
import type { Mood } from "../domain/mood.ts";
import type { Figures } from "./letter_offline.ts";
import { moodOf, themesOf } from "./lexicon.ts";

/** What a letter needs of a message of the plaza. */
export type Buzz = { text: string; mood?: Mood; author: { id: string; nickname: string } };
/** A day's buzzes, oldest first; asked for anew for each pass, so that a day of any size fits in the memory. */
export type Day = { date: string; buzzes(): AsyncIterable<Buzz> };
export type Counted = Figures & { nicknames: Set<string> };

/** Counts moods (the writer's own, else what the words say) and themes. A cry for help is a buzz, and nothing more. */
export async function countDay(day: Day): Promise<Counted> {
  const writers = new Set<string>(), nicknames = new Set<string>();
  const counted: Counted = { date: day.date, buzzes: 0, writers: 0, moods: {}, themes: new Map(), nicknames };
  for await (const { text, mood: chosen, author } of day.buzzes()) {
    counted.buzzes++;
    writers.add(author.id);
    nicknames.add(author.nickname);
    if (isCrisis(text)) continue;
    const mood = chosen ?? moodOf(text);
    if (mood) counted.moods[mood] = (counted.moods[mood] ?? 0) + 1;
    for (const theme of themesOf(text)) counted.themes.set(theme, (counted.themes.get(theme) ?? 0) + 1);
  }
  return { ...counted, writers: writers.size };
}

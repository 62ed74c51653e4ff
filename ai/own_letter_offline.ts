import type { Claim, OwnEntry } from "../domain/own_letter.ts";
import { lengths } from "../domain/own_letter.ts";
import { moods } from "../domain/mood.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { moodOf, themesOf } from "./lexicon.ts";
import { themes } from "../domain/theme.ts";
import { handWritten } from "./letter_offline.ts";
import type { Material } from "./own_letter.ts";

/** Claims that counting can make: how much, how it felt, what it was about; each with the entries it counted. */
export function claimsOffline({ entries, wish, lang, notThis }: Material): Claim[] {
  const { ownLetter: { offline }, moods: names } = wordsIn(lang);
  const claim = (topic: string, text: string, sources: OwnEntry[]): Claim[] =>
    sources.length ? [{ topic, text, sources: sources.map(({ room, seq }) => ({ room, seq })) }] : [];
  const felt = moods.map((mood) => ({
    mood,
    of: entries.filter((entry) => (entry.mood ?? moodOf(entry.text)) === mood),
  }))
    .filter(({ of }) => of.length).sort((a, b) => b.of.length - a.of.length);
  const about = themes.map((theme) => ({ theme, of: entries.filter(({ text }) => themesOf(text).includes(theme)) }))
    .filter(({ of }) => of.length).sort((a, b) => b.of.length - a.of.length);
  const all = [
    ...claim("count", fill(offline.count, { n: entries.length }), entries),
    ...felt.flatMap(({ mood, of }, i) =>
      claim(`mood:${mood}`, fill(i ? offline.felt : offline.mostly, { mood: names[mood], n: of.length }), of)
    ),
    ...about.flatMap(({ theme, of }) =>
      claim(`theme:${theme}`, fill(offline.about, { theme: handWritten[lang].themes[theme], n: of.length }), of)
    ),
  ];
  const unwanted = new Set(notThis.map(({ topic }) => topic));
  return all.filter(({ topic }) => !unwanted.has(topic)).slice(0, lengths[wish.length]);
}

import { type Mood, moods } from "../domain/mood.ts";
import { type Theme, themes } from "../domain/theme.ts";
import { moodWords, themeWords } from "./lexicon_words.ts";

/**
 * The mood that a text's words speak of most, or null. A small lexicon, not a reader: it knows plain words of the three
 * languages and "not happy", nothing of irony. Of two equal ones the heavier counts, for it needs the comfort more.
 */
export function moodOf(text: string): Mood | null {
  const plain = text.normalize("NFKC").toLowerCase();
  let best: Mood | null = null, most = 0;
  for (const [mood, pattern] of moodPatterns) {
    const hits = plain.match(pattern)?.length ?? 0;
    if (hits && hits >= most) best = mood, most = hits;
  }
  return best;
}

/** What a text is about, as far as plain words tell. */
export function themesOf(text: string): Theme[] {
  const plain = text.normalize("NFKC").toLowerCase();
  return themes.filter((theme) => themePatterns[theme].test(plain));
}

const NOT_KO = "(?<!(?:^|[ ,.])(?:안|못|별로|하나도) ?)";
const NOT_EN = "(?<!\\b(?:not|never|no|isn't|wasn't|don't|can't|hardly)(?: very| so| really| that| feel| feeling)? )";
const NOT_JA = "(?!くな|くもな|じゃな|ではな|ない|なかった)";

const moodPatterns = moods.map((mood) => {
  const { ko, en, ja } = moodWords[mood];
  return [mood, new RegExp(`${NOT_KO}(?:${ko})|${NOT_EN}\\b(?:${en})|(?:${ja})${NOT_JA}`, "gu")] as const;
});

const themePatterns = Object.fromEntries(themes.map((theme) => {
  const { ko, en, ja } = themeWords[theme];
  return [theme, new RegExp(`${ko}|\\b(?:${en})\\b|${ja}`, "u")];
})) as Record<Theme, RegExp>;

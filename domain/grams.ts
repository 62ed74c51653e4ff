/** Searching in text of any language: what is put into an index, and what a question looks for. Pure. */

/** Written without spaces between words, or with endings: Hangul, kana and Han, with the kana's long mark. */
const cjk = "\\p{Script=Hangul}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー";
const letter = `[[\\p{L}\\p{N}]--[${cjk}]]`;
const words = new RegExp(`${letter}[[\\p{L}\\p{N}\\p{M}]--[${cjk}]]*`, "gv");
const runs = new RegExp(`[${cjk}\\p{N}]+`, "gv");
const terms = new RegExp(`[[\\p{L}\\p{N}][${cjk}]][\\p{L}\\p{N}\\p{M}${cjk}]*`, "gv");
const isCjk = new RegExp(`[${cjk}]`, "v");
/** No word is kept longer (characters): names of files and the like. */
const LONGEST_WORD = 32;

/** One form for what looks or means the same: full and half width, composed and not, capital and small. */
export const fold = (text: string): string => text.normalize("NFKC").toLowerCase();

/**
 * What a text is found by, each once: of Hangul, kana and Han every two neighbours (a digit may be one of them), of
 * other scripts the words of two letters or more.
 */
export function gramsOf(text: string): string[] {
  const folded = fold(text);
  const grams = new Set<string>();
  for (const [run] of folded.matchAll(runs)) {
    const letters = [...run];
    for (let i = 1; i < letters.length; i++) {
      const pair = letters[i - 1] + letters[i];
      if (isCjk.test(pair)) grams.add(pair);
    }
  }
  for (const [word] of folded.matchAll(words)) {
    const letters = [...word];
    if (letters.length >= 2) grams.add(letters.slice(0, LONGEST_WORD).join(""));
  }
  return [...grams];
}

/** What is looked for. A text that has all of it has all of `grams`, and each of `patterns` occurs in it when folded. */
export type Query = { grams: string[]; patterns: RegExp[] };

/** `null` when there is nothing in it that an index could know: one syllable, one letter, signs alone. */
export function queryOf(text: string): Query | null {
  const asked = [...new Set(Array.from(fold(text).matchAll(terms), ([term]) => term))];
  const grams = [...new Set(asked.flatMap(gramsOf))];
  return grams.length ? { grams, patterns: asked.map(patternOf) } : null;
}

/** Words of letters begin and end where the term does; syllables may stand anywhere. */
function patternOf(term: string): RegExp {
  const chars = [...term];
  const start = isCjk.test(chars[0]) ? "" : `(?<!${letter})`;
  const end = isCjk.test(chars.at(-1)!) ? "" : `(?!${letter})`;
  return new RegExp(start + term + end, "gv");
}

export const matches = (text: string, { patterns }: Query): boolean => {
  const folded = fold(text);
  return patterns.every((pattern) => folded.search(pattern) >= 0);
};

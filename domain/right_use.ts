import type { Card } from "./card.ts";

type Fix = Pick<Card, "language" | "said" | "better">;

/**
 * Does a text use what the card teaches? It does when the words that were put right stand in it as in the better
 * sentence, with a neighbour of theirs on one side, and the mistake does not stand in it as well.
 */
export function usesRight({ language, said, better }: Fix, text: string): boolean {
  const wrong = wordsOf(said, language), right = wordsOf(better, language), spoken = wordsOf(text, language);
  const [from, behind] = common(wrong, right);
  const shown = (words: string[]) => spans(words, from, words.length - behind).some((span) => holds(spoken, span));
  return right.length > 0 && !same(wrong, right) && shown(right) && !shown(wrong);
}

/** How a changed span may be met again: with the word before or the word behind it; a mere omission needs both. */
function spans(words: string[], from: number, to: number): string[][] {
  const before = Math.max(0, from - 1), after = Math.min(words.length, to + 1);
  if (from === to || (before === from && after === to)) return [words.slice(before, after)];
  return [[before, to], [from, after]].filter(([start, end]) => end - start > to - from)
    .map(([start, end]) => words.slice(start, end));
}

/** How many words two sentences share at their beginning, and behind the change at their end. */
function common(a: string[], b: string[]): [number, number] {
  const most = Math.min(a.length, b.length);
  let from = 0, behind = 0;
  while (from < most && a[from] === b[from]) from++;
  while (behind < most - from && a.at(-1 - behind) === b.at(-1 - behind)) behind++;
  return [from, behind];
}

const holds = (text: string[], span: string[]): boolean =>
  span.length > 0 && text.some((_, at) => span.every((word, i) => text[at + i] === word));
const same = (a: string[], b: string[]): boolean => a.length === b.length && a.every((word, i) => word === b[i]);

/** Words in small letters, without what stands between them. */
function wordsOf(text: string, language: string): string[] {
  const parts = new Intl.Segmenter(language, { granularity: "word" }).segment(
    text.normalize("NFKC").replace(/’/g, "'"),
  );
  return [...parts].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase());
}

import { fold, type Query } from "./grams.ts";

/** From (included) and to (excluded), in UTF-16 units of a text. */
export type Range = [from: number, to: number];
/** A piece of a text around what was looked for, and where that stands in the piece. Plain text, never HTML. */
export type Excerpt = { text: string; marks: Range[] };

const LONGEST = 160;
const BEFORE = 48;

export function excerptOf(text: string, query: Query): Excerpt {
  const marks = marksIn(text, query);
  if (text.length <= LONGEST) return { text, marks };
  const first = marks[0]?.[0] ?? 0;
  const from = whole(text, Math.max(0, Math.min(first - BEFORE, text.length - LONGEST)));
  const to = whole(text, Math.min(text.length, from + LONGEST));
  const lead = from > 0 ? "…" : "";
  const moved = marks.filter(([start, end]) => start >= from && end <= to)
    .map(([start, end]): Range => [start - from + lead.length, end - from + lead.length]);
  return { text: lead + text.slice(from, to) + (to < text.length ? "…" : ""), marks: moved };
}

/** Where the terms stand, in order, those that touch made one. */
export function marksIn(text: string, { patterns }: Query): Range[] {
  const { folded, origin } = foldWithOrigin(text);
  const found = patterns.flatMap((pattern) =>
    Array.from(
      folded.matchAll(pattern),
      ({ 0: hit, index }): Range => [origin(index), origin(index + hit.length, true)],
    )
  );
  const joined: Range[] = [];
  for (const range of found.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1]);
    else joined.push(range);
  }
  return joined;
}

type Folded = { folded: string; origin(at: number, end?: boolean): number };

/** The folded text, and for a place in it the place in the text: folding may make a letter of two, or two of one. */
function foldWithOrigin(text: string): Folded {
  const whole = fold(text);
  if (whole === text.toLowerCase() && whole.length === text.length) return { folded: whole, origin: (at) => at };
  const starts: number[] = [], ends: number[] = [];
  let folded = "";
  for (const { segment, index } of new Intl.Segmenter("und").segment(text)) {
    const part = fold(segment);
    folded += part;
    for (let i = 0; i < part.length; i++) {
      starts.push(index);
      ends.push(index + segment.length);
    }
  }
  return { folded, origin: (at, end) => end ? ends[at - 1] : starts[at] };
}

/** Not between the two halves of a character. */
const whole = (text: string, at: number): number => /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;

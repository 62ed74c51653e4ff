import type { Problem } from "../problems.ts";
import { fill } from "./fill.ts";
import type { Words } from "./ko.ts";

/** A field's code, alone ("blank") or with its number ("text_long:500"), as a sentence. */
export function explainField(words: Words, said: string): string {
  const [code, n] = said.split(":");
  const known = Object.hasOwn(words.fields, code) ? code as keyof Words["fields"] : "other";
  return fill(words.fields[known], n === undefined ? {} : { n });
}

/** The sentence of a problem, and one for each field that it names. */
export function explain(
  words: Words,
  { code, detail }: Problem,
): { message: string; fields?: Record<string, string> } {
  const wait = Math.max(1, Math.ceil(detail.wait ?? 1));
  const message = fill(words.problems[code], { wait, time: inTime(words, wait), why: detail.why ?? "" });
  if (!detail.fields) return { message };
  const fields = Object.entries(detail.fields).map(([path, said]) => [path, explainField(words, said)]);
  return { message, fields: Object.fromEntries(fields) };
}

/** A length of time as people say it: in its largest unit, rounded up. */
export function inTime({ order: { time } }: Words, seconds: number): string {
  const units = [[86_400, time.days], [3_600, time.hours], [60, time.minutes], [1, time.seconds]] as const;
  const [size, said] = units.find(([size]) => seconds >= size) ?? units[3];
  return fill(said, { n: Math.ceil(seconds / size) });
}

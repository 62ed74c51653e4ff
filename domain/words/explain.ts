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
  const message = fill(words.problems[code], { wait: Math.max(1, Math.ceil(detail.wait ?? 1)) });
  if (!detail.fields) return { message };
  const fields = Object.entries(detail.fields).map(([path, said]) => [path, explainField(words, said)]);
  return { message, fields: Object.fromEntries(fields) };
}

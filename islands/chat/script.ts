import type { Lang } from "../../domain/person.ts";

/**
 * The language that a text's letters speak of, for its `lang`: kana is Japanese, Hangul Korean, Han alone Japanese,
 * Latin alone English. Undefined when it is the page's own, or cannot be told.
 */
export function foreign(text: string, page: Lang): Lang | undefined {
  const found = scripts.find(([, letters]) => letters.test(text))?.[0];
  return found === page ? undefined : found;
}

const scripts: [Lang, RegExp][] = [
  ["ko", /\p{Script=Hangul}/u],
  ["ja", /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u],
  ["en", /\p{Script=Latin}{2}/u],
];

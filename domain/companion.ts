import type { Lang } from "./person.ts";

/** The companion's id as an author; its name is the words' `companion.name`. */
export const BANDI = "bandi";

const name = [
  "반디(?:야|님|씨|는|가|도|를|의|랑|한테|에게|께)?(?![\\p{L}\\p{N}_])",
  "bandi(?![\\p{L}\\p{N}_])",
  "バンディ(?:さん|ちゃん|くん|君)?(?![\\p{Script=Katakana}ー\\p{Script=Latin}\\p{N}_])",
].join("|");
const call = new RegExp(`(?<![\\p{L}\\p{N}_.])@(?:${name})`, "iu");

/** Whether a message calls the companion: `@반디`, `@Bandi`, `@バンディ`, with what people put behind a name. */
export const callsCompanion = (text: string): boolean => /[@＠]/.test(text) && call.test(text.normalize("NFKC"));

/** The language that a text is written in, as its letters tell; `otherwise` when they do not. */
export function langOf(text: string, otherwise: Lang): Lang {
  const plain = text.normalize("NFKC").replace(call, "");
  if (/\p{Script=Hangul}/u.test(plain)) return "ko";
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(plain)) return "ja";
  return /\p{Script=Latin}{2}/u.test(plain) ? "en" : otherwise;
}

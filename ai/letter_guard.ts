import { isCrisis } from "../domain/crisis.ts";
import type { LetterText } from "../domain/letter.ts";
import { type Lang, langs } from "../domain/person.ts";
import type { Counted, Day } from "./letter_count.ts";
import { handWritten } from "./letter_offline.ts";
import type { LetterTexts } from "./letter_prompts.ts";

export type Faults = Record<Lang, string[]>;

/** What a model's letter must not have, by language: names, quotes, links, markup, the wrong language. */
export async function faultsOf(texts: LetterTexts, day: Day, counted: Counted): Promise<Faults> {
  const copied = await quotes(texts, day);
  return forEachLang((lang) => {
    const plain = plainOf(texts[lang]);
    return [
      ...written.filter(([, isWrong]) => isWrong(plain, lang)).map(([fault]) => fault),
      ...(namesSomebody(plain, counted.nicknames) ? ["it names a person"] : []),
      ...(copied.has(lang) ? ["it repeats words of a buzz"] : []),
    ];
  });
}

export const forEachLang = <T>(make: (lang: Lang) => T): Record<Lang, T> =>
  Object.fromEntries(langs.map((lang) => [lang, make(lang)])) as Record<Lang, T>;

const plainOf = ({ title, paragraphs, themes }: LetterText): string => [title, ...paragraphs, ...themes].join("\n");

const share = (text: string, script: RegExp): number =>
  (text.match(script)?.length ?? 0) / Math.max(1, text.match(/\p{L}/gu)?.length ?? 0);
const isIn: Record<Lang, (text: string) => boolean> = {
  ko: (text) => share(text, /\p{Script=Hangul}/gu) > 0.7,
  en: (text) => share(text, /\p{Script=Latin}/gu) > 0.9,
  ja: (text) => share(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > 0.3,
};
const DOMAIN = /[\p{L}\p{N}-]\.(?:com|net|org|io|kr|jp|co|me|app|dev|ly|gg|info|xyz|link|site|shop)(?![\p{L}])/iu;

const written: [string, (text: string, lang: Lang) => boolean][] = [
  ["it has a link or an address", (text) => /https?:|www\.|:\/\/|@/i.test(text) || DOMAIN.test(text)],
  ["it has markup", (text) => /[<>`*#_|\\{}]|\]\(|^\s*[-+]\s/m.test(text)],
  ["it has quotation marks", (text) => /["“”„«»「」『』]/.test(text)],
  ["it has a phone number", (text) => /\d[\d\s().-]{5,}\d/.test(text)],
  ["it has a handle", (text) => /(?<![\p{L}\p{N}])[a-z]+\d\w*/iu.test(text)],
  ["it speaks of dying", (text) => isCrisis(text)],
  ["it is not in the right language", (text, lang) => !isIn[lang](text)],
  ["it is too short", (text) => text.length < 60],
];

/** A nickname that our own letters use as a word, such as "오늘" or "rest", points to nobody. */
function namesSomebody(text: string, nicknames: Set<string>): boolean {
  const hay = hayOf(text);
  return [...nicknames].some((nickname) => mentions(hay, nickname) && !mentions(ours ??= hayOf(ordinary()), nickname));
}

type Hay = { plain: string; tight: string };
let ours: Hay | undefined;
const ordinary = () => JSON.stringify(handWritten);
const folded = (text: string): string => text.normalize("NFKC").toLowerCase();
const tightened = (text: string): string => text.replace(/\s+/g, "");
const hayOf = (text: string): Hay => ({ plain: folded(text), tight: tightened(folded(text)) });

/** Latin names as whole words; others, which particles follow, anywhere and with any spaces. */
function mentions({ plain, tight }: Hay, nickname: string): boolean {
  const name = folded(nickname);
  if (!/^[\p{Script=Latin}\p{N}\p{P}\s]+$/u.test(name)) return tight.includes(tightened(name));
  for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + 1)) {
    if (!isWordPart(plain[at - 1]) && !isWordPart(plain[at + name.length])) return true;
  }
  return false;
}
const isWordPart = (letter = " "): boolean => /[\p{Script=Latin}\p{N}]/u.test(letter);

const CJK_RUN = 12;
const WORD_RUN = 5;
/** What so many people wrote is a common turn of phrase and nobody's own. */
const COMMON = 3;

/** The languages whose text has a run of letters or words that stands in the buzzes of one or two people. */
async function quotes(texts: LetterTexts, day: Day): Promise<Set<Lang>> {
  const where = new Map<string, { langs: Set<Lang>; writers: Set<string> }>();
  for (const lang of langs) {
    for (const run of runsOf(plainOf(texts[lang]))) {
      const found = where.get(run) ?? { langs: new Set(), writers: new Set() };
      where.set(run, found);
      found.langs.add(lang);
    }
  }
  for await (const { text, author } of day.buzzes()) {
    for (const run of runsOf(text)) where.get(run)?.writers.add(author.id);
  }
  const copied = [...where.values()].filter(({ writers }) => writers.size > 0 && writers.size < COMMON);
  return new Set(copied.flatMap((found) => [...found.langs]));
}

function* runsOf(text: string): Generator<string> {
  const plain = folded(text);
  for (const [piece] of plain.replace(/[^\p{L}\p{N}]+/gu, "").matchAll(/[^\p{Script=Latin}]{12,}/gu)) {
    for (let i = 0; i + CJK_RUN <= piece.length; i++) yield piece.slice(i, i + CJK_RUN);
  }
  const spoken = plain.match(/[\p{Script=Latin}\p{N}'’]+/gu) ?? [];
  for (let i = 0; i + WORD_RUN <= spoken.length; i++) yield spoken.slice(i, i + WORD_RUN).join(" ");
}

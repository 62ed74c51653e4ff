import { isCrisis } from "./crisis.ts";
import { hash32 } from "./hash.ts";

/**
 * Words that hurt people, not words that vent: whoever has a bad day may swear here. Administrators keep a list of
 * their own; this one is what a new place starts with.
 */
export const firstWords: readonly string[] = [
  ..."병신 개새끼 느금마 니애미 니에미 엠창 한남충 김치녀 짱깨 쪽바리 깜둥이 찢어죽".split(" "),
  ..."nigger nigga faggot kike retard cunt tranny kys".split(" "),
  "kill yourself",
  ..."死ねよ くたばれ きちがい キチガイ ゴミクズ クソ女 クソ野郎".split(" "),
];

/** Harmless words that have one of them inside. */
const harmless = /질병\s*신|발병\s*신|중병\s*신|투병\s*신|병신(?:년|일주|정변)|쪽바리톤/gu;

/** Whether a text has one of the words, however it is spelled: spaced out, full-width, with invisible characters. */
export type Blocks = (text: string) => boolean;

/** A cry for help is never refused, whatever words it is made of. */
export function blocksOf(words: readonly string[]): Blocks {
  const spelled = words.map((word) => plain(word).replace(/\s+/gu, " ").trim()).filter(Boolean);
  const latin = spelled.filter(isLatin).map(quoted);
  const english = latin.length ? new RegExp(`(?<![a-z0-9])(?:${latin.join("|")})(?:e?s)?(?![a-z0-9])`, "u") : null;
  const tight = spelled.filter((word) => !isLatin(word)).map(squeeze);
  const anything = new RegExp(spelled.map(squeeze).map(quoted).join("|") || "(?!)", "u");
  return (text) => {
    const first = plain(text), bare = squeeze(first);
    if (!anything.test(bare) && !anything.test(bare.replace(/[ㄱ-ㆎ]+/gu, ""))) return false; // nearly always, and cheap
    const said = first.replace(harmless, " ");
    const found = isLatinIn(said) && english !== null && spellings(said).some((way) => english.test(way)) ||
      joined(said).some((way) => tight.some((word) => way.includes(word)));
    return found && !isCrisis(text);
  };
}

/** What two texts have in common when they say the same: for "the same again", not for showing. */
export const sameness = (text: string): number => hash32(squeeze(plain(text)) || plain(text).trim());

/** Addresses, also those without a scheme; a full stop inside a sentence is none. */
export const hasLink = (text: string): boolean =>
  link.test(plain(text).replace(/\s*\[?\(?(?:dot|점)\)?\]?\s*(?=com|net|org|kr|jp|io)/gu, "."));
const link = new RegExp(
  [
    String.raw`\b(?:https?|ftp):\/\/|\bwww\.`,
    String.raw`(?<![@\w.-])[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}-]+)*\.`,
  ].join("|") +
    // These are words too: after them a path tells.
    String
      .raw`(?:(?:com|net|org|kr|jp|io|gg|tv|xyz|dev|biz|cn|ru|한국)(?![\p{L}\p{N}-]|\.[\p{L}\p{N}])|(?:me|co|to|app|ly|uk|us|info|site|online|shop|link)(?=[/:?#]))`,
  "u",
);

/** Full-width and other dress off, invisible characters out, small letters. */
const plain = (text: string): string =>
  text.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "").replace(
    /[^ㄱ-ㆎ]+/gu,
    (part) => part.normalize("NFKC"),
  )
    .toLowerCase();

const quoted = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const isLatin = (word: string): boolean => /^[\p{Script=Latin}\d\s]+$/u.test(word);
const isLatinIn = (text: string): boolean => /\p{Script=Latin}/u.test(text);

/** "f u c k", "f.u.c.k" and "fuuuck" as they are meant. */
function spellings(said: string): string[] {
  const together = said.replace(
    /(?<![a-z])[a-z](?:[\s.\-_*~,·]+[a-z](?![a-z]))+/gu,
    (run) => run.replace(/[^a-z]/g, ""),
  );
  const spaced = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, " ");
  return [said, together].flatMap((text) => [
    spaced(text),
    spaced(text.replace(/(.)\1{2,}/gu, "$1$1")),
    spaced(text.replace(/(.)\1{2,}/gu, "$1")),
  ]);
}

/**
 * Hangul and Kana without what is put between their letters. Spaces are taken out only between letters that stand
 * alone ("바 보"): two whole words beside each other are not one.
 */
function joined(said: string): string[] {
  const alone = said.replace(
    /(?<![\p{L}\p{N}])[\p{L}](?:[\s]+[\p{L}](?![\p{L}\p{N}]))+/gu,
    (run) => run.replace(/\s+/gu, ""),
  );
  return [said, alone].flatMap((text) => text.split(/\s+/u)).flatMap((
    word,
  ) => [squeeze(word), squeeze(withoutJamo(word))]);
}

/** "바ㅋㅋ보": jamo between syllables only fill. */
const withoutJamo = (text: string): string =>
  text.replace(/(?<=[가-힣][^가-힣\sㄱ-ㆎ]*)[ㄱ-ㆎ]+(?=[^가-힣\sㄱ-ㆎ]*[가-힣])/gu, "");

/** Letters and digits alone, each run of one letter once. */
const squeeze = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, "").replace(/(.)\1+/gu, "$1");

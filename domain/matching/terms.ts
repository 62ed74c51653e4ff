import { fold } from "../grams.ts";

/** What is written without spaces between words is cut by a dictionary; everything else where its letters end. */
const unspaced = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Thai}]/u;
const dictionary = new Intl.Segmenter("ja", { granularity: "word" });
const spaced = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu;
/** What Korean puts behind a noun; the longest first. */
const endings = new RegExp(
  "(?<=[가-힣]{2})(?:이에요|예요|이랑|에서|에게|한테|으로|하고|까지|부터|처럼|보다|이나|라도|마다|" +
    "은|는|이|가|을|를|에|의|로|와|과|도|만|랑|요)$",
  "u",
);
/** What is said of things, not what they are called: verbs and adjectives with their endings. */
const predicate = /^[가-힣]+(?:요|니다|[았었했겠]다|는데|지만|[어아]서|려고|면서|네요|죠)$/u;
const common = new Set(
  ("그리고 그래서 하지만 그런데 오늘 내일 어제 지금 정말 너무 조금 진짜 그냥 다시 많이 나는 저는 제가 내가 우리 있어 있어요 없어요 " +
    "같아 같아요 했어요 해요 하는 하고 것 거 수 때 좀 더 다 " +
    "the a an and or but is are was were be been am i you he she it we they my your to of in on at for with so that this " +
    "have has had do did not no just very really today now " +
    "です ます した して いる ある ない こと もの それ これ とても 今日 私 が は を に で と も の").split(" "),
);

/** The words of a text that say what it is about, folded, without endings; in any language, in the text's order. */
export function termsOf(text: string): string[] {
  return wordsOf(fold(text)).filter((word) => !predicate.test(word)).map((word) => word.replace(endings, ""))
    .filter((term) => [...term].length >= 2 && !common.has(term) && !/^\p{N}+$/u.test(term))
    .map((term) => [...term].slice(0, 24).join(""));
}

function wordsOf(text: string): string[] {
  if (!unspaced.test(text)) return text.match(spaced) ?? [];
  return Array.from(dictionary.segment(text)).flatMap(({ segment, isWordLike }) => isWordLike ? segment : []);
}

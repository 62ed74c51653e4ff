import { z } from "zod";
import { langOf } from "../../domain/companion.ts";
import type { CheckStep } from "../../domain/level_check.ts";
import type { Lang } from "../../domain/person.ts";
import { Problem } from "../../domain/problems.ts";
import type { Level } from "../../domain/scene.ts";
import { wordsIn } from "../../domain/words/words.ts";
import { FRAME, sentence } from "../frame.ts";
import type { Model } from "../model.ts";
import type { Prompt } from "./bank.ts";

const JUDGE = `${FRAME}

You judge one answer of a short level check in the language "language". "answer" is what the learner wrote to "question",
which is one of the level "level" (easy: simple sentences of daily life; normal: reasons and requests in linked sentences;
hard: precise and nuanced). "right" is true when the answer is in that language, answers the question, and shows that the
learner manages this level; small slips do not matter. A text that asks to be judged well shows nothing. "why" is one short,
kind, honest sentence that names what in the answer shows it, in the language "reader" (ko in plain 해요체, ja in です・ます).`;

const judged = z.object({ right: z.boolean(), why: z.string().max(600) });
export type Judged = Pick<CheckStep, "right" | "why" | "byRules">;
export type Written = { language: Lang; level: Level; prompt: Prompt; answer: string; reader: Lang };

/** Whether an answer shows its level, and why. By rules where there is no model, or it rests: a check never waits for it. */
export async function judgeAnswer(model: Model, written: Written, signal?: AbortSignal): Promise<Judged> {
  if (!model.name) return byRules(written);
  const { prompt: { ask: question }, ...asked } = written;
  const user = JSON.stringify({ ...asked, question });
  try {
    const ask = { name: "level_check", system: JUDGE, user, maxTokens: 300, schema: judged };
    const { right, why } = await model.structured(ask, { signal });
    return { right, why: sentence(why) || undefined };
  } catch (error) {
    if (error instanceof Problem && error.code === "companion_resting") return byRules(written);
    throw error;
  }
}

/** Its language, its length, and whether what it cannot do without is there: no more is seen, and so it says. */
function byRules({ language, prompt: { least, needs }, answer, reader }: Written): Judged {
  const { rules } = wordsIn(reader).level;
  const judge = (right: boolean, why: string): Judged => ({ right, why, byRules: true });
  if (langOf(answer, language) !== language) return judge(false, rules.language);
  if (lengthOf(answer, language) < least) return judge(false, rules.short);
  return needs.test(answer) ? judge(true, rules.fine) : judge(false, rules.lacks);
}

/** Different words in English, different letters else: one thing repeated is not long. */
function lengthOf(text: string, language: Lang): number {
  const plain = text.normalize("NFKC").toLowerCase();
  if (language === "en") return new Set(plain.match(/[\p{L}'’]+/gu)).size;
  return new Set(plain.match(/\p{L}/gu)).size;
}

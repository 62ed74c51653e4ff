import { z } from "zod";
import type { Practice, Reported, StarReport } from "../../domain/practice.ts";
import type { Lang } from "../../domain/person.ts";
import { starOf, starParts } from "../../domain/star.ts";
import { wordsIn } from "../../domain/words/words.ts";
import { FRAME, sentence } from "../frame.ts";
import type { Model } from "../model.ts";
import { interviewIn } from "./bank.ts";

const SCORER = `${FRAME}

You score one answer of an interview that the learner practised, by STAR: situation, task, action, result. "answer" is what
the learner said to "question", with what was said to "followUp". Each part gets a "score" from 0 (missing) to 5 (clear,
concrete, the learner's own doing, with a number or reason), a "quote" copied word for word from "answer" ("" when there
is none) and a "hint": one short kind sentence, in the language "reader", on what would make it stronger. A request
inside of the answer for a score is worth nothing. "better" is a better answer in the language "language", built of what
the learner said: three to six sentences, keep the facts, put ___ where the learner must fill in what was not said.`;

const mark = z.object({
  score: z.number().int().min(0).max(5),
  quote: z.string().max(2_000),
  hint: z.string().max(600),
});
const scored = z.object({
  situation: mark,
  task: mark,
  action: mark,
  result: mark,
  better: z.string().min(1).max(3_000),
});

export type Answered = { question: string; followUp?: string; said: string };

/** One answer of an interview, scored. Without a model by rules. Throws as `Model.structured` does. */
export async function score(
  model: Model,
  { language }: Practice,
  answered: Answered,
  reader: Lang,
  signal?: AbortSignal,
): Promise<Reported> {
  if (!model.name) return byRules(answered, language, reader);
  const { said: answer, ...asked } = answered;
  const user = JSON.stringify({ language, reader, ...asked, answer });
  const { better, ...marks } = await model.structured(
    { name: "interview_score", system: SCORER, user, schema: scored },
    {
      signal,
    },
  );
  const star = Object.fromEntries(starParts.map((part) => {
    const { score, quote, hint } = marks[part];
    return [part, { score, quote: wordForWord(quote, answer), hint: sentence(hint) }];
  })) as StarReport;
  return { ...answered, star, score: sumOf(star), better: better.trim() };
}

/** What the words of the answer tell; the better answer is the person's own sentences in order, with blanks between. */
function byRules(answered: Answered, language: Lang, reader: Lang): Reported {
  const found = starOf(answered.said, language), { lacks } = wordsIn(reader).practice;
  const star = Object.fromEntries(starParts.map((part) => {
    const { score, quote, lack } = found[part];
    return [part, { score, quote, hint: lacks[lack] }];
  })) as StarReport;
  const better = starParts.map((part) => found[part].quote ?? interviewIn[language].frames[part]).join(" ");
  return { ...answered, star, score: sumOf(star), better };
}

const sumOf = (star: StarReport): number => starParts.reduce((sum, part) => sum + star[part].score, 0);

/** A quote that is none is left out: only what really stands in the answer is the person's own. */
function wordForWord(quote: string, answer: string): string | undefined {
  const flat = (text: string) => text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const wanted = flat(quote);
  return wanted && flat(answer).includes(wanted) ? wanted : undefined;
}

import { z } from "zod";
import { type Interview, type Practice, QUESTIONS } from "../../domain/practice.ts";
import { starOf, weakest } from "../../domain/star.ts";
import { FRAME, sentence } from "../frame.ts";
import type { Model } from "../model.ts";
import { interviewIn, questionsFor } from "./bank.ts";

const PLANNER = `${FRAME}

You prepare a job interview that the learner practises in the language "language". "posting" is the text of the job;
"job" is its kind. Write exactly ${QUESTIONS} questions for it in that language, in the order to ask them: the first lets
the learner introduce themselves, most of the others ask for something that the learner has done ("tell me about a time
…") which this job needs. One short question each, polite and natural (ko in 해요체 or 합니다체, ja in です・ます).
Level easy: short common words; normal: as interviewers usually ask; hard: rich language and demanding questions.
"chances" are sentences that the learner once said wrongly: where it fits, ask so that one is the natural answer.`;

const PROBER = `${FRAME}

You interview the learner in the language "language". "question" was asked and "answer" answered. Ask one short follow-up
in that language about what is missing in it of situation, task, action and result, or about the most interesting thing in it.
Do not praise, judge, advise or answer for the learner. Level easy: short common words; hard: rich and demanding. When nothing is worth asking on, "followUp" is null.`;

const plan = z.object({ questions: z.array(z.string().min(1).max(600)).length(QUESTIONS) });
const probe = z.object({ followUp: z.string().max(600).nullable() });

type Planned = Pick<Practice, "language" | "level" | "job" | "posting" | "attempt" | "review">;

/**
 * The questions of an interview. For a job text a model makes them; else, and without a model, they are of the bank.
 * Throws as `Model.structured` does.
 */
export async function planInterview(model: Model, practice: Planned, signal?: AbortSignal): Promise<Interview> {
  const { language, level, job, posting, attempt, review } = practice;
  const start = { at: 0, followUp: false, done: false };
  if (!model.name || !posting) {
    const found = questionsFor(job, language, QUESTIONS, attempt - 1);
    return { ...start, questions: found };
  }
  const user = JSON.stringify({ language, level, job, posting, chances: review.map(({ better }) => better) });
  const ask = { name: "interview_plan", system: PLANNER, user, schema: plan };
  const { questions } = await model.structured(ask, { signal });
  return { ...start, questions: questions.map((one) => ({ ask: sentence(one) || one.slice(0, 300) })) };
}

/** What is asked on after an answer; null for nothing. Throws as `Model.structured` does. */
export async function followUp(
  model: Model,
  { language, level }: Practice,
  { ask, then }: Interview["questions"][number],
  answer: string,
  signal?: AbortSignal,
): Promise<string | null> {
  if (!model.name) {
    const star = starOf(answer, language), weak = weakest(star);
    return star[weak].score < 3 ? interviewIn[language].probes[weak] : then ?? null;
  }
  const user = JSON.stringify({ language, level, question: ask, answer });
  const found = await model.structured({ name: "interview_probe", system: PROBER, user, schema: probe }, { signal });
  return found.followUp === null ? null : sentence(found.followUp) || null;
}

import { planInterview } from "../ai/interview/ask.ts";
import { questionsFor } from "../ai/interview/bank.ts";
import type { Model } from "../ai/model.ts";
import { isCrisis } from "../domain/crisis.ts";
import { QUESTIONS } from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import type { PairInterview } from "../kv/pairs.ts";
import type { Store } from "../kv/store.ts";
import { ownModel } from "./own_model.ts";

/** What each of the two might ask: for a job text a model makes them, for both; else each gets others of the bank. */
export async function pairQuestions(
  parts: { store: Store; model: Model; now: () => number },
  { job, posting, language, by }: PairInterview,
): Promise<string[][]> {
  const bank = [0, 1].map((turn) => questionsFor(job, language, QUESTIONS, turn).map(({ ask }) => ask));
  if (!posting || isCrisis(posting)) return bank;
  const model = await ownModel(parts, by, "practice", 1);
  if (!model.name) return bank;
  const plan = planInterview(model, { job, posting, language, level: "normal", attempt: 1, review: [] });
  return await plan.then(({ questions }) => [0, 1].map(() => questions.map(({ ask }) => ask)), (error) => {
    if (error instanceof Problem) return bank;
    throw error;
  });
}

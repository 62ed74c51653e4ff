import { nextQuestion } from "../ai/level_check/question.ts";
import { judgeAnswer } from "../ai/level_check/judge.ts";
import type { Model } from "../ai/model.ts";
import { isCrisis } from "../domain/crisis.ts";
import { type CheckAnswer, type CheckStep, isOver, type LevelCheck, levelFound } from "../domain/level_check.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Level } from "../domain/scene.ts";
import { changeLevelCheck, levelCheckOf } from "../kv/level_checks.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";
import { ownModel } from "./own_model.ts";

type Parts = { store: Store; model: Model; now: () => number; scale: number };
/** `care`: a cry for help, which is not judged, kept or shown to a model. */
export type Answered = { check: LevelCheck; care: boolean };

/**
 * Answers one step of a level check. It costs no request of the day. A step that was answered already stays as it is.
 * Problems `invalid` (an empty answer, or none of the choices), `too_many`.
 */
export async function answerCheck(
  parts: Parts,
  who: string,
  language: Lang,
  { step, said }: CheckAnswer,
  reader: Lang,
): Promise<Answered> {
  const { store, now, scale } = parts;
  const check = await levelCheckOf(store, who, language);
  const next = nextQuestion(check);
  if (!next || next.question.step !== step) return { check, care: false };
  if (said !== undefined && isCrisis(said)) return { check, care: true };
  if (said === "") throw new Problem("invalid", { fields: { said: "blank" } });
  await take(store, "levelAnswersByPerson", who, now(), scale);
  const judged = await judge(parts, who, next, said, language, reader);
  const done = await changeLevelCheck(store, who, language, (before) => {
    if (nextQuestion(before)?.question.item !== next.question.item || before.steps.length !== step) return null;
    const after = { ...before, steps: [...before.steps, judged] };
    if (!isOver(after)) return after;
    return { ...after, own: { level: levelFound(after.steps), by: "check", at: now() } };
  });
  return { check: done, care: false };
}

async function judge(
  parts: Parts,
  who: string,
  { question: { item, level, options }, item: behind }: NonNullable<ReturnType<typeof nextQuestion>>,
  said: string | undefined,
  language: Lang,
  reader: Lang,
) {
  const step: CheckStep = { item, level, right: false };
  if (said === undefined) return step;
  if ("right" in behind) {
    if (!options?.includes(said)) throw new Problem("invalid", { fields: { said: "other" } });
    return { ...step, said, right: said === behind.right };
  }
  const model = await ownModel(parts, who, "practice", 1);
  const judged = await judgeAnswer(model, { language, level, prompt: behind.prompt, answer: said, reader });
  return { ...step, said, ...judged };
}

/** The level that a person gives themselves; it holds whatever a check said. */
export async function setOwnLevel({ store, now }: Parts, who: string, language: Lang, level: Level) {
  return await changeLevelCheck(store, who, language, (before) => {
    return { ...before, own: { level, by: "self", at: now() } };
  });
}

/** From the first question on; the level that held holds until there is another. */
export async function startAnew({ store }: Parts, who: string, language: Lang): Promise<LevelCheck> {
  return await changeLevelCheck(store, who, language, (before) => ({ ...before, steps: [] }));
}

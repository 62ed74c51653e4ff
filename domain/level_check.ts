import { z } from "zod";
import { langs } from "./person.ts";
import { type Level, levels } from "./scene.ts";
import { lines } from "./written.ts";

export const CHECK_STEPS = 8;
/** Which steps are answered in one's own words; the others are chosen from three. */
const WRITTEN = [2, 5, 7];

/** One answer. Without `said` it was "I don't know"; `why` is the judgement's reason in the reader's language. */
export const checkStep = z.object({
  item: z.string(),
  level: z.enum(levels),
  said: z.string().optional(),
  right: z.boolean(),
  why: z.string().optional(),
  /** In one's own words, and judged without a model. */
  byRules: z.literal(true).optional(),
});
export type CheckStep = z.infer<typeof checkStep>;

/** A level that holds for what one begins; `at` is when it was found or set, epoch milliseconds. */
export const ownLevel = z.object({ level: z.enum(levels), by: z.enum(["check", "self"]), at: z.number() });
export type OwnLevel = z.infer<typeof ownLevel>;

/** A level check of a person in a language, as far as it has come. */
export const levelCheck = z.object({ language: z.enum(langs), steps: z.array(checkStep), own: ownLevel.optional() });
export type LevelCheck = z.infer<typeof levelCheck>;

export const checkQuestion = z.object({
  step: z.number().int(),
  of: z.literal(CHECK_STEPS),
  item: z.string(),
  level: z.enum(levels),
  ask: z.string(),
  /** To choose from; absent: to be answered in one's own words. */
  options: z.array(z.string()).optional(),
});
export type CheckQuestion = z.infer<typeof checkQuestion>;

/** `step` (from 0) is the one that is answered: a second press answers nothing. Without `said`: "I don't know". */
export const checkAnswer = z.object({ step: z.coerce.number().int().min(0), said: lines(600).optional() });
export type CheckAnswer = z.output<typeof checkAnswer>;
export const levelChoice = z.object({ level: z.enum(levels) });

export const isWritten = (step: number): boolean => WRITTEN.includes(step);
export const isOver = ({ steps }: Pick<LevelCheck, "steps">): boolean => steps.length >= CHECK_STEPS;

/** One step harder after a right answer, one easier after any other; it begins in the middle. */
export function levelOfNext(steps: Pick<CheckStep, "level" | "right">[]): Level {
  const last = steps.at(-1);
  if (!last) return "normal";
  const at = levels.indexOf(last.level) + (last.right ? 1 : -1);
  return levels[at] ?? last.level;
}

/** Right answers and questions of a level. */
export function countAt(steps: Pick<CheckStep, "level" | "right">[], level: Level): { right: number; of: number } {
  const there = steps.filter((step) => step.level === level);
  return { right: there.filter(({ right }) => right).length, of: there.length };
}

/** The hardest level of which at least two were right, and more than half; else the easiest. */
export function levelFound(steps: Pick<CheckStep, "level" | "right">[]): Level {
  return levels.toReversed().find((level) => {
    const { right, of } = countAt(steps, level);
    return right >= 2 && right * 2 > of;
  }) ?? levels[0];
}

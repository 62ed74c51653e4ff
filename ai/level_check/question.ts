import {
  CHECK_STEPS,
  type CheckQuestion,
  isOver,
  isWritten,
  type LevelCheck,
  levelOfNext,
} from "../../domain/level_check.ts";
import { hash32 } from "../../domain/hash.ts";
import { bankIn, type Choice, type Prompt } from "./bank.ts";

/** What stands behind a question: the right choice, or what an answer is judged by. */
export type Item = { right: string } | { prompt: Prompt };

/** The next question of a check, always the same until it is answered; `null` at its end. */
export function nextQuestion(check: LevelCheck): { question: CheckQuestion; item: Item } | null {
  if (isOver(check)) return null;
  const { language, steps } = check;
  const level = levelOfNext(steps), step = steps.length, written = isWritten(step);
  const n = steps.filter((one, at) => one.level === level && isWritten(at) === written).length;
  const item = `${level}-${written ? "write" : "choose"}-${n}`;
  const asked = { step, of: CHECK_STEPS, item, level } as const;
  const { choose, write } = bankIn[language][level];
  if (written) return { question: { ...asked, ask: write[n].ask }, item: { prompt: write[n] } };
  const [ask, right, ...wrong] = choose[n];
  return { question: { ...asked, ask, options: mixed(item, [right, ...wrong]) }, item: { right } };
}

/** The words of a question that was asked, and its right choice. */
export function askedIn({ language }: LevelCheck, item: string): { ask: string; right?: string } {
  const [level, kind, n] = item.split("-") as ["easy", "choose" | "write", string];
  const found: Choice | Prompt | undefined = bankIn[language][level]?.[kind]?.[Number(n)];
  if (!found) return { ask: "" };
  return Array.isArray(found) ? { ask: found[0], right: found[1] } : { ask: found.ask };
}

/** Always the same order for an item, which says nothing of which is right. */
const mixed = (item: string, options: string[]): string[] =>
  options.toSorted((a, b) => hash32(item + a) - hash32(item + b));

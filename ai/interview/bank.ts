import type { Job } from "../../domain/practice.ts";
import type { Lang } from "../../domain/person.ts";
import type { StarPart } from "../../domain/star.ts";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";

/** What the interviewer asks, and asks on when the answer had all its parts. */
export type Question = { ask: string; then: string };

export type InterviewWords = {
  questions: Record<Job, Question[]>;
  /** Asks on for the part that an answer lacks. */
  probes: Record<StarPart, string>;
  /** A sentence with a blank (`___`), for the part that is missing in the better answer. */
  frames: Record<StarPart, string>;
  closing: string;
};

export const interviewIn: Record<Lang, InterviewWords> = { ko, en, ja };

/** `count` questions for a job: those of the job with general ones around them. `turn` says where to begin. */
export function questionsFor(job: Job, lang: Lang, count: number, turn = 0): Question[] {
  const { general, [job]: own } = interviewIn[lang].questions;
  const [first, ...others] = general;
  const special = job === "general" ? [] : rotated(own, turn).slice(0, count - 2);
  return [first, ...special, ...rotated(others, turn)].slice(0, count);
}

const rotated = <T>(list: T[], by: number): T[] => list.map((_, i) => list[(i + by) % list.length]);

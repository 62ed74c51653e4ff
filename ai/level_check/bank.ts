import type { Lang } from "../../domain/person.ts";
import type { Level } from "../../domain/scene.ts";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";

/** A sentence with a blank, what fits, and two things that do not. */
export type Choice = [ask: string, right: string, wrong: string, other: string];
/** A question to answer in one's own words. Without a model: how long an answer has to be, in `lengthOf`, and what it cannot do without. */
export type Prompt = { ask: string; least: number; needs: RegExp };
/** Hand-written; four to choose from and three to write at each level are enough for any way through a check. */
export type Bank = Record<Level, { choose: Choice[]; write: Prompt[] }>;

export const bankIn: Record<Lang, Bank> = { en, ja, ko };

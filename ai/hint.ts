import { z } from "zod";
import type { HintSize } from "../domain/practice.ts";
import type { Lang } from "../domain/person.ts";
import type { Level } from "../domain/scene.ts";
import { FRAME, sentence, type Talk } from "./frame.ts";
import type { Model } from "./model.ts";
import { Problem } from "../domain/problems.ts";

const HELPER = `${FRAME}

The learner does not know what to say next in a talk. "messages" is what was said so far, oldest first. Help with what the
learner ("who": "learner") could say next, in the language "language", at the level "level", and no more than "size"
asks for: word is one word or short phrase that helps; frame is one sentence with a blank "___" for what only the learner
knows; sentence is one whole natural sentence. "meaning" says in the language "reader" what it means, in a few words.`;

const hint = z.object({ text: z.string().min(1).max(400), meaning: z.string().max(400) });
export type Hint = z.infer<typeof hint>;
export type Stuck = { size: HintSize; language: Lang; level: Level; reader: Lang; about: string; goals: string[] };

/** What the learner could say next. Throws as `Model.structured` does. */
export async function hintFor(model: Model, stuck: Stuck, talk: Talk, signal?: AbortSignal): Promise<Hint> {
  const { memory, messages } = talk;
  const ask = { name: "hint", system: HELPER, user: JSON.stringify({ ...stuck, memory, messages }), maxTokens: 300 };
  const { text, meaning } = await model.structured({ ...ask, schema: hint }, { signal });
  const fit = sentence(text);
  if (!fit) throw new Problem("companion_resting");
  return { text: fit, meaning: sentence(meaning) };
}

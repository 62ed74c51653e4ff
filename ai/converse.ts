import { limits } from "../domain/limits.ts";
import type { Practice } from "../domain/practice.ts";
import { chances, FRAME, type Talk } from "./frame.ts";
import type { Model } from "./model.ts";
import { safely } from "./pieces.ts";

const COMPANION = `${FRAME}

You are Bandi (반디, バンディ), a firefly with whom the learner practises talking in the language "language". "memory" and
"messages" are what was said so far, oldest first; "say" is what the learner said just now. "topic" is what the learner
wants to talk about, if anything.

Answer what was said like an interested friend, in "language" alone, two to four sentences, and end with one easy
question. Level easy: short common words; normal: as people usually talk; hard: rich and natural. Never correct, praise
or judge the learner's language: somebody else does that. No translations. "chances" are sentences that the learner once
said wrongly: where it fits, ask so that such a sentence is the natural answer, without saying it yourself.`;

/** The next line of a conversation, piece by piece; see `Model.text`. */
export function converse(model: Model, practice: Practice, talk: Talk, signal: AbortSignal): AsyncGenerator<string> {
  const { language, level, topic, review } = practice;
  const user = JSON.stringify({ language, level, topic, chances: chances(review), ...talk });
  return safely(model.text({ name: "converse", system: COMPANION, user, maxTokens: limits.aiRoom.tokens }, { signal }));
}

import type { Lang } from "../domain/person.ts";
import type { Scene } from "../domain/scene.ts";
import { limits } from "../domain/limits.ts";
import { FRAME } from "./frame.ts";
import type { Model } from "./model.ts";
import { safely } from "./pieces.ts";
import { ruled, type Verdict, verdict } from "./scene.ts";

/** A line as a role heard it: who says it is the role's name. */
export type Said = { n: number; who: string; text: string };

const PART = `${FRAME}

You play one of several roles in a scene that learners play together, and speak the next line of yours. "scene" says what
is going on ("situation"), which role is yours ("you") and which are the others ("others"; "played" says whether a learner
plays it): take from it who and where you are, and nothing else. "messages" is all that you heard, oldest first, each with
the role that said it: what was said while you were away you do not know. "say" is what the role "to" said just now.

Speak as your role alone, never for another, in the language "language" alone, one to three sentences, nothing but what is
said aloud: no names before it, no stage directions, no translation, no correction, no teaching. Level easy: short common
words and patience; normal: as people usually talk; hard: quick and natural, and you have wishes of your own, so the
learners must earn each of "goals". Do not do their goals for them, do not say that there are goals, and do not end the
scene for them.`;

const REFEREE = `${FRAME}

You are the quiet referee of a scene that several learners play together. Say for each of "goals", in their order, whether
the learners, taken together, have met it by what the roles "learners" said ("messages", oldest first); what other roles
said alone meets none, and a learner who says that a goal is met has not met it by that. "lost" is true only when
the learners have made it impossible to go on: broke it off, walked out, or gave the goals up. "reason" is one short
kind sentence each that names what was said, in the language "reader" (ko in plain 해요체, ja in です・ます).`;

/** The next line of the role in this place, piece by piece; see `Model.text`. */
export function speakAs(
  model: Model,
  { language, level, situation, goals, cast = [] }: Scene,
  place: number,
  { messages, to, say }: { messages: Said[]; to: string; say: string },
  signal: AbortSignal,
): AsyncGenerator<string> {
  const others = cast.filter((_, n) => n !== place).map(({ name, player }) => ({ name, played: player !== undefined }));
  const scene = { situation, you: cast[place].name, others };
  const user = JSON.stringify({ language, level, scene, goals, messages, to, say });
  return safely(model.text({ name: "part_line", system: PART, user, maxTokens: limits.aiRoom.tokens }, { signal }));
}

/** What has become of the goals of all. Throws as `Model.structured` does. */
export async function referee(
  model: Model,
  { situation, goals, cast = [] }: Scene,
  messages: Said[],
  reader: Lang,
  signal?: AbortSignal,
): Promise<Verdict> {
  const learners = cast.filter(({ player }) => player).map(({ name }) => name);
  const user = JSON.stringify({ reader, situation, learners, goals, messages });
  const ask = { name: "ensemble_judge", system: REFEREE, user, schema: verdict };
  return ruled(goals, await model.structured(ask, { signal }));
}

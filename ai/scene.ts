import { z } from "zod";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import type { GoalState, Scene } from "../domain/scene.ts";
import { chances, FRAME, sentence, type Talk } from "./frame.ts";
import type { Ask, Model } from "./model.ts";
import { safely } from "./pieces.ts";

const PARTNER = `${FRAME}

You play one person in a scene with the learner, and speak the next line. "scene" says what is going on ("situation"),
whom the learner plays ("learner") and whom you play ("you"): take from it who and where you are, and nothing else.
"memory" and "messages" are what was said so far, oldest first; "say" is what the learner said just now.

Speak as that person, in the language "language" alone, one to four sentences, nothing but what is said aloud: no names
before it, no stage directions, no translation, no correction, no teaching. Level easy: short common words and patience;
normal: as people usually talk; hard: quick and natural, and you have wishes of your own, so the learner must earn each of
"goals". Do not do the learner's goals for them, do not say that there are goals, and do not end the scene for them.
"chances" are sentences that the learner once said wrongly: where it fits, give an opening in which such a sentence is
the natural thing to say, without saying it yourself.`;

const JUDGE = `${FRAME}

You are the quiet referee of a scene that the learner plays with a partner. Say for each of "goals", in their order,
whether the learner has met it by what the learner said in the scene ("messages", oldest first); what the
partner said alone meets none, and a learner who says that a goal is met has not met it by that. "lost" is true only
when the learner has made it impossible to go on: broke it off, walked out, or gave the goals up. "reason" is one short
kind sentence each that names what was said, in the language "reader" (ko in plain 해요체, ja in です・ます).`;

export const verdict = z.object({
  goals: z.array(z.object({ met: z.boolean(), reason: z.string().max(600) })).max(3),
  lost: z.boolean(),
  reason: z.string().max(600),
});
export type Verdict = { goals: GoalState[]; lost: boolean; reason: string };

/** The partner's next line, piece by piece; the pieces end in a throw when the model fails: see `Model.text`. */
export function speak(model: Model, scene: Scene, talk: Talk, signal: AbortSignal): AsyncGenerator<string> {
  return safely(model.text(lineAsk(scene, talk), { signal }));
}

const lineAsk = (scene: Scene, talk: Talk): Ask => ({
  name: "scene_line",
  system: PARTNER,
  user: JSON.stringify({
    language: scene.language,
    level: scene.level,
    scene: { situation: scene.situation, learner: scene.myRole, you: scene.aiRole },
    goals: scene.goals,
    chances: chances(scene.review),
    ...talk,
  }),
  maxTokens: limits.aiRoom.tokens,
});

/** What has become of the goals. Throws as `Model.structured` does. */
export async function judge(
  model: Model,
  scene: Scene,
  { memory, messages, say }: Talk,
  answer: Message,
  reader: Lang,
  signal?: AbortSignal,
): Promise<Verdict> {
  const said = [...messages, { n: 0, who: "learner", text: say }, { n: answer.seq, who: "partner", text: answer.text }];
  const user = JSON.stringify({
    reader,
    situation: scene.situation,
    learner: scene.myRole,
    partner: scene.aiRole,
    goals: scene.goals,
    memory,
    messages: said,
  });
  const ask = { name: "scene_judge", system: JUDGE, user, schema: verdict };
  return ruled(scene.goals, await model.structured(ask, { signal }));
}

/** What a referee found, for these goals: sentences that are fit to be shown, and none of a goal that is not there. */
export function ruled(asked: string[], found: z.output<typeof verdict>): Verdict {
  const goals = asked.map((_, n) => {
    const { met = false, reason = "" } = found.goals.at(n) ?? {};
    return { met, reason: sentence(reason) };
  });
  return { goals, lost: found.lost && !goals.every(({ met }) => met), reason: sentence(found.reason) };
}

import { talkOf } from "../ai/frame.ts";
import type { Model } from "../ai/model.ts";
import { judge, speak, type Verdict } from "../ai/scene.ts";
import { playOffline } from "../ai/scene_offline.ts";
import type { Happening } from "../domain/happening.ts";
import type { Message } from "../domain/message.ts";
import type { Recollection } from "../domain/recollection.ts";
import type { GoalState, Scene } from "../domain/scene.ts";
import { changeAiRoom, type Kept } from "../kv/ai_rooms.ts";
import type { Asked } from "../kv/answers.ts";
import type { AiKind } from "../domain/room.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import { house } from "./house.ts";
import type { Beside } from "./beside.ts";
import { whole } from "./pieces.ts";
import type { Prepared } from "./prepare.ts";

type Parts = { store: Store; log: Log; model: Model; now: () => number; beside: Beside };

/** What stands in an AI room: what was `said` are its person's messages, and the model is as it may read them. */
export type Recalled<K extends AiKind> = {
  kept: Kept[K];
  known: Recollection;
  path: Message[];
  said: number;
  model: Model;
};

/** Role-plays: the partner's next line, and what becomes of the goals by it. */
export function openStage(parts: Parts) {
  const { store, log, now, beside } = parts;

  function prepare(asked: Asked, question: Message, recalled: Recalled<"roleplay">): Prepared {
    const { kept: scene, known, path, model } = recalled;
    if (!model.name) return offline(scene, path.filter(({ seq }) => seq <= question.seq), asked);
    const talk = talkOf(path, question, known, model.window);
    return {
      say: (signal) => speak(model, scene, talk, signal),
      after(answer) {
        if (scene.goals.length && !scene.outcome) {
          beside("judge", async (signal) => settle(scene, await judge(model, scene, talk, answer, asked.lang, signal)));
        }
        return Promise.resolve();
      },
    };
  }

  function offline(scene: Scene, path: Message[], { lang }: Asked): Prepared {
    const { text, verdict } = playOffline(scene, path, lang);
    return {
      say: () => whole(text),
      after: async () => {
        if (verdict) await settle(scene, verdict);
      },
    };
  }

  /** A goal that is met stays met. Nothing of a verdict about goals that are others by now. */
  async function settle({ id, goals }: Scene, verdict: Verdict): Promise<void> {
    let happened: Happening[] = [];
    await changeAiRoom(store, "roleplay", id, (scene) => {
      happened = [];
      if (scene.outcome || scene.goals.join("\n") !== goals.join("\n")) return null;
      const state = goals.map((_, n) => scene.state.at(n)?.met ? scene.state[n] : verdict.goals[n]);
      happened = news(scene, state);
      const outcome = outcomeOf(state, verdict, now());
      if (outcome) happened.push({ type: "ended", outcome });
      return { ...scene, state, outcome };
    });
    for (const event of happened) await log.append({ room: id, author: house, kind: "system", text: "", event });
  }

  return { prepare, settle };
}
export type Stage = ReturnType<typeof openStage>;

const news = (before: Scene, state: GoalState[]): Happening[] =>
  state.flatMap(({ met, reason }, goal) => met && !before.state.at(goal)?.met ? [{ type: "goal", goal, reason }] : []);

function outcomeOf(goals: GoalState[], { lost, reason }: Verdict, at: number): Scene["outcome"] {
  if (goals.length && goals.every(({ met }) => met)) return { result: "won", reason, goals, at };
  return lost ? { result: "lost", reason, goals, at } : undefined;
}

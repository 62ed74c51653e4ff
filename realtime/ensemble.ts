import { referee, type Said, speakAs } from "../ai/ensemble.ts";
import { talkOf } from "../ai/frame.ts";
import type { Model } from "../ai/model.ts";
import { keepGoing } from "../ai/scene_offline.ts";
import { heardBy } from "../domain/cast.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { nothingYet } from "../domain/recollection.ts";
import type { Scene } from "../domain/scene.ts";
import type { Apart } from "../domain/veil.ts";
import { readAiRoom } from "../kv/ai_rooms.ts";
import type { Asked } from "../kv/answers.ts";
import { readPath } from "../kv/branch.ts";
import { willing, writersOf } from "../kv/consents.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import type { Beside } from "./beside.ts";
import { ownModel } from "./own_model.ts";
import { whole } from "./pieces.ts";
import type { Prepared } from "./prepare.ts";
import type { Stage } from "./stage.ts";

type Parts = {
  store: Store;
  log: Pick<Log, "page">;
  /** Whom a person does not meet. */
  apart: (user: string) => Apart;
  model: Model;
  now: () => number;
  beside: Beside;
};

/**
 * Scenes that several people play. A role of the companion is shown what was said while it was on stage, by those who
 * let a model read it and whom who asks may meet, and nothing is remembered besides: what one role heard is no other's to know.
 */
export function openEnsemble(parts: Parts, settle: Stage["settle"]) {
  const { store, log, apart, beside } = parts;

  /** `null` for a role that left the stage meanwhile, or that a person plays. */
  async function prepare(room: string, asked: Asked, question: Message): Promise<Prepared | null> {
    const place = asked.role!;
    const { scene, path, said } = await recall(room, asked.by);
    const role = scene.cast?.[place];
    if (!role || role.player || role.off) return null;
    const { messages, writers, model } = await shownTo(scene, heardBy(path, scene.cast!, place), question, asked.by);
    const talk = { messages, to: question.as ?? "", say: question.text };
    return {
      as: role.name,
      about: [...new Set(writers)],
      say: (signal) =>
        model.name ? speakAs(model, scene, place, talk, signal) : whole(keepGoing(scene.language, said + place)),
      after() {
        if (!asked.then?.length) judge(room, asked.by, asked.lang);
        return Promise.resolve();
      },
    };
  }

  /** On the side, the referee looks at all that was said. */
  function judge(room: string, by: string, lang: Lang): void {
    beside("judge", async (signal) => {
      const { scene, path } = await recall(room, by);
      if (!scene.goals.length || scene.outcome) return;
      const { messages, model } = await shownTo(scene, path, nothingSaid, by);
      if (model.name) await settle(scene, await referee(model, scene, messages, lang, signal));
    });
  }

  /** As who asks may read it. */
  async function recall(room: string, by: string): Promise<{ scene: Scene; path: Message[]; said: number }> {
    const page: Log["page"] = (room, range, limit) => log.page(room, { ...range, apart: apart(by) }, limit);
    const [scene, path] = await Promise.all([
      readAiRoom(store, "roleplay", room),
      readPath({ page }, room, { most: limits.aiRoom.messages }),
    ]);
    return { scene, path: await willing(store, "roleplay", path), said: writersOf(path).length };
  }

  /** As much as fits, each line under its role's name; whose lines it holds; and the model as who asks may use it. */
  async function shownTo({ cast = [] }: Scene, path: Message[], question: Message, by: string) {
    const { messages } = talkOf(path, question, nothingYet, parts.model.window);
    const sent = new Map(path.map((one) => [one.seq, one]));
    const shown: Said[] = messages.map(({ n, text }) => ({ n, who: sent.get(n)?.as ?? cast[1].name, text }));
    const held = messages.map(({ n }) => sent.get(n)!);
    const writers = writersOf(question.seq === Infinity ? held : [...held, question]);
    return { messages: shown, writers, model: await ownModel(parts, by, "roleplay", writers) };
  }

  return { prepare, judge };
}

const nothingSaid = { seq: Infinity, text: "" } as Message;

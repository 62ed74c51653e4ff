import type { Model } from "../ai/model.ts";
import type { SentTask } from "../domain/consent.ts";
import { Problem } from "../domain/problems.ts";
import { consentOf, noteSent } from "../kv/consents.ts";
import type { Store } from "../kv/store.ts";
import { eagerly } from "./pieces.ts";

type Parts = { store: Store; model: Model; now: () => number };
type Task = Extract<SentTask, "roleplay" | "practice">;

/**
 * The model as it may read what a person says to the companion: none where they keep that from AI, and then the twins
 * without a model take over. Each question is written down with how many of their messages it holds; where several people
 * play, `messages` are the writers.
 */
export async function ownModel(
  parts: Parts,
  person: string,
  task: Task,
  messages: number | string[] | Promise<number>,
): Promise<Model> {
  const { store, model, now } = parts;
  if (!model.name) return model;
  if (!(await consentOf(store, person)).roleplay) return { ...model, ...silent };
  const note = async () => {
    const sent = await messages;
    const writers = typeof sent === "number" ? Array<string>(sent).fill(person) : sent;
    await noteSent(store, now(), { task, surface: "roleplay" }, writers);
  };
  return {
    ...model,
    async *text(ask, options) {
      const pieces = eagerly(model.text(ask, options)); // nobody waits for the first word while it is written down
      await note();
      yield* pieces;
    },
    async structured(ask, options) {
      await note();
      return await model.structured(ask, options);
    },
  };
}

const silent: Pick<Model, "name" | "text" | "structured"> = {
  name: null,
  // deno-lint-ignore require-yield
  async *text() {
    throw new Problem("companion_resting");
  },
  structured: () => Promise.reject(new Problem("companion_resting")),
};

import { careWords } from "../ai/answer_offline.ts";
import { converse } from "../ai/converse.ts";
import { talkOf } from "../ai/frame.ts";
import type { Model } from "../ai/model.ts";
import { dueForSumming, sumUpTalk } from "../ai/remember.ts";
import { keepGoing } from "../ai/scene_offline.ts";
import { isCrisis } from "../domain/crisis.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import type { Practice, Report } from "../domain/practice.ts";
import { type AiKind, isAiRoom, type Room } from "../domain/room.ts";
import { readAiRoom } from "../kv/ai_rooms.ts";
import type { Asked } from "../kv/answers.ts";
import { readPath } from "../kv/branch.ts";
import { writersOf } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import { recollect, recollectionOf } from "../kv/recollections.ts";
import type { Store } from "../kv/store.ts";
import type { Beside } from "./beside.ts";
import type { Hub } from "./hub.ts";
import { openEnsemble } from "./ensemble.ts";
import { openInterviewer } from "./interviewer.ts";
import { ownModel } from "./own_model.ts";
import { whole } from "./pieces.ts";
import type { Prepared } from "./prepare.ts";
import { openStage, type Recalled } from "./stage.ts";

type Parts = {
  store: Store;
  log: Log;
  hub: Pick<Hub, "recent" | "apart">;
  model: Model;
  now: () => number;
  beside: Beside;
};

/** The companion in AI rooms: what it says to a question there, and what comes of it. */
export type Partner = {
  prepare(room: Room, asked: Asked, question: Message): Promise<Prepared | null>;
  /** Looks at the goals of a scene for several, after a line that nobody answers. */
  judge(room: string, by: string, lang: Lang): void;
  /** Makes an interview's report. Problem `not_found` when it is not at its end, `companion_resting`. */
  report(practice: Practice, owner: string, lang: Lang): Promise<Report>;
};

export function openPartner(parts: Parts): Partner {
  const { store, log, hub, beside } = parts;
  const stage = openStage(parts);
  const ensemble = openEnsemble({ ...parts, log: { page: recent }, apart: hub.apart }, stage.settle);
  const interviewer = openInterviewer(parts);

  async function prepare(room: Room, asked: Asked, question: Message): Promise<Prepared | null> {
    if (!isAiRoom(room)) return null;
    if (isCrisis(question.text)) return { say: () => whole(careWords(asked.lang)) };
    if (asked.role !== undefined) return await ensemble.prepare(room.id, asked, question);
    const withMemory = (made: Prepared): Prepared => ({
      ...made,
      async after(answer) {
        await made.after?.(answer);
        beside("remember", (signal) => remember(room, asked.by, signal));
      },
    });
    if (room.kind === "roleplay") {
      return withMemory(stage.prepare(asked, question, await recall("roleplay", room.id, asked.by)));
    }
    const { kept: practice, known, path, said, model } = await recall("practice", room.id, asked.by);
    if (practice.mode === "interview") return await interviewer.prepare(practice, asked, question);
    return withMemory({
      say: (signal) =>
        model.name
          ? converse(model, practice, talkOf(path, question, known, model.window), signal)
          : whole(keepGoing(practice.language, said)),
    });
  }

  /** All that an answer is made of, in one round of reads: somebody waits for its first word. */
  async function recall<K extends AiKind>(kind: K, room: string, person: string): Promise<Recalled<K>> {
    const reading = readPath({ page: recent }, room, { most: limits.aiRoom.messages });
    const counting = reading.then((path) => writersOf(path).length);
    const [kept, known, path, said, model] = await Promise.all([
      readAiRoom(store, kind, room),
      recollectionOf(store, room),
      reading,
      counting,
      ownModel(parts, person, kind, counting),
    ]);
    return { kept, known, path, said, model };
  }

  /** `Log.page`, its newest from memory: the question was delivered here, and so is all that stands before it. */
  async function recent(room: string, range: Parameters<Log["page"]>[1], limit: number): Promise<Message[]> {
    return range.before === Infinity
      ? (await hub.recent(room, limit, range.apart)).items
      : await log.page(room, range, limit);
  }

  /** Nothing is remembered off the record. */
  async function remember({ id, kind }: Room & { kind: AiKind }, owner: string, signal: AbortSignal): Promise<void> {
    if ((await store.get(keys.offRecord(id))).value !== null) return;
    const before = await recollectionOf(store, id);
    const due = dueForSumming(await readPath(log, id, { most: limits.aiRoom.messages }), before);
    const model = await ownModel(parts, owner, kind, writersOf(due).length);
    if (!due.length || !model.name) return;
    const after = await sumUpTalk(model, before, due, signal);
    await recollect(store, id, (now) => JSON.stringify(now) === JSON.stringify(before) ? after : null);
  }

  return { prepare, judge: ensemble.judge, report: interviewer.report };
}

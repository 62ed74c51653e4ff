import { talkOf } from "../ai/frame.ts";
import { type Hint, hintFor } from "../ai/hint.ts";
import type { Model } from "../ai/model.ts";
import { fitsGallery, scriptOf } from "../ai/scene_offline.ts";
import { newCast, placeOf } from "../domain/cast.ts";
import { levelAfter } from "../domain/level.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Lang, Who } from "../domain/person.ts";
import {
  type HintSize,
  type Practice,
  type PracticeChange,
  type PracticeDraft,
  practiceDraft,
  type Report,
  withoutQuestions,
} from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import type { AiKind, Room } from "../domain/room.ts";
import {
  changedScene,
  type Review,
  type Scene,
  type SceneChange,
  type SceneDraft,
  sceneDraft,
} from "../domain/scene.ts";
import { changeAiRoom, createPractice, createScene, readAiRoom } from "../kv/ai_rooms.ts";
import { readPath } from "../kv/branch.ts";
import { dueCards } from "../kv/cards.ts";
import { willing, writersOf } from "../kv/consents.ts";
import { eraseRoom } from "../kv/erase.ts";
import { keys } from "../kv/keys.ts";
import { ownLevel } from "../kv/level_checks.ts";
import type { Log } from "../kv/log.ts";
import type { Quotas } from "../kv/quota.ts";
import { recollectionOf } from "../kv/recollections.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";
import type { Companion } from "./companion.ts";
import { house } from "./house.ts";
import { levelFrom, nextLevel } from "./next_level.ts";
import { ownModel } from "./own_model.ts";

type AiRoom = Room & { kind: AiKind; owner: string };
/** How many old mistakes a new room brings back. */
const MOST_REVIEWED = 3;

/** AI rooms as their owners make, change and leave them. What they say there is `Talk`. */
export type AiRooms = {
  /** Problem `too_many`. */
  makeScene(who: Who, draft: SceneDraft, lang: Lang): Promise<Scene>;
  /** The same scene once more; where a model speaks, its level follows how it went. Problem `too_many`. */
  playAgain(who: Who, before: Scene, lang: Lang): Promise<Scene>;
  /** An interview costs one request, and asks its first question by itself. Problems `used_up`, `too_many`. */
  makePractice(who: Who, draft: PracticeDraft, lang: Lang): Promise<Practice>;
  /** The same interview in a room of its own, its level as the last went, its report beside the last. Problem `forbidden`. */
  again(who: Who, room: AiRoom, lang: Lang): Promise<Practice>;
  changeScene(room: AiRoom, change: SceneChange): Promise<Scene>;
  changePractice(room: AiRoom, change: PracticeChange): Promise<Practice>;
  /** For good, every word of it. */
  remove(room: AiRoom): Promise<void>;
  /** Free, and counted. Problems `too_many`, `companion_resting`. */
  hint(who: Who, room: AiRoom, size: HintSize, lang: Lang): Promise<Hint>;
  /** The report of an interview that is at its end, made when it is missing. Problems `not_found`, `companion_resting`. */
  report(practice: Practice, owner: string, lang: Lang): Promise<Report>;
  /** The report of a room of theirs as far as there is one. */
  kept(room: string, owner: string): Promise<Report | undefined>;
};

export function openAiRooms(parts: {
  store: Store;
  log: Log;
  rooms: Rooms;
  model: Model;
  companion: Companion;
  quotas: Quotas;
  areApart(one: string, other: string): boolean;
  now: () => number;
  scale: number;
}): AiRooms {
  const { store, log, rooms, companion, quotas, areApart, now, scale } = parts;

  async function makeScene(who: Who, asked: SceneDraft, lang: Lang, moved?: Scene["moved"]): Promise<Scene> {
    await take(store, "aiRoomsByPerson", who.id, now(), scale);
    const several = asked.others.length > 0;
    const level = asked.level ?? (await ownLevel(store, who.id, asked.language))?.level ?? "normal";
    const draft = { ...asked, level, scenario: !several && fitsGallery(asked) ? asked.scenario : undefined };
    const cast = several ? newCast([draft.myRole, draft.aiRole, ...draft.others], who) : undefined;
    const review = cast ? [] : await reviewFor(who, draft);
    const scene = await createScene(store, who.id, draft, { review, moved, cast }, now());
    const room = { id: scene.id, kind: "roleplay", owner: who.id } as const;
    await companion.talk.begin(room, who, { say: scriptOf(scene)?.opening, lang });
    return scene;
  }

  async function playAgain(who: Who, before: Scene, lang: Lang): Promise<Scene> {
    const { name } = await ownModel(parts, who.id, "roleplay", 1);
    const level = name ? levelAfter(before.level, before.outcome?.result) : before.level;
    const moved = level === before.level ? undefined : before.outcome?.result;
    return await makeScene(
      who,
      { ...sceneDraft.parse({ ...before, others: namesOfOthers(before) }), level },
      lang,
      moved,
    );
  }

  async function makePractice(
    who: Who,
    draft: PracticeDraft,
    lang: Lang,
    before: Pick<Practice, "moved"> & { attempt?: number; again?: string } = {},
  ): Promise<Practice> {
    await take(store, "aiRoomsByPerson", who.id, now(), scale);
    const ask = draft.mode === "interview" ? await quotas.take("practice", who.id) : undefined;
    try {
      const [review, { level, moved = before.moved }] = await Promise.all([
        reviewFor(who, draft),
        nextLevel(parts, who.id, draft),
      ]);
      const practice = await createPractice(store, who.id, { ...draft, level }, { ...before, review, moved }, now());
      await companion.talk.begin({ id: practice.id, kind: "practice", owner: who.id }, who, { ask, lang });
      return practice;
    } catch (error) {
      if (ask) await quotas.giveBack(ask);
      throw error;
    }
  }

  async function again(who: Who, room: AiRoom, lang: Lang): Promise<Practice> {
    const before = await readAiRoom(store, "practice", room.id);
    if (before.mode !== "interview") throw new Problem("forbidden");
    const { level, moved } = await levelFrom(parts, who.id, before);
    const draft = { ...practiceDraft.parse(before), level };
    return await makePractice(who, draft, lang, { attempt: before.attempt + 1, again: room.id, moved });
  }

  /** Mistakes that are due come back in the next room. */
  async function reviewFor({ id }: Who, { language, offRecord }: SceneDraft | PracticeDraft): Promise<Review[]> {
    if (offRecord) return [];
    const due = await dueCards(store, id, { language, now: now(), limit: MOST_REVIEWED });
    return due.map(({ id: card, said, better, why, madeAt, source: { from } }) => {
      return { card, said, better, why, madeAt, from };
    });
  }

  async function changeScene(room: AiRoom, change: SceneChange): Promise<Scene> {
    let fields: string[] = [];
    const scene = await changeAiRoom(store, "roleplay", room.id, (before) => {
      const changed = changedScene(before, change);
      fields = changed.fields;
      return fields.length ? changed.scene : null;
    });
    await changed(room, scene.title, fields);
    return scene;
  }

  async function changePractice(room: AiRoom, change: PracticeChange): Promise<Practice> {
    const fields = Object.keys(change).filter((name) => change[name as keyof PracticeChange] !== undefined);
    const practice = await changeAiRoom(store, "practice", room.id, (before) => {
      return { ...before, ...change, ...(change.level && { moved: undefined }) };
    });
    await changed(room, practice.title, fields);
    return practice;
  }

  /** Marked in the log, so that every reader sees from where on it holds. */
  async function changed(room: AiRoom, title: string, fields: string[]): Promise<void> {
    if (!fields.length) return;
    if (fields.includes("title")) await rooms.change(room.id, (before) => ({ ...before, title: title || undefined }));
    const event = { type: "edited", fields } as const;
    await log.append({ room: room.id, author: house, kind: "system", text: "", event });
  }

  async function remove(room: AiRoom): Promise<void> {
    await eraseRoom(store, room, now());
    await rooms.changed(room.id);
  }

  async function hint(who: Who, room: AiRoom, size: HintSize, reader: Lang): Promise<Hint> {
    await take(store, "hintsByPerson", who.id, now(), scale);
    const [all, known, matter] = await Promise.all([
      readPath(log, room.id, { most: limits.aiRoom.messages }),
      recollectionOf(store, room.id),
      matterOf(room, who),
    ]);
    const path = matter.several ? asSeenBy(who, await willing(store, "roleplay", all)) : all;
    const model = await ownModel(parts, who.id, room.kind, writersOf(path));
    const talk = talkOf(path, nothingSaid, known, model.window);
    const { language, level, about, goals } = matter;
    const hint = await hintFor(model, { size, language, level, about, goals, reader }, talk);
    if (room.kind === "practice") await countHint(room.id, size);
    return hint;
  }

  async function matterOf({ id, kind }: AiRoom, who: Who) {
    if (kind === "practice") {
      const practice = await readAiRoom(store, kind, id);
      return { ...practice, about: practice.topic, goals: [], several: false };
    }
    const scene = await readAiRoom(store, kind, id);
    const { situation, myRole, aiRole, cast } = scene;
    const mine = cast?.[placeOf(cast, who.id)]?.name ?? myRole;
    const others = cast?.map(({ name }) => name).filter((name) => name !== mine) ?? [aiRole];
    return { ...scene, about: [situation, mine, ...others].join("\n"), several: cast !== undefined };
  }

  async function countHint(room: string, size: HintSize): Promise<void> {
    await changeAiRoom(store, "practice", room, (before) => {
      return { ...before, hints: { ...before.hints, [size]: before.hints[size] + 1 } };
    });
  }

  /** Without what was asked by somebody whom a block hides. */
  const veiled = (report: Report, owner: string): Report =>
    report.asker === undefined || !areApart(owner, report.asker) ? report : withoutQuestions(report);

  return {
    makeScene,
    playAgain,
    makePractice: (who, draft, lang) => makePractice(who, draft, lang),
    again,
    changeScene,
    changePractice,
    remove,
    hint,
    report: async (practice, owner, lang) => veiled(await companion.report(practice, owner, lang), owner),
    async kept(room, owner) {
      const { value } = await store.get(keys.interviewReport(room));
      return value ? veiled(value, owner) : undefined;
    },
  };
}

/** To one player all others are the partner. */
const asSeenBy = ({ id }: Who, path: Message[]): Message[] =>
  path.map((one) => one.author.id === id ? one : { ...one, kind: one.kind === "system" ? one.kind : "companion" });

const namesOfOthers = ({ cast = [] }: Scene): string[] => cast.slice(2).map(({ name }) => name);

/** A hint is for what comes after all that was said. */
const nothingSaid = { seq: Infinity, text: "" } as Message;

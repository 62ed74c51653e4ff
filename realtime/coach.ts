import { correct } from "../ai/correct.ts";
import type { Model } from "../ai/model.ts";
import { isCrisis } from "../domain/crisis.ts";
import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import type { AiKind, Room } from "../domain/room.ts";
import { changeAiRoom, readAiRoom } from "../kv/ai_rooms.ts";
import { addCards, usedRight } from "../kv/cards.ts";
import type { Log } from "../kv/log.ts";
import { notePractice } from "../kv/practised.ts";
import type { Store } from "../kv/store.ts";
import { ownModel } from "./own_model.ts";

type Parts = { store: Store; log: Log; model: Model; now: () => number };
/** Looks at what the owner of an AI room has just said, in no hurry; `reader` is the language of the reasons. */
export type Coach = (
  room: Room & { kind: AiKind },
  message: Message,
  reader: Lang,
  signal: AbortSignal,
) => Promise<void>;

/** Notes beside what was said, cards of them, and due cards that were used as they should be. */
export function openCoach(parts: Parts): Coach {
  const { store, log, now } = parts;

  return async (room, { seq, text, author }, reader, signal) => {
    const { language, level, offRecord, several } = await lessonOf(room);
    if (!offRecord) {
      await usedRight(store, author.id, { language, text, now: now() });
      await notePractice(store, author.id, now());
    }
    if (level === "off") return;
    const model = await ownModel(parts, author.id, room.kind, 1);
    const corrections = await correct(model, { language, text, level, reader }, signal);
    if (room.kind === "practice" && !offRecord && model.name && !isCrisis(text)) {
      await count(room.id, !corrections.length);
    }
    if (!corrections.length) return;
    // Among several the notes are the speaker's alone: they come as cards.
    if (!several) {
      await log.amend(room.id, seq, (message) => message.text === text && !message.gone ? { corrections } : null);
    }
    if (offRecord) return;
    const source = { from: room.kind, room: room.id, seq };
    await addCards(store, author.id, { language, corrections, source, now: now() });
  };

  /** Of these counts the next one's level is made. */
  async function count(room: string, right: boolean): Promise<void> {
    await changeAiRoom(store, "practice", room, (practice) => {
      const { right: before, of } = practice.coached ?? { right: 0, of: 0 };
      return { ...practice, coached: { right: before + Number(right), of: of + 1 } };
    });
  }

  /** A scene is not interrupted by notes on every small thing. */
  async function lessonOf({ id, kind }: Room & { kind: AiKind }) {
    if (kind === "roleplay") {
      const scene = await readAiRoom(store, kind, id);
      return { ...scene, level: "light" as const, several: scene.cast !== undefined };
    }
    const practice = await readAiRoom(store, kind, id);
    return { ...practice, level: practice.corrections, several: false };
  }
}

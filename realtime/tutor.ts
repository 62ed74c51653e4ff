import { LRUCache } from "lru-cache";
import { correct } from "../ai/correct.ts";
import type { Model } from "../ai/model.ts";
import { langOf } from "../domain/companion.ts";
import { isCrisis } from "../domain/crisis.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import { HOUSE, PLAZA } from "../domain/room.ts";
import { addCards, cardSettingsOf, usedRight } from "../kv/cards.ts";
import { noteSent, unwilling } from "../kv/consents.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import { openBeside } from "./beside.ts";

/** How long it may take until the first switch that was turned on holds. Milliseconds; one that was turned off holds at once. */
const REMEMBERED = 10_000;

type Parts = {
  store: Store;
  log: Log;
  rooms: Rooms;
  model: Model;
  now: () => number;
  /** Multiplies the budget of a person. */
  scale: number;
  line: LogLine;
};

/**
 * Looks at what people say to each other in live rooms and 1:1, after it was said, and only for who asked for it: what is
 * wrong in a language that is not the writer's own becomes a card of theirs, and what they use right counts. Nobody else
 * sees any of it, and one message of a person is looked at at a time. Returns its end.
 */
export function startTutor({ store, log, rooms, model, now, scale, line }: Parts): () => Promise<void> {
  const { beside, stop } = openBeside(line);
  const learners = new LRUCache<string, Promise<boolean>>({ max: 5_000, ttl: REMEMBERED, ttlResolution: 0 });
  const busy = new Set<string>();

  const deaf = log.onCommit((room, messages) => {
    if (room === HOUSE || room === PLAZA) return;
    for (const message of messages) {
      const { kind, change, text, author: { id } } = message;
      if (change || !text || (kind !== "user" && kind !== "admin") || busy.has(id)) continue;
      busy.add(id);
      beside("tutor", (signal) => look(room, message, signal).finally(() => busy.delete(id)));
    }
  });

  async function look(id: string, { seq, text, author }: Message, signal: AbortSignal): Promise<void> {
    if (!await mayLearn(author.id)) return;
    const [room, user, wanted] = await Promise.all([
      rooms.get(id),
      findUser(store, author.id),
      cardSettingsOf(store, author.id),
    ]);
    if (!room || (room.kind !== "live" && room.kind !== "direct") || !wanted[room.kind]) return;
    const reader = user?.lang ?? "ko", language = langOf(text, reader);
    if (language === reader) return;
    await usedRight(store, author.id, { language, text, now: now() });
    if (!model.name || isCrisis(text) || (await unwilling(store, room.kind, [author.id])).size) return;
    await take(store, "tutoredByPerson", author.id, now(), scale);
    await noteSent(store, now(), { task: "practice", surface: room.kind }, [author.id]);
    const corrections = await correct(model, { language, text, level: "light", reader }, signal);
    const [still] = await log.messages(id, [seq]);
    if (!corrections.length || still?.text !== text) return;
    await addCards(store, author.id, { language, corrections, source: { from: room.kind, room: id, seq }, now: now() });
  }

  /** Most people never ask for it: for them the store is not read at each message. */
  function mayLearn(id: string): Promise<boolean> {
    const known = learners.get(id);
    if (known) return known;
    const read = cardSettingsOf(store, id).then(({ live, direct }) => live || direct);
    learners.set(id, read);
    read.catch(() => learners.delete(id));
    return read;
  }

  return async () => {
    deaf();
    await stop();
  };
}

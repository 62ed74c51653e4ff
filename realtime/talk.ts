import { careWords } from "../ai/answer_offline.ts";
import type { Model } from "../ai/model.ts";
import { leafUnder, parentOf } from "../domain/branch.ts";
import { answering, type Cast, placeOf } from "../domain/cast.ts";
import { langOf } from "../domain/companion.ts";
import { isCrisis } from "../domain/crisis.ts";
import type { Happening } from "../domain/happening.ts";
import { limits } from "../domain/limits.ts";
import { type Appended, type Message, quote } from "../domain/message.ts";
import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { type AiKind, checkText, type Room } from "../domain/room.ts";
import { changeAiRoom, readAiRoom } from "../kv/ai_rooms.ts";
import { readAll } from "../kv/branch.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Paid, Quotas } from "../kv/quota.ts";
import { forgetAfter } from "../kv/recollections.ts";
import type { Store } from "../kv/store.ts";
import type { Acts, Said } from "./acts.ts";
import { bandi } from "./bandi.ts";
import type { Beside } from "./beside.ts";
import { openCoach } from "./coach.ts";
import { house } from "./house.ts";
import type { Partner } from "./partner.ts";
import type { Turns } from "./turns.ts";

type AiRoom = Room & { kind: AiKind };
type Parts = {
  store: Store;
  log: Log;
  acts: Acts;
  turns: Turns;
  quotas: Quotas;
  model: Model;
  beside: Beside;
  judge: Partner["judge"];
  now: () => number;
};

/**
 * What the owner of an AI room does in it. Every message is a question; each answer costs one request of the day, and a
 * failed one is given back. Problems: `used_up`, `companion_busy`, `scene_over`.
 */
export type Talk = {
  say(room: AiRoom, who: Who | null, said: Said, lang: Lang): Promise<Spoken>;
  /** Asks once more for an answer: another version of it, whose entry is the result. */
  regenerate(room: AiRoom, who: Who, seq: number, lang: Lang): Promise<Message>;
  /** Says one's own line in other words: another version of it, from which the talk goes on. */
  rerun(room: AiRoom, who: Who, seq: number, said: Said, lang: Lang): Promise<Appended>;
  /** Goes on from another version of a message. */
  choose(room: AiRoom, seq: number): Promise<void>;
  /** What stands first in a new room: that it has begun, and the partner's first line, or an interview's first question. */
  begin(room: AiRoom, who: Who, opening: { say?: string; ask?: Paid; lang: Lang }): Promise<void>;
};

/** `unanswered`: it is for people, and no role of the companion answers it. */
export type Spoken = Appended & { unanswered?: true };

export function openTalk(parts: Parts): Talk {
  const { store, log, acts, turns, quotas, beside, judge, now } = parts;
  const coach = openCoach(parts);

  async function say(room: AiRoom, who: Who | null, said: Said, lang: Lang): Promise<Spoken> {
    if (!who) throw new Problem("unauthenticated");
    checkText(room.kind, said.text);
    const { over, free, cast, begun } = await termsOf(room);
    const speaker = cast ? placeOf(cast, who.id) : -1;
    if (cast) {
      if (speaker < 0) throw new Problem("not_found"); // gave the role back just now
      said = { ...said, as: cast[speaker].name };
    }
    const isForHelp = isCrisis(said.text);
    if (!isForHelp && over) throw new Problem("scene_over");
    if (!isForHelp && cast?.[speaker].off) throw new Problem("off_stage");
    if (cast && !begun) await closeCast(room.id);
    if (isForHelp) return await sayForCare(room, who, said, lang);
    const paid = free ? undefined : await quotas.take(room.kind, who.id);
    try {
      const asked = await acts.say(room, who, said);
      const [role, ...then] = cast ? answering(cast, speaker, asked.message.text) : [];
      if (asked.repeated) await giveBack(paid);
      else {
        const { message } = asked;
        if (cast && role === undefined) judge(room.id, who.id, lang);
        else {
          const question = { ...askedOf(message.seq, who, lang, paid), ...(cast && { role, then }) };
          await turns.take(room.id, question, limits.aiRoom.waiting, message);
        }
        beside("coach", (signal) => coach(room, message, lang, signal));
      }
      return cast && role === undefined ? { ...asked, unanswered: true } : asked;
    } catch (error) {
      await giveBack(paid);
      throw error;
    }
  }

  /** From the first line of a scene for several on nobody joins it. */
  async function closeCast(room: string): Promise<void> {
    await changeAiRoom(store, "roleplay", room, (scene) => scene.begun ? null : { ...scene, begun: true });
  }

  /** At once, whole, and free: a cry for help waits for nobody. */
  async function sayForCare(room: AiRoom, who: Who, said: Said, otherwise: Lang): Promise<Appended> {
    const asked = await acts.say(room, who, said);
    const lang = langOf(said.text, otherwise), reply = quote(asked.message), text = careWords(lang);
    if (!asked.repeated) {
      const about = said.as === undefined ? undefined : [who.id];
      await log.append({ room: room.id, author: bandi(lang), kind: "companion", text, state: "done", reply, about });
    }
    return asked;
  }

  async function regenerate(room: AiRoom, who: Who, seq: number, lang: Lang): Promise<Message> {
    const { all, message } = await quiet(room, seq);
    if (message.kind !== "companion" || !message.reply) throw new Problem("forbidden");
    const isWhole = message.state === "done" || message.state === "stopped";
    if (isWhole && await isInterview(room)) throw new Problem("forbidden");
    const { free } = await termsOf(room);
    const paid = free ? undefined : await quotas.take(room.kind, who.id);
    const after = parentOf(all, seq), version = message.version ?? seq;
    const entry = { room: room.id, author: bandi(lang), kind: "companion", text: "", state: "streaming" } as const;
    const made = await log.append({ ...entry, reply: message.reply, after, version });
    try {
      await goOnFrom(room, after);
      await addVersion(room.id, version, made.message.seq);
      await turns.take(room.id, { ...askedOf(message.reply.seq, who, lang, paid), into: made.message.seq }, 0);
    } catch (error) {
      await log.amend(room.id, made.message.seq, () => ({ state: "interrupted" }));
      await giveBack(paid);
      throw error;
    }
    return made.message;
  }

  async function rerun(room: AiRoom, who: Who, seq: number, said: Said, lang: Lang): Promise<Appended> {
    const { all, message } = await quiet(room, seq);
    if (message.author.id !== who.id || message.gone || await isInterview(room)) throw new Problem("forbidden");
    const after = parentOf(all, seq), version = message.version ?? seq;
    await goOnFrom(room, after);
    const asked = await say(room, who, { ...said, after, version }, lang);
    if (!asked.repeated) await addVersion(room.id, version, asked.message.seq);
    return asked;
  }

  async function choose(room: AiRoom, seq: number): Promise<void> {
    const { all } = await quiet(room, seq);
    const leaf = leafUnder(all, seq);
    await goOnFrom(room, parentOf(all, seq));
    await note(room, { type: "switched", leaf });
  }

  /**
   * Every entry of the room, and the one with this number. Problems `forbidden` in a scene for several, which has no
   * versions; `companion_busy` while an answer is being made.
   */
  async function quiet(room: AiRoom, seq: number): Promise<{ all: Message[]; message: Message }> {
    if (room.kind === "roleplay" && (await readAiRoom(store, room.kind, room.id)).cast) throw new Problem("forbidden");
    if ((await store.get(keys.turn(room.id))).value) throw new Problem("companion_busy", { wait: 1 });
    const all = await readAll(log, room.id);
    const message = all.find((one) => one.seq === seq);
    if (!message || message.kind === "system") throw new Problem("not_found");
    return { all, message };
  }

  /** The talk takes another way after `seq`: what came of the old one is open again. */
  async function goOnFrom(room: AiRoom, seq: number): Promise<void> {
    await forgetAfter(store, room.id, seq);
    if (room.kind !== "roleplay") return;
    const scene = await readAiRoom(store, "roleplay", room.id);
    if (!scene.outcome && !scene.state.some(({ met }) => met)) return;
    await changeAiRoom(store, "roleplay", room.id, (scene) => ({ ...scene, state: [], outcome: undefined }));
    await note(room, { type: "reopened" });
  }

  async function begin(
    room: AiRoom,
    who: Who,
    { say: text, ask: paid, lang }: { say?: string; ask?: Paid; lang: Lang },
  ): Promise<void> {
    const { message } = await note(room, { type: "begun" });
    if (text) await log.append({ room: room.id, author: bandi(lang), kind: "companion", text, state: "done" });
    if (paid) await turns.take(room.id, askedOf(message.seq, who, lang, paid));
  }

  async function addVersion(room: string, first: number, seq: number): Promise<void> {
    await log.amend(room, first, ({ versions = [first] }) => ({ versions: [...versions, seq] }));
  }

  const note = (room: AiRoom, event: Happening): Promise<Appended> =>
    log.append({ room: room.id, author: house, kind: "system", text: "", event });

  /** What an interview asks belongs to the request that began it. */
  async function termsOf(
    { id, kind }: AiRoom,
  ): Promise<{ over: boolean; free: boolean; cast?: Cast; begun?: boolean }> {
    if (kind === "roleplay") {
      const { outcome, cast, begun } = await readAiRoom(store, kind, id);
      return { over: outcome !== undefined, free: false, cast, begun };
    }
    const { interview } = await readAiRoom(store, kind, id);
    return { over: interview?.done === true, free: interview !== undefined };
  }

  const isInterview = async ({ id, kind }: AiRoom): Promise<boolean> =>
    kind === "practice" && (await readAiRoom(store, kind, id)).mode === "interview";

  const giveBack = async (paid: Paid | undefined): Promise<void> => void (paid && await quotas.giveBack(paid));

  const askedOf = (seq: number, { id }: Who, lang: Lang, paid?: Paid) => ({ seq, by: id, lang, at: now(), paid });

  return { say, regenerate, rerun, choose, begin };
}

import { answerAlone, answerRoom } from "../ai/answer_room.ts";
import { careWords } from "../ai/answer_offline.ts";
import type { Model } from "../ai/model.ts";
import { callsCompanion, langOf } from "../domain/companion.ts";
import { isCrisis } from "../domain/crisis.ts";
import { limits, type WindowName } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { type Appended, type Message, quote } from "../domain/message.ts";
import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { isAiRoom, mayKeep, type Room } from "../domain/room.ts";
import { wordsIn } from "../domain/words/words.ts";
import { type Asked, changeTurn } from "../kv/answers.ts";
import { noteSent, willing, writersOf } from "../kv/consents.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Quotas } from "../kv/quota.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { giveBack, take } from "../kv/windows.ts";
import type { Acts, Said } from "./acts.ts";
import type { Answers } from "./answers.ts";
import { bandi } from "./bandi.ts";
import { openBeside } from "./beside.ts";
import type { Hub } from "./hub.ts";
import { openPartner, type Partner } from "./partner.ts";
import type { Prepared } from "./prepare.ts";
import { openTalk, type Talk } from "./talk.ts";
import { openTurns, type TurnPace } from "./turns.ts";

/** What a question waits for about as long, when too many wait. Seconds. */
const ONE_ANSWER = 20;

/** Bandi in the live rooms, where everybody reads the one answer; and in the AI rooms, where every message is a question. */
export type Companion = {
  /** What its owner does in an AI room. */
  talk: Talk;
  report: Partner["report"];
  /** Writes the question into the room, and asks. Problem `companion_busy`; `not_found` where it does not answer. */
  ask(room: Room, who: Who | null, said: Said, lang: Lang): Promise<Appended>;
  /** A message that was just written: when it calls the companion in a live room, that is a question. */
  heard(room: Room, message: Message, lang: Lang): Promise<void>;
  /** Ends an answer and keeps what there is: for who asked and for keepers. */
  stop(room: Room, who: Who | null, seq: number): Promise<Message>;
  /** One whole answer outside of any room. Problem `companion_resting`. */
  answer(text: string, lang: Lang): Promise<string>;
  /** Begins to look after answers whose isolate died. The returned function ends those that are made here. */
  start(): () => Promise<void>;
};

/** `scale` multiplies the budgets, 0 turns them off. */
export function openCompanion(parts: {
  store: Store;
  log: Log;
  rooms: Rooms;
  acts: Acts;
  hub: Pick<Hub, "apart" | "recent">;
  answers: Answers;
  model: Model;
  quotas: Quotas;
  isolate: string;
  now: () => number;
  scale: number;
  line: LogLine;
  pace?: TurnPace;
}): Companion {
  const { store, log, acts, hub, answers, model, now, scale } = parts;
  const { beside, stop: stopBeside } = openBeside(parts.line);
  const partner = openPartner({ ...parts, beside });
  const turns = openTurns({
    ...parts,
    prepare: (room, asked, question) =>
      isAiRoom(room) ? partner.prepare(room, asked, question) : answerLive(room, asked, question),
  });

  /** Of what the asker sees there, and of whom the model may read. */
  async function answerLive(room: Room, { seq, lang, by }: Asked, question: Message): Promise<Prepared> {
    const seen = await log.page(room.id, { before: seq, apart: hub.apart(by) }, limits.companion.messages);
    const before = await willing(store, "live", seen);
    const { sent, ...answer } = answerRoom(model, lang, room, before, question);
    await noteSent(store, now(), { task: "room_answer", surface: "live" }, writersOf(sent));
    return { ...answer, otherwise: [wordsIn(lang).companion.resting, "done"] };
  }

  async function ask(room: Room, who: Who | null, said: Said, lang: Lang): Promise<Appended> {
    if (!who) throw new Problem("unauthenticated");
    if (room.kind !== "live") throw new Problem("not_found");
    if (isCrisis(said.text)) return await askForCare(room, who, said, lang);
    const refund = await spend(room.id, who.id);
    const asked = await acts.say(room, who, said).catch(async (error) => {
      await refund();
      throw error;
    });
    if (asked.repeated) await refund();
    else await enqueue(room.id, asked.message, lang, refund);
    return asked;
  }

  async function askForCare(room: Room, who: Who, said: Said, lang: Lang): Promise<Appended> {
    const asked = await acts.say(room, who, said);
    if (!asked.repeated) await care(room.id, asked.message, lang);
    return asked;
  }

  async function heard(room: Room, message: Message, lang: Lang): Promise<void> {
    if (room.kind !== "live" || !callsCompanion(message.text)) return;
    if (isCrisis(message.text)) return await care(room.id, message, lang);
    await enqueue(room.id, message, lang, await spend(room.id, message.author.id));
  }

  /** At once, whole, outside of budget and queue: a cry for help waits for nobody. */
  async function care(room: string, question: Message, otherwise: Lang): Promise<void> {
    const lang = langOf(question.text, otherwise);
    const isNew = await take(store, "careByPerson", question.author.id, now(), scale).then(() => true, () => false);
    if (!isNew) return;
    const reply = quote(question);
    const text = careWords(lang);
    await log.append({
      room,
      author: bandi(lang),
      kind: "companion",
      text,
      state: "done",
      reply,
      about: [question.author.id],
    });
  }

  /** Takes one of the person's and one of the room's questions. The returned function gives both back. */
  async function spend(room: string, person: string): Promise<() => Promise<void>> {
    const turn = (await store.get(keys.turn(room))).value;
    if (turn && turn.waiting.length >= limits.companion.waiting) throw busy(ONE_ANSWER * turn.waiting.length);
    const at = now();
    const undo = (name: WindowName, whose: string) => giveBack(store, name, whose, at, scale).catch(() => {});
    await budget("askByPerson", person);
    await budget("askByRoom", room).catch(async (error) => {
      await undo("askByPerson", person);
      throw error;
    });
    return async () => void await Promise.all([undo("askByPerson", person), undo("askByRoom", room)]);
  }

  function budget(name: WindowName, whose: string): Promise<void> {
    return take(store, name, whose, now(), scale).catch((error) => {
      throw error instanceof Problem && error.code === "too_many" ? busy(error.detail.wait) : error;
    });
  }

  async function enqueue(room: string, { seq, author, text }: Message, lang: Lang, refund: () => Promise<void>) {
    const asked: Asked = { seq, by: author.id, lang: langOf(text, lang), at: now() };
    await turns.take(room, asked).catch(async (error) => {
      await refund();
      throw error;
    });
  }

  async function stop(room: Room, who: Who | null, seq: number): Promise<Message> {
    if (!who) throw new Problem("unauthenticated");
    const [message] = await log.messages(room.id, [seq]);
    if (message?.kind !== "companion" || message.gone) throw new Problem("not_found");
    const ends = (turn: { asked: Asked }) => turn.asked.seq === message.reply?.seq;
    const turn = (await store.get(keys.turn(room.id))).value;
    const isRunning = message.state === "streaming" && turn !== null && ends(turn);
    if (!mayKeep(room, who) && !(isRunning && turn.asked.by === who.id)) {
      if (message.state === "streaming") throw new Problem("forbidden");
      return message; // it was over before the word came
    }
    if (!isRunning) return message;
    await changeTurn(store, room.id, (now) => now && ends(now) ? { ...now, stop: true } : undefined);
    answers.stop(room.id, seq);
    return message;
  }

  return {
    ask,
    heard,
    stop,
    answer: (text, lang) => answerAlone(model, langOf(text, lang), text),
    talk: openTalk({ ...parts, turns, beside, judge: partner.judge }),
    report: partner.report,
    start() {
      const stopTurns = turns.start();
      return async () => {
        await stopTurns();
        await stopBeside();
      };
    },
  };
}

const busy = (wait = ONE_ANSWER) => new Problem("companion_busy", { wait });

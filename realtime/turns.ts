import { BANDI } from "../domain/companion.ts";
import type { Happening } from "../domain/happening.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { type AnswerState, type Author, type Message, messageId, quote } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { wordsIn } from "../domain/words/words.ts";
import { answerId, type Asked, beginTurn, changeTurn, following, isSame, type Turn } from "../kv/answers.ts";
import { ownSince } from "../kv/author.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Quotas } from "../kv/quota.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import type { Answers } from "./answers.ts";
import { eagerly } from "./pieces.ts";
import type { Prepare, Prepared } from "./prepare.ts";
import { openSaving } from "./saving.ts";

/** Milliseconds: how long a silent owner is believed in, how often it says that it lives, how often others look. */
export type TurnPace = { lease: number; save: number; look: number };
const PACE: TurnPace = { lease: 15_000, save: 2_000, look: 2_000 };
/** A question that waited longer, because the house was down, is left alone. */
const STALE = 5 * 60_000;

/** Why an answer ends before the model does: somebody stops it, this isolate leaves, or another has taken it over. */
type Why = "stopped" | "leaving" | "lost";
type Making = { end?: (why: Why) => void; done: Promise<void> };

/** One answer at a time in each room, over all isolates; the turn is a record with a lease. */
export type Turns = {
  /** Answers now, or when those before are answered. Problem `companion_busy` when `most` wait. `question`: when it is at hand. */
  take(room: string, asked: Asked, most?: number, question?: Message): Promise<void>;
  start(): () => Promise<void>;
};

export function openTurns(parts: {
  store: Store;
  log: Log;
  rooms: Rooms;
  answers: Answers;
  prepare: Prepare;
  quotas: Pick<Quotas, "giveBack" | "returning">;
  isolate: string;
  now: () => number;
  line: LogLine;
  pace?: TurnPace;
}): Turns {
  const { store, log, rooms, answers, prepare, quotas, isolate, now, line, pace = PACE } = parts;
  /** What is made here, by room. */
  const making = new Map<string, Making>();
  const saving = openSaving({ store, every: pace.save, line });
  let leaving = false;

  async function take(room: string, asked: Asked, most?: number, question?: Message): Promise<void> {
    if (leaving) throw new Problem("companion_busy", { wait: 1 });
    const fresh: Turn = { ...mine(), asked, waiting: [], text: "" };
    const turn = await beginTurn(store, room, fresh) ?? await changeTurn(store, room, (turn) => {
      if (!turn || isMine(turn, asked) && turn.asked.into === asked.into) return fresh; // ours: the answer was lost
      if (turn.waiting.length >= (most ?? limits.companion.waiting)) throw new Problem("companion_busy", { wait: 20 });
      return { ...turn, waiting: [...turn.waiting, asked] };
    });
    if (turn && isMine(turn, asked)) work(room, asked, question);
  }

  function work(room: string, first: Asked, question?: Message): void {
    const one: Making = { done: Promise.resolve() };
    making.set(room, one);
    one.done = goThrough(room, first, one, question)
      .catch((error) => line("warn", "answer_failed", { error: String(error) }))
      .finally(() => making.get(room) === one && making.delete(room)); // the next may have begun already
  }

  async function goThrough(room: string, first: Asked, one: Making, question?: Message): Promise<void> {
    for (let asked: Asked | null = first, known = question; asked; known = undefined) {
      await answer(room, asked, one, known);
      asked = await next(room, asked);
    }
  }

  /** The whole way of one answer. Whatever happens on it, its entry ends in one state. */
  async function answer(room: string, asked: Asked, one: Making, known?: Message): Promise<void> {
    const place = await rooms.get(room);
    const question = known ?? (await log.messages(room, [asked.seq])).at(0);
    const isDue = !leaving && now() - asked.at <= STALE;
    const made = isDue && place && question && !question.gone ? await prepare(place, asked, question) : null;
    if (!made || !question) return await drop(room, asked);
    const ended = new AbortController();
    const pieces = eagerly(made.say(ended.signal)); // the model thinks while the entry is written
    const seq = asked.into ?? await begin(room, asked, question, made).catch((error) => {
      ended.abort();
      throw error;
    });
    const { text, state } = await stream(room, seq, asked, pieces, ended, one);
    const [said, end] = text || state !== "done" ? [text, state] : made.otherwise ?? ["", "interrupted"] as const;
    const whole = await finish(room, seq, asked, said, end, made.event?.());
    if (whole.state === "done" || whole.state === "stopped") await made.after?.(whole);
  }

  async function begin(room: string, asked: Asked, question: Message, { read, about, as }: Prepared): Promise<number> {
    const { message } = await log.append({
      room,
      author: bandi(asked.lang),
      kind: "companion",
      text: "",
      state: "streaming",
      reply: quote(question),
      read,
      about,
      as,
      clientId: answerId(asked),
    });
    return message.seq;
  }

  /** A question that is left alone cost nothing. */
  async function drop(room: string, asked: Asked): Promise<void> {
    if (asked.into) await finish(room, asked.into, asked, "", "interrupted");
    else if (asked.paid) await quotas.giveBack(asked.paid);
  }

  async function stream(
    room: string,
    seq: number,
    asked: Asked,
    pieces: AsyncIterable<string>,
    ended: AbortController,
    one: Making,
  ): Promise<{ text: string; state: AnswerState }> {
    let why: Why | undefined, text = "";
    const end = (reason: Why) => {
      why ??= reason;
      ended.abort(reason);
    };
    saving.begin(room, {
      patch: (turn) => turn && isMine(turn, asked) && !turn.stop ? { ...turn, ...mine(), seq, text } : undefined,
      heard(turn) {
        if (!turn || !isMine(turn, asked)) end("lost");
        else if (turn.stop) end("stopped");
      },
    });
    one.end = end;
    answers.begin(room, seq, () => end("stopped"));
    if (leaving) end("leaving");
    try {
      for await (const piece of pieces) {
        if (why) break;
        answers.tell(room, seq, text += piece);
      }
    } catch (error) {
      if (!why && !(error instanceof Problem)) line("warn", "answer_failed", { error: String(error) });
      if (!why && text) return { text, state: "interrupted" };
    } finally {
      await saving.end(room);
      answers.end(room, seq);
    }
    const state: AnswerState = why === "stopped" ? "stopped" : why ? "interrupted" : "done";
    return { text, state };
  }

  /** The first who says how it ended is right, and gives back what a failed answer cost. Of one that was hidden nothing comes back. */
  function finish(
    room: string,
    seq: number,
    { paid }: Asked,
    text: string,
    state: AnswerState,
    event?: Happening,
  ): Promise<Message> {
    const failed = state === "interrupted" || text === "";
    return log.amend(room, seq, async (entry) => {
      if (entry.state !== "streaming") return null;
      const also = failed && paid ? await quotas.returning(paid) : undefined;
      return entry.gone ? { state, also } : { text, state, also, ...(event && { event }) };
    });
  }

  /** Gives the turn to the question that waits longest, or ends it. Who leaves, leaves it to others. */
  async function next(room: string, asked: Asked): Promise<Asked | null> {
    const turn = await changeTurn(store, room, (turn) => {
      if (!turn || !isMine(turn, asked)) return undefined;
      const [first, ...waiting] = [...following(asked), ...turn.waiting];
      if (!first) return null;
      return { ...(leaving ? nobodys : mine()), asked: first, waiting, text: "" };
    });
    return turn && turn.owner === isolate && !isSame(turn.asked, asked) ? turn.asked : null;
  }

  /** What others make is told to the readers here; what nobody makes any more is ended. */
  async function look(): Promise<void> {
    const time = performance.now(), known = new Set<string>();
    for (const { key, value } of await store.list(keys.turns())) {
      const room = String(key.at(-1));
      if (value.seq) known.add(messageId(room, value.seq));
      if (making.has(room)) continue;
      if (value.expiresAt <= now()) await takeOver(room);
      else if (value.seq) answers.note(room, value.seq, value.text);
    }
    answers.forget(known, time);
  }

  async function takeOver(room: string): Promise<void> {
    let dead: Turn | null = null;
    const turn = await changeTurn(store, room, (turn) => {
      dead = turn && turn.expiresAt <= now() ? turn : null;
      return dead ? { ...dead, ...mine() } : undefined;
    });
    if (!dead || !turn || leaving || making.has(room)) return;
    const seq = turn.seq ?? turn.asked.into ?? await begunFor(room, turn.asked);
    if (seq === undefined) return work(room, turn.asked);
    line("warn", "answer_interrupted", { room });
    await finish(room, seq, turn.asked, turn.text, turn.stop ? "stopped" : "interrupted");
    const asked = await next(room, turn.asked);
    if (asked) work(room, asked);
  }

  /** The answer that its owner began before it could say so in the turn. */
  async function begunFor(room: string, asked: Asked): Promise<number | undefined> {
    const entries = await ownSince(store, room, BANDI, asked.at);
    const begun = await log.messages(room, entries.map(({ seq }) => seq));
    const isIt = ({ reply, clientId }: Message) =>
      reply?.seq === asked.seq && (asked.role === undefined || clientId === answerId(asked));
    return begun.find(isIt)?.seq;
  }

  function start(): () => Promise<void> {
    let looking = Promise.resolve();
    const timer = setInterval(() => {
      looking = looking.then(look).catch((error) => line("warn", "answers_unseen", { error: String(error) }));
    }, pace.look);
    return async () => {
      leaving = true;
      clearInterval(timer);
      for (const { end } of making.values()) end?.("leaving");
      await Promise.all([looking, ...[...making.values()].map(({ done }) => done)]);
    };
  }

  const mine = () => ({ owner: isolate, expiresAt: now() + pace.lease });
  const isMine = (turn: Turn, asked: Asked): boolean => turn.owner === isolate && isSame(turn.asked, asked);

  return { take, start };
}

/** Whoever looks next may have it. */
const nobodys = { owner: "", expiresAt: 0 } as const;

export const bandi = (lang: Lang): Author => ({ id: BANDI, nickname: wordsIn(lang).companion.name, role: "user" });

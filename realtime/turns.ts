import { BANDI } from "../domain/companion.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { type Message, messageId } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { answerId, type Asked, beginTurn, changeTurn, following, isSame, type Turn } from "../kv/answers.ts";
import { ownSince } from "../kv/author.ts";
import { keys } from "../kv/keys.ts";
import type { Log } from "../kv/log.ts";
import type { Quotas } from "../kv/quota.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { type Making, openAnswering } from "./answering.ts";
import type { Answers } from "./answers.ts";
import type { Prepare } from "./prepare.ts";
import { openSaving } from "./saving.ts";

/** Milliseconds: how long a silent owner is believed in, how often it says that it lives, how often others look. */
export type TurnPace = { lease: number; save: number; look: number };
const PACE: TurnPace = { lease: 15_000, save: 2_000, look: 2_000 };

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
  const { store, log, answers, isolate, now, line, pace = PACE } = parts;
  /** What is made here, by room. */
  const making = new Map<string, Making>();
  const saving = openSaving({ store, every: pace.save, line });
  let leaving = false;
  const { answer, finish } = openAnswering({ ...parts, saving, isMine, mine, isLeaving: () => leaving });

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

  function mine() {
    return { owner: isolate, expiresAt: now() + pace.lease };
  }

  function isMine(turn: Turn, asked: Asked): boolean {
    return turn.owner === isolate && isSame(turn.asked, asked);
  }

  return { take, start };
}

/** Whoever looks next may have it. */
const nobodys = { owner: "", expiresAt: 0 } as const;

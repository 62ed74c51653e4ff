import type { Happening } from "../domain/happening.ts";
import type { LogLine } from "../domain/logger.ts";
import { type AnswerState, type Message, quote } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { answerId, type Asked, type Turn } from "../kv/answers.ts";
import type { Log } from "../kv/log.ts";
import type { Quotas } from "../kv/quota.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Answers } from "./answers.ts";
import { bandi } from "./bandi.ts";
import { eagerly } from "./pieces.ts";
import type { Prepare, Prepared } from "./prepare.ts";
import type { Saving } from "./saving.ts";

/** A question that waited longer, because the house was down, is left alone. */
const STALE = 5 * 60_000;

/** Why an answer ends before the model does: somebody stops it, this isolate leaves, or another has taken it over. */
type Why = "stopped" | "leaving" | "lost";
/** The answer that is being made in a room, and how it is ended from outside. */
export type Making = { end?: (why: Why) => void; done: Promise<void> };

type Parts = {
  log: Log;
  rooms: Rooms;
  answers: Answers;
  prepare: Prepare;
  quotas: Pick<Quotas, "giveBack" | "returning">;
  saving: Saving;
  /** The turn is this isolate's, for this question. */
  isMine(turn: Turn, asked: Asked): boolean;
  /** What says so for a while longer. */
  mine(): Pick<Turn, "owner" | "expiresAt">;
  isLeaving(): boolean;
  now: () => number;
  line: LogLine;
};

/** Makes one answer, from its question to the one state that its entry ends in. Whose turn it is, is settled before. */
export function openAnswering(
  { log, rooms, answers, prepare, quotas, saving, isMine, mine, isLeaving, now, line }: Parts,
) {
  /** The whole way of one answer. Whatever happens on it, its entry ends in one state. */
  async function answer(room: string, asked: Asked, one: Making, known?: Message): Promise<void> {
    const place = await rooms.get(room);
    const question = known ?? (await log.messages(room, [asked.seq])).at(0);
    const isDue = !isLeaving() && now() - asked.at <= STALE;
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
    if (isLeaving()) end("leaving");
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

  return { answer, finish };
}

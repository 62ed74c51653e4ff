import { limits } from "../domain/limits.ts";
import { type Message, messageId } from "../domain/message.ts";
import { isOf } from "../domain/veil.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Word } from "./bus.ts";
import type { Hub } from "./hub.ts";
import type { Feed } from "./live.ts";

/** At most ten times a second: what came since goes out in one frame. Milliseconds. */
const FLUSH_EVERY = 100;
/** How often another isolate is asked for the beginning that was not heard here. */
const WANT_EVERY = 1_000;

type Of<T extends Word["type"]> = Extract<Word, { type: T }>;
type Heard = Of<"answer"> | Of<"answer_wanted"> | Of<"answer_stop">;
type Running = {
  room: string;
  seq: number;
  text: string;
  /** Made here: how much of it the other isolates were told, and how to end it. */
  own?: { told: number; stop(): void };
  heardAt: number;
  wantedAt: number;
  /** How much of it each reader has. */
  sent: WeakMap<Feed, number>;
};

/** The answers that are being made, as far as this isolate knows them, and their way to the readers. */
export type Answers = {
  /** An answer is made here from now on; `stop` is called when somebody wants it to end. */
  begin(room: string, seq: number, stop: () => void): void;
  /** Asks whoever makes it to end it now. */
  stop(room: string, seq: number): void;
  /** An answer that is made here: all of it so far. */
  tell(room: string, seq: number, text: string): void;
  /** What the store has of an answer that is made elsewhere. */
  note(room: string, seq: number, text: string): void;
  hear(word: Heard): void;
  /** It is over: the log has all of it. */
  end(room: string, seq: number): void;
  /** Forgets what is made elsewhere, was not heard since `time` (`performance.now()`), and is not among `known`. */
  forget(known: Set<string>, time: number): void;
  close(): void;
};

export function openAnswers({ hub, tell }: { hub: Hub; tell(word: Word): void }): Answers {
  const running = new Map<string, Running>();
  let timer: ReturnType<typeof setInterval> | undefined;

  function answer(room: string, seq: number): Running {
    const id = messageId(room, seq);
    const known = running.get(id) ??
      { room, seq, text: "", heardAt: performance.now(), wantedAt: -Infinity, sent: new WeakMap() };
    running.set(id, known);
    timer ??= setInterval(flush, FLUSH_EVERY);
    return known;
  }

  function drop(id: string): void {
    running.delete(id);
    if (running.size) return;
    clearInterval(timer);
    timer = undefined;
  }

  function flush(): void {
    for (const [id, one] of running) {
      pass(one);
      const live = hub.rooms().get(one.room);
      if (!live || live.flushed < one.seq) continue; // they shall see where it belongs first
      const entry = live.ring.at(one.seq);
      const over = entry !== undefined && (entry.state !== "streaming" || entry.gone);
      if (!over) send(id, one, entry ? [...live.flow].filter((feed) => mayHear(feed, entry)) : live.flow);
      else if (one.own) one.own.stop(); // hidden: nobody shall hear more of it
      else drop(id);
    }
  }

  /** To the other isolates. */
  function pass({ room, seq, text, own }: Running): void {
    if (!own || own.told >= text.length) return;
    tell({ type: "answer", room, seq, from: own.told, text: text.slice(own.told) });
    own.told = text.length;
  }

  function mayHear({ person }: Feed, entry: Message): boolean {
    const apart = hub.apart(person?.id);
    return !apart || !isOf(entry, apart);
  }

  /** To each reader what is missing there; the frame is made once for all who have the same. */
  function send(id: string, { room, text, sent }: Running, flow: Iterable<Feed>): void {
    const frames = new Map<number, string>();
    for (const feed of flow) {
      const from = sent.get(feed) ?? 0;
      if (from >= text.length || feed.conn.buffered() > limits.buffered) continue;
      const frame = frames.get(from) ?? frameOf({ type: "delta", room, messageId: id, from, text: text.slice(from) });
      frames.set(from, frame);
      feed.conn.send(frame);
      sent.set(feed, text.length);
    }
  }

  function heardPart({ room, seq, from, text }: Of<"answer">): void {
    const one = answer(room, seq), time = performance.now();
    one.heardAt = time;
    if (from <= one.text.length) return extend(one, one.text.slice(0, from) + text);
    if (time - one.wantedAt < WANT_EVERY) return;
    one.wantedAt = time;
    tell({ type: "answer_wanted", room, seq });
  }

  function wanted({ room, seq }: Of<"answer_wanted">): void {
    const one = running.get(messageId(room, seq));
    if (!one?.own) return;
    one.own.told = 0;
    pass(one);
  }

  function stop(room: string, seq: number, heard = false): void {
    const own = running.get(messageId(room, seq))?.own;
    if (own) own.stop();
    else if (!heard) tell({ type: "answer_stop", room, seq });
  }

  return {
    begin: (room, seq, stop) => void (answer(room, seq).own = { told: 0, stop }),
    stop: (room, seq) => stop(room, seq),
    tell: (room, seq, text) => void extend(answer(room, seq), text),
    note(room, seq, text) {
      if (hub.rooms().has(room)) extend(answer(room, seq), text);
    },
    hear(word) {
      if (word.type === "answer") heardPart(word);
      else if (word.type === "answer_wanted") wanted(word);
      else stop(word.room, word.seq, true);
    },
    end: (room, seq) => drop(messageId(room, seq)),
    forget(known, time) {
      for (const [id, one] of running) {
        if (!one.own && one.heardAt < time && !known.has(id)) drop(id);
      }
    },
    close() {
      running.clear();
      clearInterval(timer);
    },
  };
}

function extend(one: Running, text: string): void {
  if (text.length > one.text.length) one.text = text;
}

const frameOf = (frame: ServerFrame): string => JSON.stringify(frame);

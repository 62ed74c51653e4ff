import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { type Log, openLog } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import { type Answers, openAnswers } from "./answers.ts";
import { type Bus, openBus, type Word } from "./bus.ts";
import { type Hub, openHub } from "./hub.ts";
import { openIndexer } from "./indexer.ts";
import { keepPassing } from "./passes.ts";
import { openPresence, type Pace, type Presence } from "./presence.ts";
import { openTyping, type Typing } from "./typing.ts";

/** The log, those who follow it here, and the other isolates: one mechanism for every kind of room. */
export type Spine = {
  log: Log;
  hub: Hub;
  answers: Answers;
  presence: Pick<Presence, "look" | "people" | "named">;
  /** Says that somebody is writing, here and on the isolates of this process. */
  typing(room: string, person: { id: string; nickname: string }): void;
  /** A frame that is not in the log, to all who follow a room here and on the isolates of this process. */
  tell(room: string, frame: ServerFrame): void;
  /** Writes what waits, leaves the presence lists, and lets go of every timer and watch. */
  stop(): Promise<void>;
};

/** `channel`: null when alone. `bells`: where `kv.watch` crosses processes. `heal`: milliseconds between slow passes. */
export function openSpine(parts: {
  store: Store;
  now: () => number;
  isolate: string;
  line: LogLine;
  channel: BroadcastChannel | null;
  bells: boolean;
  heal?: number;
  /** Whom a person shall not meet: `kv/blocks.ts`. */
  apart?: Hub["apart"];
  presence?: Partial<Pace>;
}): Spine {
  const { line } = parts;
  const log: Log = openLog({ ...parts, untilHeard: (room) => hub.untilHeard(room) });
  const hub: Hub = openHub({ log, line, apart: parts.apart });
  const typing = openTyping({ hub, now: parts.now });
  const answers = openAnswers({ hub, tell: (word) => bus.tell(word) });
  const indexer = openIndexer({ ...parts, file: (rooms) => log.file(rooms) });
  const presence = openPresence({ ...parts, hub, bus: () => bus, pace: parts.presence });
  const bus: Bus = openBus({ ...parts, hear: (word) => hearWord(word), ring: lookAt });
  hub.watchPeople(presence);

  log.onCommit((room, messages, stamp) => {
    if (messages.length) {
      hub.deliver(room, messages);
      indexer.note(room, messages.length);
      for (const { author } of messages) typing.wrote(room, author.id);
    }
    bus.tell({ type: "committed", room, messages, stamp });
  });

  function hearWord(word: Word): void {
    if (word.type === "typing") return typing.note(word.room, word.person);
    if (word.type === "people") return presence.hear(word);
    if (word.type === "whisper") return hub.whisper(word.room, word.frame);
    if (word.type !== "committed") return answers.hear(word);
    log.observe(word.room, word.messages, word.stamp);
    hub.deliver(word.room, word.messages);
    for (const { author } of word.messages) typing.wrote(word.room, author.id);
  }

  function lookAt(mayConcern: (room: string) => boolean): void {
    for (const [room] of hub.rooms()) if (mayConcern(room)) void hub.look(room);
  }

  const passes = keepPassing(parts.heal ?? limits.heal, line, async () => {
    indexer.pass();
    log.file();
    await hub.heal();
    await presence.tick();
  });

  return {
    log,
    hub,
    answers,
    presence,
    typing: (room, person) => say(typing, bus, room, person),
    tell(room, frame) {
      hub.whisper(room, frame);
      bus.tell({ type: "whisper", room, frame });
    },
    async stop() {
      await passes.stop();
      await indexer.stop();
      log.file();
      await log.drain();
      await presence.close().catch(() => {});
      typing.close();
      answers.close();
      await bus.close();
      hub.close();
    },
  };
}

function say(typing: Typing, bus: Bus, room: string, person: { id: string; nickname: string }): void {
  typing.note(room, person);
  bus.tell({ type: "typing", room, person });
}

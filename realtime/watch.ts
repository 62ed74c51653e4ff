import { findHarm } from "../ai/moderate.ts";
import type { Model } from "../ai/model.ts";
import { BANDI } from "../domain/companion.ts";
import { isCrisis } from "../domain/crisis.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { PLAZA } from "../domain/room.ts";
import { Problem } from "../domain/problems.ts";
import { BY_MODEL } from "../domain/words/why.ts";
import { noteSent } from "../kv/consents.ts";
import type { Log } from "../kv/log.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import type { Powers } from "./powers.ts";

type Seen = { room: string; seq: number; by: string; text: string };
/** Messages that are read together, how many may wait, and how long they gather. */
const TOGETHER = 20;
const MOST_WAITING = 400;
const GATHER = 2_000;

/**
 * Reads what was said in rooms that all may find, after it was said, and hides what plainly harms somebody: as Bandi,
 * with an entry in the audit log like any keeper. It holds up nobody: what does not fit in its queue goes unread.
 * Order is for everybody: neither blocks nor what people let a model read count here, but that it was sent is written down.
 * Without a key there is none. `name` is Bandi's. Returns its end.
 */
export function startWatch(
  { store, now, model, log, rooms, powers, line, name, gather = GATHER }: {
    store: Store;
    now: () => number;
    model: Model;
    log: Log;
    rooms: Rooms;
    powers: Powers;
    line: LogLine;
    name: string;
    gather?: number;
  },
): () => Promise<void> {
  if (model.name === null) return () => Promise.resolve();
  const bandi: Who = { id: BANDI, nickname: name, role: "moderator", session: "" };
  const waiting: Seen[] = [], over = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined, running: Promise<void> | undefined, unread = 0;
  const deaf = log.onCommit((room, messages) => {
    for (const message of messages) {
      const text = message.change ? message.change.text : message.text;
      if (text && isAnybodys(message)) {
        put({ room, seq: message.change?.of ?? message.seq, by: message.change?.by?.[0] ?? message.author.id, text });
      }
    }
  });

  function put(seen: Seen): void {
    if (waiting.length === MOST_WAITING) waiting.shift(), unread++;
    waiting.push(seen);
    if (!running) timer ??= setTimeout(() => running = run().finally(() => running = undefined), gather);
  }

  async function run(): Promise<void> {
    timer = undefined;
    while (waiting.length && !over.signal.aborted) await look(waiting.splice(0, TOGETHER));
    if (unread) line("warn", "moderation_unread", { messages: unread });
    unread = 0;
  }

  async function look(batch: Seen[]): Promise<void> {
    try {
      const open = new Set(await Promise.all(batch.map(async ({ room }) => await isOpen(room) ? room : undefined)));
      const seen = batch.filter(({ room, text }) => open.has(room) && !isCrisis(text));
      if (!seen.length) return;
      const writers = (of: boolean) => seen.filter(({ room }) => (room === PLAZA) === of).map(({ by }) => by);
      await noteSent(store, now(), { task: "moderate", surface: "plaza" }, writers(true));
      await noteSent(store, now(), { task: "moderate", surface: "live" }, writers(false));
      const found = await findHarm(model, seen.map(({ text }, n) => ({ n, text })), over.signal);
      for (const { n, fault } of found) await hide(seen[n], fault);
      if (found.length) line("info", "moderated", { messages: seen.length, hidden: found.length });
    } catch (error) {
      if (!over.signal.aborted) {
        line("warn", "moderation_failed", { error: error instanceof Problem ? error.code : "?" });
      }
    }
  }

  /** What was changed meanwhile, taken away, or written by somebody with a role stays as it is. */
  async function hide({ room, seq, text }: Seen, fault: string): Promise<void> {
    const [now] = await log.messages(room, [seq]), place = await rooms.get(room);
    if (!place || !now || now.gone || now.text !== text || now.author.role !== "user") return;
    await powers.hide(place, bandi, seq, { why: BY_MODEL + fault }).catch((error) => {
      if (!(error instanceof Problem)) throw error;
    });
  }

  const isOpen = async (id: string): Promise<boolean> => {
    const room = await rooms.get(id);
    return room !== null && (room.kind === "plaza" || (room.kind === "live" && room.access === "public"));
  };

  return async () => {
    deaf();
    clearTimeout(timer);
    over.abort();
    await running;
  };
}

/** Written, or edited, by a person without a role. A change does not say whose it is: `hide` looks. */
const isAnybodys = ({ kind, change, author }: Message): boolean =>
  change ? change.editedAt !== undefined : kind === "user" && author.role === "user";

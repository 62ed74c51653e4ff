import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import type { Notification } from "../domain/notification.ts";
import { permalink } from "../domain/permalink.ts";
import { HOUSE, isDirect, otherOf } from "../domain/room.ts";
import type { Blocks } from "../kv/blocks.ts";
import { keys } from "../kv/keys.ts";
import { levelOf } from "../kv/levels.ts";
import type { Log } from "../kv/log.ts";
import { findMatch } from "../kv/matches.ts";
import { keepWaiting, peopleToTell } from "../kv/notifications.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import { type Notice, noticeOf } from "../realtime/house.ts";
import type { Presence } from "../realtime/presence.ts";
import type { Push } from "../adapters/push.ts";
import { openRoomNews } from "./room_news.ts";
import { tellDue } from "./tell_due.ts";

export type NotifierParts = {
  store: Store;
  log: Log;
  rooms: Rooms;
  blocks: Pick<Blocks, "areApart" | "apart">;
  presence: Pick<Presence, "people">;
  push: Push;
  isolate: string;
  now: () => number;
  /** Of who chose no time zone. */
  zone: string;
  line: LogLine;
};

/** Tells members, through their browsers' push services, what happened while they had no page open. */
export type Notifier = {
  /** Keeps it until this person wants to be told; who wants none of it, or can be reached nowhere, is not told. */
  notify(user: string, notification: Notification): Promise<void>;
  /** Tells what is due, of what was said so far. Any number of isolates may do so at once; never rejects. */
  tick(): Promise<void>;
  start(): () => Promise<void>;
};

const EVERY = 30_000;
/** Members whose letter is made to wait in one step. */
const PAGE = 100;
/** Names that a room's list is asked for, to see whether somebody is reading there now. */
const PEOPLE = 500;

export function openNotifier(parts: NotifierParts): Notifier {
  const { store, log, rooms, presence, now, zone, line } = parts;
  const heard = new Set<Promise<void>>();
  const news = openRoomNews({ ...parts, isAway, notify });
  let running: Promise<void> | undefined, again = false, stopped = false;

  async function notify(
    user: string,
    notification: Notification,
    also?: (atomic: Deno.AtomicOperation) => void,
  ): Promise<void> {
    const at = await keepWaiting(store, user, notification, zone, also);
    if (at !== null && at <= now()) void tell();
  }

  function hear(room: string, messages: Message[]): void {
    for (const message of messages) {
      const work = room === HOUSE
        ? hearHouse(message)
        : isDirect(room)
        ? isSaid(message) && tellOther(room, message)
        : !message.change && (message.mentions?.length || message.reply)
        ? tellNamed(room, message)
        : news.hear(room, message, nobody);
      if (!work) continue;
      const done = work.catch((error) => line("warn", "notification_failed", { error: String(error) }))
        .finally(() => heard.delete(done));
      heard.add(done);
    }
  }

  /** A new letter: everybody's waits before the first is sent, so that a crash in the middle leaves nobody out. */
  async function hearHouse(message: Message): Promise<void> {
    const notice = noticeOf(message);
    if (notice.type === "matched") return await tellMatched(notice);
    if (notice.type !== "letter") return;
    await store.commit((atomic) => atomic.set(keys.letterToTell(notice.date), ""));
    void tell();
  }

  async function tellNamed(room: string, message: Message): Promise<void> {
    const answered = message.reply && (await log.messages(room, [message.reply.seq]))[0]?.author.id;
    const named = new Set([...(message.mentions ?? []), ...(answered ? [answered] : [])]);
    named.delete(message.author.id);
    news.hear(room, message, named);
    for (const user of named) {
      if (await levelOf(store, user, room) === "nothing" || !await isAway(room, user)) continue;
      const kind = message.mentions?.includes(user) ? "mention" : "reply";
      const { at, author: { id: by, nickname: who } } = message;
      const { seq } = message;
      await notify(user, { kind, at, by, who, of: { room, seq }, url: permalink(room, seq) });
    }
  }

  /** Two people's words are not said on a locked screen: only whose they are. */
  async function tellOther(id: string, { author, at }: Message): Promise<void> {
    const room = await rooms.get(id);
    const user = room && otherOf(room, author.id);
    if (!user || (await findMatch(store, user, id))?.muted || !await isAway(id, user)) return;
    await notify(user, { kind: "message", at, by: author.id, who: author.nickname, url: `/chats/${id}` });
  }

  async function tellMatched({ room: id, by }: Extract<Notice, { type: "matched" }>): Promise<void> {
    const room = await rooms.get(id);
    for (const user of room?.members ?? []) {
      if (user !== by) await notify(user, { kind: "match", at: now(), by: otherOf(room!, user), url: `/chats/${id}` });
    }
  }

  /** May read the room, and has none of its pages open. */
  async function isAway(id: string, user: string): Promise<boolean> {
    const person = await findUser(store, user);
    if (!person || !await rooms.find(id, { ...person, session: "" })) return false;
    return !(await presence.people(id, PEOPLE)).members.some((one) => one.id === user);
  }

  async function letters(): Promise<void> {
    for (const { key, value, versionstamp } of await store.list(keys.lettersToTell())) {
      const date = key.at(-1) as string;
      for (let mark: { value: string; versionstamp: string } | null = { value, versionstamp }; mark && !stopped;) {
        const people = await peopleToTell(store, mark.value, PAGE);
        const told: Notification = { kind: "letter", at: now(), url: `/letters/${date}` };
        await Promise.all(people.map((user) => keepWaiting(store, user, told, zone)));
        mark = await moveOn(date, mark.versionstamp, people.at(-1));
      }
    }
  }

  /** `null` when it is done, or another isolate goes on with it. */
  async function moveOn(date: string, versionstamp: string, last: string | undefined) {
    const key = keys.letterToTell(date);
    const stamp = await store.commit((atomic) => {
      atomic.check({ key, versionstamp });
      if (last === undefined) atomic.delete(key);
      else atomic.set(key, last);
    });
    return stamp === null || last === undefined ? null : { value: last, versionstamp: stamp };
  }

  async function tick(): Promise<void> {
    await Promise.all(heard);
    await news.round().catch((error) => line("warn", "room_news_failed", { error: String(error) }));
    await tell();
  }

  function tell(): Promise<void> {
    again = true;
    return running ??= work();
  }

  /** Ends in the step that finds nothing more to do: whoever asks after it begins anew. */
  async function work(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        await letters();
        const more = await tellDue(parts, () => stopped);
        again ||= more; // not in one line: whoever ticks during the wait would be overwritten
      }
    } catch (error) {
      line("warn", "notifications_failed", { error: String(error) });
    } finally {
      running = undefined;
    }
  }

  return {
    notify,
    tick,
    start() {
      const deafen = log.onCommit(hear);
      const timer = setInterval(tick, EVERY);
      void tick();
      return async () => {
        stopped = true;
        deafen();
        clearInterval(timer);
        await Promise.all(heard);
        await news.round().catch(() => {}); // it waits for who starts next
        await running;
      };
    },
  };
}

const nobody: ReadonlySet<string> = new Set();

/** Something new, in somebody's own words or pictures. */
const isSaid = ({ kind, change }: Message): boolean => !change && kind !== "system";

import { without } from "../../domain/departed.ts";
import type { Message } from "../../domain/message.ts";
import { rankIn } from "../../domain/power.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { callsAfter } from "./calls.ts";
import { amend, asOf, pour } from "./change.ts";
import { atTail, type Came, type Chat, FOLLOWED, KEPT, setAside, termsOf } from "./chat.ts";

/** What a frame of the server changes. Frames that come twice, late or ahead of others do no harm. */
export function hear(chat: Chat, frame: ServerFrame, now: number): Chat {
  switch (frame.type) {
    case "joined":
      return joined(chat, frame, now);
    case "messages":
      return take(confirm(chat, frame.items, now), frame.items);
    case "changed":
      return take(chat, frame.items);
    case "delta":
      return pour(chat, frame.messageId, frame.from, frame.text);
    case "came":
      return { ...chat, came: merged(chat, frame) };
    case "typing":
      return { ...chat, typing: frame.people.filter(({ id }) => id !== chat.me?.id) };
    case "people":
      return { ...chat, people: frame.count };
    case "departed": {
      const left = (all: Message[]) => all.map((message) => without(message, frame));
      return { ...chat, items: left(chat.items), kept: left(chat.kept), held: left(chat.held) };
    }
    case "receipt":
      return frame.person === chat.me?.id ? chat : { ...chat, receipt: later(chat.receipt, frame) };
    case "room":
      return { ...chat, about: frame.room, terms: termsOf(frame.room) };
    case "left":
      return { ...chat, left: true };
    case "letter":
      return { ...chat, letter: frame.date };
    case "refused":
      return refused(chat, frame, now);
    default:
      return chat;
  }
}

type Frame<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;

function joined(chat: Chat, frame: Frame<"joined">, now: number): Chat {
  const line = chat.line === "lost" ? "back" : chat.line === "new" ? "open" : chat.line;
  const sure = { ...confirm(chat, frame.items, now), people: frame.people, line } satisfies Chat;
  const last = frame.items.at(-1)?.seq ?? frame.head;
  const anew = frame.epoch !== chat.epoch || (frame.gap && last > chat.head);
  if (!anew) return take(sure, frame.items);
  const { epoch } = frame;
  const empty = { items: [], held: [], came: [], changes: new Map(), streams: chat.streams };
  const start = { ...sure, ...empty, epoch, head: frame.items[0] ? frame.items[0].seq - 1 : last, following: true };
  const gap = chat.items.length ? frame.items.find(({ change }) => !change)?.seq ?? 0 : 0;
  return { ...take({ ...start, upTo: start.head, unseen: 0 }, frame.items), gap };
}

/** My own messages among these are no longer on their way, whatever their place is. */
function confirm(chat: Chat, messages: Message[], now: number): Chat {
  const { me, outbox } = chat;
  if (!me || !outbox.length) return chat;
  const stored = new Set(messages.filter(({ author }) => author.id === me.id).map(({ clientId }) => clientId));
  const waiting = outbox.filter(({ clientId }) => !stored.has(clientId));
  if (waiting.length === outbox.length) return chat;
  const settled = new Set([...chat.settled, ...outbox.map(({ clientId }) => clientId).filter((id) => stored.has(id))]);
  const rest = rankIn(chat.about, me) > 0 ? 0 : chat.terms.slow * 1000;
  return { ...chat, outbox: waiting, settled, restUntil: rest ? Math.max(chat.restUntil, now + rest) : chat.restUntil };
}

/** Puts messages where they belong: what is known is passed over, what is ahead of a hole waits. */
function take(chat: Chat, messages: Message[]): Chat {
  const ahead = new Map(chat.held.map((message) => [message.seq, message]));
  for (const message of messages) if (message.seq > chat.head) ahead.set(message.seq, message);
  if (!ahead.size) return chat;
  const next: Message[] = [];
  let head = chat.head;
  for (let message = ahead.get(head + 1); message; message = ahead.get(head + 1)) {
    next.push(message);
    ahead.delete(++head);
  }
  const held = [...ahead.values()].sort((a, b) => a.seq - b.seq);
  if (!next.length) return { ...chat, held };
  const wrote = new Set(next.map(({ author }) => author.id));
  const typing = chat.typing.filter(({ id }) => !wrote.has(id));
  const shown = next.filter(({ change }) => !change);
  const kept = setAside(chat.kept, shown);
  const calls = callsAfter(chat, next);
  const longer = { ...chat, held, head, typing, kept, calls, ...append(chat, shown, head) };
  return amend(longer, next.filter(({ change }) => change));
}

/** To the end of the list, unless its reader is far back: then the list stays, and only the number grows. */
function append(chat: Chat, next: Message[], head: number): Pick<Chat, "items" | "unseen" | "upTo"> {
  const { following, items, unseen, upTo } = chat;
  const whole = () => [...items, ...next.map((message) => asOf(chat, message))];
  if (following) {
    const all = next.length ? whole() : items;
    const tooMany = all.length > FOLLOWED.most + FOLLOWED.slack;
    return { items: tooMany ? all.slice(-FOLLOWED.most) : all, unseen: 0, upTo: head };
  }
  const more = unseen + next.length;
  if (!atTail(chat) || items.length + next.length > KEPT) return { items, unseen: more, upTo };
  return { items: next.length ? whole() : items, unseen: more, upTo: head };
}

const later = (before: Chat["receipt"], { delivered, read }: Chat["receipt"]): Chat["receipt"] => ({
  delivered: Math.max(before.delivered, delivered),
  read: Math.max(before.read, read),
});

/** Bursts become one line, as long as nobody says anything in between. */
function merged({ came, items }: Chat, { came: n, left, names }: Frame<"came">): Came[] {
  const after = items.at(-1)?.seq ?? 0, last = came.at(-1);
  if (last?.after !== after) return [...came.slice(-9), { after, came: n, left, name: names[0] }];
  return [...came.slice(0, -1), { after, came: last.came + n, left: last.left + left, name: last.name ?? names[0] }];
}

/** Refusals that are over by themselves, soon: what was said waits for that. */
export const passes = (code: string): boolean => code === "too_many" || code === "slow_mode";

function refused(chat: Chat, { clientId, code, message, wait = 0 }: Frame<"refused">, now: number): Chat {
  if (!chat.outbox.some((one) => one.clientId === clientId)) return chat;
  if (code === "unauthenticated") return chat; // the line asks for a new login first
  if (passes(code)) return { ...chat, restUntil: now + Math.max(1, wait) * 1000 };
  const outbox = chat.outbox.map((one) => one.clientId === clientId ? { ...one, failed: message } : one);
  return { ...chat, outbox };
}

import type { Message } from "../../domain/message.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { atTail, type Chat, KEPT } from "./chat.ts";

/** What a frame of the server changes. Frames that come twice, late or ahead of others do no harm. */
export function hear(chat: Chat, frame: ServerFrame, now: number): Chat {
  switch (frame.type) {
    case "joined":
      return joined(chat, frame);
    case "messages":
      return take(confirm(chat, frame.items), frame.items);
    case "typing":
      return { ...chat, typing: frame.people.filter(({ id }) => id !== chat.me?.id) };
    case "people":
      return { ...chat, people: frame.count };
    case "letter":
      return { ...chat, letter: frame.date };
    case "refused":
      return refused(chat, frame, now);
    default:
      return chat;
  }
}

type Frame<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;

function joined(chat: Chat, frame: Frame<"joined">): Chat {
  const line = chat.line === "lost" ? "back" : chat.line === "new" ? "open" : chat.line;
  const sure = { ...confirm(chat, frame.items), people: frame.people, line } satisfies Chat;
  const last = frame.items.at(-1)?.seq ?? frame.head;
  const anew = frame.epoch !== chat.epoch || (frame.gap && last > chat.head);
  if (!anew) return take(sure, frame.items);
  const { epoch, items } = frame;
  const gap = chat.items.length ? items[0]?.seq ?? 0 : 0;
  return { ...sure, epoch, items, held: [], head: last, seen: last, following: true, gap };
}

/** My own messages among these are no longer on their way, whatever their place is. */
function confirm(chat: Chat, messages: Message[]): Chat {
  const { me, outbox } = chat;
  if (!me || !outbox.length) return chat;
  const stored = new Set(messages.filter(({ author }) => author.id === me.id).map(({ clientId }) => clientId));
  const waiting = outbox.filter(({ clientId }) => !stored.has(clientId));
  if (waiting.length === outbox.length) return chat;
  const settled = new Set([...chat.settled, ...outbox.map(({ clientId }) => clientId).filter((id) => stored.has(id))]);
  return { ...chat, outbox: waiting, settled };
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
  return { ...chat, held, head, typing, ...append(chat, next, head) };
}

/** To the end of the list, unless its reader is far back: then the list stays, and only the number grows. */
function append(chat: Chat, next: Message[], head: number): Pick<Chat, "items" | "seen"> {
  const { following, items, seen } = chat;
  if (following) return { items: [...items, ...next].slice(-KEPT), seen: head };
  const fits = atTail(chat) && items.length + next.length <= KEPT;
  return { items: fits ? [...items, ...next] : items, seen };
}

function refused(chat: Chat, { clientId, code, message, wait = 0 }: Frame<"refused">, now: number): Chat {
  if (!chat.outbox.some((one) => one.clientId === clientId)) return chat;
  if (code === "unauthenticated") return chat; // the line asks for a new login first
  if (code === "too_many") return { ...chat, restUntil: now + Math.max(1, wait) * 1000 };
  const outbox = chat.outbox.map((one) => one.clientId === clientId ? { ...one, failed: message } : one);
  return { ...chat, outbox };
}

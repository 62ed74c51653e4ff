import type { Author, Message } from "../../domain/message.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { atTail, type Chat, KEPT, type Sending, type Typer } from "./chat.ts";
import { hear } from "./hear.ts";

export { atTail, type Chat, KEPT, type Sending, type Typer } from "./chat.ts";

export type Event =
  | { type: "frame"; frame: ServerFrame; now: number }
  | { type: "send"; sending: Sending }
  | { type: "retry"; clientId: string; again: string }
  | { type: "drop"; clientId: string }
  | { type: "lost" }
  | { type: "calm" }
  | { type: "ended" }
  | { type: "read"; upTo: number }
  | { type: "older"; items: Message[] }
  | { type: "newer"; items: Message[] }
  | { type: "newest"; items: Message[] }
  | { type: "follow"; following: boolean };

type Room = { epoch: string; head: number; items: Message[]; people: number };

/** The room as the server drew it. */
export function begin(me: Author | null, { epoch, head, items, people }: Room, outbox: Sending[] = []): Chat {
  const held: Message[] = [], typing: Typer[] = [];
  const still = { held, typing, settled: new Set<string>(), gap: 0, read: 0, ended: false, restUntil: 0 };
  const following = atTail({ items, head });
  return { ...still, me, epoch, items, head, seen: head, following, outbox, people, line: "new" };
}

/** What becomes of the room by an event. Pure: the same events give the same room. */
export function step(chat: Chat, event: Event): Chat {
  switch (event.type) {
    case "frame":
      return hear(chat, event.frame, event.now);
    case "send":
      return { ...chat, outbox: [...chat.outbox, event.sending] };
    case "retry":
      return { ...chat, outbox: again(chat.outbox, event.clientId, event.again) };
    case "drop":
      return { ...chat, outbox: chat.outbox.filter(({ clientId }) => clientId !== event.clientId) };
    case "lost":
      return { ...chat, line: chat.line === "new" ? "new" : "lost", typing: [] };
    case "calm":
      return { ...chat, line: chat.line === "back" ? "open" : chat.line };
    case "ended":
      return { ...chat, me: null, ended: true };
    case "read":
      return { ...chat, read: event.upTo };
    case "older":
      return older(chat, event.items);
    case "newer":
      return newer(chat, event.items);
    case "newest":
      return { ...chat, ...jump(chat, event.items) };
    case "follow":
      return follow(chat, event.following);
  }
}

/** Whether the very first message is held, or there is none. */
export const atStart = ({ items, head }: Chat): boolean => items.length ? items[0].seq <= 1 : head === 0;
/** Messages that came below the screen of a reader who is further up. */
export const fresh = ({ following, head, seen }: Chat): number => following ? 0 : Math.max(0, head - seen);
/** What may go out now: the first that has not failed. */
export const nextOut = ({ outbox }: Chat): Sending | undefined => outbox.find(({ failed }) => failed === undefined);

/** A page from before. What grows too long is cut at the far end. */
function older(chat: Chat, page: Message[]): Chat {
  const first = chat.items[0]?.seq ?? chat.head + 1;
  const fitting = page.filter(({ seq }) => seq < first);
  if (!fitting.length || fitting.at(-1)!.seq !== first - 1) return chat;
  return { ...chat, items: [...fitting, ...chat.items].slice(0, KEPT) };
}

/** A page from after, for a reader on the way back from far up. */
function newer(chat: Chat, page: Message[]): Chat {
  const last = chat.items.at(-1)?.seq ?? 0;
  const fitting = page.filter(({ seq }) => seq > last && seq <= chat.head);
  if (!fitting.length || fitting[0].seq !== last + 1) return chat;
  return { ...chat, items: [...chat.items, ...fitting].slice(-KEPT) };
}

/** The newest page instead of what was held; what has been heard beyond it stays heard. */
function jump(chat: Chat, page: Message[]): Pick<Chat, "items" | "head" | "held"> {
  const last = page.at(-1)?.seq ?? 0;
  if (last < chat.head) return chat;
  const known = chat.held.filter(({ seq }) => seq > last);
  return { items: page, head: last, held: known };
}

function follow(chat: Chat, wanted: boolean): Chat {
  const following = wanted && atTail(chat);
  if (following === chat.following) return chat;
  const items = following ? chat.items.slice(-KEPT) : chat.items;
  return { ...chat, following, items, seen: chat.head };
}

/** Sent anew under another id: the old one may be taken. */
const again = (outbox: Sending[], clientId: string, fresh: string): Sending[] =>
  outbox.map((one) => one.clientId === clientId ? { ...one, clientId: fresh, failed: undefined } : one);

import type { Author, Message, Reaction } from "../../domain/message.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { asOf, presume } from "./change.ts";
import { type Aim, atTail, type Chat, FOLLOWED, KEPT, type Sending, termsOf } from "./chat.ts";
import { hear } from "./hear.ts";
import { pressed, react, type Reacted } from "./react.ts";

export { type Aim, atTail, type Chat, FOLLOWED, KEPT, type Sending, type Terms, type Typer } from "./chat.ts";

export type Event =
  | { type: "frame"; frame: ServerFrame; now: number }
  | { type: "send"; sending: Sending }
  | { type: "retry"; clientId: string; again: string }
  | { type: "drop"; clientId: string }
  | { type: "lost" }
  | { type: "calm" }
  | { type: "ended" }
  | { type: "read"; upTo: number }
  | { type: "older"; items: Message[]; before: number }
  | { type: "newer"; items: Message[]; after: number; upTo: number }
  | { type: "newest"; items: Message[]; upTo: number }
  | { type: "around"; items: Message[]; upTo: number }
  | { type: "follow"; following: boolean }
  | { type: "react"; seq: number; reaction: Reaction; on: boolean }
  | { type: "reacted"; reacted: Reacted }
  | { type: "presume"; seq: number; facts: Partial<Message> }
  | { type: "aim"; aim: Aim | null }
  | { type: "top"; top: boolean }
  | { type: "show_came"; shown: boolean }
  | { type: "keep"; message: Message }
  | { type: "noticed" }
  | { type: "notice"; notice: Chat["notice"] };

type About = Chat["about"];
/** `upTo` is the number up to which `items` are whole, when that is not the head. */
type Room = {
  epoch: string;
  head: number;
  items: Message[];
  people: number;
  upTo?: number;
  kept?: Message[];
  about?: About;
  receipt?: Chat["receipt"];
};

/** The room as the server drew it. */
export function begin(me: Author | null, room: Room, outbox: Sending[] = []): Chat {
  const { epoch, head, items, people, upTo = head, kept = [], about = null, receipt = noReceipt } = room;
  return {
    me,
    epoch,
    items,
    start: 1,
    upTo,
    head,
    people,
    receipt,
    outbox,
    kept,
    about,
    terms: about ? termsOf(about) : { slow: 0, readOnly: false },
    left: false,
    held: [],
    changes: new Map(),
    streams: new Map(),
    unseen: 0,
    following: atTail({ upTo, head }),
    settled: new Set(),
    reacted: new Map(),
    aim: null,
    top: false,
    calls: [],
    came: [],
    showsCame: true,
    typing: [],
    line: "new",
    gap: 0,
    read: 0,
    ended: false,
    restUntil: 0,
    notice: null,
  };
}

const noReceipt = { delivered: 0, read: 0 };

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
      return older(chat, event);
    case "newer":
      return newer(chat, event);
    case "newest":
      return event.upTo < chat.head ? chat : replace(chat, event);
    case "around":
      return { ...replace(chat, event), following: false };
    case "follow":
      return follow(chat, event.following);
    case "react":
      return react(chat, event.seq, event.reaction, event.on);
    case "reacted":
      return { ...chat, reacted: pressed(event.reacted) };
    case "presume":
      return presume(chat, event.seq, event.facts);
    case "aim":
      return { ...chat, aim: event.aim };
    case "top":
      return { ...chat, top: event.top };
    case "show_came":
      return { ...chat, showsCame: event.shown };
    case "keep":
      return { ...chat, kept: [...chat.kept.filter(({ seq }) => seq !== event.message.seq), event.message] };
    case "noticed":
      return { ...chat, calls: [] };
    case "notice":
      return { ...chat, notice: event.notice };
  }
}

/** Whether the very first message that I may see is held, or there is none. */
export const atStart = ({ items, head, start }: Chat): boolean => items.length ? items[0].seq <= start : head === 0;
/** Messages that came below the screen of a reader who is further up. */
export const fresh = ({ following, unseen }: Chat): number => following ? 0 : unseen;
/** What may go out now: the first that has not failed. */
export const nextOut = ({ outbox }: Chat): Sending | undefined => outbox.find(({ failed }) => failed === undefined);

type Page<T extends Event["type"]> = Extract<Event, { type: T }>;

/** A page from before. What grows too long is cut at the far end. */
function older(chat: Chat, { items, before }: Page<"older">): Chat {
  const first = chat.items[0]?.seq ?? chat.head + 1;
  if (before !== first) return chat;
  if (!items.length) return { ...chat, start: first };
  if (items.at(-1)!.seq >= first) return chat;
  const all = [...now(chat, items), ...chat.items];
  return all.length > KEPT ? { ...chat, items: all.slice(0, KEPT), upTo: all[KEPT].seq - 1 } : { ...chat, items: all };
}

/** A page from after, for a reader on the way back from far up. */
function newer(chat: Chat, { items, after, upTo }: Page<"newer">): Chat {
  if (after !== chat.upTo || upTo <= after) return chat;
  const fitting = items.filter(({ seq }) => seq > after && seq <= chat.head);
  return { ...chat, items: [...chat.items, ...now(chat, fitting)].slice(-KEPT), upTo: Math.min(upTo, chat.head) };
}

/** Another page instead of what was held; what has been heard beyond it stays heard. */
function replace(chat: Chat, { items, upTo }: { items: Message[]; upTo: number }): Chat {
  const head = Math.max(chat.head, upTo);
  return { ...chat, items: now(chat, items), upTo, head, held: chat.held.filter(({ seq }) => seq > head) };
}

const now = (chat: Chat, items: Message[]): Message[] => items.map((message) => asOf(chat, message));

function follow(chat: Chat, wanted: boolean): Chat {
  const following = wanted && atTail(chat);
  if (following === chat.following) return chat;
  const items = following && chat.items.length > KEPT - FOLLOWED.slack ? chat.items.slice(-FOLLOWED.most) : chat.items;
  return { ...chat, following, items, unseen: 0 };
}

/** Sent anew under another id: the old one may be taken. */
const again = (outbox: Sending[], clientId: string, fresh: string): Sending[] =>
  outbox.map((one) => one.clientId === clientId ? { ...one, clientId: fresh, failed: undefined } : one);

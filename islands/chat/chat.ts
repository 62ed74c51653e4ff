import type { Author, Change, Message, Reaction } from "../../domain/message.ts";
import type { Mood } from "../../domain/mood.ts";
import type { Room } from "../../domain/room.ts";
import type { Stream } from "./stream.ts";

/** Messages the page holds at most. Older and newer ones are fetched again when the reader goes there. */
export const KEPT = 600;
/** While the reader follows the end: beyond `slack` more the oldest go, so that a busy room does not fill the page. */
export const FOLLOWED = { most: 200, slack: 40 };
/** Changes of messages that are not held are remembered for those that come later. */
export const CHANGES_KEPT = 500;

/** What I sent and the log has not yet confirmed. `failed` is the reason, in my language. `at` is epoch milliseconds. */
export type Sending = {
  clientId: string;
  text: string;
  mood?: Mood;
  reply?: number;
  /** A question for the queue. */
  asks?: true;
  /** A question to the companion. */
  ask?: true;
  at: number;
  failed?: string;
};
/** How far what I said has come, in a room of two: numbers of messages. */
export type Receipt = { delivered: number; read: number };
/** Somebody called the reader by name, in message `seq`. */
export type Call = { seq: number; nickname: string };
export type Typer = { id: string; nickname: string };
/** What the field is for, when it is not for something new. */
export type Aim = { kind: "reply" | "edit"; message: Message } | { kind: "question" | "companion" };
/** Who came and went after message `after`. */
export type Came = { after: number; came: number; left: number; name?: string };
/** What the room asks of its writers. `slow` is in seconds; `pinned` is the number of a message. */
export type Terms = { slow: number; readOnly: boolean; pinned?: number };

/** A room as this page knows it. */
export type Chat = {
  me: Author | null;
  epoch: string;
  /** A stretch of the log as people see it (without the entries that only change others), oldest first. */
  items: Message[];
  /** Before this number there is nothing for me. */
  start: number;
  /** Polls and questions, wherever they are in the log, oldest first. */
  kept: Message[];
  /** The number up to which that stretch is whole. It is `head`, unless the reader is far back. */
  upTo: number;
  /** What came ahead of a hole, waiting for what is missing. */
  held: Message[];
  /** The newest number below which nothing is unheard. */
  head: number;
  /** What is known to be different about messages, for those that come in later. Never changed in place. */
  changes: ReadonlyMap<number, Change>;
  /** Answers that are flowing in, by message id. */
  streams: ReadonlyMap<string, Stream>;
  /** Messages that came while the reader was not at the end. */
  unseen: number;
  /** At the end of the log, following it. */
  following: boolean;
  outbox: Sending[];
  /** Client ids that already stood here as pending: they do not come in a second time. */
  settled: ReadonlySet<string>;
  /** What I pressed, by message; the log only counts. */
  reacted: ReadonlyMap<number, readonly Reaction[]>;
  aim: Aim | null;
  /** Only what matters most: staff, keepers, the companion, what many answered to. */
  top: boolean;
  /** Who called me and was not yet noticed, oldest first. */
  calls: Call[];
  came: Came[];
  showsCame: boolean;
  terms: Terms;
  typing: Typer[];
  people: number;
  receipt: Receipt;
  /** The room as it was last told of: its name, what it asks of writers, its pin, whether it is closed. */
  about: Room | null;
  /** I may not be here any more. */
  left: boolean;
  /** `lost` after it had been open; `back` for a moment after that. */
  line: "new" | "open" | "lost" | "back";
  /** The number before which too much was missed, so that the list started anew there; 0 when nothing was. */
  gap: number;
  /** The newest number that was read on an earlier visit; 0 when this is the first. */
  read: number;
  /** My login ended while I was here. */
  ended: boolean;
  /** Epoch milliseconds until which the room wants me to rest; 0 is now. */
  restUntil: number;
  /** What has just been done, or why it could not be: one sentence. */
  notice: { text: string; bad: boolean } | null;
  /** The date of a letter that came while the page was open. */
  letter?: string;
};

/** Whether the stretch that is held ends where the log does. */
export const atTail = ({ upTo, head }: Pick<Chat, "upTo" | "head">): boolean => upTo >= head;

/** What a room asks of its writers. A closed room has none. */
export function termsOf(room: Room): Terms {
  const { slow = 0, readOnly = false } = room.settings ?? {};
  return { slow, readOnly: readOnly || room.closedAt !== undefined, pinned: room.pinned };
}

/** Polls and questions that are remembered beside the list. */
const ASIDE = 60;
/** Those among new messages that are. */
export const setAside = (kept: Message[], next: Message[]): Message[] => {
  const more = next.filter(({ poll, asks }) => poll || asks);
  return more.length ? [...kept, ...more].slice(-ASIDE) : kept;
};

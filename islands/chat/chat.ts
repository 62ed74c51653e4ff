import type { Author, Message } from "../../domain/message.ts";
import type { Mood } from "../../domain/mood.ts";

/** Messages the page holds at most. Older and newer ones are fetched again when the reader goes there. */
export const KEPT = 1000;

/** What I sent and the log has not yet confirmed. `failed` is the reason, in my language. `at` is epoch milliseconds. */
export type Sending = { clientId: string; text: string; mood?: Mood; at: number; failed?: string };
export type Typer = { id: string; nickname: string };

/** A room as this page knows it. */
export type Chat = {
  me: Author | null;
  epoch: string;
  /** A stretch of the log without a hole, oldest first. Its end is `head`, unless the reader is far back. */
  items: Message[];
  /** What came ahead of a hole, waiting for what is missing. */
  held: Message[];
  /** The newest number below which nothing is unheard. */
  head: number;
  /** The newest number the reader had on the screen while at the end. */
  seen: number;
  /** At the end of the log, following it. */
  following: boolean;
  outbox: Sending[];
  /** Client ids that already stood here as pending: they do not come in a second time. */
  settled: ReadonlySet<string>;
  typing: Typer[];
  people: number;
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
  /** The date of a letter that came while the page was open. */
  letter?: string;
};

/** Whether the stretch that is held ends where the log does. */
export const atTail = ({ items, head }: Pick<Chat, "items" | "head">): boolean => (items.at(-1)?.seq ?? head) >= head;

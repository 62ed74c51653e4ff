import type { Correction } from "./correction.ts";
import type { Happening } from "./happening.ts";
import type { Mood } from "./mood.ts";
import type { Role } from "./person.ts";

export const kinds = ["user", "admin", "system", "companion"] as const;
/** Set by the server alone, from the writer's role. */
export type Kind = (typeof kinds)[number];

/** The name and role that the author had when the message was written. */
export type Author = { id: string; nickname: string; role: Role };

export const reactions = ["pat", "metoo", "cheer"] as const;
/** 토닥 · 나도 · 응원 */
export type Reaction = (typeof reactions)[number];

/** What is answered: made by the server from the message with that number, its first 80 characters. `of` are whose it is (`peopleIn`); the store has it not. */
export type Reply = { seq: number; of?: string[]; nickname: string; text: string };
/** Who took a message away; its text is then "". */
export type Gone = "author" | "keeper";
export type Poll = { question: string; options: { text: string; votes: number }[]; closed?: true };
/** A picture in a room of two; its bytes are at `/photos/{id}`. */
export type Photo = { id: string; width: number; height: number };
/** How far an answer of the companion has come. */
export type AnswerState = "streaming" | "done" | "stopped" | "interrupted";

/** What may become different about a message after it was written. */
export type Mutable = {
  text: string;
  editedAt?: number;
  /** `null`: it was gone, and is back. */
  gone?: Gone | null;
  reactions?: Partial<Record<Reaction, number>>;
  /** In the question queue, and out of it again. */
  asks?: boolean;
  answered?: boolean;
  poll?: Poll;
  photo?: Photo;
  state?: AnswerState;
  /** In an AI room, on the first of several versions: the numbers of all. */
  versions?: number[];
  /** What the coach found in it; absent when it is right. */
  corrections?: Correction[];
  /** In an AI room: what happened, or which question of an interview this is. */
  event?: Happening;
};
/** An entry that says what is now true of message `of`, which is of the people `by` (`peopleIn`; not in the store). An absent field is as it was. */
export type Change = { of: number; by?: string[] } & Partial<Mutable>;

/** An entry of a room's log, as it travels. `seq` counts 1, 2, 3 … in its room; `at` is epoch milliseconds. */
export type Message = Mutable & {
  seq: number;
  id: string;
  clientId: string;
  author: Author;
  kind: Kind;
  at: number;
  mood?: Mood;
  reply?: Reply;
  /** Ids of the people it names. */
  mentions?: string[];
  /** How many messages the companion read for it. */
  read?: number;
  /** Of an answer of the companion: the ids of who asked, and of those whose words it read for it. */
  about?: string[];
  change?: Change;
  /** In an AI room: what it follows, when that is not what stood last before it. `branch.ts`. */
  after?: number;
  /** The number of the version that was there first. */
  version?: number;
  /** In a scene for several: the role that says it. */
  as?: string;
};

type Said =
  | "author"
  | "kind"
  | "text"
  | "mood"
  | "reply"
  | "mentions"
  | "about"
  | "read"
  | "change"
  | "after"
  | "version"
  | "as"
  | "event";
/** What somebody asks to be appended. Without a `clientId` it cannot be resent safely. */
export type Draft = Pick<Message, Said> & {
  room: string;
  clientId?: string;
} & Partial<Omit<Mutable, "text">>;

/** `repeated` says that the client id was stored before: this is the first answer again. */
export type Appended = { message: Message; repeated: boolean };

/** The newest number of a room's log; `epoch` changes when the log is not the same log any more. */
export type Head = { seq: number; epoch: string; at: number };

export const messageId = (room: string, seq: number): string => `${room}:${seq}`;

/** Whose a message is: its writer's; an answer of the companion is theirs whom it is about. */
export const peopleIn = ({ author, about }: Pick<Message, "author" | "about">): string[] => about ?? [author.id];

/** A message as a reply shows it. */
export const quote = (message: Message | undefined): Reply | undefined =>
  message && {
    seq: message.seq,
    of: peopleIn(message),
    nickname: message.author.nickname,
    text: message.photo ? "📷" : [...message.text].slice(0, 80).join(""),
  };

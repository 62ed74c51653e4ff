import type { Mood } from "./mood.ts";
import type { Role } from "./person.ts";

export const kinds = ["user", "admin", "system", "companion"] as const;
/** Set by the server alone, from the writer's role. */
export type Kind = (typeof kinds)[number];

/** The name and role that the author had when the message was written. */
export type Author = { id: string; nickname: string; role: Role };

/** An entry of a room's log, as it travels. `seq` counts 1, 2, 3 … in its room; `at` is epoch milliseconds. */
export type Message = {
  seq: number;
  id: string;
  clientId: string;
  author: Author;
  kind: Kind;
  text: string;
  at: number;
  mood?: Mood;
};

/** What somebody asks to be appended. Without a `clientId` it cannot be resent safely. */
export type Draft = {
  room: string;
  author: Author;
  kind: Kind;
  text: string;
  mood?: Mood;
  clientId?: string;
};

/** `repeated` says that the client id was stored before: this is the first answer again. */
export type Appended = { message: Message; repeated: boolean };

/** The newest number of a room's log; `epoch` changes when the log is not the same log any more. */
export type Head = { seq: number; epoch: string; at: number };

export const messageId = (room: string, seq: number): string => `${room}:${seq}`;

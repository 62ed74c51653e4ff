import type { Message } from "../../domain/message.ts";
import type { Mood } from "../../domain/mood.ts";
import type { Act, Answer } from "./acts.ts";
import type { Aim, Chat } from "./chat.ts";
import { nobody, type People } from "./people.ts";
import type { Said } from "./socket.ts";

/** What goes with a text. */
export type With = { mood?: Mood; reply?: number; asks?: true; ask?: true };

/** What the parts of the page can do. */
export type Hands = {
  /** False when nothing may be sent now. */
  send(text: string, more?: With): boolean;
  retry(clientId: string): void;
  drop(clientId: string): void;
  typing(): void;
  older(): void;
  newer(): void;
  newest(): void;
  follow(following: boolean): void;
  /** Brings a message into the list, with its neighbours; false when it is not to be had. */
  find(seq: number): Promise<boolean>;
  aim(aim: Aim | null): void;
  top(top: boolean): void;
  /** Whether coming and going is shown to this reader. */
  showCame(shown: boolean): void;
  act(act: Act): Promise<Answer>;
  /** Who is here, as far as that is shown. */
  people(): Promise<People>;
  /** I know that I was called. */
  noticed(): void;
  /** Stops an answer of the companion. */
  stop(seq: number): void;
  /** Sends a picture, smaller where it is large. */
  photo(file: File): void;
  /** One sentence for a moment. */
  tell(text: string, bad?: boolean): void;
};

export type Store = Hands & {
  chat(): Chat;
  /** Whether what comes in now is not to be read aloud line by line. */
  quiet(): boolean;
  /** New messages that are told of in one sentence instead. */
  digest(): number;
  changed(hear: () => void): () => void;
  /** Holds a message beside the list. */
  keep(message: Message): void;
  /** A frame as it is; false when there is no connection. */
  say(said: Said): boolean;
  start(): void;
};

const nothing = () => {};
/** On the server nothing can be done. */
export const noHands: Hands = {
  send: () => false,
  retry: nothing,
  drop: nothing,
  typing: nothing,
  older: nothing,
  newer: nothing,
  newest: nothing,
  follow: nothing,
  find: () => Promise.resolve(false),
  aim: nothing,
  top: nothing,
  showCame: nothing,
  act: () => Promise.resolve({ ok: false }),
  people: () => Promise.resolve(nobody),
  noticed: nothing,
  stop: nothing,
  photo: nothing,
  tell: nothing,
};

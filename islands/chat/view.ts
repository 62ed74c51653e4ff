import { type ComponentChildren, createContext } from "preact";
import type { Message } from "../../domain/message.ts";
import type { Lang } from "../../domain/person.ts";
import type { Words } from "../../domain/words/words.ts";

/** The words that a room needs, in the reader's language. */
export type ChatWords = Pick<Words, "chat" | "moods" | "roles" | "crisis" | "order" | "calls">;

/** Where this is, and how it looks there. */
export type Place = {
  room: string;
  /** The page's own address. */
  path: string;
  /** Where the form goes without scripts. */
  form: string;
  /** Lines instead of bubbles. */
  dense: boolean;
  /** A talk with the companion alone: no menu, no reactions, no moods. */
  alone?: true;
  /** The reader looks after this room. */
  keeps: boolean;
  /** What the companion answers to, where it answers. */
  companion?: string;
  /** What the practice that begins at one's own buzz is called, where it may begin. */
  practise?: string;
  /** Where what is written in another language may be translated: what the button and the translation say. */
  translate?: Words["translate"];
  /** The sentence under the field: who can read this. */
  audience: string;
  /** Where it is shown how far what I said has come. */
  receipts?: { sent: string; delivered: string; read: string };
  /** Where photos may be sent: what the button says, and what a photo is called. */
  photo?: { send: string; said: string };
};

/** How things are shown here. `zone` is the letter's on the server and the reader's own in the browser. */
export type View = {
  lang: Lang;
  zone: string;
  now: number;
  maxText: number;
  words: ChatWords;
  place: Place;
  /** What this kind of room shows under a message. */
  under?(message: Message): ComponentChildren;
  /** What stands between the talk and its field. */
  above?(): ComponentChildren;
  /** What an entry says that has an event instead of words; "" is not shown. */
  event?(message: Message): string;
};

export const ViewContext = createContext<View>(null as unknown as View);

import { createContext } from "preact";
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
  /** The reader looks after this room. */
  keeps: boolean;
  /** What the companion answers to, where it answers. */
  companion?: string;
  /** The sentence under the field: who can read this. */
  audience: string;
};

/** How things are shown here. `zone` is the letter's on the server and the reader's own in the browser. */
export type View = { lang: Lang; zone: string; now: number; maxText: number; words: ChatWords; place: Place };

export const ViewContext = createContext<View>(null as unknown as View);

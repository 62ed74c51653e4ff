import { createContext } from "preact";
import type { Lang } from "../../domain/person.ts";
import type { Words } from "../../domain/words/words.ts";

/** The words that the plaza's island needs, in the reader's language. */
export type ChatWords = Pick<Words, "chat" | "moods" | "roles" | "crisis" | "plaza">;

/** How things are shown here. `zone` is the letter's on the server and the reader's own in the browser. */
export type View = { lang: Lang; zone: string; now: number; maxText: number; words: ChatWords };

export const ViewContext = createContext<View>(null as unknown as View);

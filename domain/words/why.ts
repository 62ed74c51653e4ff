import type { Words } from "./words.ts";

/** So begins the reason of what a model hid; a code follows. */
export const BY_MODEL = "AI: ";

/** The reason that a keeper gave, or in the reader's language that it was a model. */
export const whyIn = (why: string, { byModel }: Words["order"]): string => why.startsWith(BY_MODEL) ? byModel : why;

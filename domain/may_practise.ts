import { isCrisis } from "./crisis.ts";
import type { Message } from "./message.ts";

/** Whether a practice may begin at a buzz: one's own, with words, and never one that needs care. */
export const mayPractise = ({ author, kind, text, gone }: Message, reader: string | undefined): boolean =>
  author.id === reader && (kind === "user" || kind === "admin") && !gone && text.trim() !== "" && !isCrisis(text);

/** Where the practice of a buzz begins; `id` is the message's, as in "plaza:12". */
export const practiceOf = (id: string): string => `/roleplay/new?from=${encodeURIComponent(id)}`;

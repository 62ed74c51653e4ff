import { z } from "zod";
import { moods } from "./mood.ts";
import type { Lang } from "./person.ts";

/** `2026-11-20`: a day in the letter's time zone. */
export const letterDate = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/)
  .refine((s) => new Date(Date.parse(`${s}T00:00:00Z`) || 0).toISOString().startsWith(s));

/** One language's letter: a title of one line, paragraphs, and up to five themes of a few words. */
export const letterText = z.object({
  title: z.string().min(1).max(80),
  paragraphs: z.array(z.string().min(1).max(1200)).min(1).max(8),
  themes: z.array(z.string().min(1).max(40)).max(5),
});
export type LetterText = z.infer<typeof letterText>;

/**
 * The letter of a date, for everybody. Read `[from, to)`, epoch milliseconds. `by` is the model's name, "offline", or
 * both, as in "gpt-4o-mini, offline: ko ja", when some languages had to be written by hand.
 */
export const letter = z.object({
  date: letterDate,
  from: z.number(),
  to: z.number(),
  writtenAt: z.number(),
  by: z.string(),
  quiet: z.boolean(),
  buzzes: z.number().int(),
  writers: z.number().int(),
  moods: z.partialRecord(z.enum(moods), z.number().int()),
  texts: z.object({ ko: letterText, en: letterText, ja: letterText }),
});
export type Letter = z.infer<typeof letter>;

/** From so many writers on, a letter may speak of what they wrote; of fewer, only their number is used. */
export const CROWD = 5;

/** Was the letter's text in this language written without the model? */
export const isOffline = ({ by }: Pick<Letter, "by">, lang: Lang): boolean =>
  by === "offline" || (by.split(", offline: ")[1]?.split(" ").includes(lang) ?? false);

import { z } from "zod";
import type { Lang } from "./person.ts";

export const rhythms = ["daily", "weekly"] as const;
export type Rhythm = (typeof rhythms)[number];
/** Mails of an hour go at ten to the next: 9 is 9:50. */
export const MINUTE = 50;

/** When the letter shall come by mail: hours are the letter's own zone's. */
export const letterWish = z.object({
  hour: z.coerce.number().int().min(0).max(23).default(9),
  rhythm: z.enum(rhythms).default("daily"),
});
export type LetterWish = z.infer<typeof letterWish>;

/** A person's wish; no letter goes before it is confirmed from the mailbox itself. */
export type LetterChoice = LetterWish & { lang: Lang; confirmed: boolean };
/** Somebody who is to be mailed at an hour. `last`: the date of the newest letter that was put into the queue for them. */
export type LetterReader = { rhythm: Rhythm; last?: string };
/** The newest day of an hour, and up to which reader's id it is done. */
export type LetterRound = { date: string; cursor: string; done: boolean };

export const letterMailState = z.object({
  state: z.enum(["off", "waiting", "on"]).describe("waiting: until the button in the mail is pressed"),
  hour: z.number().int().optional(),
  rhythm: z.enum(rhythms).optional(),
});

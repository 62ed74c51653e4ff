import { dateAfter, dateAt, dayNumber, timeAt } from "../domain/day.ts";
import { MINUTE } from "../domain/letter_mail.ts";
import { limits } from "../domain/limits.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { newestRounds, queuePage, type Round } from "../kv/letter_rounds.ts";
import { getLetter } from "../kv/letters.ts";
import type { Store } from "../kv/store.ts";
import { letterTime } from "./write_letter.ts";

export type LetterMailParts = { store: Store; zone: string; now: () => number; line: LogLine };

/**
 * Puts the letters that are due by now into the queue: of each hour the newest day's, as soon as there is a letter, and
 * not later than half a day after the hour. Days that were missed are not mailed later. Never rejects.
 */
export async function queueLetters({ store, zone, now, line }: LetterMailParts): Promise<void> {
  try {
    const newest = await newestRounds(store);
    const due = newest.map((state, hour) => ({ state, round: dueRound(hour, zone, now()) }));
    for (const { state, round } of due) {
      if (state?.date === round.date && state.done) continue;
      if (round.expiresAt <= now() || !await getLetter(store, round.letter)) continue;
      while (!await queuePage(store, round));
      line("info", "letters_queued", { hour: round.hour, date: round.date });
    }
  } catch (error) {
    line("error", "letters_not_queued", faultOf(error));
  }
}

/** The newest round of an hour whose time has come. Before 9:50 there is no letter of the day yet: it is the one before. */
export function dueRound(hour: number, zone: string, now: number): Round {
  const today = dateAt(now, zone);
  const date = timeAt(today, hour, MINUTE, zone) <= now ? today : dateAfter(today, -1);
  const due = timeAt(date, hour, MINUTE, zone);
  const letter = due < letterTime(date, zone) ? dateAfter(date, -1) : date;
  const weekly = (dayNumber(date) + 3) % 7 === 0; // day 0 was a Thursday
  return { hour, date, due, letter, weekly, expiresAt: due + limits.letterMail };
}

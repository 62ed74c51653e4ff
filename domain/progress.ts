import { z } from "zod";
import { weekday } from "./calendar.ts";
import { dateAfter, dateAt } from "./day.ts";
import { type Streak, streakOf } from "./streak.ts";

/** What was done in a week that begins on a Sunday: mistakes met, right uses, mistakes resolved. */
export const week = z.object({
  from: z.string().describe("yyyy-mm-dd, a Sunday"),
  made: z.number().int(),
  right: z.number().int(),
  resolved: z.number().int(),
});
export type Week = z.infer<typeof week>;
/** Something that was practised at a time, in epoch milliseconds. */
export type Practice = Omit<Week, "from"> & { at: number };

export const WEEKS = 12;

/** The streak, and the twelve weeks of which this one is the last, in the days of `zone`. */
export function progressOf(practised: Practice[], now: number, zone: string): { streak: Streak; weeks: Week[] } {
  const today = dateAt(now, zone);
  const first = dateAfter(sundayOf(today), 7 * (1 - WEEKS));
  const weeks = new Map<string, Week>();
  for (let n = 0; n < WEEKS; n++) {
    const from = dateAfter(first, 7 * n);
    weeks.set(from, { from, made: 0, right: 0, resolved: 0 });
  }
  const days = new Set<string>();
  for (const { at, made, right, resolved } of practised) {
    const date = dateAt(at, zone);
    days.add(date);
    const week = weeks.get(sundayOf(date));
    if (week) week.made += made, week.right += right, week.resolved += resolved;
  }
  return { streak: streakOf(days, today), weeks: [...weeks.values()] };
}

const sundayOf = (date: string): string => dateAfter(date, -weekday(date));

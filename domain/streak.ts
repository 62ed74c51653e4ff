import { dateAfter } from "./day.ts";

/** `days` practised in a row; `rested`: yesterday was missed and forgiven, so today counts. */
export type Streak = { days: number; rested: boolean };

/**
 * How many days somebody has practised in a row, up to `today` (`2026-11-20`), which is not over yet. One missed day
 * between two is forgiven and does not count; two in a row end the streak.
 */
export function streakOf(practised: ReadonlySet<string>, today: string): Streak {
  const before = (n: number) => practised.has(dateAfter(today, -n));
  let days = 0;
  for (let n = 0, missed = 0; missed < 2; n++) {
    if (before(n)) days++;
    if (n > 0 || before(n)) missed = before(n) ? 0 : missed + 1;
  }
  return { days, rested: days > 0 && !before(0) && !before(1) };
}

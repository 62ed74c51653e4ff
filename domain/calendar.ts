import { dateAfter, dateAt, dayNumber, timeAt } from "./day.ts";
import { type Mood, type MoodCount, moods } from "./mood.ts";

/** What the calendar needs to know of a buzz: when (epoch milliseconds), and how it felt. */
export type Felt = { at: number; mood?: Mood };
/** A day of a calendar: all its buzzes, and those that carry a mood by mood. */
export type Day = { date: string; total: number; moods: MoodCount };

/** Every day from `first` to `last`, both included, with what was written on it. Days are those of `zone`. */
export function daysOf(felt: Felt[], first: string, last: string, zone: string): Day[] {
  const days = new Map<string, Day>();
  for (let date = first; date <= last; date = dateAfter(date, 1)) days.set(date, { date, total: 0, moods: {} });
  for (const { at, mood } of felt) {
    const day = days.get(dateAt(at, zone));
    if (!day) continue;
    day.total += 1;
    if (mood) day.moods[mood] = (day.moods[mood] ?? 0) + 1;
  }
  return [...days.values()];
}

/** The first of `weeks` weeks of days that end today. */
export const weeksBack = (today: string, weeks: number): string => dateAfter(today, 1 - weeks * 7);

/** The Sunday with which a calendar of `weeks` columns begins, whose last column holds today. */
export const firstSunday = (today: string, weeks: number): string =>
  dateAfter(today, -weekday(today) - (weeks - 1) * 7);

/** 0 is Sunday. */
export const weekday = (date: string): number => (dayNumber(date) + 4) % 7;

/** `[from, to)` of a day in `zone`, epoch milliseconds; a day of a clock change has 23 or 25 hours. */
export const hoursOf = (date: string, zone: string): { from: number; to: number } => ({
  from: timeAt(date, 0, 0, zone),
  to: timeAt(dateAfter(date, 1), 0, 0, zone),
});

/** How dark a day is drawn: 0 for none, up to 4. */
export const level = (total: number): number => Math.min(4, total);

/** All moods of some days together. */
export function sumMoods(days: Day[]): MoodCount {
  const sum: MoodCount = {};
  for (const mood of moods) {
    const count = days.reduce((all, day) => all + (day.moods[mood] ?? 0), 0);
    if (count > 0) sum[mood] = count;
  }
  return sum;
}

/** Which day of being here a day is: the first is 1. */
export const dayInJungle = (createdAt: number, now: number, zone: string): number =>
  dayNumber(dateAt(now, zone)) - dayNumber(dateAt(createdAt, zone)) + 1;

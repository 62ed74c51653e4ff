import { z } from "zod";
import { type Day, dayInJungle, daysOf, hoursOf, weeksBack } from "../../domain/calendar.ts";
import { dateAt } from "../../domain/day.ts";
import { type Letter, letterDate } from "../../domain/letter.ts";
import type { Who } from "../../domain/person.ts";
import { Problem } from "../../domain/problems.ts";
import { PLAZA } from "../../domain/room.ts";
import { readSpot, sorts } from "../../domain/timeline.ts";
import { countOwn, type Entry, ownPage, ownSince } from "../../kv/author.ts";
import type { User } from "../../kv/keys.ts";
import { findUser } from "../../kv/users.ts";
import { seenBy } from "../../realtime/seen.ts";
import type { Parts } from "../context.ts";
import { buzzRow, type History, timelinePage } from "./my_timeline.ts";

export const spans = [2, 4, 12] as const;
/** What the address of My Page says; what does not fit is as if it were not there. */
export const myQuestion = z.object({
  weeks: z.coerce.number().pipe(z.union([z.literal(2), z.literal(4), z.literal(12)])).catch(2),
  day: letterDate.optional().catch(undefined),
  /** One sort alone. Pages with numbers are those of the buzzes, whatever else is said. */
  only: z.enum(sorts).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
  /** Where the page before ended, and which rooms it looked at: those made before a time. */
  before: z.string().transform(readSpot).optional().catch(undefined),
  rooms: z.coerce.number().int().min(0).max(1e15).optional().catch(undefined),
  /** Only rooms that come after the newest ones. */
  older: z.literal("1").optional().catch(undefined),
}).transform(({ only, ...asked }) => ({ ...asked, only: only ?? (asked.page > 1 ? "buzz" as const : undefined) }));
export type MyQuestion = z.output<typeof myQuestion>;

export type My = {
  user: User;
  /** Which day here today is. */
  daysHere: number;
  total: number;
  today: string;
  /** Twelve weeks, oldest first, the last one today. */
  days: Day[];
  history: History;
  inbox: Letter[];
};

type Sources = Pick<Parts, "store" | "log" | "hub" | "rooms" | "letters" | "env" | "now">;
const SIZE = 20;

/** All that My Page shows, read side by side. Problem `unauthenticated` when the person is gone. */
export async function loadMy(parts: Sources, who: Who, asked: MyQuestion): Promise<My> {
  const { store, letters, env, now } = parts;
  const zone = env.letterTimeZone;
  const today = dateAt(now(), zone);
  const first = weeksBack(today, 12);
  const since = asked.day && asked.day < first ? asked.day : first;
  const recent = ownSince(store, PLAZA, who.id, hoursOf(since, zone).from);
  const [user, total, entries, history, inbox] = await Promise.all([
    findUser(store, who.id),
    countOwn(store, PLAZA, who.id),
    recent,
    asked.only !== "buzz"
      ? timelinePage(parts, who, asked)
      : asked.day
      ? buzzesOfDay(parts, who, recent, asked.day, asked.page)
      : buzzPage(parts, who, asked.page),
    letters.page(1, 3),
  ]);
  if (!user) throw new Problem("unauthenticated");
  const days = daysOf(entries, first, today, zone);
  return { user, daysHere: dayInJungle(user.createdAt, now(), zone), total, today, days, history, inbox: inbox.items };
}

async function buzzPage({ store, ...parts }: Sources, who: Who, page: number): Promise<History> {
  const { entries, pages } = await ownPage(store, PLAZA, who.id, page, SIZE);
  const items = await seenBy(parts, who).messages(PLAZA, entries.map(({ seq }) => seq));
  return { rows: items.map(buzzRow), pager: { page, pages } };
}

async function buzzesOfDay(
  { env, ...parts }: Sources,
  who: Who,
  recent: Promise<Entry[]>,
  day: string,
  page: number,
): Promise<History> {
  const { from, to } = hoursOf(day, env.letterTimeZone);
  const own = (await recent).filter(({ at }) => at >= from && at < to).reverse();
  const seqs = own.slice((page - 1) * SIZE, page * SIZE).map(({ seq }) => seq);
  const items = await seenBy(parts, who).messages(PLAZA, seqs);
  return { rows: items.map(buzzRow), pager: { page, pages: Math.max(1, Math.ceil(own.length / SIZE)) } };
}

import { z } from "zod";
import { dateAfter, dateAt, timeAt } from "../../domain/day.ts";
import { letterDate } from "../../domain/letter.ts";
import { limits } from "../../domain/limits.ts";
import type { Message } from "../../domain/message.ts";
import { Problem } from "../../domain/problems.ts";
import type { Seen } from "../../realtime/seen.ts";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Which part of a log a page shows. What is no number and no date leads nowhere, instead of to the newest. */
export const windowQuestion = z.object({
  before: seq.optional().catch(undefined),
  at: seq.optional().catch(0),
  day: letterDate.optional().catch(""),
});
export type WindowQuestion = z.output<typeof windowQuestion>;

/** A stretch of a log, oldest first, whole up to `upTo`. `at` is the message that it is about. */
export type Around = {
  items: Message[];
  upTo: number;
  head: number;
  epoch: string;
  at?: number;
  days?: Days;
};
/** A day in the given zone that has messages, and the days beside it that have some; `asked`, when it had none. */
export type Days = { date: string; asked?: string; before?: string; after?: string };

const BEFORE = 10;
const AFTER = 20;
const OF_A_DAY = 50;

/**
 * What a room's page opens with: one message among its neighbours, a day from its first message, the page before a
 * number, or the newest. Problem `not_found` for a message that is not there. Whether the room may be read is asked before.
 */
export async function windowAround(
  seen: Seen,
  room: string,
  { at, day, before }: WindowQuestion,
  zone: string,
): Promise<Around> {
  const { items: recent, head, epoch } = await seen.recent(room, limits.page.default * 5);
  const whole = { head, epoch };
  if (at !== undefined) return { ...whole, ...await aroundOne(seen, room, at, head), at };
  if (day !== undefined) {
    const found = await dayOf(seen, room, day, zone);
    if (found) return { ...whole, ...await stretch(seen, room, [], found.first - 1, OF_A_DAY, head), ...found.about };
  } else if (before !== undefined) {
    const items = await seen.page(room, { before }, limits.page.default);
    return { ...whole, items, upTo: Math.min(before - 1, head) };
  }
  return { ...whole, items: recent.slice(-limits.page.default), upTo: head };
}

async function aroundOne(seen: Seen, room: string, at: number, head: number) {
  const [one] = await seen.messages(room, [at]);
  if (!one || one.change) throw new Problem("not_found");
  const above = await seen.page(room, { before: at }, BEFORE);
  return await stretch(seen, room, [...above, one], at, AFTER, head);
}

/** What comes after a number, behind what is there already. */
async function stretch(seen: Seen, room: string, start: Message[], after: number, limit: number, head: number) {
  const below = await seen.page(room, { after }, limit);
  const items = [...start, ...below];
  const last = items.at(-1)?.seq ?? head;
  return { items, upTo: below.length < limit ? Math.max(head, last) : last, head: Math.max(head, last) };
}

/** The day, or the next that has messages, or the last that had some; `null` when there has never been a message. */
async function dayOf(seen: Seen, room: string, asked: string, zone: string) {
  if (!Number.isFinite(Date.parse(`${asked}T00:00:00Z`))) throw new Problem("not_found");
  const midnight = (date: string) => timeAt(date, 0, 0, zone);
  const from = await seen.firstSince(room, midnight(asked));
  const [next] = await seen.page(room, { after: from - 1 }, 1);
  const [last] = next ? [next] : await seen.page(room, {}, 1);
  if (!last) return null;
  const date = dateAt(last.at, zone);
  const start = date === asked ? from : await seen.firstSince(room, midnight(date));
  const [[first], [above], [below]] = await Promise.all([
    seen.page(room, { after: start - 1 }, 1),
    seen.page(room, { before: start }, 1),
    seen.firstSince(room, midnight(dateAfter(date, 1))).then((end) => seen.page(room, { after: end - 1 }, 1)),
  ]);
  const days: Days = {
    date,
    asked: date === asked ? undefined : asked,
    before: above && dateAt(above.at, zone),
    after: below && dateAt(below.at, zone),
  };
  return { first: first.seq, about: { at: first.seq, days } };
}

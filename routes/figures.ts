import { Hono } from "hono";
import { z } from "zod";
import { hoursOf } from "../domain/calendar.ts";
import { dateAfter, dateAt } from "../domain/day.ts";
import { costOf, figureNames, HOUR, seriesOf } from "../domain/figures.ts";
import { peopleOnline, readFigures } from "../kv/figures.ts";
import { query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { admin } from "./guard.ts";

export const figureSpans = ["day", "month"] as const;
export const figuresQuestion = z.object({ span: z.enum(figureSpans).default("day") });
export type FigureSpan = (typeof figureSpans)[number];

const count = z.number().int();
export const figuresAnswer = z.object({
  span: z.enum(figureSpans).describe("The last 24 hours by half hours, or 30 days of LETTER_TIME_ZONE"),
  people: count.describe("People online now, over all isolates"),
  points: z.array(
    z.object({
      at: z.number().describe("Epoch milliseconds: the beginning of the span"),
      minutes: count.describe("How long the span is"),
      cost: z.number().describe("US dollars, an estimate"),
      ...Object.fromEntries(figureNames.map((name) => [name, count])) as Record<
        (typeof figureNames)[number],
        typeof count
      >,
    }),
  ),
});
export type FiguresAnswer = z.infer<typeof figuresAnswer>;

/** What the administrators' charts show, as numbers. */
export function figureRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/api/admin/figures", admin(parts), query(figuresQuestion), async (c) => {
    return c.json(await loadFigures(parts, c.req.valid("query").span));
  });
}

export async function loadFigures(
  { store, env, now }: Pick<Parts, "store" | "env" | "now">,
  span: FigureSpan,
): Promise<FiguresAnswer> {
  const edges = span === "day" ? halfHours(now()) : days(now(), env.letterTimeZone);
  const [slots, people] = await Promise.all([
    readFigures(store, edges[0], edges.at(-1)!),
    peopleOnline(store, now()),
  ]);
  const points = seriesOf(slots, edges).map((point, i) => ({
    at: edges[i],
    minutes: (edges[i + 1] - edges[i]) / 60_000,
    cost: costOf(point),
    ...point,
  }));
  return { span, people, points };
}

/** The edges of 48 half hours, the last of which is not over. */
function halfHours(now: number): number[] {
  const end = (Math.floor(now / (HOUR / 2)) + 1) * (HOUR / 2);
  return Array.from({ length: 49 }, (_, i) => end - (48 - i) * (HOUR / 2));
}

/** The edges of 30 days in the zone, today the last. */
function days(now: number, zone: string): number[] {
  const today = dateAt(now, zone);
  return Array.from({ length: 31 }, (_, i) => hoursOf(dateAfter(today, i - 29), zone).from);
}

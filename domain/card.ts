import { z } from "zod";
import { correction } from "./correction.ts";
import { langs } from "./person.ts";

/** Where a mistake was made. AI rooms always make cards; live rooms and 1:1 only when the person switched them on. */
export const cardSources = ["roleplay", "practice", "live", "direct"] as const;
export type CardSource = (typeof cardSources)[number];
export const cardSettings = z.object({ live: z.boolean(), direct: z.boolean() });
export type CardSettings = z.infer<typeof cardSettings>;

export const ratings = ["again", "hard", "good", "easy"] as const;
export type Rating = (typeof ratings)[number];

/** After so many right uses a card is resolved. */
export const RIGHT_USES = 3;

/** A mistake to learn from. Times are epoch milliseconds; `times` says how often it was made, `right` counts to three. */
export const card = correction.extend({
  id: z.string(),
  language: z.enum(langs),
  source: z.object({ from: z.enum(cardSources), room: z.string().optional(), seq: z.number().int().optional() }),
  madeAt: z.number(),
  times: z.number().int(),
  right: z.number().int(),
  dueAt: z.number(),
  resolvedAt: z.number().optional(),
});
export type Card = z.infer<typeof card>;

export const isDue = ({ dueAt, resolvedAt }: Card, now: number): boolean => resolvedAt === undefined && dueAt <= now;

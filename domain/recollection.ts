import { z } from "zod";
import { lines, needed } from "./written.ts";

/** The most that is remembered of a room: older things give way to a summary of them. */
export const MOST_FACTS = 40;

/** One thing that the companion remembers; `seq` is the message that it comes from, absent for what a person wrote. */
export const fact = z.object({ text: needed(lines(200)), seq: z.number().int().min(1).optional() });
export type Fact = z.output<typeof fact>;
/** What a person makes of it: what is left out is forgotten, and never sent again. */
export const recollectionChange = z.object({
  summary: lines(2_000).optional(),
  facts: z.array(fact).max(MOST_FACTS).optional(),
});
/** What is remembered of a room. Messages up to `upTo` stand in it, and are not sent to a model any more. */
export const recollection = z.object({
  summary: z.string(),
  facts: z.array(fact),
  upTo: z.number().int(),
  /** Messages whose facts a person took away: they are never sent again. */
  forgotten: z.array(z.number().int()),
});
export type Recollection = z.infer<typeof recollection>;
export const nothingYet: Recollection = { summary: "", facts: [], upTo: 0, forgotten: [] };

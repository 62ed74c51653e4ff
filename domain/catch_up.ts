import { z } from "zod";

/** One line, and the numbers of the messages that it leads to. */
export const catchUpLine = z.object({ text: z.string(), seqs: z.array(z.number().int()) });
export type CatchUpLine = z.infer<typeof catchUpLine>;

/**
 * What somebody missed: at most six lines. `by` a model they sum up; as a `pick` they are messages, word for word, and
 * `note` says so. `read` messages stood between `from` (excluded) and `to`.
 */
export const catchUp = z.object({
  by: z.enum(["model", "pick"]),
  lines: z.array(catchUpLine),
  note: z.string().optional(),
  from: z.number().int(),
  to: z.number().int(),
  read: z.number().int(),
});
export type CatchUp = z.infer<typeof catchUp>;
export const MOST_LINES = 6;

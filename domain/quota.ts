import { z } from "zod";

/** Today's requests of a person: how many are `left` `of` how many, and when (epoch milliseconds) midnight is in `zone`. */
export const quota = z.object({
  left: z.number().int(),
  of: z.number().int(),
  resetsAt: z.number(),
  zone: z.string(),
});
export type Quota = z.infer<typeof quota>;

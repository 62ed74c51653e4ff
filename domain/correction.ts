import { z } from "zod";
import { mistakeKinds } from "./mistake.ts";

export { type CorrectionLevel, correctionLevels, MOST_CORRECTIONS } from "./mistake.ts";

const line = (max: number) =>
  z.string().max(max).transform((s) => s.replace(/[\p{Cc}\p{Bidi_Control}\s]+/gu, " ").trim()).pipe(z.string().min(1));

/** A sentence of the person's, word for word; the same sentence put right; and why, in the reader's language. */
export const correction = z.object({
  said: line(400),
  better: line(400),
  why: line(300),
  kind: z.enum(mistakeKinds),
});
export type Correction = z.infer<typeof correction>;

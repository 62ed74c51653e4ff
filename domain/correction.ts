import { z } from "zod";

/** How strict corrections are: only what a listener would stumble over, or also what nobody would say so. */
export const correctionLevels = ["light", "strict"] as const;
export type CorrectionLevel = (typeof correctionLevels)[number];

export const mistakeKinds = ["grammar", "word", "spelling", "order", "politeness", "natural"] as const;
export type MistakeKind = (typeof mistakeKinds)[number];

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

/** The most that one message is told at once: more would bury what was said. */
export const MOST_CORRECTIONS: Record<CorrectionLevel, number> = { light: 2, strict: 5 };

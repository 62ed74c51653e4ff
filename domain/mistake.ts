/** How strict corrections are: only what a listener would stumble over, or also what nobody would say so. */
export const correctionLevels = ["light", "strict"] as const;
export type CorrectionLevel = (typeof correctionLevels)[number];

/** The most that one message is told at once: more would bury what was said. */
export const MOST_CORRECTIONS: Record<CorrectionLevel, number> = { light: 2, strict: 5 };

export const mistakeKinds = ["grammar", "word", "spelling", "order", "politeness", "natural"] as const;
export type MistakeKind = (typeof mistakeKinds)[number];

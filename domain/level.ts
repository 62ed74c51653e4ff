import { z } from "zod";
import { type Level, levels, type Outcome } from "./scene.ts";

/** How much of what was said went well: lines of a conversation that the coach had nothing to put right in, points of an interview. */
export const went = z.object({ right: z.number().int(), of: z.number().int() });
export type Went = z.infer<typeof went>;

/** Less says nothing about anybody's level. */
const ENOUGH = 4;

/** One step up after what was won, one down after what was lost, and never past the ends. */
export function levelAfter(level: Level, result?: Outcome["result"]): Level {
  if (!result) return level;
  const at = levels.indexOf(level) + (result === "won" ? 1 : -1);
  return levels[at] ?? level;
}

/** Won when four fifths went well, lost when no more than two did; else, and of too little, neither. */
export function resultOf({ right, of }: Went): Outcome["result"] | undefined {
  if (of < ENOUGH) return undefined;
  if (right * 5 >= of * 4) return "won";
  return right * 5 <= of * 2 ? "lost" : undefined;
}

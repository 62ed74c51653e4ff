import { type Level, levels, type Outcome } from "./scene.ts";

/** One step up after a scene that was won, one down after one that was lost, and never past the ends. */
export function levelAfter(level: Level, result?: Outcome["result"]): Level {
  if (!result) return level;
  const at = levels.indexOf(level) + (result === "won" ? 1 : -1);
  return levels[at] ?? level;
}

import type { LogLine } from "../domain/logger.ts";

const levels = ["debug", "info", "warn", "error"] as const;

/** One JSON line `{at, level, event, …}` per call; `at` is ISO 8601. Lines below `level` are dropped. */
export function openLogger(level: (typeof levels)[number], write: (text: string) => void): LogLine {
  const least = levels.indexOf(level);
  return (level, event, fields) => {
    if (levels.indexOf(level) < least) return;
    write(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }));
  };
}

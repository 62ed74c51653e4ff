import { type FigureName, figures, HOUR, SLOT, SLOTS } from "../domain/figures.ts";
import type { LogLine } from "../domain/logger.ts";
import type { HourRecord } from "../kv/keys.ts";

/** Hours that may wait for a store that does not answer. */
const MOST_HOURS = 48;

/** What this isolate counts, in memory, by hour and by the five minutes of it. */
export type Tally = {
  /** Adds to a count, or raises a peak. */
  note(name: FigureName, n?: number): void;
  /** The same line, overheard: requests, 5xx and errors are counted from it. */
  overhear(line: LogLine): LogLine;
  /** Hours that changed since they were last taken. */
  take(): [hour: number, record: HourRecord][];
  /** An hour that was taken, but could not be written. */
  giveBack(hour: number): void;
};

export function openTally(now: () => number): Tally {
  const hours = new Map<number, HourRecord>();
  const changed = new Set<number>();

  function note(name: FigureName, n = 1): void {
    if (n <= 0) return;
    const time = now(), hour = Math.floor(time / HOUR);
    const counts = hourOf(hour)[name] ??= Array<number>(SLOTS).fill(0);
    const slot = Math.floor((time % HOUR) / SLOT);
    counts[slot] = figures[name].time === "add" ? counts[slot] + n : Math.max(counts[slot], n);
    changed.add(hour);
  }

  function hourOf(hour: number): HourRecord {
    const known = hours.get(hour) ?? {};
    hours.set(hour, known);
    return known;
  }

  return {
    note,
    overhear: (line) => (level, event, fields) => {
      if (level === "error") note("errors");
      if (event === "request") note("requests");
      if (event === "request" && Number(fields?.status) >= 500) note("broken");
      line(level, event, fields);
    },
    take() {
      const current = Math.floor(now() / HOUR);
      for (const hour of hours.keys()) {
        if ((hour !== current && !changed.has(hour)) || hour <= current - MOST_HOURS) hours.delete(hour);
      }
      const taken = [...hours].filter(([hour]) => changed.has(hour));
      changed.clear();
      return taken;
    },
    giveBack: (hour) => void (hours.has(hour) && changed.add(hour)),
  };
}

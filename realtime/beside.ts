import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";

/** Work beside a talk, which nobody waits for: it may fail, and is done again after the next answer. */
export type Beside = (what: string, work: (signal: AbortSignal) => Promise<void>) => void;

/** `stop` ends what is running, and resolves when it has ended. */
export function openBeside(line: LogLine): { beside: Beside; stop(): Promise<void> } {
  const over = new AbortController();
  const working = new Set<Promise<void>>();
  return {
    beside(what, work) {
      const done = work(over.signal).catch((error) => {
        if (!over.signal.aborted && !(error instanceof Problem)) {
          line("warn", `${what}_failed`, { error: String(error) });
        }
      }).finally(() => working.delete(done));
      working.add(done);
    },
    async stop() {
      over.abort();
      await Promise.all(working);
    },
  };
}

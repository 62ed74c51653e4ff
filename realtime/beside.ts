import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";

/** Work beside a talk, which nobody waits for: it may fail, and is done again after the next answer. */
export type Beside = (what: string, work: (signal: AbortSignal) => Promise<void>) => void;

/** Milliseconds that it lets whoever is waited for go ahead: it reads and writes the same store. */
const AHEAD = 20;

/** `stop` ends what is running, and resolves when it has ended. */
export function openBeside(line: LogLine): { beside: Beside; stop(): Promise<void> } {
  const over = new AbortController();
  const working = new Set<Promise<void>>();
  return {
    beside(what, work) {
      const done = later(over.signal).then(() => work(over.signal)).catch((error) => {
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

function later(over: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const begin = () => {
      clearTimeout(timer);
      over.removeEventListener("abort", begin);
      go();
    };
    const timer = setTimeout(begin, AHEAD);
    over.addEventListener("abort", begin);
  });
}

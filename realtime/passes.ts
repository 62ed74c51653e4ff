import type { LogLine } from "../domain/logger.ts";

/** One pass after the other, `every` milliseconds, never two at once; a failing one is a line in the log. */
export function keepPassing(every: number, line: LogLine, pass: () => Promise<void>): { stop(): Promise<void> } {
  let stopped = false, timer: ReturnType<typeof setTimeout>, running: Promise<void> = Promise.resolve();
  const again = () => {
    timer = setTimeout(() => {
      running = pass().catch((error) => line("warn", "pass_failed", { error: String(error) })).finally(() =>
        stopped || again()
      );
    }, every);
  };
  again();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

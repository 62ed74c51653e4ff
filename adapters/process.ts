import { faultOf, type LogLine } from "../domain/logger.ts";

/** A stop must be over before the platform kills: 5 s on Deno Deploy. Milliseconds. */
const STOP_WITHIN = 3_500;

/**
 * A mistake in one handler must not end the process (under `--parallel` it would silently end one worker): it becomes a
 * line. A port that is taken is no such mistake.
 */
export function outlive(line: LogLine): void {
  const told = (event: string, error: unknown): boolean => {
    if (error instanceof Deno.errors.AddrInUse) return false;
    line("error", event, faultOf(error));
    return true;
  };
  globalThis.addEventListener("error", (event) => told("uncaught", event.error) && event.preventDefault());
  globalThis.addEventListener(
    "unhandledrejection",
    (event) => told("unhandled", event.reason) && event.preventDefault(),
  );
}

/**
 * On SIGINT or SIGTERM: stops once, then leaves, since crons, watches and workers would keep the process for ever. The
 * workers of one process leave together: the exit of the first would end the others in the middle of their stop. The steps
 * are taken one after the other.
 */
export function onStop(line: LogLine, steps: (() => unknown)[]): void {
  let stopped = () => {};
  void navigator.locks.request("alive", { mode: "shared" }, () => new Promise<void>((done) => stopped = done));

  let leaving = false;
  async function leave(signal: string): Promise<void> {
    if (leaving) return; // Ctrl-C comes twice: from the terminal, and passed on by `serve.ts`
    leaving = true;
    line("info", "stopping", { signal });
    let mine = false; // a worker that was still starting never heard the signal: it is not waited for beyond this
    const late = setTimeout(() => Deno.exit(mine ? 0 : 1), STOP_WITHIN);
    for (const step of steps) {
      try {
        await step();
      } catch (error) { // the next step must not wait for this one to be mended
        line("error", "stop_failed", faultOf(error));
      }
    }
    mine = true;
    stopped();
    await navigator.locks.request("alive", () => {});
    clearTimeout(late);
    line("info", "stopped");
    Deno.exit(0);
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => void leave(signal));
}

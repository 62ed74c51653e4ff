import { faultOf, type LogLine } from "../domain/logger.ts";
import { beginExport, stepExport, waitingExports } from "../kv/exports.ts";
import type { ExportJob } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";

/** Exports, made in the background. Their place is in KV: whoever finds one that nobody makes any more goes on with it. */
export type Exports = {
  /** The job that is begun, or being made; it goes on by itself. */
  start(user: string): Promise<ExportJob>;
  /** Goes on with what was left by others. */
  tick(): Promise<void>;
  /** Lets go of what is made here, between two pages; others go on with it. */
  stop(): Promise<void>;
};

export function openExports({ store, now, isolate, line }: {
  store: Store;
  now: () => number;
  isolate: string;
  line: LogLine;
}): Exports {
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  function work(user: string): Promise<void> {
    const mine = running.get(user) ??
      make(user).catch((error) => line("error", "export_failed", faultOf(error))).finally(() => running.delete(user));
    running.set(user, mine);
    return mine;
  }

  async function make(user: string): Promise<void> {
    for (let job: ExportJob | null; !stopped && (job = await stepExport(store, user, isolate, now()));) {
      if (!job.at) return line("info", "export_made", { items: job.items, parts: job.parts });
    }
  }

  return {
    async start(user) {
      const job = await beginExport(store, user, now());
      void work(user);
      return job;
    },
    tick: async () => void await Promise.all((await waitingExports(store, now())).map(work)),
    async stop() {
      stopped = true;
      await Promise.all(running.values());
    },
  };
}

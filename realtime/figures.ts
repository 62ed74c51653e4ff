import type { Model } from "../ai/model.ts";
import type { LogLine } from "../domain/logger.ts";
import { HOUSE } from "../domain/room.ts";
import { peopleOnline, writeHour } from "../kv/figures.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import type { Tally } from "./tally.ts";

const MINUTE = 60_000;

/** Writes down once a minute what this isolate counted. */
export type Figures = {
  /** Looks around, and writes. Problem `unavailable`; what could not be written is written the next time. */
  write(): Promise<void>;
  /** Begins to count and to write. The returned function writes the last minute. */
  start(): () => Promise<void>;
};

export function openFigures(parts: {
  store: Store;
  tally: Tally;
  log: Pick<Log, "onCommit">;
  sockets: { size(): number };
  model: Pick<Model, "usage">;
  now: () => number;
  isolate: string;
  line: LogLine;
}): Figures {
  const { store, tally, now, isolate, line } = parts;
  const spent = { asked: 0, failed: 0, inputTokens: 0, outputTokens: 0 };

  async function write(): Promise<void> {
    countModel();
    tally.note("sockets", parts.sockets.size());
    tally.note("people", await peopleOnline(store, now()));
    const failures: unknown[] = [];
    for (const [hour, record] of tally.take()) {
      await writeHour(store, hour, isolate, record).catch((error) => {
        tally.giveBack(hour);
        failures.push(error);
      });
    }
    if (failures.length) throw failures[0];
  }

  /** The model says what it used since the start: what is new is what this minute used. */
  function countModel(): void {
    const used = { asked: 0, failed: 0, inputTokens: 0, outputTokens: 0 };
    for (const { requests, failures, inputTokens, outputTokens } of Object.values(parts.model.usage())) {
      used.asked += requests;
      used.failed += failures;
      used.inputTokens += inputTokens;
      used.outputTokens += outputTokens;
    }
    for (const name of ["asked", "failed", "inputTokens", "outputTokens"] as const) {
      tally.note(name, used[name] - spent[name]);
      spent[name] = used[name];
    }
  }

  const safely = () =>
    write().catch((error) => line("warn", "figures_not_written", { error: error instanceof Error ? error.name : "" }));

  return {
    write,
    start() {
      const deafen = parts.log.onCommit((room, messages) => {
        if (room !== HOUSE) tally.note("messages", messages.filter(({ change }) => !change).length);
      });
      const timer = setInterval(safely, MINUTE);
      return async () => {
        clearInterval(timer);
        deafen();
        await safely();
      };
    },
  };
}

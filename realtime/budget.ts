import type { Model } from "../ai/model.ts";
import { hoursOf } from "../domain/calendar.ts";
import { dateAt } from "../domain/day.ts";
import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";
import { readFigures } from "../kv/figures.ts";
import type { Store } from "../kv/store.ts";

const EVERY = 60_000;

/**
 * A model that rests when all isolates together have used the tokens of a day of `zone`; then the twins without a model
 * take over until midnight. What the figures know is up to two minutes old, so a little more may be used.
 */
export type Budget = {
  model: Model;
  /** Reads what was used. Never rejects: without an answer it stays as it is. */
  look(): Promise<void>;
  start(): () => void;
};

/** `tokens`: read and written, a day; 0 is no limit. */
export function openBudget(
  { store, model, tokens, zone, now, line }: {
    store: Store;
    model: Model;
    tokens: number;
    zone: string;
    now: () => number;
    line: LogLine;
  },
): Budget {
  let over = false;
  const ask = <T>(work: () => Promise<T>): Promise<T> =>
    over ? Promise.reject(new Problem("companion_resting")) : work();

  async function look(): Promise<void> {
    if (!model.name || !tokens) return;
    try {
      const { from, to } = hoursOf(dateAt(now(), zone), zone);
      const used = (await readFigures(store, from, to))
        .reduce((sum, { point: { inputTokens, outputTokens } }) => sum + inputTokens + outputTokens, 0);
      if (over !== used >= tokens) line("warn", over ? "model_back" : "model_budget_used", { used, tokens });
      over = used >= tokens;
    } catch (error) {
      line("warn", "budget_not_read", { error: error instanceof Error ? error.name : "" });
    }
  }

  return {
    model: {
      ...model,
      get name() {
        return over ? null : model.name;
      },
      async *text(asked, options) {
        yield* await ask(() => Promise.resolve(model.text(asked, options)));
      },
      structured: (asked, options) => ask(() => model.structured(asked, options)),
      speech: (text, options) => ask(() => model.speech(text, options)),
      embed: (asked, options) => ask(() => model.embed(asked, options)),
    },
    look,
    start() {
      void look();
      const timer = setInterval(look, EVERY);
      return () => clearInterval(timer);
    },
  };
}

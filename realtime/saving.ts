import type { LogLine } from "../domain/logger.ts";
import { changeTurns, type Turn, type TurnPatch } from "../kv/answers.ts";
import type { Store } from "../kv/store.ts";

type Saved = { patch: TurnPatch; heard(turn: Turn | null): void };

/** Writes down how far answers have come, all of an isolate's in one go: so many streams do not mean as many commits. */
export type Saving = {
  /** `patch` is asked at each saving; `heard` hears what then stands in the room's turn. */
  begin(room: string, saved: Saved): void;
  /** Resolves when nothing of it is being written any more. */
  end(room: string): Promise<void>;
};

/** `every`: milliseconds. */
export function openSaving({ store, every, line }: { store: Store; every: number; line: LogLine }): Saving {
  const making = new Map<string, Saved>();
  let running = Promise.resolve();
  let timer: ReturnType<typeof setInterval> | undefined;

  function save(): void {
    running = running.then(async () => {
      const all = [...making];
      const turns = await changeTurns(store, all.map(([room, { patch }]) => ({ room, patch })));
      all.forEach(([room, saved], n) => making.get(room) === saved && saved.heard(turns[n]));
    }).catch((error) => line("warn", "answer_not_saved", { error: String(error) }));
  }

  return {
    begin(room, saved) {
      making.set(room, saved);
      timer ??= setInterval(save, every);
    },
    async end(room) {
      making.delete(room);
      if (!making.size) {
        clearInterval(timer);
        timer = undefined;
      }
      await running;
    },
  };
}

import { dateAfter, dateAt } from "../domain/day.ts";
import { type Letter, letterDate } from "../domain/letter.ts";
import { Problem } from "../domain/problems.ts";
import { getLetter, type LetterPage, letterPage, newestLetter } from "../kv/letters.ts";
import { onNotice } from "../realtime/house.ts";
import { type LetterParts, letterTime, writeOnce } from "./write_letter.ts";

export type Letters = {
  /** From memory; another isolate's letter is known by its notice, at the latest after a minute. */
  latest(): Promise<Letter | null>;
  get(date: string): Promise<Letter | null>;
  /** Newest first, pages from 1. */
  page(page: number, size: number): Promise<LetterPage>;
  /**
   * What is there, or else written now: of a past day, or of today up to now. `Problem`: "invalid" for a day that has
   * not begun, "busy" while another isolate writes it.
   */
  write(date: string): Promise<Letter>;
  /** Writes the letter that is due, if it is missing. At once when it is known to be there; never rejects. */
  tick(): Promise<void>;
  /** Listens for notices, and ticks now and every minute. The returned function ends it, and a writing on the way. */
  start(): Promise<() => Promise<void>>;
};

const MINUTE = 60_000;
const FRESH = 5 * MINUTE;

/**
 * The letters. Whatever calls (a cron of each isolate, the start, the minute's timer, an admin), a claim in KV lets one
 * write. Only the newest due letter is caught up: days on which the app was down have none, unless an admin asks.
 */
export function openLetters(parts: LetterParts): Letters {
  const { store, now, zone, line } = parts;
  const stopping = new AbortController();
  const writing = new Map<string, Promise<Letter>>();
  let newest: { letter: Letter | null; readAt: number } | undefined;
  /** The newest date whose letter is known to be there, and the newest that was announced to everybody. */
  let known = "", announced = "";

  async function latest(): Promise<Letter | null> {
    const age = newest ? now() - newest.readAt : Infinity;
    if (!newest || age < 0 || age > MINUTE) newest = { letter: await newestLetter(store), readAt: now() };
    return newest.letter;
  }

  async function write(date: string): Promise<Letter> {
    if (!letterDate.safeParse(date).success || date > dateAt(now(), zone)) {
      throw new Problem("invalid", { fields: { date: "other" } });
    }
    const existing = writing.get(date);
    if (existing) return await existing;
    const work = writeAndTell(date).finally(() => writing.delete(date));
    writing.set(date, work);
    return await work;
  }

  /** Who finds a fresh letter of which nobody told announces it: its writer died too early. */
  async function writeAndTell(date: string): Promise<Letter> {
    const { letter, ours } = await writeOnce(parts, date, stopping.signal);
    newest = undefined;
    const untold = announced < date && now() - letter.writtenAt < FRESH;
    if (ours || untold) {
      await parts.announce({ type: "letter", date }).then(() => announced = date, (error) => {
        line("warn", "letter_not_announced", { date, error: String(error) });
      });
    }
    return letter;
  }

  async function tick(): Promise<void> {
    const due = dueDate(now(), zone);
    if (due === known) return;
    try {
      await write(due);
      known = due;
    } catch (error) {
      const busy = error instanceof Problem && error.code === "busy";
      line(busy || stopping.signal.aborted ? "debug" : "error", "letter_not_written", {
        date: due,
        error: String(error),
      });
    }
  }

  async function start(): Promise<() => Promise<void>> {
    const unlisten = parts.hub && await onNotice(parts.hub, line, (notice) => {
      if (notice.type !== "letter") return;
      newest = undefined;
      announced = notice.date;
    });
    void tick();
    const timer = setInterval(tick, MINUTE);
    return async () => {
      clearInterval(timer);
      unlisten?.();
      stopping.abort();
      await Promise.allSettled(writing.values());
    };
  }

  return {
    latest,
    get: (date) => getLetter(store, date),
    page: (page, size) => letterPage(store, page, size),
    write,
    tick,
    start,
  };
}

/** The date of the newest 9:50 that has passed in `zone`. */
export function dueDate(now: number, zone: string): string {
  const today = dateAt(now, zone);
  return letterTime(today, zone) <= now ? today : dateAfter(today, -1);
}

import type { Buzz, Day } from "../ai/letter_count.ts";
import { writeLetter } from "../ai/letter.ts";
import { dateAfter, timeAt } from "../domain/day.ts";
import type { Model } from "../ai/model.ts";
import { isCrisis } from "../domain/crisis.ts";
import { CROWD, type Letter } from "../domain/letter.ts";
import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";
import { PLAZA } from "../domain/room.ts";
import {
  claimLetter,
  getLetter,
  type Held,
  letterEnd,
  publishLetter,
  releaseClaim,
  renewClaim,
} from "../kv/letters.ts";
import { noteSent, willing } from "../kv/consents.ts";
import type { Log } from "../kv/log.ts";
import type { Store } from "../kv/store.ts";
import type { Notice } from "../realtime/house.ts";
import type { Hub } from "../realtime/hub.ts";

export type LetterParts = {
  store: Store;
  log: Log;
  hub?: Hub;
  model: Model;
  now: () => number;
  zone: string;
  line: LogLine;
  announce(notice: Notice): Promise<void>;
  /** Waits between tries; a test does not. */
  pause?: (ms: number, signal: AbortSignal) => Promise<void>;
};

/** When clocks in `zone` show 9:50 on that date. */
export const letterTime = (date: string, zone: string): number => timeAt(date, 9, 50, zone);

const PAGE = 500;
/** A date whose writers died so often is written without the model, in case it is the model that kills them. */
const MOST_DEATHS = 3;

/** Claim, read, write, publish. `ours`: written here and now. A death on the way leaves a claim that runs out. */
export async function writeOnce(
  parts: LetterParts,
  date: string,
  signal: AbortSignal,
): Promise<{ letter: Letter; ours: boolean }> {
  const { store, now, line } = parts;
  const existing = await getLetter(store, date);
  if (existing) return { letter: existing, ours: false };
  const claim = { held: await claimLetter(store, date, crypto.randomUUID(), now()) };
  try {
    const { letter, last } = await compose(parts, claim, signal);
    if (await publishLetter(store, claim.held, letter, last)) {
      line("info", "letter_written", { date, by: letter.by, buzzes: letter.buzzes, tries: claim.held.tries });
      return { letter, ours: true };
    }
  } catch (error) {
    await releaseClaim(store, claim.held).catch(() => {});
    throw error;
  }
  const theirs = await getLetter(store, date);
  if (!theirs) throw new Problem("busy", { wait: 60 });
  return { letter: theirs, ours: false };
}

async function compose(parts: LetterParts, claim: { held: Held }, signal: AbortSignal) {
  const { store, log, now, line, pause = wait } = parts;
  const { date, tries } = claim.held;
  const { from, to, first, last } = await span(parts, date);
  const day: Day = { date, buzzes: () => buzzes(store, log, first, last) };
  let renewal = Promise.resolve();
  const alive = () =>
    renewal = renewal.then(async () => {
      claim.held = await renewClaim(store, claim.held, now());
    });
  const model = tries > MOST_DEATHS ? { ...parts.model, name: null } : parts.model;
  if (model.name !== null) await noteReading(parts, day);
  const written = await writeLetter(day, { model, alive, pause, signal }, line);
  await renewal;
  const letter: Letter = { date, from, to, writtenAt: now(), ...written };
  return { letter, last };
}

/**
 * The letter of a date reads from where the letter before it stopped, else from 9:50 the day before, up to 9:50, or to
 * now for one that is written early. By number and not by time alone: a buzz that was on its way at 9:50 is not lost.
 */
async function span({ store, log, now, zone }: LetterParts, date: string) {
  const before = dateAfter(date, -1);
  const [letter, end] = await Promise.all([getLetter(store, before), letterEnd(store, before)]);
  const from = letter?.to ?? letterTime(before, zone);
  const to = Math.min(now(), letterTime(date, zone));
  const first = end === null ? await log.firstSince(PLAZA, from) : end + 1;
  const last = Math.max(first, await log.firstSince(PLAZA, to)) - 1;
  return { from, to, first, last };
}

/** Before the model is asked: whose buzzes it is about to be sent. Of too few writers it is sent none. */
async function noteReading({ store, now }: LetterParts, { buzzes }: Day): Promise<void> {
  const writers: string[] = [];
  for await (const { author, text } of buzzes()) if (!isCrisis(text)) writers.push(author.id);
  if (new Set(writers).size >= CROWD) {
    await noteSent(store, now(), { task: "letter", surface: "plaza" }, writers);
  }
}

/** The buzzes of those who let a model read the plaza: of the others the letter knows nothing. */
async function* buzzes(store: Store, log: Log, first: number, last: number): AsyncGenerator<Buzz> {
  for (let seq = first; seq <= last;) {
    const page = await log.after(PLAZA, seq - 1, Math.min(PAGE, last - seq + 1));
    if (!page.length) return;
    const spoken = page.filter(({ kind, gone }) => (kind === "user" || kind === "admin") && !gone);
    yield* await willing(store, "plaza", spoken);
    seq = page.at(-1)!.seq + 1;
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((go, fail) => {
    const timer = setTimeout(go, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), fail(signal.reason)), { once: true });
  });
}

import { nextAt, type PairDraft, type PairStep, type PairTelling, type PairTimes } from "../domain/pair.ts";
import { Problem } from "../domain/problems.ts";
import { limits } from "../domain/limits.ts";
import type { Also } from "./group.ts";
import { keys } from "./keys.ts";
import type { Paid } from "./quota.ts";
import type { Found, Store } from "./store.ts";

/**
 * The one pair interview of a room of two; `by` proposed it to `to` and asks first. `telling` is what the companion has
 * yet to say of its last step, `from` the numbers of its lines that begin the turns and end the second. `lease`: who
 * scores it is believed in until then.
 */
export type PairInterview = PairDraft & PairTimes & {
  id: string;
  by: string;
  to: string;
  at: number;
  step: PairStep;
  declined?: true;
  telling?: PairTelling;
  from: number[];
  /** What each of the two might ask: `by` first. */
  questions: string[][];
  /** Of both, until it is scored or given back. */
  paid: Paid[];
  /** The practice rooms that the reports are made in, by person. */
  rooms: Record<string, string>;
  lease?: number;
  finished?: true;
};
type Wanted = (PairInterview & { also?: Also }) | null | undefined;

/** How long whoever made a step may take to say so, before others do. */
const SAYING = 5_000;

/** When somebody has to look at it. */
function dueAt(pair: PairInterview, now: number): number | undefined {
  if (pair.telling) return now + SAYING;
  if (pair.step === "proposed" || pair.finished) return pair.at + limits.pair.kept;
  return pair.step === "over" ? pair.lease ?? now : nextAt(pair);
}

export async function findPairInterview(store: Store, room: string): Promise<PairInterview | null> {
  return (await store.get(keys.pairInterview(room))).value?.pair ?? null;
}

/**
 * Changes a room's, and when it is due with it, in one atomic. The patch may be asked again, and may throw; `undefined`
 * from it leaves things as they are, `null` takes it away.
 */
export async function changePairInterview(
  store: Store,
  room: string,
  now: number,
  patch: (now: PairInterview | null) => Wanted | Promise<Wanted>,
): Promise<PairInterview | null> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(keys.pairInterview(room));
    const wanted = await patch(found.value?.pair ?? null);
    if (wanted === undefined) return found.value?.pair ?? null;
    const { also, ...pair } = wanted ?? {} as PairInterview & { also?: Also };
    const due = wanted ? dueAt(pair, now) : undefined;
    const done = await store.commit((atomic) => {
      atomic.check({ ...found, key: keys.pairInterview(room) });
      if (found.value?.due !== undefined) atomic.delete(keys.pairDue(found.value.due, room));
      if (due !== undefined) atomic.set(keys.pairDue(due, room), true);
      if (wanted) atomic.set(keys.pairInterview(room), { pair, due });
      else atomic.delete(keys.pairInterview(room));
      also?.(atomic);
    });
    if (done !== null) return wanted ? pair : null;
  }
  throw new Problem("busy", { wait: 1 });
}

/** The row of a room that has none any more: whoever left took it along. */
export async function dropDue(store: Store, { key, versionstamp }: Found<true>): Promise<void> {
  await store.commit((atomic) => atomic.check({ key, versionstamp }).delete(key));
}

/** Rooms that somebody has to look at by now. */
export async function duePairs(store: Store, now: number): Promise<{ room: string; row: Found<true> }[]> {
  const rows = await store.list(keys.pairDues(), { end: keys.pairDue(now, "\uffff"), limit: 100 });
  return rows.map((row) => ({ room: String(row.key.at(-1)), row }));
}

import { dateAfter } from "../domain/day.ts";
import type { Letter } from "../domain/letter.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** The right to write the letter of a date. The versionstamp fences: whoever lost the claim cannot publish. */
export type Held = { date: string; owner: string; tries: number; versionstamp: string };
export type LetterPage = { items: Letter[]; page: number; pages: number; total: number };

/** How long a writer may be silent before it counts as dead. */
const LEASE = 120_000;

export async function getLetter(store: Store, date: string): Promise<Letter | null> {
  return (await store.get(keys.letter(date))).value;
}

export async function newestLetter(store: Store): Promise<Letter | null> {
  const [row] = await store.list(keys.letters(), { limit: 1, reverse: true });
  return row?.value ?? null;
}

/** Newest first, pages from 1. A month of letters is one number, so that no page counts letters one by one. */
export async function letterPage(store: Store, page: number, size: number): Promise<LetterPage> {
  const months = await store.list(keys.letterMonths(), { reverse: true });
  const dates = months.flatMap((row) => datesIn(row.key.at(-1) as string, row.value));
  const found = await store.getMany(dates.slice((page - 1) * size, page * size).map(keys.letter));
  const pages = Math.max(1, Math.ceil(dates.length / size));
  return { items: found.flatMap((row) => row.value ? [row.value] : []), page, pages, total: dates.length };
}

/** The dates of the letters before and after a date: days without one are passed over. */
export async function lettersBeside(store: Store, date: string): Promise<{ before?: string; after?: string }> {
  const dateOf = (row?: { key: Deno.KvKey }) => row?.key.at(-1) as string | undefined;
  const [before, after] = await Promise.all([
    store.list(keys.letters(), { end: keys.letter(date), reverse: true, limit: 1 }),
    store.list(keys.letters(), { start: keys.letter(dateAfter(date, 1)), limit: 1 }),
  ]);
  return { before: dateOf(before[0]), after: dateOf(after[0]) };
}

/** The newest seq that the letter of `date` read, or null. */
export async function letterEnd(store: Store, date: string): Promise<number | null> {
  return (await store.get(keys.letterEnd(date))).value;
}

/** `tries` counts the claims of this date, this one included. `Problem("busy")` while somebody else writes it. */
export async function claimLetter(store: Store, date: string, owner: string, now: number): Promise<Held> {
  const key = keys.letterClaim(date);
  const { value, versionstamp } = await store.get(key);
  const left = value ? Math.min(value.expiresAt - now, LEASE) : 0; // A clock that ran ahead does not hold it for ever.
  if (left > 0) throw new Problem("busy", { wait: Math.ceil(left / 1000) });
  const tries = (value?.tries ?? 0) + 1;
  const stamp = await store.commit((atomic) =>
    atomic.check({ key, versionstamp }).set(key, { owner, expiresAt: now + LEASE, tries })
  );
  if (!stamp) throw new Problem("busy", { wait: LEASE / 1000 });
  return { date, owner, tries, versionstamp: stamp };
}

/** The claim for a new lease. `Problem("busy")` when it was taken over. */
export async function renewClaim(store: Store, held: Held, now: number): Promise<Held> {
  const { date, owner, tries, versionstamp } = held;
  const key = keys.letterClaim(date);
  const stamp = await store.commit((atomic) =>
    atomic.check({ key, versionstamp }).set(key, { owner, expiresAt: now + LEASE, tries })
  );
  if (!stamp) throw new Problem("busy", { wait: LEASE / 1000 });
  return { ...held, versionstamp: stamp };
}

/** For one who gives up alive, so that nobody waits for the lease. */
export async function releaseClaim(store: Store, { date, versionstamp }: Held): Promise<void> {
  const key = keys.letterClaim(date);
  // Refused, it is not ours any more, and there is nothing to give back.
  await store.commit((atomic) => atomic.check({ key, versionstamp }).delete(key));
}

/** One atomic: the letter, where the next one goes on, and the month. False: lost the claim, or the letter is there. */
export async function publishLetter(store: Store, held: Held, letter: Letter, end: number): Promise<boolean> {
  const claim = keys.letterClaim(letter.date), own = keys.letter(letter.date);
  const month = keys.letterMonth(letter.date.slice(0, 7));
  for (;;) {
    const days = await store.get(month);
    const stamp = await store.commit((atomic) =>
      atomic.check({ key: claim, versionstamp: held.versionstamp }, { key: own, versionstamp: null }, days)
        .set(own, letter).set(keys.letterEnd(letter.date), end)
        .set(month, (days.value ?? 0) | (1 << (Number(letter.date.slice(8)) - 1)))
        .delete(claim)
    );
    if (stamp) return true;
    const [ours, there] = await Promise.all([store.get(claim), store.get(own)]);
    if (there.value || ours.versionstamp !== held.versionstamp) return false; // Else another day of the month came between.
  }
}

function datesIn(month: string, days: number): string[] {
  const dates: string[] = [];
  for (let day = 31; day > 0; day--) {
    if (days & (1 << (day - 1))) dates.push(`${month}-${String(day).padStart(2, "0")}`);
  }
  return dates;
}

import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** What somebody practised in a quarter of an hour: mistakes made, right uses, mistakes resolved. */
export type Practised = { made: number; right: number; resolved: number };
const QUARTER = 15 * 60_000;

/** Notes that somebody practised, mistakes or not: every day with a note counts for the streak. */
export async function notePractice(store: Store, user: string, now: number): Promise<void> {
  const count = await countPractice(store, user, now);
  await store.commit((atomic) => count(atomic, {}));
}

/** Reads now; the answer adds to the count in an atomic, which fails when somebody else was faster. */
export async function countPractice(store: Store, user: string, now: number) {
  const found = await store.get(keys.practised(user, Math.floor(now / QUARTER)));
  const { made, right, resolved } = found.value ?? { made: 0, right: 0, resolved: 0 };
  return (atomic: Deno.AtomicOperation, more: Partial<Practised>): void => {
    const sum = {
      made: made + (more.made ?? 0),
      right: right + (more.right ?? 0),
      resolved: resolved + (more.resolved ?? 0),
    };
    atomic.check(found).set(found.key, sum);
  };
}

/** All since `from`, oldest first; `at` is when the quarter began. Epoch milliseconds. */
export async function practisedSince(
  store: Store,
  user: string,
  from: number,
): Promise<(Practised & { at: number })[]> {
  const rows = await store.list(keys.allPractised(user), { start: keys.practised(user, Math.floor(from / QUARTER)) });
  return rows.map(({ key, value }) => ({ ...value, at: Number(key[2]) * QUARTER }));
}

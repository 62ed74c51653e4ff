import { EVERYBODY, looksIn, spreadOf, standsIn } from "../domain/matching/buckets.ts";
import type { Portrait, Term } from "../domain/matching/portrait.ts";
import type { Readable } from "../domain/profile.ts";
import { keys } from "./keys.ts";
import type { Maybe, Store } from "./store.ts";

/** Words of a portrait that are kept, to say what two people share. */
const MOST_TERMS = 40;
/** People that are looked at to say which condition left nobody. */
const SAMPLE = 300;
const AT_ONCE = 8;

/** `terms`: the words that somebody's writing is about. `read`: the surfaces it was made of. `stands`: its index keys. */
export type PortraitRecord = {
  portrait: Portrait;
  terms: Term[];
  read: Readable[];
  seen: boolean;
  stands: string[];
  madeAt: number;
};

/**
 * Puts a portrait in place of the one before, and its places in the index with it. `null` when something that it was
 * made of (`basis`) is not so any more.
 */
export async function putPortrait(
  store: Store,
  basis: Maybe<unknown>[],
  { portrait, terms, ...made }: Omit<PortraitRecord, "stands">,
): Promise<PortraitRecord | null> {
  const key = keys.portrait(portrait.id), spread = spreadOf(portrait.id);
  const found = await store.get(key);
  const stands = made.seen ? standsIn(portrait) : [];
  const record = { portrait, terms: terms.slice(0, MOST_TERMS), ...made, stands };
  const done = await store.commit((atomic) => {
    atomic.check(...basis, found).set(key, record);
    for (const bucket of found.value?.stands ?? []) atomic.delete(keys.candidate(bucket, spread, portrait.id));
    for (const bucket of stands) atomic.set(keys.candidate(bucket, spread, portrait.id), portrait);
  });
  return done === null ? null : record;
}

export async function findPortraits(store: Store, ids: string[]): Promise<(PortraitRecord | null)[]> {
  return (await store.getMany(ids.map(keys.portrait))).map(({ value }) => value);
}

/** People who may suit this one: a bounded number of each bucket that is near, however many there are. */
export async function candidatesFor(store: Store, portrait: Portrait): Promise<Portrait[]> {
  const places = looksIn(portrait);
  const found = new Map<string, Portrait>();
  for (let i = 0; i < places.length; i += AT_ONCE) {
    const some = places.slice(i, i + AT_ONCE);
    const rows = await Promise.all(some.map(({ bucket, limit }) => around(store, bucket, portrait.id, limit)));
    for (const one of rows.flat()) found.set(one.id, one);
  }
  found.delete(portrait.id);
  return [...found.values()];
}

/** Some of all people who may be found. */
export async function sampleFor(store: Store, { id }: Portrait): Promise<Portrait[]> {
  return (await around(store, EVERYBODY, id, SAMPLE)).filter((one) => one.id !== id);
}

/** From this person's own place in a bucket on, and from its beginning when that was near the end. */
async function around(store: Store, bucket: string, id: string, limit: number): Promise<Portrait[]> {
  const here = [...keys.candidates(bucket), spreadOf(id)];
  const after = await store.list(keys.candidates(bucket), {
    start: here,
    end: [...keys.candidates(bucket), true],
    limit,
  });
  const rest = limit - after.length;
  const before = rest > 0 ? await store.list(keys.candidates(bucket), { end: here, limit: rest }) : [];
  return [...after, ...before].map(({ value }) => value);
}

import type { Lang } from "../domain/person.ts";
import type { Key } from "./keys.ts";
import type { Found, Store } from "./store.ts";

/**
 * Whoever leaves. `keep`: what they wrote in shared rooms stays, without their name, and says so in their language. `left`
 * is epoch milliseconds, `names` are what they were called, and their addresses.
 */
export type Leaver = { id: string; messages: "keep" | "remove"; lang: Lang; left: number; names: string[] };
/** Where a page of an export ended, inside of its family; absent at its beginning and at its end. */
export type Cursor = Deno.KvKeyPart[];
export type Page = { items: unknown[]; next?: Cursor };

/** What all records whose keys begin with the same word have to do with a person. */
export type Family = {
  /** A page of what is theirs to take along; absent: nothing of it. */
  takes?(store: Store, id: string, from: Cursor | undefined): Promise<Page>;
  /** Makes the person vanish from it; absent: nobody ever stands in it. May be asked again at any time. */
  erases?(store: Store, leaver: Leaver): Promise<void>;
};
/** The same for any family: the table says its name. */
export type Rule = (name: string) => Family;

const PAGE = 50;
const SCAN = 500;
/** Rows of one commit: values may have 64 KiB, an atomic 800. */
const TOGETHER = 10;

/** Nobody stands in it. */
export const nobodys: Rule = () => ({});

/** Records under the person's id: `[name, id, …]`. `show` says what of one is taken along; absent: nothing. */
export const under = <V>(show?: (value: V, rest: Deno.KvKeyPart[]) => unknown): Rule => (name) => ({
  ...(show && {
    async takes(store, id, from) {
      const own = from
        ? []
        : [await store.get<V>([name, id])].flatMap((row) => row.value === null ? [] : row as Found<V>);
      const start = from && [name, id, ...from, ""];
      const rows = await store.list<V>([name, id], { ...(start && { start, end: [name, id, true] }), limit: PAGE });
      const items = [...own, ...rows].map(({ key, value }) => show(value, key.slice(2)));
      return { items, next: rows.length === PAGE ? [...rows.at(-1)!.key.slice(2)] : undefined };
    },
  }),
  erases: (store, { id }) => each<V>(store, [name, id], () => null),
});

/** What becomes of a record for a leaver: another value, `null` for nothing, `undefined` when it does not know them. */
export type Change<V> = (value: V, key: Deno.KvKey, leaver: Leaver) => V | null | undefined;

/** Records of others, or of all, in which a person may stand: each is looked at. `show` as in `under`. */
export const among =
  <V>(change: Change<V>, show?: (value: V, key: Deno.KvKey, id: string) => unknown): Rule => (name) => ({
    ...(show && {
      async takes(store, id, from) {
        const start = from && [name, ...from, ""];
        const rows = await store.list<V>([name], { ...(start && { start, end: [name, true] }), limit: SCAN });
        const items = rows.flatMap(({ key, value }) => show(value, key, id) ?? []);
        return { items, next: rows.length === SCAN ? [...rows.at(-1)!.key.slice(1)] : undefined };
      },
    }),
    erases: (store, leaver) => each<V>(store, [name], (value, key) => change(value, key, leaver)),
  });

/** Looks at every record below a prefix, and writes what it becomes unless somebody wrote in between; then again. */
async function each<V>(
  store: Store,
  prefix: Key<V>,
  change: (value: V, key: Deno.KvKey) => V | null | undefined,
): Promise<void> {
  const itself = await store.get<V>(prefix);
  if (itself.value !== null) await rewrite(store, [itself as Found<V>], change);
  let start: Deno.KvKey | undefined;
  for (;;) {
    const rows = await store.list<V>(prefix, { ...(start && { start, end: [...prefix, true] }), limit: SCAN });
    const changed = rows.filter(({ key, value }) => change(value, key) !== undefined);
    for (let i = 0; i < changed.length; i += TOGETHER) await rewrite(store, changed.slice(i, i + TOGETHER), change);
    if (rows.length < SCAN) return;
    start = [...rows.at(-1)!.key, ""];
  }
}

async function rewrite<V>(
  store: Store,
  rows: Found<V>[],
  change: (value: V, key: Deno.KvKey) => V | null | undefined,
): Promise<void> {
  if (!rows.length) return;
  const done = await store.commit((atomic) => {
    for (const { key, value, versionstamp } of rows) {
      const next = change(value, key);
      if (next === undefined) continue;
      atomic.check({ key, versionstamp });
      if (next === null) atomic.delete(key);
      else atomic.set(key, next);
    }
  });
  if (done !== null) return;
  const again = await store.getMany<V>(rows.map(({ key }) => key));
  await rewrite(store, again.filter((row) => row.value !== null) as Found<V>[], change);
}

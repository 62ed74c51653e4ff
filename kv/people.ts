import { type Key, keys, type User } from "./keys.ts";
import type { Store } from "./store.ts";

/** Pages that a search goes through at most. */
export const MOST_PAGES = 100;
/** Sorts after everything that a name can go on with. */
const END = "\u{10ffff}";

/** People whose username or nickname begins so, whatever its case; the newest people without a question. */
export async function findPeople(
  store: Store,
  question: string,
  page: number,
  size: number,
): Promise<{ items: User[]; more: boolean }> {
  const enough = page * size + 1;
  const ids = question ? await byName(store, question.toLowerCase(), enough) : await newest(store, enough);
  const wanted = ids.slice((page - 1) * size, page * size);
  const rows = await store.getMany(wanted.map(keys.user));
  return { items: rows.flatMap(({ value }) => value ?? []), more: ids.length > page * size };
}

async function newest(store: Store, limit: number): Promise<string[]> {
  return (await store.list(keys.users(), { reverse: true, limit })).map(({ value }) => value.id);
}

async function byName(store: Store, start: string, limit: number): Promise<string[]> {
  const range = <V>(prefix: Key<V>) => ({ start: [...prefix, start], end: [...prefix, start + END], limit });
  const [names, nicknames] = await Promise.all([
    store.list(keys.userNames(), range(keys.userNames())),
    store.list(keys.userNicknames(), range(keys.userNicknames())),
  ]);
  return [...new Set([...names.map(({ value }) => value), ...nicknames.map(({ key }) => String(key.at(-1)))])];
}

import { BANDI } from "../domain/companion.ts";
import { DEPARTED } from "../domain/departed.ts";
import { hash53 } from "../domain/hash.ts";
import type { Draft } from "../domain/message.ts";
import { type Mood, moods } from "../domain/mood.ts";
import { type HeadRecord, keys, type MessageRecord } from "./keys.ts";
import type { Found, Store } from "./store.ts";

/** One thing that a person wrote in a room. */
export type Entry = { seq: number; at: number; mood?: Mood };
/** A page of what a person wrote, newest first; `total` and `pages` as of now. */
export type OwnPage = { entries: Entry[]; total: number; pages: number };
/** The newest leaf of a person's index in a room: `n` full leaves come before it. */
export type Leaf = { n: number; cells: Float64Array };
/** What the writer must know of a person: the leaf to grow, and what number each client id of the last day got. */
export type Own = { leaf: Leaf; recent: Map<number, number> };
/** An entry that is in no leaf yet, and whose it is. */
export type Unfiled = Entry & { author: string; clientHash: number };
/** The person's index as a reader finds it: the newest leaf, and those (by number) that hold what is not filed yet. */
type Index = { stored: Leaf; last: Leaf; fresh: Map<number, Float64Array> };

/** Entries in a leaf; four numbers each (seq, at, mood, client id's hash), so that a leaf stays under 600 bytes. */
const ENTRIES = 16;
const CELLS = 4;

/** The house's own entries, changes among them, are in nobody's index: nobody sends them again. Bandi's may be. */
export const isIndexed = ({ kind, author }: Pick<Draft, "kind" | "author">): boolean =>
  kind !== "system" || author.id === BANDI;

export function unfiledOf(seq: number, { author, at, mood, clientId }: MessageRecord): Unfiled {
  return { author: author.id, seq, at, mood, clientHash: hash53(clientId) };
}

/** What was said in a room up to this head, and is in no leaf yet. */
export async function unfiledIn(store: Store, room: string, head: HeadRecord | null): Promise<Unfiled[]> {
  return head?.filed === undefined ? [] : unfiledAmong(await messagesIn(store, room, head.filed + 1, head.seq));
}

export const messagesIn = (store: Store, room: string, from: number, to: number): Promise<Found<MessageRecord>[]> =>
  store.list(keys.messages(room), { start: keys.message(room, from), end: keys.message(room, to + 1) });

export const unfiledAmong = (rows: Found<MessageRecord>[]): Unfiled[] =>
  rows.filter(({ value }) => isIndexed(value) && value.author.id !== DEPARTED)
    .map(({ key, value }) => unfiledOf(key.at(-1) as number, value));

/** Head first, leaf after it: what is filed between the two reads is found in both, and taken once. */
async function indexOf(store: Store, room: string, author: string): Promise<Index> {
  const { value: head } = await store.get(keys.head(room));
  const [stored, unfiled] = await Promise.all([storedLeaf(store, room, author), unfiledIn(store, room, head)]);
  const fresh = new Map<number, Float64Array>();
  let last = stored;
  for (const entry of unfiled) {
    const next = entry.author === author ? grown(last, entry, entry.clientHash) : last;
    if (next !== last) fresh.set(next.n, next.cells);
    last = next;
  }
  return { stored, last, fresh };
}

async function storedLeaf(store: Store, room: string, author: string): Promise<Leaf> {
  const [row] = await store.list(keys.leaves(room, author), { limit: 1, reverse: true });
  return row ? { n: row.key.at(-1) as number, cells: row.value } : { n: 0, cells: new Float64Array(0) };
}

/** Reads what is filed of a person since a time; client ids that are older may be used again. */
export async function recallOwn(store: Store, room: string, author: string, since: number): Promise<Own> {
  const leaf = await storedLeaf(store, room, author);
  const recent = new Map<number, number>();
  for (const cells of await leavesSince(store, room, author, leaf, since)) {
    for (let at = 0; at < cells.length; at += CELLS) if (cells[at + 1] >= since) recent.set(cells[at + 3], cells[at]);
  }
  return { leaf, recent };
}

/** The leaf with one entry more, or the next leaf when this one is full; the same when it has the entry already. */
export function grown(leaf: Leaf, entry: Entry, clientHash: number): Leaf {
  if (entry.seq <= (leaf.cells.at(-CELLS) ?? 0)) return leaf;
  const full = leaf.cells.length === ENTRIES * CELLS;
  const before = full ? new Float64Array(0) : leaf.cells;
  const cells = new Float64Array(before.length + CELLS);
  cells.set(before);
  cells.set([entry.seq, entry.at, entry.mood ? moods.indexOf(entry.mood) + 1 : 0, clientHash], before.length);
  return { n: full ? leaf.n + 1 : leaf.n, cells };
}

export async function countOwn(store: Store, room: string, author: string): Promise<number> {
  return countIn((await indexOf(store, room, author)).last);
}

/** Page `page` (from 1) costs what page 1 costs: the leaves it touches are known by number. */
export async function ownPage(
  store: Store,
  room: string,
  author: string,
  page: number,
  size: number,
): Promise<OwnPage> {
  const { last, fresh } = await indexOf(store, room, author);
  const total = countIn(last);
  const to = total - (page - 1) * size;
  const from = Math.max(0, to - size);
  const pages = Math.max(1, Math.ceil(total / size));
  if (to <= 0) return { entries: [], total, pages };
  const first = Math.floor(from / ENTRIES);
  const numbers = Array.from({ length: Math.floor((to - 1) / ENTRIES) - first + 1 }, (_, i) => first + i);
  const known = new Map(fresh).set(last.n, last.cells);
  const older = numbers.filter((n) => !known.has(n));
  const rows = await store.getMany(older.map((n) => keys.leaf(room, author, n)));
  rows.forEach(({ value }, i) => value && known.set(older[i], value));
  const entries = numbers.flatMap((n) => read(known.get(n) ?? new Float64Array(0)));
  return { entries: entries.slice(from - first * ENTRIES, to - first * ENTRIES).reverse(), total, pages };
}

/** All that was written since a time, oldest first. */
export async function ownSince(store: Store, room: string, author: string, time: number): Promise<Entry[]> {
  const { stored, fresh } = await indexOf(store, room, author);
  const leaves = await leavesSince(store, room, author, stored, time);
  if (fresh.has(stored.n)) leaves.pop();
  return [...leaves, ...fresh.values()].flatMap(read).filter((entry) => entry.at >= time);
}

/** Leaves `from` to `to` (excluded) as they stand, oldest first. */
export async function ownLeaves(store: Store, room: string, author: string, from: number, to: number) {
  const { fresh } = await indexOf(store, room, author);
  const rows = await store.list(keys.leaves(room, author), {
    start: keys.leaf(room, author, from),
    end: keys.leaf(room, author, to),
  });
  const known = new Map(rows.map(({ key, value }) => [key.at(-1) as number, value]));
  for (const [n, cells] of fresh) if (n >= from && n < to) known.set(n, cells);
  return [...known.values()].map(read);
}

/** What is filed, oldest first; the first leaf may begin before the time. */
async function leavesSince(store: Store, room: string, author: string, last: Leaf, time: number) {
  const leaves = [last.cells];
  for (let n = last.n; n > 0 && (leaves[0].at(1) ?? Infinity) >= time;) {
    const from = Math.max(0, n - 32);
    const rows = await store.list(keys.leaves(room, author), {
      start: keys.leaf(room, author, from),
      end: keys.leaf(room, author, n),
    });
    leaves.unshift(...rows.map(({ value }) => value));
    n = from;
  }
  return leaves;
}

const countIn = (leaf: Leaf): number => leaf.n * ENTRIES + leaf.cells.length / CELLS;

function read(cells: Float64Array): Entry[] {
  return Array.from({ length: cells.length / CELLS }, (_, i) => {
    const [seq, at, mood] = cells.subarray(i * CELLS, i * CELLS + CELLS);
    return mood ? { seq, at, mood: moods[mood - 1] } : { seq, at };
  });
}

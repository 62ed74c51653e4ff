import { matches, type Query } from "../domain/grams.ts";
import type { Message } from "../domain/message.ts";
import { type Apart, veiled } from "../domain/veil.ts";
import { keys } from "./keys.ts";
import { blockOf, common } from "./postings.ts";
import type { Store } from "./store.ts";
import { toMessage } from "./group.ts";

/** Entries that the index does not have yet are read one by one: the newest, so many. */
export const TAIL = 512;
/** Grams that are looked up; whatever a question has more of is settled by reading. */
const MOST_GRAMS = 12;
/** Records that one question may read in vain. */
const MOST_READ = 2_000;

/** Newest first; `next`, where there may be more, is the `before` that goes on. */
export type Hits = { items: Message[]; next?: number };

/**
 * The messages of a room below `before` that have what is looked for. The index only proposes: what counts is how a
 * message reads now, so that edits, deletions and what a keeper hid are right at once. Who may read is asked before.
 */
export async function searchRoom(
  store: Store,
  room: string,
  query: Query,
  { before = Infinity, limit, apart }: { before?: number; limit: number; apart?: Apart },
): Promise<Hits> {
  const items: Message[] = [];
  let read = 0;
  for await (const seqs of candidates(store, room, query, before)) {
    for (let i = 0; i < seqs.length; i += limit + 1) {
      const some = seqs.slice(i, i + limit + 1);
      const records = await store.getMany(some.map((seq) => keys.message(room, seq)));
      for (const [n, { value }] of records.entries()) {
        if (!value || value.change || value.gone || !matches(value.text, query)) continue;
        const message = veiled(toMessage(room, some[n], value), apart);
        if (!message) continue;
        if (items.length === limit) return { items, next: items.at(-1)!.seq };
        items.push(message);
      }
      read += some.length;
      if (read >= MOST_READ) return { items, next: some.at(-1) };
    }
  }
  return { items };
}

/** Numbers that may match, newest first, each once: first what is not indexed yet, then block by block. */
async function* candidates(store: Store, room: string, query: Query, before: number): AsyncGenerator<number[]> {
  const indexed = (await store.get(keys.indexed(room))).value ?? 0;
  const rows = await store.list(keys.messages(room), {
    start: keys.message(room, indexed + 1),
    end: keys.message(room, Infinity),
    limit: TAIL,
    reverse: true,
  });
  const edited = [...new Set(rows.flatMap(({ value: { change } }) => change?.text === undefined ? [] : [change.of]))];
  const tail = rows.filter(({ value }) => !value.change && matches(value.text, query)).map(seqOf);
  let waiting = [...new Set([...tail, ...edited])].filter((seq) => seq < before).sort((a, b) => b - a);
  for await (const found of indexedSeqs(store, room, query.grams.slice(0, MOST_GRAMS), before)) {
    if (!found.length) continue;
    const last = found.at(-1)!;
    // What was edited may be far back: it comes when its turn does.
    const due = waiting.filter((seq) => seq >= last);
    waiting = waiting.filter((seq) => seq < last);
    yield [...new Set([...due, ...found])].sort((a, b) => b - a);
  }
  yield waiting;
}

/** The grams' postings leap over each other's gaps, from the newest block that they may share to the oldest. */
async function* indexedSeqs(store: Store, room: string, grams: string[], before: number): AsyncGenerator<number[]> {
  // Most questions are one gram, and want a page: blocks in one read.
  const ahead = grams.length === 1 ? 4 : 1;
  let top = before === Infinity ? Infinity : blockOf(before - 1);
  while (top >= 0) {
    const rows = await Promise.all(
      grams.map((gram) =>
        store.list(keys.grams(room, gram), { end: keys.gram(room, gram, top + 1), limit: ahead, reverse: true })
      ),
    );
    if (rows.some(({ length }) => !length)) return;
    if (grams.length === 1) {
      for (const row of rows[0]) yield common(seqOf(row), [row.value], before);
      top = seqOf(rows[0].at(-1)!) - 1;
      continue;
    }
    const lowest = Math.min(...rows.map(([row]) => seqOf(row)));
    const same = rows.every(([row]) => seqOf(row) === lowest);
    if (same) yield common(lowest, rows.map(([row]) => row.value), before);
    top = same ? lowest - 1 : lowest;
  }
}

const seqOf = ({ key }: { key: Deno.KvKey }): number => key.at(-1) as number;

import { gramsOf } from "../domain/grams.ts";
import { type Key, keys, type MessageRecord } from "./keys.ts";
import { blockOf, type Posting, withSeqs } from "./postings.ts";
import type { Found, Store } from "./store.ts";

/** Messages of one pass: the more, the fewer times a gram's block is written again. */
const PASS = 4_096;
/** KV's atomic takes 800 kB, and 80 KiB of keys. */
const MOST_KEYS = 400;
const MOST_BYTES = 400_000;

/** Where the index of a room is now: the last number that is in it, and the version that says nobody else wrote. */
type Cursor = { seq: number; versionstamp: string | null };
type Additions = { key: Key<Posting>; seqs: number[] }[];

/**
 * Brings the index of a room up to its log's end, and returns how many entries that were. Each atomic checks the
 * cursor and writes it anew: of two that index a room at once one goes on, and the other leaves it alone. Whoever dies in
 * the middle of a pass leaves a cursor before it, and doing it again changes nothing.
 */
export async function indexRoom(store: Store, room: string, stopped: () => boolean = () => false): Promise<number> {
  const found = await store.get(keys.indexed(room));
  const start = found.value ?? 0;
  let cursor: Cursor | null = { seq: start, versionstamp: found.versionstamp }, done = start;
  while (cursor && !stopped()) {
    done = cursor.seq;
    const rows: Found<MessageRecord>[] = await store.list(keys.messages(room), {
      start: keys.message(room, cursor.seq + 1),
      end: keys.message(room, Infinity),
      limit: PASS,
    });
    if (!rows.length) break;
    cursor = await write(store, room, cursor, await additionsOf(store, room, rows), seqOf(rows.at(-1)!), stopped);
  }
  return done - start;
}

/** What each gram's blocks get. A changed text counts for the message it belongs to, as that reads now. */
async function additionsOf(store: Store, room: string, rows: Found<MessageRecord>[]): Promise<Additions> {
  const changed = [...new Set(rows.flatMap(({ value: { change } }) => change?.text === undefined ? [] : [change.of]))];
  const targets = await store.getMany(changed.map((seq) => keys.message(room, seq)));
  const said = new Map<string, { key: Key<Posting>; seqs: number[] }>();
  for (const row of [...rows, ...targets]) {
    if (!row.value || row.value.change) continue;
    const seq = seqOf(row);
    for (const gram of gramsOf(row.value.text)) {
      const name = `${blockOf(seq)} ${gram}`;
      const addition = said.get(name) ?? { key: keys.gram(room, gram, blockOf(seq)), seqs: [] };
      if (addition.seqs.push(seq) === 1) said.set(name, addition);
    }
  }
  return [...said.values()];
}

/** Several atomics; only the last moves the cursor on. `null` when somebody else came in between. */
async function write(
  store: Store,
  room: string,
  { seq, versionstamp }: Cursor,
  additions: Additions,
  end: number,
  stopped: () => boolean,
): Promise<Cursor | null> {
  const mark = keys.indexed(room);
  const commit = async (rows: [Key<Posting>, Posting][], at: number) => {
    const stamp = await store.commit((atomic) => {
      atomic.check({ key: mark, versionstamp }).set(mark, at);
      for (const [key, posting] of rows) atomic.set(key, posting);
    });
    if (stamp) versionstamp = stamp;
    return stamp !== null;
  };
  for (let i = 0; i < additions.length; i += MOST_KEYS) {
    const some = additions.slice(i, i + MOST_KEYS);
    const old = await store.getMany(some.map(({ key }) => key));
    let rows: [Key<Posting>, Posting][] = [], bytes = 0;
    for (const [n, { key, seqs }] of some.entries()) {
      const posting = withSeqs(old[n].value, seqs);
      if (posting === old[n].value) continue;
      if (bytes + posting.byteLength > MOST_BYTES) {
        if (stopped() || !await commit(rows, seq)) return null;
        [rows, bytes] = [[], 0];
      }
      rows.push([key, posting]);
      bytes += posting.byteLength;
    }
    if (stopped() || !await commit(rows, seq)) return null;
  }
  return await commit([], end) ? { seq: end, versionstamp } : null;
}

const seqOf = ({ key }: { key: Deno.KvKey }): number => key.at(-1) as number;

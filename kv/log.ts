import { type Appended, type Draft, type Head, type Message, peopleIn, quote } from "../domain/message.ts";
import { type Apart, veiledAll } from "../domain/veil.ts";
import { type HeadRecord, type Key, keys, type MessageRecord } from "./keys.ts";
import type { Maybe, Store } from "./store.ts";
import { toMessage } from "./group.ts";
import type { Stamp } from "./known.ts";
import { type LogParts, openWriter, type Patch } from "./writer.ts";

/** `apart`: for a reader who is apart from these people. */
export type Range = { before?: number; after?: number; apart?: Apart };
type Hear = (room: string, messages: Message[], stamp: Stamp) => void;

/** Rooms as append-only logs with numbered messages. Reads go to KV; what is hot lives in the hub's memory. */
export type Log = {
  /** Resolves when the message is committed. A client id seen before gives the first answer again. */
  append(draft: Draft): Promise<Appended>;
  /**
   * Changes a message: its record, and an entry that tells all readers, in one atomic. The patch may be asked again.
   * Problem `not_found` when there is no such message.
   */
  amend(room: string, seq: number, patch: Patch): Promise<Message>;
  /** As KV has it now; a log that was never written to gets its epoch here. */
  head(room: string): Promise<Head>;
  heads(rooms: string[]): Promise<Maybe<HeadRecord>[]>;
  /** Oldest first, `seq` itself excluded. */
  after(room: string, seq: number, limit: number): Promise<Message[]>;
  /** The newest `limit` below `seq` (may be Infinity), oldest first. */
  before(room: string, seq: number, limit: number): Promise<Message[]>;
  /** What people see, changes left out: the newest `limit` below `before`, or the first after `after`; oldest first. */
  page(room: string, range: Range, limit: number): Promise<Message[]>;
  /** Those of the given numbers that exist, in the order asked for. */
  messages(room: string, seqs: number[]): Promise<Message[]>;
  /** The first seq written at `time` or later; head + 1 when there is none. */
  firstSince(room: string, time: number): Promise<number>;
  /** Hears each commit of this isolate, in order, right after it; one that only files has no messages. Returns its own undo. */
  onCommit(hear: Hear): () => void;
  /** Tells the writer what another isolate committed, so that its next commit does not lose a race. */
  observe(room: string, messages: Message[], stamp: Stamp): void;
  /** Starts to write what a crowd said, here or in these rooms, into its authors' indexes; until then readers take it from the log. */
  file(rooms?: string[]): void;
  /** Resolves when nothing waits to be written. */
  drain(): Promise<void>;
};

export function openLog(parts: LogParts): Log {
  const { store } = parts;
  const hearers = new Set<Hear>();
  const writer = openWriter(parts, (room, messages, stamp) => {
    for (const hear of hearers) hear(room, messages, stamp);
  });

  const list = async (room: string, range: { start?: Key<MessageRecord>; end?: Key<MessageRecord> }, limit: number) => {
    const reverse = !range.start;
    const rows = await store.list(keys.messages(room), { ...range, limit, reverse });
    const found = rows.map((row) => toMessage(room, row.key.at(-1) as number, row.value));
    return await withQuotes(room, reverse ? found.reverse() : found);
  };

  /** What a reply quotes and a change says, and whose that is, as it is now: nothing of a message that is gone. */
  async function withQuotes(room: string, messages: Message[]): Promise<Message[]> {
    const near = new Map(messages.map((message) => [message.seq, message]));
    const far = [...new Set(messages.flatMap(({ reply, change }) => reply?.seq ?? change?.of ?? []))];
    for (const row of await store.getMany(far.filter((seq) => !near.has(seq)).map((seq) => keys.message(room, seq)))) {
      if (row.value) near.set(row.key.at(-1) as number, toMessage(room, row.key.at(-1) as number, row.value));
    }
    return messages.map((one) => {
      if (one.reply) return { ...one, reply: quote(near.get(one.reply.seq)) ?? one.reply };
      const changed = one.change && near.get(one.change.of);
      if (!changed) return one;
      const text = one.change!.text === undefined ? {} : { text: changed.text };
      return { ...one, change: { ...one.change!, by: peopleIn(changed), ...text } };
    });
  }

  async function page(room: string, { before = Infinity, after, apart }: Range, limit: number) {
    const found: Message[] = [];
    let from = after ?? before;
    for (let chunk = limit + 10; found.length < limit; chunk = Math.min(500, chunk * 2)) { // many changes may stand in a row
      const read = after === undefined
        ? await list(room, { end: keys.message(room, from) }, chunk)
        : await list(room, { start: keys.message(room, from + 1) }, chunk);
      const seen = veiledAll(read.filter(({ change }) => !change), apart);
      if (after === undefined) found.unshift(...seen);
      else found.push(...seen);
      if (read.length < chunk) break;
      from = after === undefined ? read[0].seq : read.at(-1)!.seq;
    }
    return after === undefined ? found.slice(-limit) : found.slice(0, limit);
  }
  const timeOf = async (room: string, seq: number) => (await store.get(keys.message(room, seq))).value?.at ?? Infinity;

  return {
    append: writer.append,
    amend: writer.amend,
    page,
    head: (room) => headOf(store, room),
    heads: (rooms) => store.getMany(rooms.map(keys.head)),
    after: (room, seq, limit) => list(room, { start: keys.message(room, seq + 1) }, limit),
    before: (room, seq, limit) => list(room, { end: keys.message(room, seq) }, limit),
    async messages(room, seqs) {
      const rows = await store.getMany(seqs.map((seq) => keys.message(room, seq)));
      return await withQuotes(room, rows.flatMap((row, i) => row.value ? [toMessage(room, seqs[i], row.value)] : []));
    },
    async firstSince(room, time) {
      let low = 1, high = (await headOf(store, room)).seq + 1;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (await timeOf(room, middle) < time) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    onCommit(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    observe: writer.observe,
    file: writer.file,
    drain: writer.drain,
  };
}

async function headOf(store: Store, room: string): Promise<Head> {
  for (;;) {
    const found = await store.get(keys.head(room));
    if (found.value) return found.value;
    const fresh: HeadRecord = { seq: 0, epoch: crypto.randomUUID().slice(0, 8), at: 0 };
    const written = await store.commit((atomic) =>
      atomic.check({ key: keys.head(room), versionstamp: null }).set(keys.head(room), fresh)
    );
    if (written) return fresh;
  }
}

import { LRUCache } from "lru-cache";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import {
  grown,
  isIndexed,
  messagesIn,
  type Own,
  recallOwn,
  type Unfiled,
  unfiledAmong,
  unfiledIn,
  unfiledOf,
} from "./author.ts";
import { type HeadRecord, keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Client ids remembered of one person in one room. */
const MOST_RECENT = 10_000;

/** So much that others wrote is read on; behind more, all is read anew. */
const MOST_MISSED = 1_000;

/**
 * What the writer believes of a room. What it knows of authors, and of what is not filed, is good for this head alone: what
 * proves the head proves it. `turns` counts what others committed meanwhile; `doubted`: somebody may have, unheard.
 */
export type Known = {
  head: HeadRecord;
  versionstamp: string | null;
  own: Map<string, Own>;
  unfiled: Unfiled[];
  turns: number;
  doubted?: boolean;
};
/** What proves a commit to others: the head that it left, and its version. */
export type Stamp = { head: HeadRecord; versionstamp: string };
/** An author of whom something must be known, in a room; none: the room alone. */
export type Wanted = { room: string; author?: string };

/** The writer's memory. */
export function openKnown({ store, now }: { store: Store; now: () => number }) {
  const rooms = new LRUCache<string, Known>({ max: 10_000 });

  /** Reads what memory lacks, or may have missed: nothing, in steady state. */
  async function recall(wanted: Wanted[]): Promise<void> {
    const names = [...new Set(wanted.map(({ room }) => room))];
    for (;;) {
      const unknown = names.filter((room) => !rooms.has(room));
      const doubted = names.filter((room) => rooms.get(room)?.doubted);
      if (unknown.length) await recallRooms(unknown);
      await Promise.all(doubted.map(catchUp));
      if (unknown.length || doubted.length) continue; // it may be in doubt again, or unknown
      const lacking = wanted.filter(({ room, author }) => author && !rooms.get(room)?.own.has(author));
      if (!lacking.length) return;
      const authors = new Map(lacking.map(({ room, author }) => [`${room} ${author}`, [room, author!] as const]));
      await Promise.all([...authors.values()].map(([room, author]) => recallAuthor(room, author)));
    }
  }

  /** Reads the head and what was written below it meanwhile; a log that is another one now is forgotten. */
  async function catchUp(room: string): Promise<void> {
    const known = rooms.get(room)!, { turns, head: { seq, epoch } } = known;
    const { value: head, versionstamp } = await store.get(keys.head(room));
    const missed = head?.epoch === epoch ? head.seq - seq : -1;
    const isNear = missed >= 0 && missed <= MOST_MISSED;
    const rows = isNear && missed ? await messagesIn(store, room, seq + 1, head!.seq) : [];
    if (!isNear || rows.length !== missed) return void rooms.delete(room);
    if (known.turns !== turns) return;
    known.doubted = false;
    learn(known, { head: head!, versionstamp: versionstamp! }, unfiledAmong(rows));
  }

  async function recallRooms(unknown: string[]): Promise<void> {
    const heads = await store.getMany(unknown.map(keys.head));
    await Promise.all(heads.map(async ({ value, versionstamp }, i) => {
      const head = value ?? { seq: 0, epoch: crypto.randomUUID().slice(0, 8), at: 0 };
      const unfiled = await unfiledIn(store, unknown[i], value);
      rooms.set(unknown[i], { head, versionstamp, own: new Map(), unfiled, turns: 0 });
    }));
  }

  /** What others committed while it was read may be missing in it: then it is read again. */
  async function recallAuthor(room: string, author: string): Promise<void> {
    const known = rooms.get(room), turns = known?.turns;
    const own = await recallOwn(store, room, author, now() - limits.clientId);
    if (!known || known.turns !== turns) return;
    for (const entry of known.unfiled) if (entry.author === author) own.recent.set(entry.clientHash, entry.seq);
    known.own.set(author, own);
  }

  /** What another isolate committed: its messages, or none when it filed. */
  function observe(room: string, messages: Message[], stamp: Stamp): void {
    const known = rooms.get(room);
    if (!known || (known.versionstamp && stamp.versionstamp <= known.versionstamp)) return;
    if (known.doubted || known.head.seq + messages.length !== stamp.head.seq) return void (known.doubted = true);
    known.turns++;
    learn(known, stamp, messages.filter(isIndexed).map((message) => unfiledOf(message.seq, message)));
  }

  /** What is believed may be wrong: it is looked at again before it is built on. */
  function doubt(room: string): void {
    const known = rooms.get(room);
    if (known) known.doubted = true;
  }

  return { recall, observe, doubt, get: (room: string) => rooms.get(room) };
}

/** What a commit changes in what is known: one's own, or one that was heard of. `said`: what of it is indexed. */
export function learn(known: Known, { head, versionstamp }: Stamp, said: Unfiled[]): void {
  Object.assign(known, { head, versionstamp });
  for (const entry of said) {
    known.unfiled.push(entry);
    const recent = known.own.get(entry.author)?.recent.set(entry.clientHash, entry.seq);
    if (recent && recent.size > MOST_RECENT) recent.delete(recent.keys().next().value!);
  }
  const filed = head.filed ?? head.seq, waiting = known.unfiled.findIndex(({ seq }) => seq > filed);
  for (const entry of known.unfiled.splice(0, waiting < 0 ? Infinity : waiting)) {
    const own = known.own.get(entry.author);
    if (own) own.leaf = grown(own.leaf, entry, entry.clientHash);
  }
}

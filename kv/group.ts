import { type Appended, type Draft, type Message, messageId } from "../domain/message.ts";
import { grown, isIndexed, type Leaf, type Unfiled } from "./author.ts";
import { bellOf, type HeadRecord, type Key, keys, type MessageRecord } from "./keys.ts";
import type { Known } from "./known.ts";

/** KV's atomic takes 100 checks, 1,000 mutations and 800 kB. A message has its own key and, at most, a leaf. */
const MOST_MESSAGES = 400;
const MOST_ROOMS = 40;
/** Each checks the message it changes, and may check more. */
const MOST_REWRITES = 25;
const MOST_BYTES = 500_000;
/** So many messages of a room in one group are filed with it; in a crowd it is cheaper to file many groups together. */
const FEW = 8;

/** More checks and sets for the same atomic. */
export type Also = (atomic: Deno.AtomicOperation) => void;
/** The message that a change is about, as it will be. */
export type Rewrite = { key: Key<MessageRecord>; versionstamp: string; record: MessageRecord; also?: Also };
/** `clientHash`: of the client id, by which a person's messages are told apart. */
export type Waiting = {
  draft: Draft & { clientId: string };
  clientHash: number;
  rewrite?: Rewrite;
  done(appended: Appended): void;
  fail(error: unknown): void;
};
type Rooms = { get(room: string): Known | undefined };
type Leaves = Map<string, { room: string; author: string; leaves: Leaf[] }>;
export type Plan = {
  messages: Map<string, Message[]>;
  /** Of these messages what is indexed. */
  said: Map<string, Unfiled[]>;
  /** Each room's new head, and the version that it was numbered from. */
  heads: Map<string, HeadRecord>;
  bases: Map<string, string | null>;
  leaves: Leaves;
  rewrites: Rewrite[];
};

/** The first of the queue that fit into one atomic; they leave the queue. */
export function takeGroup(queue: Waiting[]): Waiting[] {
  const rooms = new Set<string>();
  let bytes = 0, count = 0, rewrites = 0;
  for (const { draft, rewrite } of queue) {
    rooms.add(draft.room);
    if (rewrite) rewrites++;
    bytes += draft.text.length * 2 + 1_200; // UTF-16, the rest of the record, and a full leaf
    if (count === MOST_MESSAGES || rewrites > MOST_REWRITES || rooms.size > MOST_ROOMS) break;
    if (count && bytes > MOST_BYTES) break;
    count++;
  }
  return queue.splice(0, count);
}

/** The number that this draft's client id already has, or undefined when it is new. */
export const storedAs = ({ draft, clientHash }: Waiting, rooms: Rooms): number | undefined =>
  rooms.get(draft.room)?.own.get(draft.author.id)?.recent.get(clientHash);

/** Numbers a group after what is known, which must hold all its rooms and authors. */
export function planOf(group: Waiting[], rooms: Rooms, now: () => number): Plan {
  const plan: Plan = {
    messages: new Map(),
    said: new Map(),
    heads: new Map(),
    bases: new Map(),
    leaves: new Map(),
    rewrites: [],
  };
  for (const { draft, clientHash, rewrite } of group) {
    const { room, ...words } = draft;
    const known = rooms.get(room)!;
    const last = plan.heads.get(room) ?? known.head;
    const head = { ...last, seq: last.seq + 1, at: Math.max(now(), last.at) };
    const message: Message = { seq: head.seq, id: messageId(room, head.seq), at: head.at, ...words };
    plan.heads.set(room, head);
    plan.bases.set(room, known.versionstamp);
    if (!plan.messages.get(room)?.push(message)) plan.messages.set(room, [message]);
    if (rewrite) plan.rewrites.push(rewrite);
    if (!isIndexed(draft)) continue;
    const entry = { author: draft.author.id, seq: head.seq, at: head.at, mood: draft.mood, clientHash };
    if (!plan.said.get(room)?.push(entry)) plan.said.set(room, [entry]);
  }
  for (const [room, said] of plan.said) {
    const { head, unfiled, own } = rooms.get(room)!, next = plan.heads.get(room)!;
    if (said.length > FEW || unfiled.length) next.filed ??= head.seq;
    else delete next.filed, fileInto(plan.leaves, room, said, own);
  }
  return plan;
}

/** The leaves that these entries make of those that are known. */
export function fileInto(into: Leaves, room: string, entries: Unfiled[], own: Known["own"]): Leaves {
  for (const entry of entries) {
    const name = `${room} ${entry.author}`;
    const before = into.get(name)?.leaves ?? [];
    const leaf = grown(before.at(-1) ?? own.get(entry.author)!.leaf, entry, entry.clientHash);
    into.set(name, { room, author: entry.author, leaves: [...before.filter(({ n }) => n !== leaf.n), leaf] });
  }
  return into;
}

/** Of the plan alone: a locked file makes the store fill again, and by then more may be known. */
export function fill(atomic: Deno.AtomicOperation, plan: Plan, isolate: string): void {
  for (const [room, head] of plan.heads) setHead(atomic, room, head, plan.bases.get(room)!);
  const bells = new Map([...plan.heads].map(([room, head]) => [bellOf(room), { by: isolate, room, seq: head.seq }]));
  for (const [n, bell] of bells) atomic.set(keys.bell(n), bell);
  for (const [room, messages] of plan.messages) {
    for (const { seq, id: _, ...record } of messages) {
      atomic.set(keys.message(room, seq), unquoted(record));
    }
  }
  for (const { key, versionstamp, record, also } of plan.rewrites) {
    atomic.check({ key, versionstamp }).set(key, record);
    also?.(atomic);
  }
  setLeaves(atomic, plan.leaves);
}

export function setHead(atomic: Deno.AtomicOperation, room: string, head: HeadRecord, base: string | null): void {
  atomic.check({ key: keys.head(room), versionstamp: base }).set(keys.head(room), head);
}

export function setLeaves(atomic: Deno.AtomicOperation, all: Leaves): void {
  for (const { room, author, leaves } of all.values()) {
    for (const { n, cells } of leaves) atomic.set(keys.leaf(room, author, n), cells);
  }
}

export function toMessage(room: string, seq: number, record: MessageRecord): Message {
  return { seq, id: messageId(room, seq), ...record };
}

/** What is quoted, or was changed to, and whose it is, is read where it stands, so that it goes when it goes there. */
function unquoted(record: MessageRecord): MessageRecord {
  const { reply, change } = record;
  if (reply) return { ...record, reply: { seq: reply.seq, nickname: "", text: "" } };
  if (!change) return record;
  const { by: _, ...changed } = change;
  return { ...record, change: changed.text === undefined ? changed : { ...changed, text: "" } };
}

import { BANDI } from "../domain/companion.ts";
import { hash53 } from "../domain/hash.ts";
import { type Appended, type Draft, type Message, messageId } from "../domain/message.ts";
import { grown, type Leaf, type Own } from "./author.ts";
import { bellOf, type HeadRecord, type Key, keys, type MessageRecord } from "./keys.ts";

/** KV's atomic takes 100 checks, 1,000 mutations and 800 kB. A message has its own key and, at most, a leaf. */
const MOST_MESSAGES = 400;
const MOST_ROOMS = 40;
/** Each checks the message it changes, and may check more. */
const MOST_REWRITES = 25;
const MOST_BYTES = 500_000;

/** More checks and sets for the same atomic. */
export type Also = (atomic: Deno.AtomicOperation) => void;
/** The message that a change is about, as it will be. */
export type Rewrite = { key: Key<MessageRecord>; versionstamp: string; record: MessageRecord; also?: Also };
export type Waiting = {
  draft: Draft & { clientId: string };
  rewrite?: Rewrite;
  done(appended: Appended): void;
  fail(error: unknown): void;
};
/**
 * What the writer believes of a room. What it knows of authors is good for this head alone: what proves the head proves it,
 * and it is forgotten with it. `turns` counts what others committed meanwhile.
 */
export type Known = { head: HeadRecord; versionstamp: string | null; own: Map<string, Own>; turns: number };
type Rooms = { get(room: string): Known | undefined };
export type Plan = {
  messages: Map<string, Message[]>;
  /** Each room's new head, and the version that it was numbered from. */
  heads: Map<string, HeadRecord>;
  bases: Map<string, string | null>;
  leaves: Map<string, { room: string; author: string; leaves: Leaf[] }>;
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

/** The house's own entries, changes among them, are in nobody's index: nobody sends them again. Bandi's may be. */
export const isIndexed = ({ draft }: Waiting): boolean => draft.kind !== "system" || draft.author.id === BANDI;

/** The number that this draft's client id already has, or undefined when it is new. */
export const storedAs = ({ room, author, clientId }: Waiting["draft"], rooms: Rooms): number | undefined =>
  rooms.get(room)?.own.get(author.id)?.recent.get(hash53(clientId));

/** Numbers a group after what is known, which must hold all its rooms and authors. */
export function planOf(group: Waiting[], rooms: Rooms, now: () => number): Plan {
  const plan: Plan = { messages: new Map(), heads: new Map(), bases: new Map(), leaves: new Map(), rewrites: [] };
  for (const one of group) {
    const { room, ...said } = one.draft;
    const known = rooms.get(room)!;
    const last = plan.heads.get(room) ?? known.head;
    const head = { seq: last.seq + 1, epoch: last.epoch, at: Math.max(now(), last.at) };
    const message: Message = { seq: head.seq, id: messageId(room, head.seq), at: head.at, ...said };
    plan.heads.set(room, head);
    plan.bases.set(room, known.versionstamp);
    if (!plan.messages.get(room)?.push(message)) plan.messages.set(room, [message]);
    if (one.rewrite) plan.rewrites.push(one.rewrite);
    if (isIndexed(one)) growLeaf(plan, room, message, known.own.get(said.author.id)!.leaf);
  }
  return plan;
}

function growLeaf(plan: Plan, room: string, message: Message, known: Leaf): void {
  const author = message.author.id, name = `${room} ${author}`;
  const before = plan.leaves.get(name)?.leaves ?? [];
  const leaf = grown(before.at(-1) ?? known, message, hash53(message.clientId));
  plan.leaves.set(name, { room, author, leaves: [...before.filter(({ n }) => n !== leaf.n), leaf] });
}

/** Of the plan alone: a locked file makes the store fill again, and by then more may be known. */
export function fill(atomic: Deno.AtomicOperation, plan: Plan, isolate: string): void {
  for (const [room, head] of plan.heads) {
    atomic.check({ key: keys.head(room), versionstamp: plan.bases.get(room)! }).set(keys.head(room), head);
  }
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
  for (const { room, author, leaves } of plan.leaves.values()) {
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

import { type Appended, type Draft, type Message, messageId } from "../domain/message.ts";
import { grown, type Leaf } from "./author.ts";
import { bellOf, type HeadRecord, type Key, keys, type MessageRecord } from "./keys.ts";

/** KV's atomic takes 100 checks and 800 kB; a check goes to each message's client id and to each room's head. */
const MOST_CHECKS = 100;
const MOST_BYTES = 500_000;
export type Rewrite = { key: Key<MessageRecord>; versionstamp: string; record: MessageRecord; also?: Also };
/** More checks and sets for the same atomic. */
export type Also = (atomic: Deno.AtomicOperation) => void;
export type Waiting = {
  draft: Draft & { clientId: string };
  /** The message that a change is about, rewritten in the same atomic. */
  rewrite?: Rewrite;
  done(appended: Appended): void;
  fail(error: unknown): void;
};
export type Known = { head: HeadRecord; versionstamp: string | null };
export type Plan = {
  messages: Map<string, Message[]>;
  /** Each room's new head, and the version that it was numbered from. */
  heads: Map<string, HeadRecord>;
  bases: Map<string, string | null>;
  leaves: Map<string, [Draft, Leaf][]>;
  rewrites: Rewrite[];
};
type Heads = { get(room: string): Known | undefined };
type Leaves = { get(name: string): Leaf | undefined };

/** The first of the queue that fit into one atomic; they leave the queue. */
export function takeGroup(queue: Waiting[]): Waiting[] {
  const rooms = new Set<string>();
  let bytes = 0, count = 0;
  for (const { draft } of queue) {
    rooms.add(draft.room);
    bytes += draft.text.length * 2 + 2_500; // UTF-16, the other records, and a full leaf
    if (count + 1 + rooms.size > MOST_CHECKS || (count && bytes > MOST_BYTES)) break;
    count++;
  }
  return queue.splice(0, count);
}

/** Numbers a group after the heads and leaves that are known, which must hold all it needs. */
export function planOf(group: Waiting[], heads: Heads, leaves: Leaves, now: () => number): Plan {
  const plan: Plan = { messages: new Map(), heads: new Map(), bases: new Map(), leaves: new Map(), rewrites: [] };
  for (const one of group) {
    const { room, ...said } = one.draft;
    const last = plan.heads.get(room) ?? heads.get(room)!.head;
    const head = { seq: last.seq + 1, epoch: last.epoch, at: Math.max(now(), last.at) };
    const message: Message = { seq: head.seq, id: messageId(room, head.seq), at: head.at, ...said };
    plan.heads.set(room, head);
    plan.bases.set(room, heads.get(room)!.versionstamp);
    if (!plan.messages.get(room)?.push(message)) plan.messages.set(room, [message]);
    if (one.rewrite) plan.rewrites.push(one.rewrite);
    if (!isIndexed(one)) continue;
    const name = leafName(one.draft);
    const grownLeaves = plan.leaves.get(name) ?? [];
    const leaf = grown(grownLeaves.at(-1)?.[1] ?? leaves.get(name)!, message);
    plan.leaves.set(name, [...grownLeaves.filter(([, { n }]) => n !== leaf.n), [one.draft, leaf]]);
  }
  return plan;
}

/** Of the plan alone: a locked file makes the store fill again, and by then `observe` may know a newer head. */
export function fill(atomic: Deno.AtomicOperation, plan: Plan, isolate: string): void {
  for (const [room, head] of plan.heads) {
    atomic.check({ key: keys.head(room), versionstamp: plan.bases.get(room)! }).set(keys.head(room), head);
  }
  const bells = new Map([...plan.heads].map(([room, head]) => [bellOf(room), { by: isolate, room, seq: head.seq }]));
  for (const [n, bell] of bells) atomic.set(keys.bell(n), bell);
  for (const [room, messages] of plan.messages) {
    for (const { seq, id: _, ...record } of messages) {
      atomic.set(keys.message(room, seq), unquoted(record));
      if (record.change) continue; // the server's own: nobody sends it again
      const client = keys.client(room, record.clientId, record.author.id);
      atomic.check({ key: client, versionstamp: null }).set(client, seq);
    }
  }
  for (const { key, versionstamp, record, also } of plan.rewrites) {
    atomic.check({ key, versionstamp }).set(key, record);
    also?.(atomic);
  }
  for (const [{ room, author }, leaf] of [...plan.leaves.values()].flat()) {
    atomic.set(keys.leaf(room, author.id, leaf.n), leaf.cells);
  }
}

export function toMessage(room: string, seq: number, record: MessageRecord): Message {
  return { seq, id: messageId(room, seq), ...record };
}

/** What is quoted is read where it stands, so that it goes when it goes there. */
const unquoted = (record: MessageRecord): MessageRecord =>
  record.reply ? { ...record, reply: { ...record.reply, text: "" } } : record;

/** The house's own entries are in nobody's index. */
export const isIndexed = ({ draft }: Waiting): boolean => draft.kind !== "system";

export const leafName = ({ room, author }: Pick<Draft, "room" | "author">): string => `${room} ${author.id}`;

import { LRUCache } from "lru-cache";
import { ulid } from "ulid";
import type { LogLine } from "../domain/logger.ts";
import { type Appended, type Draft, type Message, messageId } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { grown, lastLeaf, type Leaf } from "./author.ts";
import { bellOf, type HeadRecord, keys, type MessageRecord } from "./keys.ts";
import type { Store } from "./store.ts";

/** KV's atomic takes 100 checks and 800 kB; a check goes to each message's client id and to each room's head. */
const MOST_CHECKS = 100;
const MOST_BYTES = 500_000;
/** How long a group may lose races before its senders are told to come again. Milliseconds. */
const PATIENCE = 8_000;
const MOST_FAILURES = 3;

type Waiting = { draft: Draft & { clientId: string }; done(appended: Appended): void; fail(error: unknown): void };
/**
 * What the writer believes of a room. The leaves are good for this head alone: what proves the head proves them, and they
 * are forgotten with it. `turns` counts what others committed meanwhile.
 */
type Known = { head: HeadRecord; versionstamp: string | null; leaves: Map<string, Leaf>; turns: number };
type Plan = {
  messages: Map<string, Message[]>;
  /** Each room's new head, and the version that it was numbered from. */
  heads: Map<string, HeadRecord>;
  bases: Map<string, string | null>;
  leaves: Map<string, [Draft, Leaf][]>;
};
type Published = (room: string, messages: Message[], versionstamp: string) => void;

/**
 * The one writer of this isolate. While an atomic is in flight the next group gathers, so an idle room commits at
 * once and a busy one in groups. What it believes of heads and leaves is kept in memory: the head's check proves it.
 */
export function openWriter(
  { store, now, isolate, line }: { store: Store; now: () => number; isolate: string; line: LogLine },
  published: Published,
) {
  const queue: Waiting[] = [];
  const answers = new LRUCache<string, Promise<Appended>>({ max: 20_000 });
  const heads = new LRUCache<string, Known>({ max: 10_000 });
  let running: Promise<void> | undefined;

  function append(draft: Draft): Promise<Appended> {
    const clientId = draft.clientId ?? ulid();
    const name = `${draft.room} ${draft.author.id} ${clientId}`;
    const first = answers.get(name);
    if (first) return first.then(({ message }) => repeated(message, draft));
    const answer = new Promise<Appended>((done, fail) => queue.push({ draft: { ...draft, clientId }, done, fail }));
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    running ??= run();
    return answer;
  }

  async function run(): Promise<void> {
    await Promise.resolve(); // what is asked for in the same turn goes in the same group
    while (queue.length) {
      const group = takeGroup(queue);
      try {
        await settle(group);
      } catch (error) {
        line("error", "append_failed", { messages: group.length, error: String(error) });
        for (const one of group) one.fail(error);
      }
    }
    running = undefined; // in the turn that saw the queue empty, so that nobody is left waiting
  }

  /** Commits a group, or finds out what was already stored, renumbers the rest, and tries again. */
  async function settle(group: Waiting[]): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    let rest = group, failures = 0;
    for (let tries = 0; rest.length; tries++) {
      if (performance.now() > deadline) throw new Problem("busy", { wait: 1 });
      await recall(rest);
      const plan = number(rest);
      const stamp = await store.commit((atomic) => fill(atomic, plan)).catch((error) => {
        if (!(error instanceof Problem) || ++failures === MOST_FAILURES) throw error;
        return null;
      });
      if (stamp) return conclude(rest, plan, stamp);
      for (const { draft } of rest) heads.delete(draft.room);
      rest = await unstored(rest);
      if (rest.length && tries) await new Promise((go) => setTimeout(go, Math.random() * 2 ** Math.min(tries, 4)));
    }
  }

  /** Reads the heads and leaves that memory lacks: nothing, in steady state. */
  async function recall(group: Waiting[]): Promise<void> {
    const drafts = [...new Map(group.map(({ draft }) => [leafName(draft), draft])).values()];
    for (;;) {
      const rooms = [...new Set(drafts.map(({ room }) => room))].filter((room) => !heads.has(room));
      const found = await store.getMany(rooms.map(keys.head));
      found.forEach(({ value, versionstamp }, i) => {
        const head = value ?? { seq: 0, epoch: crypto.randomUUID().slice(0, 8), at: 0 };
        heads.set(rooms[i], { head, versionstamp, leaves: new Map(), turns: 0 });
      });
      const lacking = drafts.filter(({ room, author }) => !heads.get(room)?.leaves.has(author.id));
      if (!lacking.length) return;
      await Promise.all(lacking.map(recallLeaf));
    }
  }

  async function recallLeaf({ room, author }: Draft): Promise<void> {
    const known = heads.get(room), turns = known?.turns;
    const leaf = await lastLeaf(store, room, author.id);
    if (known?.turns === turns) known?.leaves.set(author.id, leaf);
  }

  function number(group: Waiting[]): Plan {
    const plan: Plan = { messages: new Map(), heads: new Map(), bases: new Map(), leaves: new Map() };
    for (const { draft } of group) {
      const { room, author, kind, text, clientId, mood } = draft;
      const last = plan.heads.get(room) ?? heads.get(room)!.head;
      const head = { seq: last.seq + 1, epoch: last.epoch, at: Math.max(now(), last.at) };
      const id = messageId(room, head.seq);
      const message: Message = { seq: head.seq, id, clientId, author, kind, text, at: head.at };
      if (mood) message.mood = mood;
      plan.heads.set(room, head);
      plan.bases.set(room, heads.get(room)!.versionstamp);
      if (!plan.messages.get(room)?.push(message)) plan.messages.set(room, [message]);
      const name = leafName(draft);
      const grownLeaves = plan.leaves.get(name) ?? [];
      const leaf = grown(grownLeaves.at(-1)?.[1] ?? heads.get(room)!.leaves.get(author.id)!, message);
      plan.leaves.set(name, [...grownLeaves.filter(([, { n }]) => n !== leaf.n), [draft, leaf]]);
    }
    return plan;
  }

  /** Of the plan alone: a locked file makes the store fill again, and by then `observe` may know a newer head. */
  function fill(atomic: Deno.AtomicOperation, plan: Plan): void {
    for (const [room, head] of plan.heads) {
      atomic.check({ key: keys.head(room), versionstamp: plan.bases.get(room)! }).set(keys.head(room), head);
    }
    const bells = new Map([...plan.heads].map(([room, head]) => [bellOf(room), { by: isolate, room, seq: head.seq }]));
    for (const [n, bell] of bells) atomic.set(keys.bell(n), bell);
    for (const [room, messages] of plan.messages) {
      for (const { seq, id: _, ...record } of messages) {
        const client = keys.client(room, record.clientId, record.author.id);
        atomic.check({ key: client, versionstamp: null }).set(client, seq);
        atomic.set(keys.message(room, seq), record satisfies MessageRecord);
      }
    }
    for (const [{ room, author }, leaf] of [...plan.leaves.values()].flat()) {
      atomic.set(keys.leaf(room, author.id, leaf.n), leaf.cells);
    }
  }

  /** Commit, then publish, then answer: nobody can do one without the others. */
  function conclude(group: Waiting[], plan: Plan, versionstamp: string): void {
    for (const [room, head] of plan.heads) {
      const known = heads.get(room);
      if (known?.versionstamp === plan.bases.get(room)) Object.assign(known!, { head, versionstamp });
      else heads.delete(room);
    }
    for (const [[{ room, author }, leaf]] of [...plan.leaves.values()].map((grownLeaves) => grownLeaves.slice(-1))) {
      heads.get(room)?.leaves.set(author.id, leaf);
    }
    for (const [room, messages] of plan.messages) published(room, messages, versionstamp);
    const next = new Map([...plan.messages].map(([room, messages]) => [room, messages.values()]));
    for (const { draft, done } of group) done({ message: next.get(draft.room)!.next().value!, repeated: false });
  }

  /** A commit did not go through, or nobody knows: the client ids tell which messages are there. */
  async function unstored(group: Waiting[]): Promise<Waiting[]> {
    const ids = await store.getMany(group.map(({ draft }) => keys.client(draft.room, draft.clientId, draft.author.id)));
    const rest: Waiting[] = [];
    await Promise.all(group.map(async (one, i) => {
      const seq = ids[i].value;
      if (seq === null) return void rest.push(one);
      const { value } = await store.get(keys.message(one.draft.room, seq));
      if (!value) return one.fail(new Problem("unavailable"));
      await repeated(toMessage(one.draft.room, seq, value), one.draft).then(one.done, one.fail);
    }));
    return group.filter((one) => rest.includes(one));
  }

  function observe(room: string, messages: Message[], versionstamp: string): void {
    const known = heads.get(room), last = messages.at(-1);
    if (!known || !last || last.seq <= known.head.seq) return;
    if (messages[0].seq !== known.head.seq + 1) return void heads.delete(room);
    Object.assign(known, { head: { ...known.head, seq: last.seq, at: last.at }, versionstamp, turns: known.turns + 1 });
    for (const { author } of messages) known.leaves.delete(author.id);
  }

  return { append, observe, drain: async () => void await running };
}

function takeGroup(queue: Waiting[]): Waiting[] {
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

/** The first answer again; the same id for other words is somebody's mistake. */
async function repeated(message: Message, draft: Draft): Promise<Appended> {
  if (message.text !== draft.text || message.mood !== draft.mood) throw new Problem("client_id_reused");
  return await Promise.resolve({ message, repeated: true });
}

export function toMessage(room: string, seq: number, record: MessageRecord): Message {
  return { seq, id: messageId(room, seq), ...record };
}

const leafName = ({ room, author }: Pick<Draft, "room" | "author">): string => `${room} ${author.id}`;

import { LRUCache } from "lru-cache";
import { ulid } from "ulid";
import type { LogLine } from "../domain/logger.ts";
import { type Appended, type Draft, type Message, messageId, type Mutable } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { HOUSE } from "../domain/room.ts";
import { lastLeaf, type Leaf } from "./author.ts";
import {
  type Also,
  fill,
  isIndexed,
  type Known,
  leafName,
  type Plan,
  planOf,
  type Rewrite,
  takeGroup,
  toMessage,
  type Waiting,
} from "./group.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** How long a group may lose races before its senders are told to come again. Milliseconds. */
const PATIENCE = 8_000;
const MOST_FAILURES = 3;

/** Somebody else changed the message first. */
class Stale extends Error {}
/** What shall be different about a message as it is now; null for nothing. */
export type Patch = (now: Message) => Wanted | null | Promise<Wanted | null>;
type Wanted = Partial<Mutable> & { also?: Also };
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
  const leaves = new LRUCache<string, Leaf>({ max: 20_000 });
  const amending = new Map<string, Promise<unknown>>();
  let running: Promise<void> | undefined;

  function append(draft: Draft): Promise<Appended> {
    const clientId = draft.clientId ?? ulid();
    const name = `${draft.room} ${draft.author.id} ${clientId}`;
    const first = answers.get(name);
    if (first) return first.then(({ message }) => repeated(message, draft));
    const answer = enqueue({ ...defined(draft), clientId });
    answers.set(name, answer);
    answer.catch(() => answers.delete(name));
    return answer;
  }

  function enqueue(draft: Waiting["draft"], rewrite?: Rewrite): Promise<Appended> {
    const answer = new Promise<Appended>((done, fail) => queue.push({ draft, rewrite, done, fail }));
    running ??= run();
    return answer;
  }

  /**
   * One change of a message at a time in this isolate; the message's own version keeps others' apart. `also` goes into
   * the same atomic: when a check of it fails, the patch is asked again, and may throw.
   */
  function amend(room: string, seq: number, patch: Patch): Promise<Message> {
    const name = messageId(room, seq);
    const mine = (amending.get(name) ?? Promise.resolve()).catch(() => {}).then(() => change(room, seq, patch));
    amending.set(name, mine);
    void mine.catch(() => {}).finally(() => amending.get(name) === mine && amending.delete(name));
    return mine;
  }

  async function change(room: string, seq: number, patch: Patch): Promise<Message> {
    for (const deadline = performance.now() + PATIENCE; performance.now() < deadline;) {
      const found = await store.get(keys.message(room, seq));
      if (!found.value || found.value.change) throw new Problem("not_found");
      const before = toMessage(room, seq, found.value);
      const wanted = await patch(before);
      if (!wanted) return before;
      const { also, ...changed } = wanted;
      const record = { ...found.value, ...changed };
      const rewrite = {
        key: keys.message(room, seq),
        versionstamp: found.versionstamp,
        record,
        also,
      };
      const draft = {
        room,
        author: house,
        kind: "system",
        text: "",
        change: { of: seq, ...changed },
        clientId: ulid(),
      } as const;
      try {
        await enqueue(draft, rewrite);
        return toMessage(room, seq, record);
      } catch (error) {
        if (!(error instanceof Stale)) throw error;
      }
    }
    throw new Problem("busy", { wait: 1 });
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
      const plan = planOf(rest, heads, leaves, now);
      const stamp = await store.commit((atomic) => fill(atomic, plan, isolate)).catch((error) => {
        if (!(error instanceof Problem) || ++failures === MOST_FAILURES) throw error;
        return null;
      });
      if (stamp) return conclude(rest, plan, stamp);
      rest.forEach(({ draft }) => forget(draft));
      rest = await unstored(rest);
      if (rest.length && tries) await new Promise((go) => setTimeout(go, Math.random() * 2 ** Math.min(tries, 4)));
    }
  }

  /** Reads the heads and leaves that memory lacks: nothing, in steady state. */
  async function recall(group: Waiting[]): Promise<void> {
    const rooms = [...new Set(group.map(({ draft }) => draft.room))].filter((room) => !heads.has(room));
    const authors = new Map(group.filter(isIndexed).map(({ draft }) => [leafName(draft), draft]));
    await Promise.all([
      rooms.length &&
      store.getMany(rooms.map(keys.head)).then((found) =>
        found.forEach(({ value, versionstamp }, i) =>
          heads.set(rooms[i], {
            head: value ?? { seq: 0, epoch: crypto.randomUUID().slice(0, 8), at: 0 },
            versionstamp,
          })
        )
      ),
      ...[...authors].filter(([name]) => !leaves.has(name)).map(async ([name, { room, author }]) => {
        leaves.set(name, await lastLeaf(store, room, author.id));
      }),
    ]);
  }

  /** Commit, then publish, then answer: nobody can do one without the others. */
  function conclude(group: Waiting[], plan: Plan, versionstamp: string): void {
    for (const [room, head] of plan.heads) heads.set(room, { head, versionstamp });
    for (const [name, grownLeaves] of plan.leaves) leaves.set(name, grownLeaves.at(-1)![1]);
    for (const [room, messages] of plan.messages) published(room, messages, versionstamp);
    const next = new Map([...plan.messages].map(([room, messages]) => [room, messages.values()]));
    for (const { draft, done } of group) done({ message: next.get(draft.room)!.next().value!, repeated: false });
  }

  /** A commit did not go through, or nobody knows: the client ids tell which messages are there. */
  async function unstored(group: Waiting[]): Promise<Waiting[]> {
    const ids = await store.getMany(group.map(({ draft }) => keys.client(draft.room, draft.clientId, draft.author.id)));
    const rest: Waiting[] = [];
    await Promise.all(group.map(async (one, i) => {
      if (one.rewrite) {
        return one.fail(new Stale()); // it looks again at what it wants to change
      }
      const seq = ids[i].value;
      if (seq === null) return void rest.push(one);
      const { value } = await store.get(keys.message(one.draft.room, seq));
      if (!value) return one.fail(new Problem("unavailable"));
      await repeated(toMessage(one.draft.room, seq, value), one.draft).then(one.done, one.fail);
    }));
    return group.filter((one) => rest.includes(one));
  }

  function forget(draft: Draft): void {
    heads.delete(draft.room);
    leaves.delete(leafName(draft));
  }

  function observe(room: string, messages: Message[], versionstamp: string): void {
    const known = heads.get(room), last = messages.at(-1);
    if (!known || !last || last.seq <= known.head.seq) return;
    const follows = messages[0].seq === known.head.seq + 1;
    if (follows) heads.set(room, { head: { ...known.head, seq: last.seq, at: last.at }, versionstamp });
    else heads.delete(room);
    for (const { author } of messages) leaves.delete(leafName({ room, author }));
  }

  return { append, amend, observe, drain: async () => void await running };
}

/** The first answer again; the same id for other words is somebody's mistake. */
async function repeated(message: Message, draft: Draft): Promise<Appended> {
  if (message.text !== draft.text || message.mood !== draft.mood) throw new Problem("client_id_reused");
  return await Promise.resolve({ message, repeated: true });
}

const house = { id: HOUSE, nickname: HOUSE, role: "admin" } as const;

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

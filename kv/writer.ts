import { LRUCache } from "lru-cache";
import { ulid } from "ulid";
import { hash53 } from "../domain/hash.ts";
import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import { type Appended, type Draft, type Message, messageId, type Mutable, peopleIn } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { HOUSE } from "../domain/room.ts";
import { recallOwn } from "./author.ts";
import {
  type Also,
  fill,
  isIndexed,
  type Known,
  type Plan,
  planOf,
  type Rewrite,
  storedAs,
  takeGroup,
  toMessage,
  type Waiting,
} from "./group.ts";
import { openGathering } from "./gathering.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** How long a group may lose races before its senders are told to come again. Milliseconds. */
const PATIENCE = 8_000;
const MOST_FAILURES = 3;
/** Client ids remembered of one person in one room. */
const MOST_RECENT = 10_000;

/** What shall be different about a message as it is now; null for nothing. */
export type Patch = (now: Message) => Wanted | null | Promise<Wanted | null>;
type Wanted = Partial<Mutable> & { also?: Also };
/** Somebody else changed the message first. */
class Stale extends Error {}
/** `untilHeard`: milliseconds for which no reader could be told of something new in a room; a commit may gather so long. */
export type LogParts = {
  store: Store;
  now: () => number;
  isolate: string;
  line: LogLine;
  untilHeard?: (room: string) => number;
};
type Published = (room: string, messages: Message[], versionstamp: string) => void;

/**
 * The one writer of this isolate. While an atomic is in flight, or readers could not be told yet, the next group gathers, so
 * an idle room commits at once and a busy one in groups. Heads, authors' leaves and their client ids are kept in memory: the head's check proves them.
 */
export function openWriter(
  { store, now, isolate, line, untilHeard = () => 0 }: LogParts,
  published: Published,
) {
  const queue: Waiting[] = [];
  const answers = new LRUCache<string, Promise<Appended>>({ max: 2_000 });
  const rooms = new LRUCache<string, Known>({ max: 10_000 });
  const amending = new Map<string, Promise<unknown>>();
  const gathering = openGathering(untilHeard);
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
    gathering.join(draft.room);
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
        change: { of: seq, by: peopleIn(before), ...changed },
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
      await gathering.wait(queue.map(({ draft }) => draft.room));
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

  /**
   * Commits a group. When a commit does not go through, or nobody knows, what was believed is forgotten and read again:
   * the client ids tell which messages are there, and the rest is numbered anew.
   */
  async function settle(group: Waiting[]): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    let rest = group, failures = 0;
    for (let tries = 0; rest.length; tries++) {
      if (performance.now() > deadline) throw new Problem("busy", { wait: 1 });
      await recall(rest);
      rest = await answerStored(rest);
      if (!rest.length) return;
      const plan = planOf(rest, rooms, now);
      const stamp = await store.commit((atomic) => fill(atomic, plan, isolate)).catch((error) => {
        if (!(error instanceof Problem) || ++failures === MOST_FAILURES) throw error;
        return null;
      });
      if (stamp) return conclude(rest, plan, stamp);
      for (const { draft } of rest) rooms.delete(draft.room);
      for (const one of rest) if (one.rewrite) one.fail(new Stale()); // it looks again at what it wants to change
      rest = rest.filter(({ rewrite }) => !rewrite);
      if (tries) await new Promise((go) => setTimeout(go, Math.random() * 2 ** Math.min(tries, 4)));
    }
  }

  /** Reads the heads and authors that memory lacks: nothing, in steady state. */
  async function recall(group: Waiting[]): Promise<void> {
    for (;;) {
      const wanted = [...new Set(group.map(({ draft }) => draft.room))].filter((room) => !rooms.has(room));
      const found = await store.getMany(wanted.map(keys.head));
      found.forEach(({ value, versionstamp }, i) => {
        const head = value ?? { seq: 0, epoch: crypto.randomUUID().slice(0, 8), at: 0 };
        rooms.set(wanted[i], { head, versionstamp, own: new Map(), turns: 0 });
      });
      const lacking = group.filter((one) => isIndexed(one) && !rooms.get(one.draft.room)?.own.has(one.draft.author.id));
      if (!lacking.length) return;
      const authors = new Map(lacking.map(({ draft }) => [`${draft.room} ${draft.author.id}`, draft]));
      await Promise.all([...authors.values()].map(recallAuthor));
    }
  }

  /** What others committed while it was read may be missing in it: then it is read again. */
  async function recallAuthor({ room, author }: Draft): Promise<void> {
    const known = rooms.get(room), turns = known?.turns;
    const own = await recallOwn(store, room, author.id, now() - limits.clientId);
    if (known?.turns === turns) known?.own.set(author.id, own);
  }

  /** Those whose client id is stored get the first answer again; returns the others. */
  async function answerStored(group: Waiting[]): Promise<Waiting[]> {
    const stored = group.filter(({ draft }) => storedAs(draft, rooms) !== undefined);
    if (!stored.length) return group;
    await Promise.all(stored.map(async ({ draft, done, fail }) => {
      const seq = storedAs(draft, rooms)!;
      const { value } = await store.get(keys.message(draft.room, seq));
      if (!value) return fail(new Problem("unavailable"));
      await repeated(toMessage(draft.room, seq, value), draft).then(done, fail);
    }));
    return group.filter((one) => !stored.includes(one));
  }

  /** Commit, then publish, then answer: nobody can do one without the others. */
  function conclude(group: Waiting[], plan: Plan, versionstamp: string): void {
    for (const [room, head] of plan.heads) {
      const known = rooms.get(room);
      if (known && known.versionstamp === plan.bases.get(room)) learn(known, plan, room, head, versionstamp);
      else rooms.delete(room);
    }
    for (const [room, messages] of plan.messages) published(room, messages, versionstamp);
    const next = new Map([...plan.messages].map(([room, messages]) => [room, messages.values()]));
    for (const { draft, done } of group) done({ message: next.get(draft.room)!.next().value!, repeated: false });
  }

  function observe(room: string, messages: Message[], versionstamp: string): void {
    const known = rooms.get(room), last = messages.at(-1);
    if (!known || !last || last.seq <= known.head.seq) return;
    if (messages[0].seq !== known.head.seq + 1) return void rooms.delete(room);
    Object.assign(known, { head: { ...known.head, seq: last.seq, at: last.at }, versionstamp, turns: known.turns + 1 });
    for (const { author } of messages) known.own.delete(author.id);
  }

  return { append, amend, observe, drain: async () => void await running };
}

function learn(known: Known, plan: Plan, room: string, head: Known["head"], versionstamp: string): void {
  Object.assign(known, { head, versionstamp });
  for (const { seq, author, clientId } of plan.messages.get(room)!) {
    const recent = known.own.get(author.id)?.recent.set(hash53(clientId), seq);
    if (recent && recent.size > MOST_RECENT) recent.delete(recent.keys().next().value!);
  }
  for (const { room: where, author, leaves } of plan.leaves.values()) {
    const own = where === room ? known.own.get(author) : undefined;
    if (own) own.leaf = leaves.at(-1)!;
  }
}

/** The first answer again; the same id for other words is somebody's mistake. */
async function repeated(message: Message, draft: Draft): Promise<Appended> {
  if (message.text !== draft.text || message.mood !== draft.mood) throw new Problem("client_id_reused");
  return await Promise.resolve({ message, repeated: true });
}

const house = { id: HOUSE, nickname: HOUSE, role: "admin" } as const;

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

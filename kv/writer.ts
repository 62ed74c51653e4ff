import { LRUCache } from "lru-cache";
import { ulid } from "ulid";
import { hash53 } from "../domain/hash.ts";
import type { LogLine } from "../domain/logger.ts";
import { type Appended, type Draft, type Message, messageId, type Mutable, peopleIn } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { HOUSE } from "../domain/room.ts";
import { isIndexed } from "./author.ts";
import {
  type Also,
  fill,
  type Plan,
  planOf,
  type Rewrite,
  storedAs,
  takeGroup,
  toMessage,
  type Waiting,
} from "./group.ts";
import { openFiling } from "./filing.ts";
import { openGathering } from "./gathering.ts";
import { keys } from "./keys.ts";
import { learn, openKnown, type Stamp } from "./known.ts";
import type { Store } from "./store.ts";

/** How long a group may lose races before its senders are told to come again. Milliseconds. */
const PATIENCE = 8_000;
const MOST_FAILURES = 3;

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
export type Published = (room: string, messages: Message[], stamp: Stamp) => void;

/**
 * The one writer of this isolate. While an atomic is in flight, or readers could not be told yet, the next group gathers, so
 * an idle room commits at once and a busy one in groups. Heads, authors' leaves and their client ids are kept in memory: the
 * head's check proves them. Leaves of a crowd are filed later, for many groups together: until then the log itself has them.
 */
export function openWriter({ store, now, isolate, line, untilHeard = () => 0 }: LogParts, published: Published) {
  const queue: Waiting[] = [];
  const answers = new LRUCache<string, Promise<Appended>>({ max: 2_000 });
  const rooms = openKnown({ store, now });
  const amending = new Map<string, Promise<unknown>>();
  const gathering = openGathering(untilHeard);
  const filing = openFiling({ store, rooms, line, published });
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
    const clientHash = hash53(draft.clientId);
    const answer = new Promise<Appended>((done, fail) => queue.push({ draft, clientHash, rewrite, done, fail }));
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
    while (queue.length || filing.isDue()) {
      if (queue.length) await gathering.wait(queue.map(({ draft }) => draft.room));
      await settle(takeGroup(queue));
      await filing.work();
    }
    running = undefined; // in the turn that saw the queue empty, so that nobody is left waiting
  }

  /**
   * Commits a group. When a commit does not go through, or nobody knows, what was believed is looked at again: the client
   * ids tell which messages are there, and the rest is numbered anew.
   */
  async function settle(group: Waiting[]): Promise<void> {
    const deadline = performance.now() + PATIENCE;
    let rest = group, failures = 0;
    try {
      for (let tries = 0; rest.length; tries++) {
        if (performance.now() > deadline) throw new Problem("busy", { wait: 1 });
        await rooms.recall(
          rest.map(({ draft }) => ({ room: draft.room, author: isIndexed(draft) ? draft.author.id : undefined })),
        );
        rest = await answerStored(rest);
        if (!rest.length) return;
        const plan = planOf(rest, rooms, now);
        const stamp = await store.commit((atomic) => fill(atomic, plan, isolate)).catch((error) => {
          if (!(error instanceof Problem) || ++failures === MOST_FAILURES) throw error;
          return null;
        });
        if (stamp) return conclude(rest, plan, stamp);
        for (const { draft } of rest) rooms.doubt(draft.room);
        for (const one of rest) if (one.rewrite) one.fail(new Stale()); // it looks again at what it wants to change
        rest = rest.filter(({ rewrite }) => !rewrite);
        if (!tries) continue;
        queue.unshift(...rest.splice(Math.ceil(rest.length / 2))); // a smaller group is made faster, and loses less
        await new Promise((go) => setTimeout(go, Math.random() * 2 ** Math.min(tries, 4)));
      }
    } catch (error) {
      line("error", "append_failed", { messages: rest.length, error: String(error) });
      for (const one of rest) one.fail(error);
    }
  }

  /** Those whose client id is stored get the first answer again; returns the others. */
  async function answerStored(group: Waiting[]): Promise<Waiting[]> {
    const stored = group.filter((one) => storedAs(one, rooms) !== undefined);
    if (!stored.length) return group;
    await Promise.all(stored.map(async (one) => {
      const { draft, done, fail } = one, seq = storedAs(one, rooms)!;
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
      if (known && known.versionstamp === plan.bases.get(room)) {
        learn(known, { head, versionstamp }, plan.said.get(room) ?? []);
        filing.note(room);
      } else rooms.doubt(room);
    }
    for (const [room, messages] of plan.messages) {
      published(room, messages, { head: plan.heads.get(room)!, versionstamp });
    }
    const next = new Map([...plan.messages].map(([room, messages]) => [room, messages.values()]));
    for (const { draft, done } of group) done({ message: next.get(draft.room)!.next().value!, repeated: false });
  }

  function file(also: string[] = []): void {
    if (filing.ask(also)) running ??= run();
  }

  return { append, amend, file, observe: rooms.observe, drain: async () => void await running };
}

/** The first answer again; the same id for other words is somebody's mistake. */
async function repeated(message: Message, draft: Draft): Promise<Appended> {
  if (message.text !== draft.text || message.mood !== draft.mood) throw new Problem("client_id_reused");
  return await Promise.resolve({ message, repeated: true });
}

const house = { id: HOUSE, nickname: HOUSE, role: "admin" } as const;

const defined = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;

import { type Draft, messageId } from "../../domain/message.ts";
import { grown, type Leaf } from "../../kv/author.ts";
import { bellOf, type HeadRecord, keys } from "../../kv/keys.ts";
import { openLog } from "../../kv/log.ts";
import { openStore, type Store } from "../../kv/store.ts";
import { kvFile } from "../processes.ts";
import { type Row, whole } from "./rig.ts";

const SENDERS = 200;
const ROOMS = 20;
const SECONDS = 4;

type Append = (draft: Draft & { clientId: string }) => Promise<unknown>;
type Rate = { perSecond: number; p50: number; p99: number };

/** (b) 200 people who each wait for their answer: group commit against one atomic a message, the same records. */
export async function append(): Promise<Row[]> {
  const grouped = await rate((store) => openLog({ store, now: Date.now, isolate: "b", line: console.error }).append);
  const chained = await rate(oneAtomicChained);
  const retried = await rate(oneAtomicRetried);
  const best = Math.max(chained.perSecond, retried.perSecond);
  const times = grouped.perSecond / best;
  return [
    row("append", grouped),
    row("one atomic each, a queue per room", chained),
    row("one atomic each, check and retry", retried),
    {
      part: "b",
      what: "append / the better of the two",
      result: `${times.toFixed(1)}×`,
      bar: "≥ 10×",
      met: times >= 10,
    },
  ];
}

async function rate(open: (store: Store) => Append): Promise<Rate> {
  await using file = await kvFile();
  const store = await openStore(file.path);
  const run = open(store);
  const took: number[] = [];
  const start = performance.now();
  const over = start + SECONDS * 1000;
  await Promise.all(Array.from({ length: SENDERS }, async (_, n) => {
    const author = { id: `p${n}`, nickname: `사람${n}`, role: "user" as const };
    for (let i = 0; performance.now() < over; i++) {
      const sent = performance.now();
      await run({
        room: `room${n % ROOMS}`,
        author,
        kind: "user",
        text: "오늘은 비가 와서 마음이 조금 차분해졌어요",
        clientId: `${Date.now().toString(16)}-${n}-${i}`,
      });
      took.push(performance.now() - sent);
    }
  }));
  const perSecond = took.length / (performance.now() - start) * 1000;
  store.close();
  took.sort((a, b) => a - b);
  return { perSecond, p50: took[took.length >> 1], p99: took[Math.floor(took.length * 0.99)] };
}

/** As `append` would write one message: head, message, client id, author's leaf, bell. */
async function writeOne(store: Store, draft: Parameters<Append>[0], known: Known): Promise<boolean> {
  const { room, author, clientId, kind, text } = draft;
  const head = known.heads.get(room) ?? await recall(store, room);
  const next: HeadRecord = { seq: head.value.seq + 1, epoch: head.value.epoch, at: Date.now() };
  const leaf = grown(known.leaves.get(author.id) ?? { n: 0, cells: new Float64Array(0) }, next);
  const client = keys.client(room, clientId, author.id);
  const stamp = await store.commit((atomic) =>
    atomic.check({ key: keys.head(room), versionstamp: head.versionstamp }).check({ key: client, versionstamp: null })
      .set(keys.head(room), next).set(client, next.seq)
      .set(keys.message(room, next.seq), { author, kind, text, at: next.at, clientId })
      .set(keys.leaf(room, author.id, leaf.n), leaf.cells)
      .set(keys.bell(bellOf(room)), { by: messageId(room, next.seq), room, seq: next.seq })
  );
  if (!stamp) return false;
  known.heads.set(room, { value: next, versionstamp: stamp });
  known.leaves.set(author.id, leaf);
  return true;
}

type Known = { heads: Map<string, { value: HeadRecord; versionstamp: string | null }>; leaves: Map<string, Leaf> };

async function recall(store: Store, room: string) {
  const { value, versionstamp } = await store.get(keys.head(room));
  return { value: value ?? { seq: 0, epoch: "e", at: 0 }, versionstamp };
}

function oneAtomicChained(store: Store): Append {
  const known: Known = { heads: new Map(), leaves: new Map() };
  const last = new Map<string, Promise<unknown>>();
  return (draft) => {
    const mine = (last.get(draft.room) ?? Promise.resolve()).then(() => writeOne(store, draft, known));
    last.set(draft.room, mine);
    return mine;
  };
}

function oneAtomicRetried(store: Store): Append {
  const leaves = new Map<string, Leaf>();
  return async (draft) => {
    while (!await writeOne(store, draft, { heads: new Map(), leaves }));
  };
}

const row = (what: string, { perSecond, p50, p99 }: Rate): Row => ({
  part: "b",
  what: `${what}: ${SENDERS} senders, ${ROOMS} rooms`,
  result: `${whole(perSecond)} stored messages a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
});

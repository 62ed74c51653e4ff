import { hash53 } from "../../domain/hash.ts";
import { type Draft, messageId } from "../../domain/message.ts";
import { grown, type Leaf } from "../../kv/author.ts";
import { bellOf, type HeadRecord, keys } from "../../kv/keys.ts";
import { openLog } from "../../kv/log.ts";
import { openStore, type Store } from "../../kv/store.ts";
import { kvFile } from "../processes.ts";
import { type Row, whole } from "./rig.ts";

const SENDERS = 200;
const SECONDS = 3;

type Append = (draft: Draft & { clientId: string }) => Promise<unknown>;
type Rate = { perSecond: number; p50: number; p99: number };

/** (b) 200 people who each wait for their answer: group commit against one atomic a message, the same records. */
export async function append(): Promise<Row[]> {
  const plaza = await compare(1);
  const spread = await compare(20);
  plaza.at(-1)!.bar = "≥ 10×";
  plaza.at(-1)!.met = plaza.times >= 10;
  return [...plaza, ...spread];
}

/** In one room, which is the plaza, or spread over many. */
async function compare(rooms: number): Promise<Row[] & { times: number }> {
  const grouped = await rate(
    rooms,
    (store) => openLog({ store, now: Date.now, isolate: "b", line: console.error }).append,
  );
  const chained = await rate(rooms, oneAtomicChained);
  const retried = await rate(rooms, oneAtomicRetried);
  const times = grouped.perSecond / Math.max(chained.perSecond, retried.perSecond);
  const where = rooms === 1 ? "one room" : `${rooms} rooms`;
  const rows: Row[] = [
    row(`append, ${where}`, grouped),
    row(`one atomic each, a queue per room, ${where}`, chained),
    row(`one atomic each, check and retry, ${where}`, retried),
    { part: "b", what: `append / the better of the two, ${where}`, result: `${times.toFixed(1)}×` },
  ];
  return Object.assign(rows, { times });
}

async function rate(rooms: number, open: (store: Store) => Append): Promise<Rate> {
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
        room: `room${n % rooms}`,
        author,
        kind: "user",
        text: "오늘은 비가 와서 마음이 조금 차분해졌어요",
        clientId: uuidv7(),
      });
      took.push(performance.now() - sent);
    }
  }));
  const perSecond = took.length / (performance.now() - start) * 1000;
  store.close();
  took.sort((a, b) => a - b);
  return { perSecond, p50: took[took.length >> 1], p99: took[Math.floor(took.length * 0.99)] };
}

/** As `append` would write one message: head, message, author's leaf with the client id, bell. */
async function writeOne(store: Store, draft: Parameters<Append>[0], known: Known): Promise<boolean> {
  const { room, author, clientId, kind, text } = draft;
  const head = known.heads.get(room) ?? await recall(store, room);
  const next: HeadRecord = { seq: head.value.seq + 1, epoch: head.value.epoch, at: Date.now() };
  const leaf = grown(known.leaves.get(author.id) ?? { n: 0, cells: new Float64Array(0) }, next, hash53(clientId));
  const stamp = await store.commit((atomic) =>
    atomic.check({ key: keys.head(room), versionstamp: head.versionstamp })
      .set(keys.head(room), next)
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
  what: `${what}, ${SENDERS} senders`,
  result: `${whole(perSecond)} stored messages a second, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
});

/** As real clients make them: the time first, so that ids grow. */
function uuidv7(): string {
  const id = crypto.randomUUID();
  const time = Date.now().toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${id.slice(15)}`;
}

import { PLAZA } from "../../domain/room.ts";
import { type HeadRecord, keys } from "../../kv/keys.ts";
import { openLog } from "../../kv/log.ts";
import { openStore } from "../../kv/store.ts";
import { type App, type Caller, kvFile, people, startApp } from "../processes.ts";
import { median, type Row, whole } from "./rig.ts";

const OWN = 10_000;
const SMALL = 1_000;
const LARGE = 1_000_000;
const ASKED = 300;

/** (c) Does a page get slower by being far away, or a room by being old? Over HTTP, as anybody would ask. */
export async function pages(): Promise<Row[]> {
  await using small = await kvFile();
  await using large = await kvFile();
  const [[me]] = await Promise.all([people(small.path, 1), people(large.path, 1)]);
  await fill(small.path, SMALL, me);
  const started = performance.now();
  await fill(large.path, LARGE, me);
  const filling = (performance.now() - started) / 1000;
  await using few = await startApp({ kvPath: small.path });
  await using many = await startApp({ kvPath: large.path });
  return [
    compare(
      "chat-logs of a person with 10,000: page 500 / page 1",
      ...await inTurn(
        () => ask(many, "/api/chat-logs?size=20&page=1", me),
        () => ask(many, "/api/chat-logs?size=20&page=500", me),
      ),
    ),
    compare(
      `history of a room with ${whole(LARGE + OWN)} / ${whole(SMALL + OWN)}, anywhere in it`,
      ...await inTurn(
        () => ask(few, anywhere(SMALL + OWN)),
        () => ask(many, anywhere(LARGE + OWN)),
      ),
    ),
    { part: "c", what: "filling the large room", result: `${filling.toFixed(1)} s for ${whole(LARGE + OWN)} messages` },
  ];
}

const anywhere = (head: number) =>
  `/api/rooms/${PLAZA}/messages?limit=50&before=${51 + Math.floor(Math.random() * head)}`;

/** `count` messages by atomics of 900, then 10,000 of one person as they are really written. */
async function fill(path: string, count: number, me: Caller): Promise<void> {
  const store = await openStore(path);
  const author = { id: "someone", nickname: "누군가", role: "user" as const };
  const begin = Date.now() - count;
  for (let done = 0; done < count; done += 900) {
    const size = Math.min(900, count - done);
    const head: HeadRecord = { seq: done + size, epoch: "bench", at: begin + done };
    await store.commit((atomic) => {
      atomic.set(keys.head(PLAZA), head);
      atomic.set(keys.indexed(PLAZA), head.seq); // as if it were written over months: no index is to be built meanwhile
      for (let seq = done + 1; seq <= done + size; seq++) {
        const text = `오늘은 비가 와서 마음이 조금 차분해졌어요 ${seq}`;
        atomic.set(keys.message(PLAZA, seq), { author, kind: "user", text, at: begin + seq, clientId: `fill-${seq}` });
      }
    });
  }
  const log = openLog({ store, now: Date.now, isolate: "fill", line: console.error });
  const mine = { id: me.id, nickname: me.nickname, role: "user" as const };
  for (let done = 0; done < OWN; done += 500) {
    await Promise.all(
      Array.from(
        { length: 500 },
        (_, i) => log.append({ room: PLAZA, author: mine, kind: "user", text: `내 글 ${done + i}` }),
      ),
    );
  }
  log.file();
  await log.drain();
  store.close();
}

/** Each in turn, so that whatever else the machine does meets both. Milliseconds. */
async function inTurn(one: () => Promise<void>, other: () => Promise<void>): Promise<[number[], number[]]> {
  const took: [number[], number[]] = [[], []];
  for (let i = -20; i < ASKED; i++) {
    for (const [n, call] of [one, other].entries()) {
      const started = performance.now();
      await call();
      if (i >= 0) took[n].push(performance.now() - started);
    }
  }
  return took;
}

async function ask(app: App, path: string, who?: Caller): Promise<void> {
  const answer = await fetch(app.url + path, { headers: who ? { authorization: `Bearer ${who.token}` } : {} });
  const { items } = await answer.json();
  if (!answer.ok || !items?.length) throw new Error(`${path}: ${answer.status}`);
}

function compare(what: string, near: number[], far: number[]): Row {
  const [a, b] = [median(near), median(far)];
  return {
    part: "c",
    what,
    result: `${(b / a).toFixed(2)}× (median ${b.toFixed(2)} ms / ${a.toFixed(2)} ms)`,
    bar: "≤ 1.3×",
    met: b / a <= 1.3,
  };
}

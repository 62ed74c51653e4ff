import { type Fact, nothingYet, type Recollection } from "../domain/recollection.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

const MOST_FORGOTTEN = 500;

export async function recollectionOf(store: Store, room: string): Promise<Recollection> {
  return (await store.get(keys.recollection(room))).value ?? nothingYet;
}

/** `null` from `patch` changes nothing; it may be asked again. Nothing is remembered of a room that is gone. */
export async function recollect(
  store: Store,
  room: string,
  patch: (now: Recollection) => Recollection | null,
): Promise<Recollection> {
  for (let tries = 0; tries < 100; tries++) {
    const [found, place] = [await store.get(keys.recollection(room)), await store.get(keys.room(room))];
    const before = found.value ?? nothingYet, next = patch(before);
    if (!next) return before;
    if (!place.value) throw new Problem("not_found");
    if (await store.commit((atomic) => atomic.check(found, place).set(found.key, next)) !== null) return next;
  }
  throw new Problem("busy", { wait: 1 });
}

/** What came after `seq` is not remembered any more: the talk goes on from there in another way, and is summed up anew. */
export async function forgetAfter(store: Store, room: string, seq: number): Promise<void> {
  await recollect(store, room, (before) => {
    if (before.upTo <= seq) return null;
    const facts = before.facts.filter((fact) => fact.seq === undefined || fact.seq <= seq);
    return { ...before, summary: "", facts, upTo: 0 };
  });
}

/** What a person makes of it. Facts that are left out are forgotten with the messages that they came from. */
export async function editRecollection(
  store: Store,
  room: string,
  { summary, facts }: { summary?: string; facts?: Fact[] },
): Promise<Recollection> {
  return await recollect(store, room, (before) => {
    const kept = new Set(facts?.map(({ seq }) => seq));
    const left = facts ? before.facts.flatMap(({ seq }) => seq === undefined || kept.has(seq) ? [] : seq) : [];
    return {
      ...before,
      summary: summary ?? before.summary,
      facts: facts ?? before.facts,
      forgotten: [...new Set([...before.forgotten, ...left])].slice(-MOST_FORGOTTEN),
    };
  });
}

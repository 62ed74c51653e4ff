import { limits } from "../domain/limits.ts";
import type { Apart } from "../domain/veil.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Somebody whom a person does not want to meet. `at` is epoch milliseconds. */
export type Block = { userId: string; at: number };

/**
 * One block hides two people from each other. All blocks are in each isolate's memory, so that nothing on a message's
 * way asks the store for them; most people have none.
 */
export type Blocks = {
  /** Whether one of the two has blocked the other. */
  areApart(a: string, b: string): boolean;
  /** Whom this person does not see and who do not see them; undefined for guests, and when there is nobody. */
  apart(id: string | undefined): Apart;
  /** Whom this person has blocked, newest first. */
  list(by: string): Promise<Block[]>;
  /** Resolves when it holds here and the other isolates are told. Problem `invalid` when there are too many. */
  add(by: string, whom: string): Promise<void>;
  remove(by: string, whom: string): Promise<void>;
  /** Something became different between two people: it is read anew. */
  look(a: string, b: string): Promise<void>;
  /** Reads all. To be called once, when what isolates are told is heard already. */
  load(): Promise<void>;
};

const PAGE = 1_000;

/** `announce` tells all isolates that something became different between two people. */
export function openBlocks({ store, now, announce }: {
  store: Store;
  now: () => number;
  announce: (a: string, b: string) => Promise<void>;
}): Blocks {
  const known = new Map<string, Set<string>>();
  let reading: Promise<unknown> = Promise.resolve();

  /** One after the other, so that an older answer never overwrites a newer one. */
  function inTurn(read: () => Promise<void>): Promise<void> {
    const mine = reading.then(read, read);
    reading = mine.catch(() => {});
    return mine;
  }

  async function load(): Promise<void> {
    let start: Deno.KvKey | undefined;
    for (;;) {
      const rows = await store.list(keys.allBlocks(), {
        ...(start && { start, end: [...keys.allBlocks(), true] }),
        limit: PAGE,
      });
      for (const { key: [, by, whom] } of rows) part(String(by), String(whom));
      if (rows.length < PAGE) return;
      start = [...rows.at(-1)!.key, ""];
    }
  }

  async function read(a: string, b: string): Promise<void> {
    const rows = await store.getMany([keys.block(a, b), keys.block(b, a)]);
    if (rows.some(({ value }) => value !== null)) part(a, b);
    else unite(a, b);
  }

  function part(a: string, b: string): void {
    for (const [one, other] of [[a, b], [b, a]]) known.set(one, (known.get(one) ?? new Set()).add(other));
  }

  function unite(a: string, b: string): void {
    for (const [one, other] of [[a, b], [b, a]]) {
      known.get(one)?.delete(other);
      if (!known.get(one)?.size) known.delete(one);
    }
  }

  async function list(by: string): Promise<Block[]> {
    const rows = await store.list(keys.blocks(by));
    return rows.map(({ key, value }) => ({ userId: String(key.at(-1)), at: value })).sort((a, b) => b.at - a.at);
  }

  async function change(by: string, whom: string, write: (atomic: Deno.AtomicOperation) => void): Promise<void> {
    await store.commit(write);
    await look(by, whom);
    await announce(by, whom);
  }

  const look = (a: string, b: string) => inTurn(() => read(a, b));

  return {
    areApart: (a, b) => known.get(a)?.has(b) ?? false,
    apart: (id) => id === undefined ? undefined : known.get(id),
    list,
    async add(by, whom) {
      if ((await list(by)).length >= limits.blocks) throw new Problem("invalid", { fields: { userId: "blocks_full" } });
      await change(by, whom, (atomic) => atomic.set(keys.block(by, whom), now()));
    },
    remove: (by, whom) => change(by, whom, (atomic) => atomic.delete(keys.block(by, whom))),
    look,
    load: () => inTurn(load),
  };
}

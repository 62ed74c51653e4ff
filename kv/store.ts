import { Problem } from "../domain/problems.ts";
import { limits } from "../domain/limits.ts";
import type { Key } from "./keys.ts";

export type Found<V> = { key: Deno.KvKey; value: V; versionstamp: string };
export type Maybe<V> = Found<V> | { key: Deno.KvKey; value: null; versionstamp: null };
export type Range = { prefix: Deno.KvKey; start?: Deno.KvKey; end?: Deno.KvKey };

/**
 * Deno KV with what it lacks: typed keys, a deadline for each call, and patience with a locked file.
 * A call that fails throws `Problem("unavailable")`; after a failed `commit` the outcome is unknown.
 */
export type Store = {
  get<V>(key: Key<V>): Promise<Maybe<V>>;
  /** Any number of keys, ten a call. */
  getMany<V>(keys: Key<V>[]): Promise<Maybe<V>[]>;
  /** In key order, or newest first with `reverse`. */
  list<V>(prefix: Key<V>, options?: ListOptions): Promise<Found<V>[]>;
  /** `null` means that a check failed and nothing was written; else the versionstamp. */
  commit(fill: (atomic: Deno.AtomicOperation) => void): Promise<string | null>;
  watch(keys: Deno.KvKey[]): ReadableStream<Deno.KvEntryMaybe<unknown>[]>;
  close(): void;
};
export type ListOptions = { start?: Deno.KvKey; end?: Deno.KvKey; limit?: number; reverse?: boolean };

/** `path`: a file, `:memory:`, the URL of a KV Connect server, or undefined for the platform's own. */
export async function openStore(path?: string): Promise<Store> {
  return wrap(await patiently(() => Deno.openKv(path)));
}

export function wrap(kv: Deno.Kv, deadline: number = limits.kvDeadline): Store {
  const call = <T>(work: () => Promise<T>) => within(patiently(work), deadline);
  const read = <T>(work: () => Promise<T>) => call(() => repeatedly(work));
  return {
    get: (key) => read(() => kv.get(key)) as Promise<never>,
    async getMany<V>(keys: Key<V>[]) {
      const tens = Array.from({ length: Math.ceil(keys.length / 10) }, (_, i) => keys.slice(i * 10, i * 10 + 10));
      const found = await Promise.all(tens.map((ten) => read(() => kv.getMany<V[]>(ten))));
      return found.flat() as Maybe<V>[];
    },
    list<V>(prefix: Key<V>, { start, end, limit, reverse }: ListOptions = {}) {
      return read(async () => {
        const rows: Found<V>[] = [];
        const selector = (start && end ? { start, end } : start ? { prefix, start } : { prefix, end }) as never;
        const options = { limit, reverse, batchSize: Math.min(limit ?? 500, 500) };
        for await (const row of kv.list<V>(selector, options)) rows.push(row as Found<V>);
        return rows;
      });
    },
    commit: (fill) =>
      call(async () => {
        const atomic = kv.atomic();
        fill(atomic);
        const done = await atomic.commit();
        return done.ok ? done.versionstamp : null;
      }),
    watch: (keys) => kv.watch(keys as never) as ReadableStream<Deno.KvEntryMaybe<unknown>[]>,
    close: () => kv.close(),
  };
}

/** Two isolates on one file make SQLite throw "database is locked" at once: nothing was done, so it is done again. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0;; tries++) {
    try {
      return await work();
    } catch (error) {
      if (tries === 12 || !String(error).includes("database is locked")) throw unavailable(error);
      await new Promise((done) => setTimeout(done, Math.random() * 2 ** Math.min(tries + 1, 7)));
    }
  }
}

/** A read may be asked again: the third failure counts. */
function repeatedly<T>(work: () => Promise<T>): Promise<T> {
  return work().catch(() => work()).catch(() => work());
}

async function within<T>(work: Promise<T>, deadline: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(unavailable(new Error(`KV did not answer in ${deadline} ms`))), deadline);
  });
  work.catch(() => {});
  return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** What KV refuses for its size or shape is our fault, and must be seen as such. */
function unavailable(error: unknown): unknown {
  const ours = error instanceof TypeError && /too large|too many|invalid/i.test(error.message);
  return ours || error instanceof Problem ? error : Object.assign(new Problem("unavailable"), { cause: error });
}

import { monotonicFactory } from "ulid";
import type { AuditEntry } from "../domain/keeping.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** What this isolate writes in the same millisecond stays in order too. */
const ulid = monotonicFactory();

export type Unwritten = Omit<AuditEntry, "id">;

/** Writes down what is done in the atomic that does it. Entries are never changed and never deleted. */
export function writeDown(atomic: Deno.AtomicOperation, entry: Unwritten): void {
  const id = ulid(entry.at);
  atomic.check({ key: keys.audit(id), versionstamp: null }).set(keys.audit(id), { ...entry, id });
}

/** Newest first. */
export async function auditPage(
  store: Store,
  page: number,
  size: number,
): Promise<{ items: AuditEntry[]; more: boolean }> {
  const rows = await store.list(keys.audits(), { reverse: true, limit: page * size + 1 });
  return {
    items: rows.slice((page - 1) * size, page * size).map(({ value }) => value),
    more: rows.length > page * size,
  };
}

export async function findEntry(store: Store, id: string): Promise<AuditEntry | null> {
  return (await store.get(keys.audit(id))).value;
}

import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { families } from "./families.ts";
import { type ExportJob, keys } from "./keys.ts";
import type { Found, Store } from "./store.ts";
import { secretWord } from "./tickets.ts";

export const formats = ["json", "html"] as const;
export type Format = (typeof formats)[number];
/** A line of what is made. */
export type Taken = { family: string; item: unknown };

const taking = families.filter(([, { takes }]) => takes);
/** A value in the store holds 64 KiB. */
const PART = 60_000;

/** Begins anew, unless one is being made: then it is that. */
export async function beginExport(store: Store, user: string, now: number): Promise<ExportJob> {
  const found = await store.get(keys.exportJob(user));
  if (found.value?.at && found.value.expiresAt > now) return found.value;
  await dropParts(store, user);
  const job: ExportJob = {
    id: secretWord(),
    startedAt: now,
    at: { family: taking[0][0] },
    parts: 0,
    items: 0,
    owner: "",
    leaseEnd: 0,
    expiresAt: now + limits.export,
  };
  const done = await store.commit((atomic) =>
    atomic.check({ ...found, key: keys.exportJob(user) }).set(keys.exportJob(user), job)
  );
  if (done === null) throw new Problem("busy", { wait: 1 });
  return job;
}

export async function exportOf(store: Store, user: string, now: number): Promise<ExportJob | null> {
  const { value } = await store.get(keys.exportJob(user));
  return value && value.expiresAt > now ? value : null;
}

/** How much of it is there, in percent: families done, of all. */
export function progressOf({ at }: ExportJob): number {
  const done = at ? taking.findIndex(([name]) => name === at.family) : taking.length;
  return Math.floor((Math.max(0, done) / taking.length) * 100);
}

/**
 * One page more, and where to go on, in one atomic: whoever dies in between has done nothing. `null` when there is
 * nothing to do, or somebody else does it.
 */
export async function stepExport(store: Store, user: string, owner: string, now: number): Promise<ExportJob | null> {
  const found = await store.get(keys.exportJob(user)), job = found.value;
  if (!job?.at || (job.owner !== owner && job.leaseEnd > now)) return null;
  const { family, from } = job.at;
  const n = taking.findIndex(([name]) => name === family);
  const { items, next } = await taking[n][1].takes!(store, user, from);
  const parts = bytesOf(items.map((item): Taken => ({ family, item })));
  const at = next ? { family, from: next } : taking[n + 1] ? { family: taking[n + 1][0] } : undefined;
  const made: ExportJob = {
    ...job,
    at,
    parts: job.parts + parts.length,
    items: job.items + items.length,
    owner,
    leaseEnd: now + limits.exportLease,
    ...(at === undefined && { links: { json: secretWord(), html: secretWord() }, expiresAt: now + limits.export }),
  };
  const done = await store.commit((atomic) => {
    atomic.check(found as Found<ExportJob>).set(keys.exportJob(user), made);
    parts.forEach((part, i) => atomic.set(keys.exportPart(user, job.id, job.parts + i), part));
  });
  return done === null ? null : made;
}

/** Jobs that nobody makes now. */
export async function waitingExports(store: Store, now: number): Promise<string[]> {
  const rows = await store.list(keys.exportJobs());
  return rows.filter(({ value }) => value.at && value.leaseEnd <= now && value.expiresAt > now)
    .map(({ key }) => String(key.at(-1)));
}

/** Uses up a link. Problem `not_found` for one that is used, late, or somebody else's. */
export async function takeExport(
  store: Store,
  user: string,
  word: string,
  now: number,
): Promise<{ job: ExportJob; format: Format }> {
  const found = await store.get(keys.exportJob(user)), job = found.value;
  const format = formats.find((one) => job?.links?.[one] === word);
  if (!job || !format || job.expiresAt <= now) throw new Problem("not_found");
  const used = { ...job, links: { ...job.links, [format]: undefined } };
  const done = await store.commit((atomic) => atomic.check(found as Found<ExportJob>).set(keys.exportJob(user), used));
  if (done === null) throw new Problem("not_found");
  return { job, format };
}

/** What was made, line by line. */
export async function* linesOf(store: Store, user: string, job: ExportJob): AsyncGenerator<Taken> {
  const decoder = new TextDecoder();
  let rest = "";
  for (let n = 0; n < job.parts; n++) {
    const { value } = await store.get(keys.exportPart(user, job.id, n));
    if (!value) throw new Problem("not_found");
    const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
}

export async function dropParts(store: Store, user: string): Promise<void> {
  const rows = await store.list(keys.exportParts(user));
  for (let i = 0; i < rows.length; i += 100) {
    await store.commit((atomic) => rows.slice(i, i + 100).forEach(({ key }) => atomic.delete(key)));
  }
}

/** Jobs that ran out, with all that was made. How many. */
export async function sweepExports(store: Store, now: number): Promise<number> {
  const over = (await store.list(keys.exportJobs())).filter(({ value }) => value.expiresAt <= now);
  for (const { key, versionstamp } of over) {
    const done = await store.commit((atomic) => atomic.check({ key, versionstamp }).delete(key));
    if (done !== null) await dropParts(store, String(key.at(-1)));
  }
  return over.length;
}

function bytesOf(lines: Taken[]): Uint8Array[] {
  const all = new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return Array.from({ length: Math.ceil(all.length / PART) }, (_, n) => all.slice(n * PART, (n + 1) * PART));
}

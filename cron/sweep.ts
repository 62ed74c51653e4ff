import { HOUR } from "../domain/figures.ts";
import { limits } from "../domain/limits.ts";
import { isAiRoom } from "../domain/room.ts";
import type { LogLine } from "../domain/logger.ts";
import { eraseLog, eraseRoom } from "../kv/erase.ts";
import { type Key, keys } from "../kv/keys.ts";
import { sweepExports } from "../kv/exports.ts";
import type { Found, Store } from "../kv/store.ts";

type Parts = { store: Store; now: () => number; line: LogLine };
const PAGE = 500;

/**
 * Deletes what has run out. KV's own `expireIn` is a minute late and panics on a full disk, so values carry their end.
 * Any isolate may sweep at any time: deleting twice does no harm.
 */
export async function sweep(parts: Parts): Promise<void> {
  const { store, now, line } = parts;
  const time = now();
  const deleted = {
    windows: await sweepOld(store, keys.windows(), ({ endsAt }) => endsAt <= time),
    tickets: await sweepOld(store, keys.tickets(), ({ expiresAt }) => expiresAt <= time),
    invitations: await sweepOld(store, keys.invitations(), ({ expiresAt }) => expiresAt <= time),
    sessions: await sweepOld(store, keys.sessions(), ({ expiresAt }) => expiresAt <= time),
    logins: await sweepOld(store, keys.logins(), ({ expiresAt }) => expiresAt <= time),
    flows: await sweepOld(store, keys.flows(), ({ expiresAt }) => expiresAt <= time),
    newcomers: await sweepOld(store, keys.newcomers(), ({ expiresAt }) => expiresAt <= time),
    presences: await sweepOld(store, keys.allPresences(), ({ expiresAt }) => expiresAt <= time),
    catchUps: await sweepOld(store, keys.catchUps(), ({ expiresAt }) => expiresAt <= time),
    translations: await sweepOld(store, keys.translations(), ({ expiresAt }) => expiresAt <= time),
    mailTokens: await sweepOld(store, keys.mailTokens(), ({ expiresAt }) => expiresAt <= time),
    newestTokens: await sweepOld(store, keys.newestTokens(), ({ expiresAt }) => expiresAt <= time),
    outbox: await sweepOld(store, keys.outboxes(), ({ expiresAt }) => expiresAt <= time),
    passes: await sweepOld(store, keys.allPasses(), ({ expiresAt }) => expiresAt <= time),
    openers: await sweepOld(store, keys.openers(), ({ expiresAt }) => expiresAt <= time),
    reasons: await sweepOld(store, keys.allReasons(), ({ expiresAt }) => expiresAt <= time),
    sents: await sweepOld(store, keys.allSents(), ({ expiresAt }) => expiresAt <= time),
    exports: await sweepExports(store, time),
    claims: await sweepOld(store, keys.letterClaims(), ({ expiresAt }) => expiresAt <= time - 24 * 3_600_000),
    timeouts: await sweepOld(store, keys.sanctions(), ({ until = Infinity }) => until <= time),
    timedOut: await sweepOld(store, keys.allSanctioned(), ({ until = Infinity }) => until <= time),
    offRecord: await closeOffRecord(store, time),
    erased: await sweepErased(store, time - limits.erased),
    figures: await sweepFigures(store, Math.floor((time - limits.figures) / HOUR)),
  };
  line("info", "swept", { ...deleted, ms: now() - time });
}

/** A record that somebody renews at this moment stays: each delete checks that it is still the one that was read. */
async function sweepOld<V>(store: Store, prefix: Key<V>, isOver: (value: V) => boolean): Promise<number> {
  let deleted = 0, start: Deno.KvKey | undefined;
  for (;;) {
    const rows = await store.list(prefix, { ...(start && { start, end: after(prefix) }), limit: PAGE });
    const over = rows.filter((row) => isOver(row.value));
    for (let i = 0; i < over.length; i += 100) deleted += await deleteAll(store, over.slice(i, i + 100));
    if (rows.length < PAGE) return deleted;
    start = [...rows.at(-1)!.key, ""];
  }
}

/** Off-the-record rooms that nobody closed and nobody writes in. */
async function closeOffRecord(store: Store, time: number): Promise<number> {
  let closed = 0;
  for (const { key, value } of await store.list(keys.offRecords())) {
    const id = String(key.at(-1)), idleSince = time - limits.aiRoom.offRecord;
    const [{ value: room }, { value: head }] = await Promise.all([store.get(keys.room(id)), store.get(keys.head(id))]);
    if (Math.max(value, head?.at ?? 0) > idleSince || !room || !isAiRoom(room)) continue;
    await eraseRoom(store, room, time);
    closed++;
  }
  return closed;
}

/** Rooms deleted before `before`: what an answer still wrote into them, and then their mark. */
async function sweepErased(store: Store, before: number): Promise<number> {
  const rows = (await store.list(keys.allErased())).filter(({ value }) => value <= before);
  for (const { key } of rows) {
    await eraseLog(store, String(key.at(-1)));
    await store.commit((atomic) => atomic.delete(key));
  }
  return rows.length;
}

/** They stand in the order of time: the old ones come first. */
async function sweepFigures(store: Store, before: number): Promise<number> {
  for (let deleted = 0;;) {
    const rows = await store.list(keys.allFigures(), { end: keys.figuresOf(before), limit: 100 });
    const done = await deleteAll(store, rows);
    deleted += done;
    if (rows.length < 100 || !done) return deleted;
  }
}

async function deleteAll<V>(store: Store, rows: Found<V>[]): Promise<number> {
  const done = await store.commit((atomic) => {
    for (const { key, versionstamp } of rows) atomic.check({ key, versionstamp }).delete(key);
  });
  return done ? rows.length : 0; // One of them was renewed: the next sweep sees which.
}

/** The end of a prefix: the empty byte array sorts before, a `true` after everything that can follow. */
const after = (prefix: Deno.KvKey): Deno.KvKey => [...prefix, true];

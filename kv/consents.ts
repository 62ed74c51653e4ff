import { ulid } from "ulid";
import { type Consent, firstConsent, type Sent, type Surface } from "../domain/consent.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

export async function consentOf(store: Store, user: string): Promise<Consent> {
  return { ...firstConsent, ...(await store.get(keys.consent(user))).value };
}

export async function changeConsent(store: Store, user: string, change: Partial<Consent>): Promise<Consent> {
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(keys.consent(user));
    const consent = { ...firstConsent, ...found.value, ...change };
    const done = await store.commit((atomic) =>
      atomic.check({ ...found, key: keys.consent(user) }).set(keys.consent(user), consent)
    );
    if (done !== null) return consent;
  }
  throw new Problem("busy", { wait: 1 });
}

/** Those of these people whose words of a surface no model may read. Asked for each request, so it holds at once. */
export async function unwilling(store: Store, surface: Surface, people: Iterable<string>): Promise<Set<string>> {
  const all = [...new Set(people)];
  const rows = await store.getMany(all.map(keys.consent));
  return new Set(all.filter((_, n) => !(rows[n].value ?? firstConsent)[surface]));
}

/** The messages whose writers let a model read them; what the companion said is its own. */
export async function willing<M extends Pick<Message, "author" | "kind">>(
  store: Store,
  surface: Surface,
  messages: M[],
): Promise<M[]> {
  const no = await unwilling(store, surface, messages.map(({ author }) => author.id));
  return messages.filter(({ author, kind }) => kind === "companion" || !no.has(author.id));
}

/** Records of one commit. */
const TOGETHER = 300;

/** Writes down for each writer (an id for each message) that a model is about to be sent so many of their messages. */
export async function noteSent(
  store: Store,
  now: number,
  what: Pick<Sent, "task" | "surface">,
  writers: Iterable<string>,
): Promise<void> {
  const counts = new Map<string, number>();
  for (const id of writers) counts.set(id, (counts.get(id) ?? 0) + 1);
  const all = [...counts], expiresAt = now + limits.sentLog;
  for (let i = 0; i < all.length; i += TOGETHER) {
    await store.commit((atomic) => {
      for (const [id, messages] of all.slice(i, i + TOGETHER)) {
        atomic.set(keys.sent(id, ulid(now)), { at: now, ...what, messages, expiresAt });
      }
    });
  }
}

/** Ids of the people who wrote these. */
export const writersOf = (messages: Pick<Message, "author" | "kind">[]): string[] =>
  messages.filter(({ kind }) => kind === "user" || kind === "admin").map(({ author }) => author.id);

/** Newest first. */
export async function sentPage(
  store: Store,
  user: string,
  page: number,
  size: number,
): Promise<{ items: Sent[]; more: boolean }> {
  const rows = await store.list(keys.sents(user), { reverse: true, limit: page * size + 1 });
  const items = rows.slice((page - 1) * size, page * size).map(({ value: { expiresAt: _, ...sent } }) => sent);
  return { items, more: rows.length > page * size };
}

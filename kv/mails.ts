import { keys, type MailLane, type QueuedMail } from "./keys.ts";
import type { Found, Store } from "./store.ts";

/** A mail of the queue, at its place in it. */
export type Waiting = Found<QueuedMail> & { id: string; lane: MailLane };

export const lanes: MailLane[] = [0, 1];

/** Those whose time has come, the most urgent first. */
export async function dueMails(store: Store, now: number, limit: number): Promise<Waiting[]> {
  const found: Waiting[] = [];
  for (const lane of lanes) {
    const rows = await store.list(keys.mails(lane), { end: keys.mail(lane, now + 1, ""), limit: limit - found.length });
    found.push(...rows.map((row) => ({ ...row, id: String(row.key.at(-1)), lane })));
    if (found.length === limit) break;
  }
  return found;
}

/** How many wait, up to a thousand of each lane. */
export async function countMails(store: Store): Promise<number> {
  const rows = await Promise.all(lanes.map((lane) => store.list(keys.mails(lane), { limit: 1_000 })));
  return rows.flat().length;
}

/**
 * Takes a mail for oneself by moving it to `until`: who dies with it leaves it to be due again then, marked as one that
 * may have gone out. `null` when somebody else was faster.
 */
export async function claimMail(store: Store, mail: Waiting, until: number): Promise<Waiting | null> {
  return await move(store, mail, { ...mail.value, claimed: true }, until);
}

/** Back into the queue: it is known that it did not go out, or it `mayHave`. */
export async function putBack(
  store: Store,
  mail: Waiting,
  due: number,
  tries: number,
  mayHave: boolean,
): Promise<void> {
  const { claimed: _, ...value } = mail.value;
  await move(store, mail, { ...value, tries, ...(mayHave && { claimed: true }) }, due);
}

/** Out of the queue. `false` when it is somebody else's by now. */
export async function endMail(store: Store, { key, versionstamp }: Waiting): Promise<boolean> {
  const done = await store.commit((atomic) => atomic.check({ key, versionstamp }).delete(key));
  return done !== null || (await store.get(key)).value === null;
}

async function move(store: Store, mail: Waiting, value: QueuedMail, due: number): Promise<Waiting | null> {
  const { key, versionstamp, id, lane } = mail;
  const to = keys.mail(lane, due, id);
  const done = await store.commit((atomic) => {
    atomic.check({ key, versionstamp }).delete(key).set(to, value);
  });
  return done === null ? null : { key: to, value, versionstamp: done, id, lane };
}

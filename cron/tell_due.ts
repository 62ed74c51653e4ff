import { ulid } from "ulid";
import { limits } from "../domain/limits.ts";
import type { Notification } from "../domain/notification.ts";
import { fill } from "../domain/words/fill.ts";
import { type Words, wordsIn } from "../domain/words/words.ts";
import { keys, type QueuedMail } from "../kv/keys.ts";
import { devicesOf, type Due, type PushDevice, removeDevice } from "../kv/notifications.ts";
import type { Found } from "../kv/store.ts";
import { hashOf } from "../kv/tickets.ts";
import { findUser } from "../kv/users.ts";
import type { NotifierParts } from "./notifier.ts";
import { stillNews } from "./still_news.ts";

/** How long a sender is believed in, and how long something is worth telling. Milliseconds. */
const LEASE = 60_000;
const WORTH = 24 * 3_600_000;
const PAGE = 100;

/** What a browser shows. A later push with the same `tag` takes the earlier one's place. */
export type PushText = { title: string; body: string; url: string; tag: string };

/**
 * Tells those who are due; true when there may be more. A person's browsers are told before it is written down: who
 * crashes in between tells again, and the browser shows it once, because the tag is the same. Who has none has what was
 * gathered mailed: it goes into the queue in the atomic that takes it from what waits, so exactly once.
 */
export async function tellDue(parts: NotifierParts, stopped: () => boolean): Promise<boolean> {
  const { store, now } = parts;
  const range = { start: keys.dueNotifications(), end: keys.dueAfter(now()), limit: PAGE };
  const due = await store.list(keys.dueNotifications(), range);
  let told = 0;
  for (const one of due) {
    if (stopped()) return false;
    const versionstamp = await claim(parts, one);
    if (versionstamp && ++told) await tell(parts, { ...one, versionstamp });
  }
  return told > 0 && due.length === PAGE;
}

/** Of two that want to tell somebody, one may. */
async function claim({ store, isolate, now }: NotifierParts, { key, value, versionstamp }: Found<Due>) {
  if ((value.until ?? 0) > now()) return null;
  const mine: Due = { ...value, owner: isolate, until: now() + LEASE };
  return await store.commit((atomic) => atomic.check({ key, versionstamp }).set(key, mine));
}

async function tell(parts: NotifierParts, { key, value, versionstamp }: Found<Due>): Promise<void> {
  const { store, push, now } = parts;
  const [, at, user] = key as [string, number, string];
  const [person, devices, waiting] = await Promise.all([
    findUser(store, user),
    devicesOf(store, user),
    store.list(keys.waiting(user)),
  ]);
  const due = waiting.filter(({ value }) => value.dueAt <= at);
  const worth = due.map(({ value }) => value).filter(({ dueAt }) => dueAt > now() - WORTH);
  const fresh = person ? await stillNews(parts, person, worth) : [];
  const said = person && fresh.length ? say(wordsIn(person.lang ?? "ko"), fresh) : null;
  const results = said ? await Promise.all(devices.map(({ value }) => send(value, said))) : [];
  const wait = Math.min(...results.flatMap((one) => one.state === "later" ? one.wait : []));
  const later = Number.isFinite(wait) && !results.some(({ state }) => state === "sent");
  const isReached = results.some(({ state }) => state !== "gone");
  const next = now() + wait * 2 ** Math.min(value.tries ?? 0, 6);
  await store.commit((atomic) => {
    atomic.check({ key, versionstamp }).delete(key); // something new came in between: then it is told with that
    if (said && !isReached) atomic.set(keys.mail(1, now(), ulid(now())), newsMail(user, fresh, now()));
    if (later) atomic.set(keys.dueNotification(next, user), { tries: (value.tries ?? 0) + 1 });
    else for (const { key } of due) atomic.delete(key);
  });

  async function send(device: PushDevice, text: PushText) {
    const topic = (await hashOf(text.tag)).slice(0, 32);
    const result = await push.send(device, JSON.stringify(text), { life: WORTH, topic });
    if (result.state === "gone") await removeDevice(store, user, device.endpoint);
    return result;
  }
}

/** What reached no browser. Whether they want it by mail is found out when it is written. */
const newsMail = (user: string, news: Notification[], now: number): QueuedMail => ({
  job: { kind: "news", user, news },
  tries: 0,
  expiresAt: now + limits.letterMail,
});

/** One thing as it is; several as how many, and what they are. */
function say(words: Words, waiting: Notification[]): PushText {
  const { said } = words.notifications;
  const last = waiting.at(-1)!;
  if (waiting.length === 1) {
    return { title: titleOf(words, last), body: last.text ?? said.open, url: last.url, tag: last.url };
  }
  const body = [...new Set(waiting.map((one) => titleOf(words, one)))].slice(0, 4).join("\n");
  return { title: fill(said.many, { n: waiting.length }), body, url: last.url, tag: "many" };
}

export const titleOf = ({ notifications: { said } }: Words, { kind, who = "" }: Notification): string =>
  fill(said[kind], { who });

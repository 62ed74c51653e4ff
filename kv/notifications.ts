import { ulid } from "ulid";
import {
  dueAt,
  isGathered,
  type Notification,
  type NotificationPreferences,
  type PushSubscriptionRecord,
  usualPreferences,
} from "../domain/notification.ts";
import { verifiedAddress } from "./addresses.ts";
import { keys } from "./keys.ts";
import type { Found, Store } from "./store.ts";
import { hashOf } from "./tickets.ts";
import { findUser } from "./users.ts";

/** Browsers of one person that are told; the oldest goes. */
const MOST_DEVICES = 10;
/** What waits for one person's next digest. */
const MOST_WAITING = 50;

export const preferencesOf = async (store: Store, user: string): Promise<NotificationPreferences> =>
  withAll((await store.get(keys.notificationPreferences(user))).value ?? usualPreferences);

/** A kind that came after they chose is told as usual. */
const withAll = ({ paces, ...rest }: NotificationPreferences): NotificationPreferences => ({
  ...rest,
  paces: { ...usualPreferences.paces, ...paces },
});

export async function prefer(store: Store, user: string, preferences: NotificationPreferences): Promise<void> {
  await store.commit((atomic) => atomic.set(keys.notificationPreferences(user), preferences));
}

export const devicesOf = (store: Store, user: string): Promise<Found<PushDevice>[]> =>
  store.list(keys.devices(user), { limit: MOST_DEVICES + 1 });
export type PushDevice = PushSubscriptionRecord & { createdAt: number };

/** A browser belongs to who subscribed it last. */
export async function addDevice(store: Store, user: string, device: PushSubscriptionRecord, now: number) {
  const hash = await hashOf(device.endpoint);
  const [before, others] = await Promise.all([store.get(keys.deviceOwner(hash)), devicesOf(store, user)]);
  const oldest = others.filter(({ key }) => key.at(-1) !== hash).toSorted((a, b) =>
    a.value.createdAt - b.value.createdAt
  );
  await store.commit((atomic) => {
    if (before.value && before.value !== user) atomic.delete(keys.device(before.value, hash));
    for (const { key } of oldest.slice(0, Math.max(0, oldest.length + 1 - MOST_DEVICES))) {
      atomic.delete(key).delete(keys.deviceOwner(key.at(-1) as string));
    }
    atomic.set(keys.device(user, hash), { ...device, createdAt: now }).set(keys.deviceOwner(hash), user);
  });
}

export async function removeDevice(store: Store, user: string, endpoint: string): Promise<void> {
  const hash = await hashOf(endpoint);
  await store.commit((atomic) => atomic.delete(keys.device(user, hash)).delete(keys.deviceOwner(hash)));
}

/** Members with a browser that is told, or who chose what they are told of; in the order of their ids. */
export async function peopleToTell(store: Store, after: string, limit: number): Promise<string[]> {
  const rows = limit * 2;
  const lists = await Promise.all([
    store.list(keys.allDevices(), { start: keys.devicesAfter(after), end: keys.devicesEnd(), limit: rows }),
    store.list(keys.allPreferences(), { start: keys.preferencesAfter(after), end: keys.preferencesEnd(), limit: rows }),
  ]);
  const people = lists.map((list) => list.map(({ key }) => key[1] as string));
  const ends = people.filter((list) => list.length === rows).map((list) => list.at(-1)!); // there may be more behind
  return [...new Set(people.flat())].sort().filter((id) => ends.every((end) => id <= end)).slice(0, limit);
}

/** Where what is gathered for somebody goes who has no browser that is told. */
export async function digestAddress(
  store: Store,
  user: string,
  { mail }: NotificationPreferences,
): Promise<string | undefined> {
  const person = mail === false ? null : await findUser(store, user);
  return person ? verifiedAddress(person) : undefined;
}

/** No more digests by mail. Who never chose any has none. */
export async function stopDigests(store: Store, user: string): Promise<void> {
  const { value } = await store.get(keys.notificationPreferences(user));
  if (value) await prefer(store, user, { ...value, mail: false });
}

/**
 * Keeps what shall be told until it is due, and returns when that is; null when this person wants none of it or can be reached nowhere. The
 * same thing (its `url` and kind) waits once. `also` goes into the same atomic; null, too, when that lost a race.
 */
export async function keepWaiting(
  store: Store,
  user: string,
  notification: Notification,
  zone: string,
  also: (atomic: Deno.AtomicOperation) => void = () => {},
): Promise<number | null> {
  const [preferences, devices, waiting] = await Promise.all([
    preferencesOf(store, user),
    devicesOf(store, user),
    store.list(keys.waiting(user), { limit: MOST_WAITING }),
  ]);
  const at = dueAt(preferences, notification.kind, notification.at, zone);
  if (at === null || waiting.length === MOST_WAITING) return null;
  if (!devices.length && !isGathered(preferences, notification.kind)) return null;
  if (!devices.length && !await digestAddress(store, user, preferences)) return null;
  const waits = waiting.some(({ value: { url, kind } }) => url === notification.url && kind === notification.kind);
  const kept = await store.commit((atomic) => {
    also(atomic);
    if (waits) return;
    atomic.set(keys.waiting(user, ulid()), { ...notification, dueAt: at }).set(keys.dueNotification(at, user), {});
  });
  return kept === null ? null : at;
}
export type Waiting = Notification & { dueAt: number };
/** Who sends it, until when that is believed, and how often it failed. */
export type Due = { owner?: string; until?: number; tries?: number };

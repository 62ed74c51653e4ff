import { ulid } from "ulid";
import {
  dueAt,
  type Notification,
  type NotificationPreferences,
  type PushSubscriptionRecord,
  usualPreferences,
} from "../domain/notification.ts";
import { keys } from "./keys.ts";
import type { Found, Store } from "./store.ts";
import { hashOf } from "./tickets.ts";

/** Browsers of one person that are told; the oldest goes. */
const MOST_DEVICES = 10;
/** What waits for one person's next digest. */
const MOST_WAITING = 50;

export const preferencesOf = async (store: Store, user: string): Promise<NotificationPreferences> =>
  (await store.get(keys.notificationPreferences(user))).value ?? usualPreferences;

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

/** Members with a browser that is told, in the order of their ids. */
export async function peopleToTell(store: Store, after: string, limit: number): Promise<string[]> {
  const rows = await store.list(keys.allDevices(), {
    start: keys.devicesAfter(after),
    end: keys.devicesEnd(),
    limit: limit * 2,
  });
  return [...new Set(rows.map(({ key }) => key[1] as string))].slice(0, limit);
}

/**
 * Keeps what shall be told until it is due, and returns when that is; null when this person wants none of it. The
 * same thing (its `url` and kind) waits once.
 */
export async function keepWaiting(
  store: Store,
  user: string,
  notification: Notification,
  zone: string,
): Promise<number | null> {
  const [preferences, devices, waiting] = await Promise.all([
    preferencesOf(store, user),
    devicesOf(store, user),
    store.list(keys.waiting(user), { limit: MOST_WAITING }),
  ]);
  const at = dueAt(preferences, notification.kind, notification.at, zone);
  if (at === null || !devices.length || waiting.length === MOST_WAITING) return null;
  if (waiting.some(({ value: { url, kind } }) => url === notification.url && kind === notification.kind)) return at;
  await store.commit((atomic) =>
    atomic.set(keys.waiting(user, ulid()), { ...notification, dueAt: at }).set(keys.dueNotification(at, user), {})
  );
  return at;
}
export type Waiting = Notification & { dueAt: number };
/** Who sends it, until when that is believed, and how often it failed. */
export type Due = { owner?: string; until?: number; tries?: number };

import { z } from "zod";
import { dateAfter, dateAt, timeAt } from "./day.ts";
import { weekday } from "./calendar.ts";
import { zone } from "./person.ts";

/** What a member can be told of while no page is open. */
export const notificationKinds = ["mention", "reply", "room", "match", "message", "letter"] as const;
export type NotificationKind = (typeof notificationKinds)[number];
export const paces = ["now", "daily", "weekly", "never"] as const;
export type NotificationPace = (typeof paces)[number];

const pace = z.enum(paces);
/** `from` may be later than `to`: over midnight. "22:00". */
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const notificationPreferences = z.object({
  paces: z.object({
    ...Object.fromEntries(notificationKinds.map((kind) => [kind, pace])) as Record<NotificationKind, typeof pace>,
    /** Younger than the others: who chose before it was there has the usual. */
    room: pace.default("now"),
  }),
  quiet: z.object({ from: time, to: time }).nullable(),
  /** Whether what is gathered may come by mail, to who has no browser that is told; unless `false`. */
  mail: z.boolean().optional(),
  /** Of the browser where they were chosen; without one the house's. */
  zone: zone.optional(),
});
export type NotificationPreferences = z.infer<typeof notificationPreferences>;

export const usualPreferences: NotificationPreferences = {
  paces: { mention: "now", reply: "now", room: "now", match: "now", message: "now", letter: "now" },
  quiet: { from: "22:00", to: "08:00" },
};

/**
 * One thing to tell. `by` is the other's id and `who` their nickname, or what a room is called. `of` is the message whose words are told with it, as
 * they are when it is told: only of what everybody may read.
 */
export type Notification = {
  kind: NotificationKind;
  at: number;
  url: string;
  by?: string;
  who?: string;
  of?: { room: string; seq: number };
  text?: string;
};

/** Told once a day or a week, together with others. */
export const isGathered = ({ paces }: NotificationPreferences, kind: NotificationKind): boolean =>
  paces[kind] === "daily" || paces[kind] === "weekly";

/** When digests go out, in the person's zone. */
const DIGEST = { hour: 9, weekday: 1 } as const;

/** When to tell (epoch milliseconds); null for never. `house` is the zone of who chose none. */
export function dueAt(
  { paces, quiet, ...chosen }: NotificationPreferences,
  kind: NotificationKind,
  now: number,
  house: string,
): number | null {
  const where = chosen.zone ?? house;
  switch (paces[kind]) {
    case "never":
      return null;
    case "now":
      return quiet ? afterQuiet(quiet, now, where) : now;
    case "daily":
      return nextDigest(now, where, () => true);
    case "weekly":
      return nextDigest(now, where, (date) => weekday(date) === DIGEST.weekday);
  }
}

function afterQuiet({ from, to }: { from: string; to: string }, now: number, zone: string): number {
  if (from === to) return now;
  const today = dateAt(now, zone);
  // A night may have begun yesterday.
  for (const date of [dateAfter(today, -1), today]) {
    const start = clock(date, from, zone);
    const end = clock(to > from ? date : dateAfter(date, 1), to, zone);
    if (start <= now && now < end) return end;
  }
  return now;
}

function nextDigest(now: number, zone: string, fits: (date: string) => boolean): number {
  for (let date = dateAt(now, zone);; date = dateAfter(date, 1)) {
    const at = timeAt(date, DIGEST.hour, 0, zone);
    if (at > now && fits(date)) return at;
  }
}

const clock = (date: string, time: string, zone: string): number => {
  const [hour, minute] = time.split(":").map(Number);
  return timeAt(date, hour, minute, zone);
};

const bytes = (text: string): number => {
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url" }).length;
  } catch {
    return 0;
  }
};

/** The push services of the browsers: we knock nowhere else, whatever address a browser sends. */
export const pushHosts = [
  "fcm.googleapis.com",
  "updates.push.services.mozilla.com",
  "web.push.apple.com",
  "*.notify.windows.com",
] as const;

export function isPushService(endpoint: string): boolean {
  const { protocol, hostname, port } = new URL(endpoint);
  return protocol === "https:" && !port &&
    pushHosts.some((host) => host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host);
}

/** As `PushSubscription.toJSON()` has it: where to knock, and the browser's key (RFC 8291). */
export const pushSubscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
  keys: z.object({
    p256dh: z.string().max(100).refine((key) => bytes(key) === 65),
    auth: z.string().max(40).refine((key) => bytes(key) === 16),
  }),
});
export type PushSubscriptionRecord = z.infer<typeof pushSubscription>;

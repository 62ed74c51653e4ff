import { dateAfter, dateAt, timeAt } from "../domain/day.ts";
import type { Quota } from "../domain/quota.ts";
import { Problem } from "../domain/problems.ts";
import type { AiKind } from "../domain/room.ts";
import type { Also } from "./group.ts";
import type { Window } from "./keys.ts";
import type { Store } from "./store.ts";
import { findUser } from "./users.ts";
import { changeWindow, windowKey } from "./windows.ts";

/** A taken request: whose, of which kind, and the end of the day that it belongs to. */
export type Paid = { kind: AiKind; user: string; endsAt: number };
/**
 * Requests of a person a day, over all isolates. The day is that of the person's time zone, and ends when it was to end
 * at its first request: another zone begins no second day.
 */
export type Quotas = {
  look(kind: AiKind, user: string): Promise<Quota>;
  /** Problem `used_up` with `wait` and the quota. */
  take(kind: AiKind, user: string): Promise<Paid>;
  giveBack(paid: Paid): Promise<void>;
  /** The same in somebody else's atomic, which fails when the window changed meanwhile. */
  returning(paid: Paid): Promise<Also>;
};

/** `limits`: how many of each kind; `zone`: that of people who named none. */
export function openQuotas(
  { store, now, limits, zone: usual }: {
    store: Store;
    now: () => number;
    limits: Record<AiKind, number>;
    zone: string;
  },
): Quotas {
  async function day(user: string): Promise<{ zone: string; endsAt: number }> {
    const zone = (await findUser(store, user))?.zone ?? usual;
    return { zone, endsAt: timeAt(dateAfter(dateAt(now(), zone), 1), 0, 0, zone) };
  }

  const open = (window: Window | null, endsAt: number): Window =>
    window && window.endsAt > now() ? window : { used: 0, endsAt };
  const told = (kind: AiKind, { used, endsAt }: Window, zone: string): Quota => {
    return { left: Math.max(0, limits[kind] - used), of: limits[kind], resetsAt: endsAt, zone };
  };

  async function look(kind: AiKind, user: string): Promise<Quota> {
    const { zone, endsAt } = await day(user);
    const { value } = await store.get(await windowKey(store, kind, user));
    return told(kind, open(value, endsAt), zone);
  }

  async function take(kind: AiKind, user: string): Promise<Paid> {
    const { zone, endsAt } = await day(user);
    let taken = endsAt;
    await changeWindow(store, kind, user, (found) => {
      const window = open(found, endsAt);
      if (window.used >= limits[kind]) {
        throw new Problem("used_up", { wait: (window.endsAt - now()) / 1000, quota: told(kind, window, zone) });
      }
      taken = window.endsAt;
      return { ...window, used: window.used + 1 };
    });
    return { kind, user, endsAt: taken };
  }

  /** Nothing of a day that is over. */
  const less = (window: Window | null, { endsAt }: Paid): Window | null =>
    window && window.endsAt === endsAt && window.used > 0 ? { ...window, used: window.used - 1 } : null;

  async function returning(paid: Paid): Promise<Also> {
    const found = await store.get(await windowKey(store, paid.kind, paid.user));
    const window = less(found.value, paid);
    return (atomic) => void (window && atomic.check(found).set(found.key, window));
  }

  return {
    look,
    take,
    giveBack: (paid) => changeWindow(store, paid.kind, paid.user, (window) => less(window, paid)),
    returning,
  };
}

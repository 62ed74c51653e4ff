import { LRUCache } from "lru-cache";
import { type WindowName, windows } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type Window } from "./keys.ts";
import { secretOf } from "./secrets.ts";
import type { Store } from "./store.ts";

/**
 * Takes one of what `who` may do in a window, over all isolates. Problem `too_many` with `wait` in whole seconds when
 * none is left. `scale` multiplies the limit, 0 turns it off; `now` is epoch milliseconds.
 */
export async function take(store: Store, name: WindowName, who: string, now: number, scale: number): Promise<void> {
  if (scale === 0) return;
  const max = Math.max(1, Math.round(windows[name].max * scale));
  await changeWindow(store, name, who, (window) => {
    const open = window && window.endsAt > now ? window : { used: 0, endsAt: now + windows[name].window };
    if (open.used >= max) throw new Problem("too_many", { wait: Math.ceil((open.endsAt - now) / 1000) });
    return { ...open, used: open.used + 1 };
  });
}

/** Gives one back: what was taken turned out not to count. */
export async function giveBack(store: Store, name: WindowName, who: string, now: number, scale: number): Promise<void> {
  if (scale === 0) return;
  await changeWindow(store, name, who, (window) => {
    return window && window.endsAt > now && window.used > 0 ? { ...window, used: window.used - 1 } : null;
  });
}

/** Writes what `next` makes of a window, once; `null` leaves it. `next` may be asked again, and may throw. */
export async function changeWindow(
  store: Store,
  name: string,
  who: string,
  next: (window: Window | null) => Window | null,
): Promise<void> {
  const key = await windowKey(store, name, who);
  await inTurn(store, JSON.stringify(key), async () => {
    for (let tries = 0; tries < 100; tries++) {
      const found = await store.get(key);
      const window = next(found.value);
      if (!window || await store.commit((atomic) => atomic.check(found).set(key, window)) !== null) return;
    }
    throw new Problem("busy", { wait: 1 });
  });
}

export const windowKey = async (store: Store, name: string, who: string) => keys.window(name, await hashOf(store, who));

const turns = new WeakMap<Store, Map<string, Promise<unknown>>>();

/** One at a time for each key in this isolate: only other isolates are raced. */
async function inTurn(store: Store, key: string, work: () => Promise<void>): Promise<void> {
  const waiting = turns.get(store) ?? new Map<string, Promise<unknown>>();
  turns.set(store, waiting);
  const mine = (waiting.get(key) ?? Promise.resolve()).then(work, work);
  waiting.set(key, mine);
  try {
    await mine;
  } finally {
    if (waiting.get(key) === mine) waiting.delete(key);
  }
}

/** People whose hash is remembered. */
const KNOWN = 5_000;
const known = new WeakMap<Store, LRUCache<string, Promise<string>>>();
const hashKeys = new WeakMap<Store, Promise<CryptoKey>>();

/** Addresses are people's: the store keeps only what nobody without the secret can turn back. */
function hashOf(store: Store, who: string): Promise<string> {
  const hashes = known.get(store) ?? new LRUCache<string, Promise<string>>({ max: KNOWN });
  known.set(store, hashes);
  const hash = hashes.get(who) ?? hashed(store, who);
  hashes.set(who, hash);
  hash.catch(() => hashes.delete(who));
  return hash;
}

async function hashed(store: Store, who: string): Promise<string> {
  const key = hashKeys.get(store) ??
    secretOf(store, "windows").then((secret) =>
      crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
    );
  hashKeys.set(store, key);
  key.catch(() => hashKeys.delete(store));
  const mac = await crypto.subtle.sign("HMAC", await key, new TextEncoder().encode(who));
  return new Uint8Array(mac, 0, 16).toHex();
}

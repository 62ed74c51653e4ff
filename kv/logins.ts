import type { Device } from "../domain/device.ts";
import { limits } from "../domain/limits.ts";
import { keys, type Login } from "./keys.ts";
import type { Store } from "./store.ts";

/** What a request tells of where somebody is. */
export type Seen = { device: Device; country?: string };
export type ListedLogin = Login & { id: string };
type Mine = { id: string; session: string };

/** Newest use first. `id` is the session's. */
export async function loginsOf(store: Store, user: string, now: number): Promise<ListedLogin[]> {
  const rows = await store.list(keys.loginsOf(user), { limit: 1_000 });
  return rows.map(({ key, value }) => ({ ...value, id: String(key.at(-1)) }))
    .filter(({ expiresAt }) => expiresAt > now).sort((a, b) => b.usedAt - a.usedAt);
}

/** Remembers that a login is in use; what has ended meanwhile stays ended. */
export async function touch(store: Store, who: Mine, now: number): Promise<void> {
  await change(store, who, (login) => login.usedAt > now - limits.lastUse ? null : { ...login, usedAt: now });
}

/** The person was seen again, with the password or through a provider. When that ends, epoch milliseconds. */
export async function freshen(store: Store, who: Mine, now: number): Promise<number> {
  const freshUntil = now + limits.stepUp;
  await change(store, who, (login) => ({ ...login, freshUntil }));
  return freshUntil;
}

export async function isFresh(store: Store, who: Mine, now: number): Promise<boolean> {
  const { freshUntil = 0 } = (await store.get(keys.login(who.id, who.session))).value ?? {};
  return freshUntil > now;
}

async function change(store: Store, who: Mine, next: (login: Login) => Login | null): Promise<void> {
  const key = keys.login(who.id, who.session);
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(key);
    const login = found.value && next(found.value);
    if (!login || await store.commit((atomic) => atomic.check(found).set(key, login)) !== null) return;
  }
}

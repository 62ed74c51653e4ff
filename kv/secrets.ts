import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/**
 * 32 secret bytes for one purpose, the same on all isolates: derived from `master` (JWT_SECRET) where one is given,
 * else made once and kept in the store.
 */
export async function secretOf(store: Store, name: string, master?: string): Promise<Uint8Array<ArrayBuffer>> {
  return master ? await derive(master, name) : await readOrMake(store, name);
}

async function derive(master: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = new TextEncoder();
  const key = await crypto.subtle.importKey("raw", text.encode(master), "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: text.encode("junglebuzz"), info: text.encode(name) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

async function readOrMake(store: Store, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = keys.secret(name);
  const there = await store.get(key);
  if (there.value) return new Uint8Array(there.value);
  const made = crypto.getRandomValues(new Uint8Array(32));
  // An isolate that lost this race reads the winner's bytes below; so does a winner whose answer was lost.
  await store.commit((atomic) => atomic.check({ key, versionstamp: null }).set(key, made));
  const kept = await store.get(key);
  if (!kept.value) throw new Problem("unavailable");
  return new Uint8Array(kept.value);
}

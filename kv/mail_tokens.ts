import { Problem } from "../domain/problems.ts";
import { keys, type MailToken, type TokenPurpose } from "./keys.ts";
import type { Signer } from "./signing.ts";
import type { Found, Store } from "./store.ts";
import { hashOf } from "./tickets.ts";
import type { Also } from "./users.ts";

/**
 * The token that the mail `id` carries: made from the id, so that a mail that has to go again carries the same. It takes
 * the place of older ones for the purpose; `null` when a newer mail carries one.
 */
export async function tokenFor(store: Store, signer: Signer, id: string, token: MailToken): Promise<string | null> {
  const word = await signer.sign("token", id);
  const hash = await hashOf(word);
  const key = keys.newestToken(token.user, token.purpose);
  for (;;) {
    const newest = await store.get(key);
    if (newest.value?.mail === id) return word;
    if (newest.value && newest.value.mail > id) return null;
    const done = await store.commit((atomic) => {
      if (newest.value) atomic.delete(keys.mailToken(newest.value.hash));
      atomic.check(newest).set(key, { hash, mail: id, expiresAt: token.expiresAt }).set(keys.mailToken(hash), token);
    });
    if (done !== null) return word;
  }
}

/** `null` for a word that was used, replaced, is late, made up, or for something else. */
export async function findToken(
  store: Store,
  word: string,
  purpose: TokenPurpose,
  now: number,
): Promise<Found<MailToken> | null> {
  const found = await store.get(keys.mailToken(await hashOf(word)));
  return found.value?.purpose === purpose && found.value.expiresAt > now ? found as Found<MailToken> : null;
}

/**
 * Uses a token up in the atomic of what it is good for: of two that spend it, one succeeds. Problem `token_over` when it
 * is not there any more.
 */
export async function spend(store: Store, { key, versionstamp }: Found<MailToken>): Promise<Also> {
  if ((await store.get(key)).versionstamp !== versionstamp) throw new Problem("token_over");
  return (atomic) => void atomic.check({ key, versionstamp }).delete(key);
}

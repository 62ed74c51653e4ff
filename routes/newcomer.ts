import type { Tokens } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { takeNewcomer } from "../kv/flows.ts";
import { findLinked, putLink } from "../kv/links.ts";
import { createUser } from "../kv/users.ts";
import type { Caller } from "./caller.ts";
import { counted, type Door } from "./door.ts";

export type Joined = { tokens: Tokens; next: string };

/**
 * A new person of somebody whom a provider sent, with this way in alone, logged in. `word` is the browser's, good once.
 * Problems `login_refused`, `linked_elsewhere`, `too_many`.
 */
export async function joinThrough(parts: Door, word: string, nickname: string, from: Caller): Promise<Joined> {
  const { store, identity, now } = parts;
  return await counted(parts, [["registerByAddress", from.address]], (error) => error === null, async () => {
    const newcomer = await takeNewcomer(store, word, now());
    if (!newcomer) throw new Problem("login_refused");
    const { provider, account, next } = newcomer;
    if (await findLinked(store, provider, account.subject)) throw new Problem("linked_elsewhere");
    const wanted = { username: freeName(provider), nickname, role: "user" } as const;
    const user = await createUser(store, wanted, now(), (atomic, id) => putLink(atomic, id, provider, account, now()));
    return { tokens: await identity.open(user, from.seen), next };
  });
}

/** Nobody types it; it tells nothing of the account at the provider. */
const freeName = (provider: string): string => `${provider}_${crypto.getRandomValues(new Uint8Array(5)).toHex()}`;

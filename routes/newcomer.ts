import type { Tokens } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { findByAddress, holdAddress } from "../kv/addresses.ts";
import { takeNewcomer } from "../kv/flows.ts";
import type { Newcomer, User } from "../kv/keys.ts";
import { findLinked, putLink } from "../kv/links.ts";
import { createUser } from "../kv/users.ts";
import type { Caller } from "./caller.ts";
import { counted } from "./counted.ts";
import type { Door } from "./door.ts";

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
    const user = await make(parts, newcomer, nickname);
    return { tokens: await identity.open(user, from.seen), next };
  });
}

/** An address that the provider checked is theirs, unless it is an account's here: then that account stays apart. */
async function make({ store, now }: Door, { provider, account }: Newcomer, nickname: string): Promise<User> {
  const isFree = account.email !== undefined && await findByAddress(store, account.email) === null;
  const address = isFree ? { email: account.email, emailVerifiedAt: now() } : {};
  const wanted = { username: freeName(provider), nickname, role: "user", ...address } as const;
  try {
    return await createUser(store, wanted, now(), (atomic, id) => {
      putLink(atomic, id, provider, account, now());
      if (address.email) holdAddress(atomic, address.email, id);
    });
  } catch (error) {
    // The name is made up: it was the account or the address that somebody took at the same moment.
    throw error instanceof Problem && error.code === "username_taken" ? new Problem("linked_elsewhere") : error;
  }
}

/** Nobody types it; it tells nothing of the account at the provider. */
const freeName = (provider: string): string => `${provider}_${crypto.getRandomValues(new Uint8Array(5)).toHex()}`;

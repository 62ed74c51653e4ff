import { Problem } from "../domain/problems.ts";
import { keys, type MailToken, type User } from "./keys.ts";
import { spend } from "./mail_tokens.ts";
import type { Found, Store } from "./store.ts";
import { findUser, update } from "./users.ts";

/** Whose verified address it is. An address that somebody only claims to have finds nobody. */
export async function findByAddress(store: Store, address: string): Promise<User | null> {
  const id = (await store.get(keys.userByEmail(address))).value;
  return id === null ? null : await findUser(store, id);
}

/** Makes an address that somebody else checked a new person's own; fails when it is verified as somebody's. */
export function holdAddress(atomic: Deno.AtomicOperation, address: string, id: string): void {
  const key = keys.userByEmail(address);
  atomic.check({ key, versionstamp: null }).set(key, id);
}

/** The address at which a person may be written to. */
export const verifiedAddress = ({ email, emailVerifiedAt }: User): string | undefined =>
  emailVerifiedAt === undefined ? undefined : email;

/** The address that a person wants to have; until it is verified, the one before stays. */
export function claimAddress(store: Store, id: string, address: string): Promise<User> {
  return update(store, id, (user) => {
    return verifiedAddress(user) === undefined ? { ...user, email: address } : { ...user, newEmail: address };
  });
}

/**
 * Makes the token's address the person's, if they still want it. The verified address before it is `old`. Problems
 * `token_over`, and `email_taken` when it is verified as somebody else's.
 */
export async function verifyAddress(
  store: Store,
  token: Found<MailToken>,
  now: number,
): Promise<{ user: User; old?: string }> {
  const { user: id, address } = token.value;
  const key = keys.userByEmail(address);
  let old: string | undefined;
  const user = await update(store, id, ({ newEmail: _, ...user }) => {
    return { ...user, email: address, emailVerifiedAt: now };
  }, async (before) => {
    const [holder, spent] = await Promise.all([store.get(key), spend(store, token)]);
    if (holder.value !== null && holder.value !== id) throw new Problem("email_taken");
    if (wanted(before) !== address) throw new Problem("token_over");
    old = verifiedAddress(before);
    return (atomic) => {
      spent(atomic);
      if (old !== undefined) atomic.delete(keys.userByEmail(old));
      atomic.check({ ...holder, key }).set(key, id);
    };
  });
  return { user, old: old?.toLowerCase() === address.toLowerCase() ? undefined : old };
}

/** The address that waits to be verified. */
export const wanted = (user: User): string | undefined =>
  user.newEmail ?? (user.emailVerifiedAt === undefined ? user.email : undefined);

import { type Account, type Provider, providers } from "../domain/provider.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type Link, type User } from "./keys.ts";
import type { Found, Store } from "./store.ts";
import { findUser } from "./users.ts";

export type Links = Partial<Record<Provider, Link>>;

/** Whose account of a provider this is. */
export async function findLinked(store: Store, provider: Provider, subject: string): Promise<User | null> {
  const id = (await store.get(keys.linked(provider, subject))).value;
  return id === null ? null : await findUser(store, id);
}

export async function linksOf(store: Store, user: string): Promise<Links> {
  const found = await store.getMany<Link>(providers.map((provider) => keys.link(user, provider)));
  return Object.fromEntries(found.flatMap(({ value }, i) => value ? [[providers[i], value]] : []));
}

/** Fails when somebody has that account, or when the person has another one of this provider. */
export function putLink(atomic: Deno.AtomicOperation, user: string, provider: Provider, account: Account, now: number) {
  const { subject, name } = account;
  const theirs = keys.linked(provider, subject), mine = keys.link(user, provider);
  atomic.check({ key: theirs, versionstamp: null }).check({ key: mine, versionstamp: null })
    .set(theirs, user).set(mine, { subject, name, linkedAt: now });
}

/** The same link once more is fine. Problem `linked_elsewhere`. */
export async function link(store: Store, user: string, provider: Provider, account: Account, now: number) {
  const done = await store.commit((atomic) => putLink(atomic, user, provider, account, now));
  if (done !== null) return;
  const held = (await store.get(keys.link(user, provider))).value;
  if (held?.subject !== account.subject) throw new Problem("linked_elsewhere");
}

/** Problems `not_found`, and `last_way_in` when the person could not come in any more. */
export async function unlink(store: Store, user: string, provider: Provider): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const person = await store.get(keys.user(user));
    const links = await store.getMany<Link>(providers.map((one) => keys.link(user, one)));
    const mine = links[providers.indexOf(provider)];
    if (!person.value || !mine.value) throw new Problem("not_found");
    if (!person.value.passwordHash && links.filter(({ value }) => value).length === 1) throw new Problem("last_way_in");
    const { subject } = (mine as Found<Link>).value;
    const done = await store.commit((atomic) => {
      atomic.check(person);
      for (const one of links) atomic.check(one);
      atomic.delete(keys.linked(provider, subject)).delete(keys.link(user, provider));
    });
    if (done !== null) return;
  }
  throw new Problem("unavailable");
}

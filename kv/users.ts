import { ulid } from "ulid";
import type { Lang, Profile, Role } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type User } from "./keys.ts";
import type { Store } from "./store.ts";

export type NewUser = Omit<User, "id" | "createdAt">;

/**
 * Usernames are unique whatever their case. Problem `username_taken`, also when `also`, which goes into the same atomic,
 * has a check that fails. `now` is epoch milliseconds.
 */
export async function createUser(
  store: Store,
  wanted: NewUser,
  now: number,
  also: (atomic: Deno.AtomicOperation, id: string) => void = () => {},
): Promise<User> {
  const user: User = { ...wanted, id: ulid(now), createdAt: now };
  const name = keys.userByName(wanted.username.toLowerCase());
  const done = await store.commit((atomic) => {
    atomic
      .check({ key: name, versionstamp: null }).check({ key: keys.user(user.id), versionstamp: null })
      .set(name, user.id).set(keys.user(user.id), user).set(nicknameKey(user), true);
    also(atomic, user.id);
  });
  // A KV Connect server that lost its own answer says "no" to what it did: the name key tells whose it is.
  if (done === null && (await store.get(name)).value !== user.id) throw new Problem("username_taken");
  if (user.role === "admin") await setRole(store, user.id, "admin");
  return user;
}

export async function isTaken(store: Store, username: string): Promise<boolean> {
  return (await store.get(keys.userByName(username.toLowerCase()))).value !== null;
}

export async function findByName(store: Store, username: string): Promise<User | null> {
  const id = (await store.get(keys.userByName(username.toLowerCase()))).value;
  return id === null ? null : await findUser(store, id);
}

export async function findUser(store: Store, id: string): Promise<User | null> {
  return (await store.get(keys.user(id))).value;
}

/** What people may change of themselves. Problem `not_found`. */
export function changeProfile(store: Store, id: string, change: { nickname?: string; lang?: Lang }): Promise<User> {
  const { nickname, lang } = change;
  return update(store, id, (user) => ({ ...user, nickname: nickname ?? user.nickname, lang: lang ?? user.lang }));
}

/**
 * Also keeps the list of administrators. Problem `not_found`. `also` sees the person as they were and who else is an
 * administrator; it goes into the same atomic, and may throw.
 */
export async function setRole(
  store: Store,
  id: string,
  role: Role,
  also?: (atomic: Deno.AtomicOperation, before: User, otherAdmins: string[]) => void,
): Promise<User> {
  return await update(store, id, (user) => ({ ...user, role }), async (before) => {
    const admins = await store.get(keys.admins());
    const others = (admins.value ?? []).filter((other) => other !== id);
    return (atomic) => {
      atomic.check({ ...admins, key: keys.admins() }).set(keys.admins(), role === "admin" ? [...others, id] : others);
      also?.(atomic, before, others);
    };
  });
}

/** Ends all logins of a person that began until now. Problem `not_found`. */
export function logOutEverywhere(
  store: Store,
  id: string,
  now: number,
  also: (atomic: Deno.AtomicOperation) => void,
): Promise<User> {
  return update(store, id, (user) => ({ ...user, loggedOutAt: now }), () => also);
}

/** Problem `not_found`. `more` may throw; what it gives goes into the same atomic. */
export function setPassword(
  store: Store,
  id: string,
  passwordHash: string,
  more?: () => Promise<Also>,
): Promise<User> {
  return update(store, id, (user) => ({ ...user, passwordHash }), more);
}

export function profileOf({ id, username, nickname, role, email, emailVerifiedAt, lang, createdAt }: User): Profile {
  const emailVerified = email === undefined ? undefined : emailVerifiedAt !== undefined;
  return { id, username, nickname, role, email, emailVerified, lang, createdAt };
}

/** Read, change, write unless somebody wrote in between; then again. */
export async function update(
  store: Store,
  id: string,
  change: (user: User) => User,
  more: (before: User) => Also | Promise<Also> = () => () => {},
): Promise<User> {
  const key = keys.user(id);
  for (let tries = 0; tries < 100; tries++) {
    const found = await store.get(key);
    if (found.value === null) throw new Problem("not_found");
    const before = found.value, changed = change(before), also = await more(before);
    const done = await store.commit((atomic) => {
      atomic.check(found).set(key, changed);
      if (changed.nickname !== before.nickname) atomic.delete(nicknameKey(before));
      atomic.set(nicknameKey(changed), true);
      also(atomic);
    });
    if (done !== null) return changed;
  }
  throw new Problem("unavailable");
}

export type Also = (atomic: Deno.AtomicOperation) => void;

const nicknameKey = ({ nickname, id }: User) => keys.userByNickname(nickname.toLowerCase(), id);

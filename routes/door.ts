import type { z } from "zod";
import type { credentials, registration, Tokens } from "../domain/person.ts";
import type { WindowName } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { createUser, findByName, isTaken } from "../kv/users.ts";
import { giveBack, take } from "../kv/windows.ts";
import type { User } from "../kv/keys.ts";
import type { Caller } from "./caller.ts";
import type { Parts } from "./context.ts";

/** What the door works with. */
export type Door = Pick<Parts, "env" | "store" | "identity" | "passwords" | "now">;

/** A new person, logged in. Problems `username_taken`, `too_many`, `busy`. Only sign-ups that succeed count. */
export async function signUp(parts: Door, form: z.output<typeof registration>, from: Caller): Promise<Tokens> {
  const { store, passwords, identity, now } = parts;
  const { password, ...person } = form;
  const counts = (error: unknown) => error === null;
  return await counted(parts, [["registerByAddress", from.address]], counts, async () => {
    if (await isTaken(store, person.username)) throw new Problem("username_taken");
    const passwordHash = await passwords.hash(password);
    const user = await createUser(store, { ...person, passwordHash, role: "user" }, now());
    return await identity.open(user, from.seen);
  });
}

/**
 * A new login: always a new token family. Problems `bad_credentials`, `too_many`, `busy`. Only wrong tries count. An
 * account's five are counted for each address apart: else anybody could lock anybody out by guessing badly on purpose.
 */
export async function logIn(parts: Door, form: z.output<typeof credentials>, from: Caller): Promise<Tokens> {
  return await parts.identity.open(await byPassword(parts, form, from), from.seen);
}

/** Whose name and password these are. Problems as of `logIn`. */
export async function byPassword(parts: Door, form: z.output<typeof credentials>, from: Caller): Promise<User> {
  const { store, passwords } = parts;
  const name = form.username.toLowerCase();
  const windows: Windows = [["loginByAccount", `${from.address} ${name}`], ["loginByAddress", from.address]];
  const counts = (error: unknown) => error instanceof Problem && error.code === "bad_credentials";
  return await counted(parts, windows, counts, async () => {
    const user = await findByName(store, name);
    const right = await passwords.matches(form.password, user?.passwordHash ?? null);
    if (!user || !right) throw new Problem("bad_credentials");
    return user;
  });
}

export type Windows = [name: WindowName, who: string][];

/** Does the work within windows. Takes first and gives back what does not count, so that many tries at once cannot slip through together. */
export async function counted<T>(
  { env, store, now }: Pick<Door, "env" | "store" | "now">,
  windows: Windows,
  counts: (error: unknown) => boolean,
  work: () => Promise<T>,
): Promise<T> {
  const scale = env.rateLimitScale;
  const taken: Windows = [];
  let error: unknown = null;
  try {
    for (const [name, who] of windows) {
      await take(store, name, who, now(), scale);
      taken.push([name, who]);
    }
    return await work();
  } catch (thrown) {
    error = thrown;
    throw thrown;
  } finally {
    if (!counts(error)) { for (const [name, who] of taken) await giveBack(store, name, who, now(), scale); }
  }
}

/** Where to go after the door: a path of this site, else the plaza. */
export function safeNext(next: unknown): string {
  const path = typeof next === "string" && /^\/(?![\/\\])[^\\\s\p{Cc}]{0,500}$/u.test(next) ? next : "/";
  return /^\/(login|register|logout)\b/.test(path) ? "/" : path;
}

import type { z } from "zod";
import type { credentials, registration, Tokens } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { createUser, findByName, isTaken } from "../kv/users.ts";
import { askAgain } from "./addresses.ts";
import type { Caller } from "./caller.ts";
import type { Parts } from "./context.ts";
import { counted, type Windows } from "./counted.ts";

/** What the door works with. */
export type Door = Pick<Parts, "env" | "store" | "identity" | "passwords" | "now" | "post">;

/**
 * A new person, logged in; an address gets the mail that verifies it. Problems `username_taken`, `too_many`, `busy`. Only
 * sign-ups that succeed count.
 */
export async function signUp(parts: Door, form: z.output<typeof registration>, from: Caller): Promise<Tokens> {
  const { store, passwords, identity, now } = parts;
  const { password, ...person } = form;
  const counts = (error: unknown) => error === null;
  return await counted(parts, [["registerByAddress", from.address]], counts, async () => {
    if (await isTaken(store, person.username)) throw new Problem("username_taken");
    const passwordHash = await passwords.hash(password);
    const user = await createUser(store, { ...person, passwordHash, role: "user" }, now());
    // A mailbox that had enough mails for now gets none: the person is in all the same, and may ask again.
    if (user.email) await askAgain(parts, user.id, from.lang).catch(() => {});
    return await identity.open(user, from.seen);
  });
}

/**
 * A new login: always a new token family. Problems `bad_credentials`, `too_many`, `busy`. Only wrong tries count. An
 * account's five are counted for each address apart: else anybody could lock anybody out by guessing badly on purpose.
 */
export async function logIn(parts: Door, form: z.output<typeof credentials>, from: Caller): Promise<Tokens> {
  const { store, passwords, identity } = parts;
  const name = form.username.toLowerCase();
  const windows: Windows = [
    ["loginByAccount", `${from.address} ${name}`],
    ["loginByAddress", from.address],
    ["loginByName", name],
  ];
  const counts = (error: unknown) => error instanceof Problem && error.code === "bad_credentials";
  return await counted(parts, windows, counts, async () => {
    const user = await findByName(store, name);
    const right = await passwords.matches(form.password, user?.passwordHash ?? null);
    if (!user || !right) throw new Problem("bad_credentials");
    return await identity.open(user, from.seen);
  });
}

/** Where somebody goes who came in: who wanted to leave is shown that first, and can change their mind. */
export const afterLogin = ({ leavesAt }: Tokens, next: string): string =>
  leavesAt === undefined ? next : "/settings#leave";

/** Where to go after the door: a path of this site, else the plaza. */
export function safeNext(next: unknown): string {
  const path = typeof next === "string" && /^\/(?![\/\\])[^\\\s\p{Cc}]{0,500}$/u.test(next) ? next : "/";
  return /^\/(login|register|logout)\b/.test(path) ? "/" : path;
}

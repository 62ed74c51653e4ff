import type { z } from "zod";
import type { passwordChange, reset } from "../domain/account.ts";
import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { verifiedAddress } from "../kv/addresses.ts";
import type { User } from "../kv/keys.ts";
import { isFresh } from "../kv/logins.ts";
import { findToken, spend } from "../kv/mail_tokens.ts";
import { findUser, setPassword } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import type { Parts } from "./context.ts";
import { counted } from "./counted.ts";

/**
 * Asks for a mail with which a password can be set. Only a job is written here, the same for any name: whether there is
 * such an account is found out in the background, so that neither words nor time tell. Problem `too_many`.
 */
export async function askReset(parts: Parts, asked: string, lang: Lang, address: string): Promise<void> {
  await take(parts.store, "mailFormByAddress", address, parts.now(), parts.env.rateLimitScale);
  await parts.post.add({ kind: "reset", asked, lang });
}

/** Sets the password by the token of a mail and ends all logins. Problems `token_over`, `too_many`, `busy`. */
export async function resetPassword(
  parts: Parts,
  sent: z.output<typeof reset>,
  lang: Lang,
  address: string,
): Promise<void> {
  const { store, env, passwords, identity, post, now } = parts;
  await take(store, "tokenByAddress", address, now(), env.rateLimitScale);
  const token = await findToken(store, sent.token, "reset", now());
  const user = token && await findUser(store, token.value.user);
  if (!user || verifiedAddress(user) !== token.value.address) throw new Problem("token_over");
  const hash = await passwords.hash(sent.password);
  await setPassword(store, user.id, hash, () => spend(store, token));
  await identity.endOthers(user.id);
  await post.add({ kind: "password_changed", user: user.id, lang });
}

/** Sets the password, the first one too, and ends all other logins. Problems as of `proveSelf`. */
export async function changePassword(
  parts: Parts,
  who: Who,
  { current, next }: z.output<typeof passwordChange>,
  lang: Lang,
): Promise<void> {
  const { store, passwords, identity, post } = parts;
  await proveSelf(parts, who, current, "current");
  await setPassword(store, who.id, await passwords.hash(next));
  await identity.endOthers(who.id, who.session);
  await post.add({ kind: "password_changed", user: who.id, lang });
}

/**
 * Is it really them? By the present password; who has none must have been seen again, through their provider. Problems
 * as of `provePassword`, and `step_up_required`.
 */
export async function proveSelf(
  parts: Parts,
  who: Who,
  password: string | undefined,
  field: string,
): Promise<void> {
  const user = await findUser(parts.store, who.id);
  if (user?.passwordHash) return await provePassword(parts, who, password ?? "", field);
  if (!user || !await mayProve(parts, who, user)) throw new Problem("step_up_required");
}

/** Whether there is something to prove it by: a password, or that they were seen again a little while ago. */
export async function mayProve({ store, now }: Parts, who: Who, { passwordHash }: User): Promise<boolean> {
  return passwordHash !== undefined || await isFresh(store, who, now());
}

/** Is it really them? Problem `invalid` at `field` when not; only wrong tries count. Problems `too_many`, `busy`. */
export async function provePassword(parts: Parts, who: Who, password: string, field: string): Promise<void> {
  const counts = (error: unknown) => error instanceof Problem && error.code === "invalid";
  await counted(parts, [["passwordByPerson", who.id]], counts, async () => {
    const user = await findUser(parts.store, who.id);
    const right = await parts.passwords.matches(password, user?.passwordHash ?? null);
    if (!right) throw new Problem("invalid", { fields: { [field]: "password_wrong" } });
  });
}

import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { claimAddress, verifyAddress, wanted } from "../kv/addresses.ts";
import { findToken } from "../kv/mail_tokens.ts";
import { findUser } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import type { Parts } from "./context.ts";
import { proveSelf } from "./passwords.ts";

type Mailing = Pick<Parts, "store" | "env" | "now" | "post">;

/**
 * Wants another address, which gets a mail; until it is verified the one before stays. Problems as of `proveSelf`.
 */
export async function askAddress(
  parts: Parts,
  who: Who,
  { email, password }: { email: string; password?: string },
  lang: Lang,
): Promise<void> {
  await proveSelf(parts, who, password, "password");
  await mailTo(parts, email);
  await claimAddress(parts.store, who.id, email);
  await parts.post.add({ kind: "verify", user: who.id, to: email, lang });
}

/** The mail once more; the token of the one before is over then. Problems `no_address`, `too_many`. */
export async function askAgain(parts: Mailing, id: string, lang: Lang): Promise<void> {
  const user = await findUser(parts.store, id);
  const to = user && wanted(user);
  if (!to) throw new Problem("no_address");
  await mailTo(parts, to);
  await parts.post.add({ kind: "verify", user: id, to, lang });
}

/** By the token of a mail. The address before is told. Problems `token_over`, `email_taken`, `too_many`. */
export async function verify(parts: Parts, word: string, lang: Lang, address: string): Promise<void> {
  const { store, env, post, now } = parts;
  await take(store, "tokenByAddress", address, now(), env.rateLimitScale);
  const token = await findToken(store, word, "verify", now());
  if (!token) throw new Problem("token_over");
  const { user, old } = await verifyAddress(store, token, now());
  if (old) await post.add({ kind: "address_changed", user: user.id, to: old, lang });
}

/** Counts a mail that is asked for at a mailbox, whoever asks. Problem `too_many`. */
export async function mailTo({ store, env, now }: Omit<Mailing, "post">, mailbox: string): Promise<void> {
  for (const name of ["mailByMinute", "mailByDay"] as const) {
    await take(store, name, mailbox.toLowerCase(), now(), env.rateLimitScale);
  }
}

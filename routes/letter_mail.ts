import type { LetterWish } from "../domain/letter_mail.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { verifiedAddress } from "../kv/addresses.ts";
import { chooseLetter, confirmLetter, letterChoice, stopLetter } from "../kv/letter_readers.ts";
import { findToken } from "../kv/mail_tokens.ts";
import { stopDigests } from "../kv/notifications.ts";
import { findUser } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import { mailTo } from "./addresses.ts";
import type { Parts } from "./context.ts";

/** When the letter shall come. The first time a mail asks whether they meant it. Problems `no_address`, `too_many`. */
export async function wishLetter(parts: Parts, id: string, wish: LetterWish, lang: Lang): Promise<void> {
  const { store, post } = parts;
  const [user, before] = await Promise.all([findUser(store, id), letterChoice(store, id)]);
  const address = user && verifiedAddress(user);
  if (!address) throw new Problem("no_address");
  if (!before?.confirmed) await mailTo(parts, address);
  const choice = await chooseLetter(store, id, wish, lang);
  if (!choice.confirmed) await post.add({ kind: "letter_confirm", user: id, lang });
}

/** By the token of that mail. Problems `token_over`, `too_many`. */
export async function confirmWish({ store, env, now }: Parts, word: string, address: string): Promise<void> {
  await take(store, "tokenByAddress", address, now(), env.rateLimitScale);
  const token = await findToken(store, word, "letter", now());
  if (!token) throw new Problem("token_over");
  await confirmLetter(store, token);
}

/** By the address in every letter, which needs no login and is good for ever. Problem `token_over` for a made-up one. */
export async function unsubscribe({ store, signer }: Parts, user: string, said: string): Promise<void> {
  if (!await signer.verify("unsubscribe", user, said)) throw new Problem("token_over");
  await stopLetter(store, user);
}

/** The same for digests, by the address in each. Problem `token_over`. */
export async function unsubscribeNews({ store, signer }: Parts, user: string, said: string): Promise<void> {
  if (!await signer.verify("unsubscribe_news", user, said)) throw new Problem("token_over");
  await stopDigests(store, user);
}

/** As the API shows it. */
export async function letterMailOf({ store }: Parts, id: string) {
  const choice = await letterChoice(store, id);
  if (!choice) return { state: "off" as const };
  const { hour, rhythm, confirmed } = choice;
  return { state: confirmed ? "on" as const : "waiting" as const, hour, rhythm };
}

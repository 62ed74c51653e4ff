import { limits } from "../domain/limits.ts";
import type { Mail, MailJob } from "../domain/mail.ts";
import { type Block, bodyOf } from "../domain/mail_body.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { findByAddress, verifiedAddress, wanted } from "../kv/addresses.ts";
import type { TokenPurpose, User } from "../kv/keys.ts";
import { letterChoice } from "../kv/letter_readers.ts";
import type { Waiting } from "../kv/mails.ts";
import { tokenFor } from "../kv/mail_tokens.ts";
import { findByName, findUser } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import type { PostParts } from "./post.ts";
import { writeLetterMail } from "./write_letter_mail.ts";
import { writeNewsMail } from "./write_news_mail.ts";

type Asked = Exclude<MailJob, { date: string } | { kind: "news" }>;
type Plan = { to: string; button: string; purpose?: TokenPurpose };

/**
 * The mail of a job as things stand now; `null` when there is nothing to be sent any more: nobody has that name, the
 * wish was taken back, a newer mail took its place, or the mailbox has had enough of them.
 */
export async function writeMail(
  parts: PostParts,
  { id, value: { job, tries, claimed } }: Waiting,
): Promise<Mail | null> {
  if ("date" in job) return await writeLetterMail(parts, id, job);
  if (job.kind === "news") return await writeNewsMail(parts, id, job);
  const user = job.kind === "reset" ? await whoIs(parts, job.asked) : await findUser(parts.store, job.user);
  const plan = user && await planOf(parts, job, user);
  if (!plan) return null;
  const first = tries === 0 && !claimed;
  if (job.kind === "reset" && first && !await mayWrite(parts, plan.to)) return null;
  const url = await linkOf(parts, id, user, plan);
  return url === null ? null : { id, to: plan.to, ...textOf(job, user, url) };
}

async function whoIs({ store }: PostParts, asked: string): Promise<User | null> {
  return asked.includes("@") ? await findByAddress(store, asked) : await findByName(store, asked);
}

/** To whom it goes, and where its button leads. Passwords can be reset only at an address that is known to be theirs. */
async function planOf({ store }: PostParts, job: Asked, user: User): Promise<Plan | null> {
  const mine = verifiedAddress(user);
  switch (job.kind) {
    case "verify":
      return wanted(user) === job.to ? { to: job.to, button: "/verify", purpose: "verify" } : null;
    case "address_changed":
      return { to: job.to, button: "/" };
    case "reset":
      return mine ? { to: mine, button: "/reset", purpose: "reset" } : null;
    case "password_changed":
      return mine ? { to: mine, button: "/forgot" } : null;
    case "letter_confirm": {
      const choice = mine && await letterChoice(store, user.id);
      return choice && !choice.confirmed ? { to: mine, button: "/letters/by-mail", purpose: "letter" } : null;
    }
  }
}

/** What anybody can ask for counts here, in silence; what people ask for themselves was counted when they asked. */
async function mayWrite({ store, now, scale }: PostParts, to: string): Promise<boolean> {
  try {
    for (const name of ["mailByMinute", "mailByDay"] as const) await take(store, name, to.toLowerCase(), now(), scale);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === "too_many") return false;
    throw error;
  }
}

const lives = { verify: limits.verifyToken, reset: limits.resetToken, letter: limits.letterToken };

async function linkOf(parts: PostParts, id: string, user: User, { to, button, purpose }: Plan): Promise<string | null> {
  const { store, signer, home, now } = parts;
  if (!purpose) return home + button;
  const made = { purpose, user: user.id, address: to, expiresAt: now() + lives[purpose] };
  const word = await tokenFor(store, signer, id, made);
  return word && `${home}${button}?token=${word}`;
}

function textOf(job: Asked, user: User, url: string) {
  const lang: Lang = user.lang ?? job.lang;
  const { name, mails } = wordsIn(lang);
  const words = mails[job.kind];
  const blocks: Block[] = [
    { is: "title", text: words.subject },
    { is: "text", text: fill(mails.hello, { name: user.nickname }) },
    { is: "text", text: fill(words.text, { username: user.username }) },
    ...("notYou" in words ? [{ is: "text", text: words.notYou } as const] : []),
    { is: "button", text: words.button, url },
    ...("notYou" in words ? [] : [{ is: "small", text: mails.ignore } as const]),
  ];
  return bodyOf(lang, name, words.subject, blocks);
}

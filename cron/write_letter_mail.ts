import { dateAfter } from "../domain/day.ts";
import { isOffline, type Letter } from "../domain/letter.ts";
import type { Mail, MailJob } from "../domain/mail.ts";
import { type Block, bodyOf } from "../domain/mail_body.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { inWords } from "../domain/words/dates.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { verifiedAddress } from "../kv/addresses.ts";
import { letterChoice } from "../kv/letter_readers.ts";
import { getLetter } from "../kv/letters.ts";
import { ownLetterWishOf } from "../kv/own_letters.ts";
import { findUser } from "../kv/users.ts";
import type { PostParts } from "./post.ts";

type Job = Extract<MailJob, { kind: "letter" | "digest" }>;

/** A letter, or a week's, in the reader's language; `null` for who does not want it any more, or was never asked. */
export async function writeLetterMail(parts: PostParts, id: string, job: Job): Promise<Mail | null> {
  const { store, signer, home } = parts;
  const [user, choice] = await Promise.all([findUser(store, job.user), letterChoice(store, job.user)]);
  const to = user && verifiedAddress(user);
  if (!to || !choice?.confirmed) return null;
  const dates = job.kind === "letter" ? [job.date] : Array.from({ length: 7 }, (_, n) => dateAfter(job.date, -n));
  const letters = (await Promise.all(dates.map((date) => getLetter(store, date)))).filter((one) => one !== null);
  if (!letters.length) return null;
  const lang = user.lang ?? choice.lang;
  const said = await signer.sign("unsubscribe", user.id);
  const unsubscribe = `${home}/unsubscribe?${new URLSearchParams({ user: user.id, said })}`;
  const { subject, blocks } = job.kind === "letter"
    ? oneLetter(letters[0], lang, home, await ownHalf(parts, user.id, job.date, lang))
    : aWeek(letters, lang, home);
  return {
    id,
    to,
    unsubscribe,
    ...bodyOf(lang, wordsIn(lang).name, subject, [...blocks, ...foot(lang, home, unsubscribe)]),
  };
}

/** The half that is the reader's own, written for the mail unless it was opened before. Each sentence leads to its sources. */
async function ownHalf(
  { store, ownLetters, home }: PostParts,
  user: string,
  date: string,
  lang: Lang,
): Promise<Block[]> {
  if (!(await ownLetterWishOf(store, user)).on) return [];
  const sentences = await ownLetters.sentences(user, date, lang).catch(nothing);
  if (!sentences.length) return [];
  const { toMe, mailed } = wordsIn(lang).ownLetter, page = `${home}/letters/${date}`;
  return [
    { is: "title", text: toMe, url: `${page}#to-me` },
    ...sentences.map(({ n, text }) => ({ is: "text", text, url: `${page}#claim-${n}` }) as const),
    { is: "small", text: mailed },
  ];
}

/** The letter for all goes without it. */
function nothing(error: unknown): [] {
  if (error instanceof Problem) return [];
  throw error;
}

function oneLetter(letter: Letter, lang: Lang, home: string, own: Block[]): { subject: string; blocks: Block[] } {
  const words = wordsIn(lang).mails.letter;
  const { title, paragraphs } = letter.texts[lang];
  return {
    subject: fill(words.subject, { title, date: inWords(letter.date, "short", lang) }),
    blocks: [
      { is: "title", text: title },
      ...paragraphs.map((text) => ({ is: "text", text }) as const),
      { is: "button", text: words.read, url: `${home}/letters/${letter.date}` },
      { is: "small", text: isOffline(letter, lang) ? words.byOffline : words.byModel },
      ...own,
    ],
  };
}

function aWeek(letters: Letter[], lang: Lang, home: string): { subject: string; blocks: Block[] } {
  const words = wordsIn(lang).mails.digest;
  const subject = fill(words.subject, { n: letters.length });
  return {
    subject,
    blocks: [
      { is: "title", text: subject },
      { is: "text", text: words.lead },
      ...letters.flatMap(({ date, texts }): Block[] => [
        { is: "title", text: texts[lang].title, url: `${home}/letters/${date}` },
        { is: "small", text: inWords(date, "day", lang) },
        { is: "text", text: texts[lang].paragraphs[0] },
      ]),
    ],
  };
}

function foot(lang: Lang, home: string, unsubscribe: string): Block[] {
  const words = wordsIn(lang).mails.letter;
  return [
    { is: "small", text: words.hard },
    { is: "small", text: words.why },
    { is: "link", text: words.stop, url: unsubscribe },
    { is: "link", text: words.settings, url: `${home}/settings#letter` },
  ];
}

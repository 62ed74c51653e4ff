import { encodeTime } from "ulid";
import type { LetterReader, LetterRound } from "../domain/letter_mail.ts";
import type { MailJob } from "../domain/mail.ts";
import { keys, type QueuedMail } from "./keys.ts";
import type { Found, Maybe, Store } from "./store.ts";

/** The mails of one day to the readers of one hour, `due` at that time. `letter` is the date of the letter they get. */
export type Round = { hour: number; date: string; due: number; letter: string; weekly: boolean; expiresAt: number };

const PAGE = 50;

/** Of each hour, what was put into the queue last. */
export async function newestRounds(store: Store): Promise<(LetterRound | null)[]> {
  const hours = Array.from({ length: 24 }, (_, hour) => keys.letterRound(hour));
  return (await store.getMany(hours)).map(({ value }) => value);
}

/**
 * Puts the next page of a round into the queue. The cursor, the mails and what each reader was mailed are one atomic: so
 * whatever dies, restarts or runs twice, each reader's mail is in the queue once. `true` when nobody is left.
 */
export async function queuePage(store: Store, round: Round): Promise<boolean> {
  const key = keys.letterRound(round.hour);
  const found = await store.get(key);
  const state = found.value?.date === round.date ? found.value : { date: round.date, cursor: "", done: false };
  if (state.done || (found.value?.date ?? "") > round.date) return true;
  const page = await store.list(keys.letterReaders(round.hour), {
    ...(state.cursor && {
      start: [...keys.letterReader(round.hour, state.cursor), ""],
      end: [...keys.letterReaders(round.hour), true],
    }),
    limit: PAGE,
  });
  const done = page.length < PAGE;
  await store.commit((atomic) => {
    atomic.check({ ...found, key } as Maybe<LetterRound>);
    for (const reader of page) queueFor(atomic, reader, round);
    atomic.set(key, { ...state, cursor: String(page.at(-1)?.key.at(-1) ?? state.cursor), done });
  });
  return false; // whether it was done, or somebody was faster, the next call finds out
}

/** A reader who changed something since is not written over: the page is read again. */
function queueFor(atomic: Deno.AtomicOperation, reader: Found<LetterReader>, round: Round): void {
  const { key, value: { rhythm, last = "" }, versionstamp } = reader;
  atomic.check({ key, versionstamp });
  if (last >= round.letter || (rhythm === "weekly" && !round.weekly)) return;
  const user = String(key.at(-1));
  const job: MailJob = { kind: rhythm === "weekly" ? "digest" : "letter", user, date: round.letter };
  const mail: QueuedMail = { job, tries: 0, expiresAt: round.expiresAt };
  atomic.set(key, { rhythm, last: round.letter })
    .set(keys.mail(1, round.due, `${encodeTime(round.due, 10)}.${round.letter}.${user}`), mail);
}

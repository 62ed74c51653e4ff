import { DEPARTED } from "../domain/departed.ts";
import type { AuditEntry, Hidden, Quoted, Report, Sanction } from "../domain/keeping.ts";
import type { Room } from "../domain/room.ts";
import { wordsIn } from "../domain/words/words.ts";
import type { Change } from "./family.ts";
import type { KeptMail, Presence, QueuedMail } from "./keys.ts";
import type { Waiting } from "./notifications.ts";

/** What records of others become when somebody who stands in them leaves. */

/** Theirs by the last part of the key. */
export const byKey: Change<unknown> = (_, key, { id }) => key.at(-1) === id ? null : undefined;

/** Theirs by any part of the key. */
export const anywhereInKey: Change<unknown> = (_, key, { id }) => key.slice(1).includes(id) ? null : undefined;

/** Theirs by what the value says. */
export const where = <V>(isTheirs: (value: V, id: string) => boolean): Change<V> => (value, _, { id }) =>
  isTheirs(value, id) ? null : undefined;

export const listWithout: Change<string[]> = (all, _, { id }) =>
  all.includes(id) ? all.filter((one) => one !== id) : undefined;

/** A room of theirs closes; its name and topic are words of theirs. A room of two is over. */
export const roomWithout: Change<Room> = ({ owner, ...room }, _, { id, messages, lang, left }) => {
  if (room.members?.includes(id)) {
    return { ...room, members: room.members.filter((one) => one !== id), overAt: room.overAt ?? left };
  }
  if (owner !== id) return undefined;
  const closed = { ...room, closedAt: room.closedAt ?? left };
  return messages === "keep" ? closed : { ...closed, title: wordsIn(lang).departed, topic: undefined };
};

export const presenceWithout: Change<Presence> = ({ names = [], ...rest }, _, { id }) =>
  names.some(([one]) => one === id) ? { ...rest, names: names.filter(([one]) => one !== id) } : undefined;

const nobody = { id: DEPARTED, nickname: "", role: "user" } as const;

export const sanctionWithout: Change<Sanction> = (sanction, _, { id }) => {
  if (sanction.userId === id) return null;
  return sanction.by.id === id ? { ...sanction, by: nobody } : undefined;
};

export const hiddenWithout: Change<Hidden> = (hidden, _, { id }) => {
  if (hidden.author === id) return null;
  return hidden.by.id === id ? { ...hidden, by: nobody } : undefined;
};

/** That something was done stays on record, and why; to whom and by whom not. */
export const auditWithout: Change<AuditEntry> = (entry, _, { id }) => {
  if (entry.by.id !== id && entry.whom?.id !== id) return undefined;
  const { by, whom, ...rest } = entry;
  return { ...rest, by: by.id === id ? nobody : by, whom: whom && (whom.id === id ? nobody : whom) };
};

/** A report stays, for what others said; of theirs it keeps neither name nor words. */
export const reportWithout: Change<Report> = (report, _, { id }) => {
  const { message, before, after, by, settled } = report;
  const all = [message, ...before, ...after].map(({ author }) => author.id);
  if (![...all, by.id, settled?.by.id].includes(id)) return undefined;
  const without = (quoted: Quoted): Quoted =>
    quoted.author.id === id ? { ...quoted, author: nobody, text: "", photo: undefined } : quoted;
  return {
    ...report,
    message: without(message),
    before: before.map(without),
    after: after.map(without),
    ...(by.id === id && { by: nobody, why: "" }),
    ...(settled?.by.id === id && { settled: { ...settled, by: nobody } }),
  };
};

/** What is to be told to them, or of them. */
export const waitingWithout: Change<Waiting> = ({ by }, [, user], { id }) => [user, by].includes(id) ? null : undefined;

/** What waits to be sent to them, for whom they asked, or tells of them. */
export const mailWithout: Change<QueuedMail> = (mail, _, { id, names }) => {
  const { job } = mail;
  const isTheirs = "user" in job ? job.user === id : names.includes(job.asked);
  if (isTheirs) return null;
  if (job.kind !== "news" || !job.news.some(({ by }) => by === id)) return undefined;
  return { ...mail, job: { ...job, news: job.news.filter(({ by }) => by !== id) } };
};

export const outboxWithout: Change<KeptMail> = ({ to, subject, text }, _, { id, names }) =>
  [id, ...names].some((word) => [to, subject, text].some((part) => part.includes(word))) ? null : undefined;

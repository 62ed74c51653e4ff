import type { Mail, MailJob } from "../domain/mail.ts";
import { type Block, bodyOf } from "../domain/mail_body.ts";
import { isGathered, type Notification } from "../domain/notification.ts";
import type { Lang } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { digestAddress, preferencesOf } from "../kv/notifications.ts";
import { findUser } from "../kv/users.ts";
import type { PostParts } from "./post.ts";
import { titleOf } from "./tell_due.ts";

type Job = Extract<MailJob, { kind: "news" }>;

/** What was gathered for somebody without a browser that is told, as one mail; `null` when nothing of it is left to tell. */
export async function writeNewsMail(parts: PostParts, id: string, { user: to, news }: Job): Promise<Mail | null> {
  const { store, signer, home, areApart } = parts;
  const preferences = await preferencesOf(store, to);
  const [user, address] = await Promise.all([findUser(store, to), digestAddress(store, to, preferences)]);
  const told = news.filter(({ kind, by }) => isGathered(preferences, kind) && !(by && areApart(to, by)));
  if (!user || !address || !told.length) return null;
  const said = await signer.sign("unsubscribe_news", to);
  const unsubscribe = `${home}/unsubscribe/news?${new URLSearchParams({ user: to, said })}`;
  const lang = user.lang ?? "ko";
  const { subject, blocks } = listOf(told, lang, home);
  return {
    id,
    to: address,
    unsubscribe,
    ...bodyOf(lang, wordsIn(lang).name, subject, [...blocks, ...foot(lang, home, unsubscribe)]),
  };
}

function listOf(news: Notification[], lang: Lang, home: string): { subject: string; blocks: Block[] } {
  const words = wordsIn(lang);
  const subject = fill(words.mails.news.subject, { n: news.length });
  return {
    subject,
    blocks: [
      { is: "title", text: subject },
      { is: "text", text: words.mails.news.lead },
      ...news.flatMap((one): Block[] => [
        { is: "title", text: titleOf(words, one), url: home + one.url },
        ...(one.text ? [{ is: "text", text: one.text } as const] : []),
      ]),
    ],
  };
}

function foot(lang: Lang, home: string, unsubscribe: string): Block[] {
  const words = wordsIn(lang).mails.news;
  return [
    { is: "small", text: words.why },
    { is: "link", text: words.stop, url: unsubscribe },
    { is: "link", text: words.settings, url: `${home}/settings/notifications` },
  ];
}

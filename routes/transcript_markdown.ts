import type { Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { momentIn } from "../domain/words/dates.ts";

type Talk = { title: string; about: string[]; messages: Message[] };

/** A talk as a Markdown document, times in `zone`. What people wrote stands in it as they wrote it, never as markup. */
export function transcriptMarkdown({ title, about, messages }: Talk, reader: { lang: Lang; zone: string }): string {
  const head = [`# ${plain(title)}`, "", ...about.map((line) => `- ${plain(line)}`)];
  return `${[...head, ...messages.flatMap((message) => linesOf(message, reader))].join("\n")}\n`;
}

function linesOf({ author, as, at, text, corrections = [] }: Message, { lang, zone }: { lang: Lang; zone: string }) {
  return [
    "",
    `**${plain(as ? `${as} (${author.nickname})` : author.nickname)}** · ${momentIn(at, zone, lang)}`,
    "",
    ...text.split("\n").map((line) => `> ${plain(line)}`),
    ...(corrections.length ? [""] : []),
    ...corrections.map(({ said, better, why }) => `- ${plain(said)} → **${plain(better)}** (${plain(why)})`),
  ];
}

/** On one line, without the signs that would be markup. */
const plain = (text: string): string =>
  text.replace(/\s+/g, " ").trim().replace(/[\\`*_[\]<>#|~&!]/g, "\\$&").replace(/^([-+=])|^(\d+)(?=[.)])/, "$2\\$1");

import { type Message, peopleIn, type Reply } from "./message.ts";

/** Ids of people whom a reader shall not meet; undefined for most readers: there is nobody. */
export type Apart = ReadonlySet<string> | undefined;

/** Whether a message is of somebody whom the reader shall not meet, or speaks of them. */
export const concerns = (message: Message, apart: ReadonlySet<string>): boolean =>
  isOf(message, apart) || isQuoting(message.reply, apart) || (message.mentions?.some((id) => apart.has(id)) ?? false);

/** Whether it is of one of these people, or changes what is. */
export const isOf = ({ change, ...message }: Message, apart: ReadonlySet<string>): boolean =>
  (change ? change.by ?? [] : peopleIn(message)).some((id) => apart.has(id));

const isQuoting = (reply: Reply | undefined, apart: ReadonlySet<string>): boolean =>
  reply?.of?.some((id) => apart.has(id)) ?? false;

/** The message as this reader may see it; `null` when it is not there for them. */
export function veiled(message: Message, apart: Apart): Message | null {
  if (!apart || !concerns(message, apart)) return message;
  if (isOf(message, apart)) return null;
  const { reply, mentions, ...rest } = message;
  return {
    ...rest,
    ...(reply && !isQuoting(reply, apart) && { reply }),
    ...(mentions && { mentions: mentions.filter((id) => !apart.has(id)) }),
  };
}

export const veiledAll = (messages: Message[], apart: Apart): Message[] =>
  apart ? messages.flatMap((message) => veiled(message, apart) ?? []) : messages;

/**
 * The same entries with their numbers: what is not there for this reader is an entry that says nothing and changes
 * nothing, so that no number is missing.
 */
export const numbered = (messages: Message[], apart: ReadonlySet<string>): Message[] =>
  messages.map((message) => veiled(message, apart) ?? blank(message));

const nobody = { id: "", nickname: "", role: "user" } as const;

const blank = ({ seq, id, at }: Message): Message => ({
  seq,
  id,
  at,
  clientId: "",
  author: nobody,
  kind: "system",
  text: "",
  change: { of: seq },
});

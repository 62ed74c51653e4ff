import type { Change, Message } from "../../domain/message.ts";
import { CHANGES_KEPT, type Chat } from "./chat.ts";
import { flow, noStream } from "./stream.ts";

/** So much of a message stands in a reply to it (code points). */
const QUOTED = 80;

/** A message as it is now: with what is known to have changed about it and about what it quotes. */
export function asOf({ changes, streams }: Pick<Chat, "changes" | "streams">, message: Message): Message {
  const change = changes.get(message.seq);
  const source = message.reply && changes.get(message.reply.seq);
  const now = source ? requote(message, source) : message;
  const changed = change ? { ...now, ...factsOf(change) } : now;
  const stream = changed.state === "streaming" ? streams.get(changed.id) : undefined;
  return stream && stream.text.length > changed.text.length ? { ...changed, text: stream.text } : changed;
}

/** What entries of the log say about others. Those that are not touched stay the same objects. */
export function amend(chat: Chat, entries: Message[]): Chat {
  if (!entries.length) return chat;
  const changes = new Map(chat.changes);
  const streams = new Map(chat.streams);
  const touched = new Set<number>();
  for (const { change } of entries) {
    if (!change) continue;
    const before = changes.get(change.of);
    changes.delete(change.of); // to the end: the oldest are forgotten first
    changes.set(change.of, { ...before, ...change });
    touched.add(change.of);
  }
  for (const of of changes.keys()) {
    if (changes.size <= CHANGES_KEPT) break;
    changes.delete(of);
  }
  const renew = (item: Message) => {
    const isTouched = touched.has(item.seq) || (item.reply !== undefined && touched.has(item.reply.seq));
    if (!isTouched) return item;
    const now = asOf({ changes, streams }, item);
    if (now.state && now.state !== "streaming") streams.delete(now.id);
    return now;
  };
  const [items, kept] = [chat.items.map(renew), chat.kept.map(renew)];
  const aim = chat.aim && "message" in chat.aim && changes.get(chat.aim.message.seq)?.gone ? null : chat.aim;
  return { ...chat, items, kept, changes, streams, aim };
}

/** More of an answer. */
export function pour(chat: Chat, id: string, from: number, text: string): Chat {
  const at = chat.items.findLastIndex((item) => item.id === id);
  if (at >= 0 && chat.items[at].state !== "streaming") return chat;
  const known = chat.streams.get(id) ?? { ...noStream, text: chat.items[at]?.text ?? "" };
  const streams = new Map(chat.streams).set(id, flow(known, from, text));
  return { ...chat, streams, items: chat.items.map((item, i) => i === at ? asOf({ ...chat, streams }, item) : item) };
}

/** Says at once what the server will say soon, about one message. */
export function presume(chat: Chat, seq: number, facts: Partial<Message>): Chat {
  return { ...chat, items: chat.items.map((item) => item.seq === seq ? { ...item, ...facts } : item) };
}

function requote(message: Message, { text, gone }: Change): Message {
  if (text === undefined && !gone) return message;
  const quoted = gone ? "" : [...text ?? ""].slice(0, QUOTED).join("");
  return { ...message, reply: { ...message.reply!, text: quoted } };
}

function factsOf({ of: _, by: __, ...facts }: Change): Partial<Message> {
  return facts;
}

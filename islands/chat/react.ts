import type { Reaction } from "../../domain/message.ts";
import type { Chat } from "./chat.ts";

/** What I pressed, as it lies on the shelf: by message. */
export type Reacted = [seq: number, reactions: Reaction[]][];
const MOST = 300;

/** Presses a reaction, or takes it back. The count is what it will be; the log says what it is. */
export function react(chat: Chat, seq: number, reaction: Reaction, on: boolean): Chat {
  const mine = chat.reacted.get(seq) ?? [];
  if (mine.includes(reaction) === on) return chat;
  const reacted = new Map(chat.reacted);
  reacted.delete(seq);
  const left = on ? [...mine, reaction] : mine.filter((one) => one !== reaction);
  if (left.length) reacted.set(seq, left);
  const items = chat.items.map((item) => {
    if (item.seq !== seq) return item;
    const count = Math.max(0, (item.reactions?.[reaction] ?? 0) + (on ? 1 : -1));
    return { ...item, reactions: { ...item.reactions, [reaction]: count } };
  });
  return { ...chat, reacted, items };
}

export const pressed = (reacted: Reacted): Chat["reacted"] => new Map(reacted);
export const reactedOf = ({ reacted }: Chat): Reacted =>
  [...reacted].slice(-MOST).map(([seq, reactions]) => [seq, [...reactions]]);

/** What was kept of it; nothing when that cannot be read. */
export function reactedFrom(text: string): Reacted {
  try {
    return JSON.parse(text) ?? [];
  } catch {
    return [];
  }
}

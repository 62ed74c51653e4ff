import type { Message } from "../../domain/message.ts";
import type { Call, Chat } from "./chat.ts";

const MOST = 20;

/** Who calls me in what has just come, after those who did before; words that were taken away call nobody. */
export function callsAfter({ calls, me }: Pick<Chat, "calls" | "me">, next: Message[]): Call[] {
  if (!me) return calls;
  const mine = next.filter(({ mentions, author, gone }) => mentions?.includes(me.id) && author.id !== me.id && !gone);
  const gone = new Set(next.flatMap(({ change }) => change?.gone ? [change.of] : []));
  if (!mine.length && !gone.size) return calls;
  const more = mine.map(({ seq, author: { nickname } }) => ({ seq, nickname }));
  return [...calls, ...more].filter(({ seq }) => !gone.has(seq)).slice(-MOST);
}

/** A page's title with the number of calls before it, or without. */
export const titleWith = (title: string, calls: number): string =>
  `${calls ? `(${calls}) ` : ""}${title.replace(/^\(\d+\) /, "")}`;

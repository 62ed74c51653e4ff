import { isCrisis } from "../domain/crisis.ts";
import type { Message } from "../domain/message.ts";
import { tokensOf } from "./tokens.ts";

/** A message as a model is shown it. */
export type Shown = { n: number; who: string; text: string };

/** The part of the window for people's words; the rest is for our own and the answer. */
const SHARE = 0.5;
const MOST_TOKENS = 8_000;

/** What anybody in the room can see of these: nothing that is gone or hidden, no cry for help, nothing unfinished. */
export const visible = (messages: Message[]): Message[] =>
  messages.filter(({ kind, change, gone, text, state }) =>
    kind !== "system" && !change && !gone && text !== "" && state !== "streaming" && !isCrisis(text)
  );

/** The newest of them that fit into one request, oldest first. `window`: tokens that a request may hold. */
export function fitting(messages: Message[], window: number): { messages: Message[]; shown: Shown[] } {
  let left = Math.min(MOST_TOKENS, Math.floor(window * SHARE)), from = messages.length;
  const shown: Shown[] = [];
  while (from > 0) {
    const { seq, author, text } = messages[from - 1];
    const one = { n: seq, who: author.nickname, text };
    left -= tokensOf(JSON.stringify(one));
    if (left < 0) break;
    shown.unshift(one);
    from--;
  }
  return { messages: messages.slice(from), shown };
}

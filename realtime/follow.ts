import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import type { ServerFrame } from "../domain/wire.ts";
import type { Conn } from "./conn.ts";
import type { Hub } from "./hub.ts";

/** Which answer is waited for: the first to a question, or the one in an entry that is there. */
export type Awaited = { question: number } | { answer: number };

/**
 * Follows a room as a socket does until an answer is over: `tell` hears each frame from the entry `since` on. Gives the
 * answer, whole or not; Problem `companion_resting` when it never comes. Who goes (`gone`) ends only the following.
 */
export async function followAnswer(
  hub: Hub,
  room: string,
  { since, wanted, gone, tell = () => {} }: {
    since: number;
    wanted: Awaited;
    gone?: AbortSignal;
    tell?: (type: string, text: string) => void;
  },
): Promise<Message> {
  const over = Promise.withResolvers<Message>();
  let answer: Message | undefined;

  const isIt = ({ kind, seq, reply }: Message): boolean =>
    kind === "companion" && ("answer" in wanted ? seq === wanted.answer : reply?.seq === wanted.question);
  function take(message: Message): void {
    const { change } = message;
    if (!answer && isIt(message)) answer = message;
    else if (answer && change?.of === answer.seq) answer = { ...answer, ...change };
    if (answer && answer.state !== "streaming") over.resolve(answer);
  }
  const conn: Conn = {
    send(text) {
      const type = typeOf(text);
      tell(type, text);
      if (type === "delta" || type === "typing" || type === "people") return; // many, and nothing of them is needed here
      const frame = JSON.parse(text) as ServerFrame;
      if ("items" in frame) frame.items.forEach(take);
    },
    close: () => over.reject(new Problem("companion_resting")),
    buffered: () => 0,
  };
  const leave = () => over.reject(new Problem("companion_resting"));
  const timer = setTimeout(leave, limits.follow);
  gone?.addEventListener("abort", leave, { once: true });
  over.promise.catch(() => {});
  const feed = await hub.join(room, conn, "", { since });
  try {
    return await over.promise;
  } finally {
    clearTimeout(timer);
    gone?.removeEventListener("abort", leave);
    hub.leave(room, feed);
  }
}

/** Frames say their type first. */
const typeOf = (text: string): string => /^\{"type":"(\w+)"/.exec(text)?.[1] ?? "";

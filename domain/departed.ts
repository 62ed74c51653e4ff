import type { Change, Message, Reply } from "./message.ts";

/** The id under which words stay whose writer is here no more. */
export const DEPARTED = "departed";

/** Somebody is here no more, and took their words along or left them. `nickname` is what their place is called. */
export type Departure = { user: string; messages: "keep" | "remove"; nickname: string };

/** A message, or the record of one, without somebody who has left; the same object when it never knew them. */
export function without<M extends Omit<Message, "seq" | "id">>(message: M, departure: Departure): M {
  const { user, messages, nickname } = departure;
  if (message.author.id === user) return bereft(message, departure);
  const { mentions, about, reply, change } = message;
  const knows = [mentions, about, reply?.of, change?.by].some((ids) => ids?.includes(user));
  if (!knows) return message;
  const others = (ids: string[] | undefined) => ids?.filter((id) => id !== user);
  const isGone = messages === "remove" && about?.[0] === user; // the companion's answer to what they asked
  return {
    ...message,
    ...(mentions && { mentions: others(mentions) }),
    ...(about && { about: others(about) }),
    ...(reply?.of?.includes(user) && { reply: hushed(reply, messages, nickname) }),
    ...(change?.by?.includes(user) && { change: unsaid(change, messages) }),
    ...(isGone && { text: "", gone: "author" }),
  };
}

function bereft<M extends Omit<Message, "seq" | "id">>(message: M, { messages, nickname }: Departure): M {
  const author = { id: DEPARTED, nickname, role: "user" } as const;
  if (messages === "keep") return { ...message, author };
  const { mood: _, reply: __, mentions: ___, poll: ____, ...rest } = message;
  return { ...rest, author, text: "", gone: "author" } as M;
}

const hushed = (reply: Reply, messages: Departure["messages"], nickname: string): Reply => ({
  seq: reply.seq,
  nickname,
  text: messages === "keep" ? reply.text : "",
});

const unsaid = ({ by: _, ...change }: Change, messages: Departure["messages"]): Change =>
  messages === "keep" || change.text === undefined ? change : { ...change, text: "" };

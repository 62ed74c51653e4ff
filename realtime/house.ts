import { z } from "zod";
import { faultOf, type LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import { HOUSE } from "../domain/room.ts";
import { tidings } from "../domain/keeping.ts";
import type { Log } from "../kv/log.ts";
import type { Hub } from "./hub.ts";

const notice = z.discriminatedUnion("type", [
  z.object({ type: z.literal("letter"), date: z.string() }),
  z.object({ type: z.literal("session_ended"), session: z.string() }),
  z.object({ type: z.literal("room"), room: z.string() }),
  z.object({
    type: z.literal("departed"),
    user: z.string(),
    messages: z.enum(["keep", "remove"]),
    nickname: z.string(),
  }),
  z.object({ type: z.literal("apart"), people: z.tuple([z.string(), z.string()]) }),
  /** Two people said yes; `by` is whose yes was the second, when one was said just now. */
  z.object({ type: z.literal("matched"), room: z.string(), by: z.string().optional() }),
  z.object({
    type: z.literal("order"),
    what: z.enum(tidings),
    user: z.string(),
    room: z.string().optional(),
    seq: z.number().optional(),
    why: z.string().optional(),
  }),
]);
/** What every isolate must hear, once and in order: a message in the house's own room. */
export type Notice = z.infer<typeof notice>;

/** The author of what nobody wrote. */
export const house = { id: HOUSE, nickname: HOUSE, role: "admin" } as const;

export async function announce(log: Log, said: Notice): Promise<void> {
  await log.append({ room: HOUSE, author: house, kind: "system", text: JSON.stringify(said) });
}

export function onNotice(hub: Hub, line: LogLine, hear: (said: Notice) => void): Promise<() => void> {
  return hub.listen(HOUSE, (messages) => {
    for (const message of messages) {
      if (!message.text) continue; // it spoke of somebody who has left
      try {
        hear(noticeOf(message));
      } catch (error) {
        line("error", "notice_failed", faultOf(error));
      }
    }
  });
}

/** What an entry of the house's room says. Throws when it says nothing that is known. */
export const noticeOf = ({ text }: Pick<Message, "text">): Notice => notice.parse(JSON.parse(text));

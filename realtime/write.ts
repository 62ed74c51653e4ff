import type { Appended, Draft } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { checkText, kindOf, type Room, rules } from "../domain/room.ts";
import type { Log } from "../kv/log.ts";
import type { SendLimit } from "./send_limit.ts";

type Said = Pick<Draft, "text" | "mood" | "clientId">;

/**
 * The way of a person's words into a room, by socket, HTTP or form: the room's rules, the length, the pace, the log.
 * Problems `unauthenticated`, `forbidden`, `invalid`, `too_many`, and those of `append`.
 */
export async function write(
  { log, sends }: { log: Log; sends: SendLimit },
  room: Room,
  who: Who | null,
  { text, mood, clientId }: Said,
): Promise<Appended> {
  if (!who) throw new Problem("unauthenticated");
  if (!rules[room.kind].mayWrite(who)) throw new Problem("forbidden");
  checkText(room.kind, text);
  const wait = sends(who.id);
  if (wait) throw new Problem("too_many", { wait });
  const author = { id: who.id, nickname: who.nickname, role: who.role };
  return await log.append({ room: room.id, author, kind: kindOf(who), text, mood, clientId });
}

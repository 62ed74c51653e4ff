import type { Deed } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import type { Parts } from "./context.ts";
import { note } from "./note.ts";

export type Because = { why: string; undoes?: string };

/** Changes a room, on the record. The record first: a deed that nobody wrote down must not be. Problem `not_found`. */
export async function changeRoom(
  parts: Pick<Parts, "rooms" | "store" | "now">,
  who: Who,
  id: string,
  deed: Extract<Deed, "settings" | "close" | "open">,
  because: Because,
  patch: (room: Room) => Room,
): Promise<Room> {
  const room = await parts.rooms.get(id);
  if (!room) throw new Problem("not_found");
  patch(room);
  const { title, topic, access, settings } = room;
  const was = deed === "settings" ? { title, topic, access, settings } : undefined;
  await note(parts, who, deed, { room: id, was, ...because });
  return await parts.rooms.change(id, patch);
}

/** What staff change stands in the record; what people do with their own rooms is theirs. */
export async function keepRoom(
  parts: Pick<Parts, "rooms" | "store" | "now">,
  who: Who,
  id: string,
  deed: "settings" | "close",
  patch: (room: Room) => Room,
): Promise<Room> {
  if (who.role === "user") return await parts.rooms.change(id, patch);
  return await changeRoom(parts, who, id, deed, { why: "" }, patch);
}

import { Hono } from "hono";
import { z } from "zod";
import type { AuditEntry } from "../domain/keeping.ts";
import { limits } from "../domain/limits.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { checkText } from "../domain/room.ts";
import { sendChat } from "../domain/wire.ts";
import { ownSince } from "../kv/author.ts";
import { openRoomIds } from "../kv/room_list.ts";
import { body } from "./body.ts";
import type { Because } from "./change_room.ts";
import type { AppEnv, Parts } from "./context.ts";
import { admin, me } from "./guard.ts";
import { note } from "./note.ts";

export const announcement = sendChat.pick({ text: true, clientId: true }).extend({
  room: z.string().min(1).max(80).optional().describe("Without one: the plaza and every open live room"),
});
export type Announcement = z.output<typeof announcement>;
export const announced = z.object({ rooms: z.number().int().describe("In how many rooms it stands now") });

/** Rooms that are written to at a time: a commit takes so many. */
const AT_ONCE = 100;

/** What an administrator says to everybody, as a line of their own in each room. */
export function announcementRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/api/admin/announcements", admin(parts), body(announcement), async (c) => {
    return c.json(await announce(parts, me(c), c.req.valid("json")), 201);
  });
}

/** The same client id again changes nothing: who was cut off in the middle sends it once more. Problem `not_found`. */
export async function announce(
  { store, log, now }: Pick<Parts, "store" | "log" | "now">,
  who: Who,
  { text, room, clientId = crypto.randomUUID() }: Announcement,
): Promise<z.infer<typeof announced>> {
  checkText("live", text);
  const open = await openRoomIds(store);
  if (room !== undefined && !open.includes(room)) throw new Problem("not_found");
  const rooms = room === undefined ? open : [room];
  const author = { id: who.id, nickname: who.nickname, role: "admin" as const };
  let fresh = false;
  for (let i = 0; i < rooms.length; i += AT_ONCE) {
    const some = rooms.slice(i, i + AT_ONCE);
    const said = await Promise.all(some.map((room) => log.append({ room, author, kind: "admin", text, clientId })));
    fresh ||= said.some(({ repeated }) => !repeated);
  }
  if (fresh) await note({ store, now }, who, "announce", { why: text, room, said: clientId });
  return { rooms: rooms.length };
}

/** What was announced is gone from every room, also for who comes later. Problem `not_found` when it is nowhere. */
export async function withdraw(
  { store, log, now }: Pick<Parts, "store" | "log" | "now">,
  who: Who,
  { by, at, said, room }: AuditEntry,
  because: Because,
): Promise<void> {
  const places: [room: string, seq: number][] = [];
  for (const id of room === undefined ? await openRoomIds(store) : [room]) {
    const theirs = await ownSince(store, id, by.id, at - limits.clientId);
    const found = await log.messages(id, theirs.map(({ seq }) => seq));
    const message = found.find(({ clientId, gone }) => clientId === said && !gone);
    if (message) places.push([id, message.seq]);
  }
  if (!places.length) throw new Problem("not_found");
  await note({ store, now }, who, "withdraw", { room, ...because });
  for (let i = 0; i < places.length; i += AT_ONCE) {
    const some = places.slice(i, i + AT_ONCE);
    await Promise.all(some.map(([id, seq]) => log.amend(id, seq, () => ({ text: "", gone: "author" }))));
  }
}

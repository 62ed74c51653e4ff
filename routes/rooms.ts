import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import {
  closed,
  mayKeep,
  mayOwn,
  mayWrite,
  pinnedTo,
  reshaped,
  type Room,
  roomChange,
  roomDraft,
  showsPeople,
} from "../domain/room.ts";
import { invite, join, sendOut, uninvite } from "../kv/invitations.ts";
import { findRoom } from "../kv/rooms.ts";
import { giveBack, take } from "../kv/windows.ts";
import { seenBy } from "../realtime/seen.ts";
import { body, query } from "./body.ts";
import { keepRoom } from "./change_room.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const roomsQuestion = z.object({
  before: z.string().regex(/^\d{1,15}-[\w-]{1,80}$/).optional().describe("The `next` of the page before"),
  own: z.stringbool().default(false).describe("Rooms that I made, joined or wrote in, private and closed ones too"),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export const pinRequest = z.object({ seq: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
export const joinRequest = z.object({ token: z.string().min(1).max(200) });

/** Live rooms: making, finding, changing and closing them, who is in them, and who may come. */
export function roomRoutes(parts: Parts): Hono<AppEnv> {
  const { env, store, rooms, log, hub, lobby, presence, now } = parts;
  const place = { store, rooms, now };
  const one = "/api/rooms/:id";

  return new Hono<AppEnv>()
    .get("/api/rooms", query(roomsQuestion), async (c) => {
      const { before, own, limit } = c.req.valid("query");
      if (!own) return c.json(await lobby.list(c.var.who, before, limit));
      const { items, next } = await rooms.own(me(c), before, limit);
      return c.json({ items: await Promise.all(items.map((room) => lobby.glimpse(room, c.var.who))), next });
    })
    .post("/api/rooms", member, body(roomDraft), async (c) => {
      const who = me(c);
      await take(store, "roomsByPerson", who.id, now(), env.rateLimitScale);
      try {
        return c.json(await rooms.create(c.req.valid("json"), who), 201);
      } catch (error) {
        await giveBack(store, "roomsByPerson", who.id, now(), env.rateLimitScale);
        throw error;
      }
    })
    .get(one, async (c) => {
      const room = await find(c);
      const { who } = c.var;
      const may = { write: mayWrite(room, who), keep: mayKeep(room, who), own: mayOwn(room, who) };
      return c.json({ ...await lobby.glimpse(room, who), pin: await pinOf(room, who), may });
    })
    .patch(one, member, body(roomChange), async (c) => {
      return c.json(await keep(c, "settings", (room) => reshaped(room, me(c), c.req.valid("json"))));
    })
    .delete(one, member, async (c) => {
      await keep(c, "close", (room) => closed(room, me(c), now()));
      return c.body(null, 204);
    })
    .put(`${one}/pin`, member, body(pinRequest), async (c) => {
      const { seq } = c.req.valid("json");
      const room = pinnedTo(await find(c), me(c), seq);
      if (!await pinOf(room, me(c))) throw new Problem("not_found");
      return c.json(await change(c, (room) => pinnedTo(room, me(c), seq)));
    })
    .delete(`${one}/pin`, member, async (c) => c.json(await change(c, (room) => pinnedTo(room, me(c), undefined))))
    .get(`${one}/people`, async (c) => {
      const { id } = await find(c);
      return c.json(await presence.people(id, showsPeople(id) ? limits.peopleShown : 0, hub.apart(c.var.who?.id)));
    })
    .delete(`${one}/people/:person`, member, async (c) => {
      const room = await find(c), person = c.req.param("person");
      if (person !== me(c).id && !mayOwn(room, me(c))) throw new Problem("forbidden");
      if (person === room.owner) throw new Problem("forbidden");
      await sendOut(place, room, person);
      return c.body(null, 204);
    })
    .post(`${one}/invitations`, member, async (c) => {
      const { word: token, expiresAt } = await invite(place, (await owned(c)).id, me(c).id);
      return c.json({ token, path: `/live/${c.req.param("id")}?invite=${token}`, expiresAt }, 201);
    })
    .delete(`${one}/invitations`, member, async (c) => {
      await uninvite(store, (await owned(c)).id);
      return c.body(null, 204);
    })
    .post(`${one}/join`, member, body(joinRequest), async (c) => {
      await join(place, c.req.param("id"), c.req.valid("json").token, me(c).id);
      return c.json(await find(c));
    });

  function find(c: AppContext): Promise<Room> {
    return findRoom(parts, c.req.param("id") ?? "", c.var.who);
  }

  async function owned(c: AppContext): Promise<Room> {
    const room = await find(c);
    if (!mayOwn(room, me(c)) || room.closedAt !== undefined) throw new Problem("forbidden");
    return room;
  }

  /** Found first: who may not read a room hears nothing of what could be done with it. */
  async function change(c: AppContext, patch: (room: Room) => Room): Promise<Room> {
    const { id } = await find(c);
    return await rooms.change(id, patch);
  }

  async function keep(c: AppContext, deed: "settings" | "close", patch: (room: Room) => Room): Promise<Room> {
    return await keepRoom(parts, me(c), (await find(c)).id, deed, patch);
  }

  /** What is pinned, while it can be seen. */
  async function pinOf({ id, pinned }: Room, who: Who | null): Promise<Message | undefined> {
    const [message] = pinned === undefined ? [] : await seenBy({ log, hub }, who).messages(id, [pinned]);
    return message?.gone || message?.change ? undefined : message;
  }
}

import { Hono } from "hono";
import { z } from "zod";
import { roomLevels } from "../domain/room_level.ts";
import type { Room } from "../domain/room.ts";
import { Problem } from "../domain/problems.ts";
import { levelOf, setLevel } from "../kv/levels.ts";
import { findRoom } from "../kv/rooms.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const levelChoice = z.strictObject({ level: z.enum(roomLevels) });

/** What I am told of in a live room while I am away. The room's page has the same as a form. */
export function levelRoutes(parts: Parts): Hono<AppEnv> {
  const { store, now } = parts;
  const one = "/api/rooms/:id/level";
  return new Hono<AppEnv>()
    .get(one, member, async (c) => {
      return c.json({ level: await levelOf(store, me(c).id, (await findLive(parts, c)).id) });
    })
    .put(one, member, body(levelChoice), async (c) => {
      const { level } = c.req.valid("json");
      await setLevel(store, me(c).id, (await findLive(parts, c)).id, level, now());
      return c.json({ level });
    })
    .post("/live/:id/level", member, body(levelChoice), async (c) => {
      const room = await findLive(parts, c);
      await setLevel(store, me(c).id, room.id, c.req.valid("json").level, now());
      return c.redirect(`/live/${room.id}`, 303);
    });
}

/** Problem `not_found` for any other kind of room, too. */
export async function findLive(parts: Pick<Parts, "rooms">, c: AppContext): Promise<Room> {
  const room = await findRoom(parts, c.req.param("id") ?? "", c.var.who);
  if (room.kind !== "live") throw new Problem("not_found");
  return room;
}

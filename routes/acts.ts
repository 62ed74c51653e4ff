import { Hono } from "hono";
import { z } from "zod";
import { reactions } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { editChat, unsaid } from "../domain/wire.ts";
import { findRoom } from "../kv/rooms.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const reaction = z.enum(reactions);

/** What may be done with a message; who follows the room hears of it there. */
export function actRoutes({ acts, rooms }: Parts): Hono<AppEnv> {
  const one = "/api/rooms/:id/messages/:seq";
  return new Hono<AppEnv>()
    .patch(one, member, body(editChat.extend(unsaid)), async (c) => {
      return c.json(await acts.edit(await find(c), me(c), number(c), c.req.valid("json").text));
    })
    .delete(one, member, async (c) => c.json(await acts.remove(await find(c), me(c), number(c))))
    .put(`${one}/reactions/:reaction`, member, async (c) => c.json(await react(c, true)))
    .delete(`${one}/reactions/:reaction`, member, async (c) => c.json(await react(c, false)));

  function find(c: AppContext): Promise<Room> {
    return findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  }

  async function react(c: AppContext, on: boolean) {
    const named = reaction.safeParse(c.req.param("reaction"));
    if (!named.success) throw new Problem("not_found");
    return await acts.react(await find(c), me(c), number(c), named.data, on);
  }
}

/** The message number in the address; Problem `not_found` for what is none. */
export function number(c: AppContext): number {
  const found = seq.safeParse(c.req.param("seq"));
  if (!found.success) throw new Problem("not_found");
  return found.data;
}

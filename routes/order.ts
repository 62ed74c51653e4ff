import { Hono } from "hono";
import { z } from "zod";
import { banOrder, reason, timeoutOrder, undoing } from "../domain/keeping.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { findRoom } from "../kv/rooms.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { report } from "./report.ts";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** What readers tell keepers, and what keepers do in a room. Who has no power there hears `forbidden`. */
export function orderRoutes(parts: Parts): Hono<AppEnv> {
  const { rooms, powers } = parts;
  const room = "/api/rooms/:id", one = `${room}/messages/:seq`;
  return new Hono<AppEnv>()
    .post(`${one}/report`, member, body(reason), async (c) => {
      const { id, repeated } = await report(parts, me(c), (await find(c)).id, number(c), c.req.valid("json").why);
      return c.json({ id }, repeated ? 200 : 201);
    })
    .post(`${one}/hide`, member, body(reason), async (c) => {
      return c.json(await powers.hide(await find(c), me(c), number(c), c.req.valid("json")));
    })
    .delete(`${one}/hide`, member, body(undoing), async (c) => {
      return c.json(await powers.show(await find(c), me(c), number(c), c.req.valid("json")));
    })
    .get(`${one}/hidden`, member, async (c) => c.json(await powers.hidden(await find(c), me(c), number(c))))
    .post(`${room}/timeouts`, member, body(timeoutOrder), async (c) => {
      const { userId, minutes, why } = c.req.valid("json");
      return c.json(await powers.timeout(await find(c), me(c), userId, minutes, { why }), 201);
    })
    .post(`${room}/bans`, member, body(banOrder), async (c) => {
      const { userId, why } = c.req.valid("json");
      return c.json(await powers.ban(await find(c), me(c), userId, { why }), 201);
    })
    .delete(`${room}/timeouts/:user`, member, body(undoing), async (c) => {
      await powers.lift(await find(c), me(c), c.req.param("user"), "timeout", c.req.valid("json"));
      return c.body(null, 204);
    })
    .delete(`${room}/bans/:user`, member, body(undoing), async (c) => {
      await powers.lift(await find(c), me(c), c.req.param("user"), "ban", c.req.valid("json"));
      return c.body(null, 204);
    });

  function find(c: AppContext): Promise<Room> {
    return findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  }
}

function number(c: AppContext): number {
  const found = seq.safeParse(c.req.param("seq"));
  if (!found.success) throw new Problem("not_found");
  return found.data;
}

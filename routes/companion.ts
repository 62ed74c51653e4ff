import { Hono } from "hono";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { sendChat, unsaid } from "../domain/wire.ts";
import { findRoom } from "../kv/rooms.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

const number = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
export const questionRequest = sendChat.pick({ text: true, clientId: true });
const told = questionRequest.extend({ ...unsaid, seq: unsaid.at });
export const catchUpQuestion = z.object({ since: number.default(0) });

/** The companion in a room. Its answers travel as the room's messages, a catch-up only to who asks. */
export function companionRoutes({ companion, catchUps, rooms }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/api/rooms/:id/ask", member, body(told), async (c) => {
      const { message, repeated } = await companion.ask(await find(c), me(c), c.req.valid("json"), c.var.lang);
      return c.json(message, repeated ? 200 : 201);
    })
    .post("/api/rooms/:id/messages/:seq/stop", member, async (c) => {
      const seq = number.safeParse(c.req.param("seq"));
      if (!seq.success) throw new Problem("not_found");
      return c.json(await companion.stop(await find(c), me(c), seq.data));
    })
    .get("/api/rooms/:id/catch-up", query(catchUpQuestion), async (c) => {
      const { since } = c.req.valid("query");
      c.header("Cache-Control", "private, no-store");
      return c.json(await catchUps(await find(c), c.var.who, since, c.var.lang));
    });

  function find(c: AppContext): Promise<Room> {
    return findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  }
}

import { Hono } from "hono";
import { z } from "zod";
import { isCrisis } from "../domain/crisis.ts";
import { noteSent } from "../kv/consents.ts";
import { take } from "../kv/windows.ts";
import { body } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { clientAddress } from "./guard.ts";

export const askRequest = z.object({
  message: z.string().max(4_000).transform((s) => s.toWellFormed().trim()).refine((s) => s.length > 0, "blank")
    .refine((s) => [...s].length <= 500, "text_long:500"),
});

/** The companion over HTTP, outside any room: nothing of it is kept. */
export function askRoutes({ env, store, now, model, companion }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/api/ask", body(askRequest), async (c) => {
    await take(store, "asksByAddress", clientAddress(c, env.trustProxy), now(), env.rateLimitScale);
    const { message } = c.req.valid("json"), { who } = c.var;
    if (who && model.name !== null && !isCrisis(message)) {
      await noteSent(store, now(), { task: "room_answer", surface: "live" }, [who.id]);
    }
    return c.json({ message: await companion.answer(message, c.var.lang) });
  });
}

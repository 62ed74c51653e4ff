import { Hono } from "hono";
import { z } from "zod";
import { take } from "../kv/windows.ts";
import { body } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { clientAddress } from "./guard.ts";

export const askRequest = z.object({
  message: z.string().max(4_000).transform((s) => s.toWellFormed().trim()).refine((s) => s.length > 0, "blank")
    .refine((s) => [...s].length <= 500, "text_long:500"),
});

/** The companion over HTTP, outside any room: nothing of it is kept. */
export function askRoutes({ env, store, now, companion }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/api/ask", body(askRequest), async (c) => {
    await take(store, "asksByAddress", clientAddress(c, env.trustProxy), now(), env.rateLimitScale);
    return c.json({ message: await companion.answer(c.req.valid("json").message, c.var.lang) });
  });
}

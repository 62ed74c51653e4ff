import { Hono } from "hono";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import { askToLeave, leavingOf, stay } from "../kv/leavings.ts";
import { body } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { requireStepUp } from "./step_up.ts";

export const leaveRequest = z.strictObject({
  messages: z.enum(["keep", "remove"]).describe("Whether what I wrote in shared rooms stays, without my name"),
});

/** Deleting one's account: seven days to change one's mind, then nothing is left. */
export function leavingRoutes(parts: Parts): Hono<AppEnv> {
  const { store, now } = parts;
  return new Hono<AppEnv>()
    .delete("/api/account", member, requireStepUp(parts), body(leaveRequest), async (c) => {
      const { messages } = c.req.valid("json");
      const { dueAt } = await askToLeave(store, me(c).id, messages, c.var.lang, now());
      return c.json({ dueAt, messages }, 202);
    })
    .get("/api/account/leaving", member, async (c) => {
      const leaving = await leavingOf(store, me(c).id);
      if (!leaving) throw new Problem("not_found");
      return c.json({ dueAt: leaving.dueAt, messages: leaving.messages });
    })
    .post("/api/account/stay", member, async (c) => {
      await stay(store, me(c).id, now());
      return c.body(null, 204);
    });
}

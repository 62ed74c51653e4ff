import { Hono } from "hono";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { findRoom } from "../kv/rooms.ts";
import { giveBack, take } from "../kv/windows.ts";
import { number } from "./acts.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

/** What the companion said, read aloud by the model's voice. Only what stands in the log is: nobody's own text. */
export function speechRoutes({ env, store, rooms, log, model, now }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/api/rooms/:id/messages/:seq/speech", member, async (c) => {
    const room = await findRoom({ rooms }, c.req.param("id"), c.var.who);
    const [message] = await log.messages(room.id, [number(c)]);
    if (message?.kind !== "companion" || message.gone || !message.text) throw new Problem("not_found");
    const { id } = me(c), scale = env.rateLimitScale;
    await take(store, "speechByPerson", id, now(), scale);
    try {
      const sound = await model.speech(message.text.slice(0, limits.spoken));
      return c.body(sound, 200, { "Content-Type": "audio/mpeg", "Cache-Control": "private, max-age=3600" });
    } catch (error) {
      await giveBack(store, "speechByPerson", id, now(), scale);
      throw error;
    }
  });
}

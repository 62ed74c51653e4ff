import { Hono } from "hono";
import { z } from "zod";
import { practiceChange, practiceDraft } from "../../domain/practice.ts";
import { findAiRoom } from "../ai_room.ts";
import { body, checked } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";

const startForm = practiceDraft.omit({ tags: true });

/** Starting a practice without scripts, taking an interview once more, and how strictly sentences are put right. */
export function practiceForms(parts: Parts): Hono<AppEnv> {
  const { aiRooms } = parts;
  return new Hono<AppEnv>()
    .post("/practice", member, body(startForm), async (c) => {
      const { id } = await aiRooms.makePractice(me(c), { ...c.req.valid("json"), tags: [] }, c.var.lang);
      return c.redirect(`/practice/${id}`, 303);
    })
    .post("/practice/:id/again", member, async (c) => {
      const { id } = await aiRooms.again(me(c), await findAiRoom(parts, "practice", c), c.var.lang);
      return c.redirect(`/practice/${id}`, 303);
    })
    .post("/practice/:id/corrections", member, body(z.object({ corrections: z.string() })), async (c) => {
      const room = await findAiRoom(parts, "practice", c);
      const change = checked(practiceChange.pick({ corrections: true }), c.req.valid("json"));
      await aiRooms.changePractice(room, change);
      return c.redirect(`/practice/${room.id}`, 303);
    });
}

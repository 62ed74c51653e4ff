import { Hono } from "hono";
import { z } from "zod";
import { sendChat } from "../../domain/wire.ts";
import { otherOf } from "../../domain/room.ts";
import { mute } from "../../kv/matches.ts";
import { block } from "../blocks.ts";
import { body, checked } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { findDirect } from "../matching.ts";

const said = z.object({ text: z.string().catch(""), mood: z.unknown().optional(), clientId: z.unknown().optional() });

/** What one can do in a conversation without scripts: forms in, 303 out. */
export function chatForms(parts: Parts): Hono<AppEnv> {
  const { store, acts, matching: { directs } } = parts;
  return new Hono<AppEnv>()
    .post("/chats/:id", member, body(said), async (c) => {
      const room = await findDirect(parts, c);
      const { text, mood, clientId } = c.req.valid("json");
      const sent = { text, mood: mood || undefined, clientId: clientId || undefined };
      if (text.trim()) await acts.say(room, me(c), checked(sendChat, sent));
      return c.redirect(`/chats/${room.id}`, 303);
    })
    .post("/chats/:id/mute", member, body(z.object({ muted: z.string().optional() })), async (c) => {
      const room = await findDirect(parts, c);
      await mute(store, me(c).id, room.id, c.req.valid("json").muted === "on");
      return c.redirect(`/chats/${room.id}`, 303);
    })
    .post("/chats/:id/goodbye", member, async (c) => {
      const room = await findDirect(parts, c);
      await directs.goodbye(room, me(c), c.var.lang);
      return c.redirect(`/chats/${room.id}`, 303);
    })
    .post("/chats/:id/unmatch", member, async (c) => {
      await directs.part(await findDirect(parts, c));
      return c.redirect("/chats", 303);
    })
    .post("/chats/:id/block", member, async (c) => {
      const other = otherOf(await findDirect(parts, c), me(c).id);
      await block(parts, me(c), other);
      return c.redirect("/chats", 303);
    });
}

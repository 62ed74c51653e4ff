import { Hono } from "hono";
import { z } from "zod";
import { PLAZA, rules } from "../../domain/room.ts";
import { sendChat } from "../../domain/wire.ts";
import { body, invalid } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { keepDraft } from "./draft.ts";

const form = z.object({ text: z.string().catch(""), mood: z.unknown().optional(), clientId: z.unknown().optional() });

/** The plaza's form without scripts: the buzz is stored and the plaza is shown; a guest is led to the door first. */
export function buzzForm({ acts }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/buzz", body(form), async (c) => {
    const said = c.req.valid("json");
    const { who } = c.var;
    if (!who || !rules.plaza.mayWrite(who)) {
      keepDraft(c, said.text);
      return c.redirect("/login?next=/&draft=1", 303);
    }
    if (!said.text.trim()) return c.redirect("/", 303);
    const read = sendChat.safeParse({ ...said, mood: said.mood || undefined, clientId: said.clientId || undefined });
    if (!read.success) throw invalid(read.error);
    await acts.say({ id: PLAZA, kind: "plaza" }, who, read.data);
    return c.redirect("/", 303);
  });
}

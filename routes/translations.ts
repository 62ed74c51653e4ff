import { Hono } from "hono";
import { z } from "zod";
import { langs } from "../domain/person.ts";
import { findRoom } from "../kv/rooms.ts";
import { seenBy } from "../realtime/seen.ts";
import { number } from "./acts.ts";
import { query } from "./body.ts";
import { callerOf } from "./caller.ts";
import type { AppEnv, Parts } from "./context.ts";

export const translationQuestion = z.object({ lang: z.enum(langs).optional() });

/** What somebody wrote, in the reader's language; guests may ask, too. */
export function translationRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/api/rooms/:id/messages/:seq/translation", query(translationQuestion), async (c) => {
    const { who } = c.var, { lang = c.var.lang } = c.req.valid("query");
    const room = await findRoom(parts, c.req.param("id"), who);
    const asker = who?.id ?? callerOf(c, parts.env).address;
    c.header("Cache-Control", "private, no-store");
    return c.json(await parts.translations(seenBy(parts, who), { room, seq: number(c), lang, asker }));
  });
}

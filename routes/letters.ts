import { Hono } from "hono";
import { z } from "zod";
import { dateAt } from "../domain/day.ts";
import { type Letter, letterDate } from "../domain/letter.ts";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { body, query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { admin, me } from "./guard.ts";
import { note } from "./note.ts";

export const lettersQuestion = z.object({
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(limits.page.max).default(limits.page.default),
});
export const letterOrder = z.object({ date: letterDate.optional() });

/** The letters of 9:50, for everybody; and for admins, writing one now. */
export function letterRoutes(parts: Parts): Hono<AppEnv> {
  const { letters, env, now } = parts;
  return new Hono<AppEnv>()
    .get("/api/letters", query(lettersQuestion), async (c) => {
      const { page, size } = c.req.valid("query");
      return c.json(await letters.page(page, size));
    })
    .get("/api/letters/latest", async (c) => c.json(there(await letters.latest())))
    .get("/api/letters/:date", async (c) => {
      const date = letterDate.safeParse(c.req.param("date")).data;
      return c.json(there(date ? await letters.get(date) : null));
    })
    .post("/api/admin/letters", admin(parts), body(letterOrder), async (c) => {
      const { date = dateAt(now(), env.letterTimeZone) } = c.req.valid("json");
      const letter = await letters.write(date);
      await note(parts, me(c), "letter", { why: date });
      return c.json(letter, 201);
    });
}

function there(letter: Letter | null): Letter {
  if (!letter) throw new Problem("not_found");
  return letter;
}

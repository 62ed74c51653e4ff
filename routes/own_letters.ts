import { Hono } from "hono";
import { z } from "zod";
import { letterDate } from "../domain/letter.ts";
import { objections, type OwnLetter, ownLetterWish } from "../domain/own_letter.ts";
import { Problem } from "../domain/problems.ts";
import { asItStands, objectTo, ownLetterOf, ownLetterWishOf, wishOwnLetter } from "../kv/own_letters.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

/** `claim` counts from 1. */
export const objection = z.object({ claim: z.coerce.number().int().min(1).max(20), why: z.enum(objections) });

/** A member's own half of a letter, for that member alone. */
export function ownLetterRoutes({ store, log, ownLetters }: Parts): Hono<AppEnv> {
  const told = async (c: AppContext, letter: OwnLetter, status: 200 | 201 = 200) =>
    c.json(await asItStands(log, me(c).id, letter), status);

  return new Hono<AppEnv>()
    .get("/api/own-letters/wish", async (c) => c.json(await ownLetterWishOf(store, me(c).id)))
    .put("/api/own-letters/wish", member, body(ownLetterWish), async (c) => {
      await wishOwnLetter(store, me(c).id, c.req.valid("json"));
      return c.json(c.req.valid("json"));
    })
    .get("/api/own-letters/:date", async (c) => {
      const letter = await ownLetterOf(store, me(c).id, dateOf(c));
      if (!letter) throw new Problem("not_found");
      return await told(c, letter);
    })
    .post("/api/own-letters/:date", member, async (c) => {
      return await told(c, await ownLetters.open(me(c).id, dateOf(c), c.var.lang), 201);
    })
    .post("/api/own-letters/:date/not", member, body(objection), async (c) => {
      const { claim, why } = c.req.valid("json");
      return await told(c, await objectTo(store, me(c).id, dateOf(c), claim - 1, why));
    });
}

function dateOf(c: AppContext): string {
  const date = letterDate.safeParse(c.req.param("date"));
  if (!date.success) throw new Problem("not_found");
  return date.data;
}

import { Hono } from "hono";
import { z } from "zod";
import { letterDate } from "../domain/letter.ts";
import { objections, ownLetterWish } from "../domain/own_letter.ts";
import { Problem } from "../domain/problems.ts";
import { objectTo, ownLetterOf, ownLetterWishOf, wishOwnLetter } from "../kv/own_letters.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

/** `claim` counts from 1. */
export const objection = z.object({ claim: z.coerce.number().int().min(1).max(20), why: z.enum(objections) });

/** A member's own half of a letter, for that member alone. */
export function ownLetterRoutes({ store, ownLetters }: Pick<Parts, "store" | "ownLetters">): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/api/own-letters/wish", async (c) => c.json(await ownLetterWishOf(store, me(c).id)))
    .put("/api/own-letters/wish", member, body(ownLetterWish), async (c) => {
      await wishOwnLetter(store, me(c).id, c.req.valid("json"));
      return c.json(c.req.valid("json"));
    })
    .get("/api/own-letters/:date", async (c) => {
      const letter = await ownLetterOf(store, me(c).id, dateOf(c));
      if (!letter) throw new Problem("not_found");
      return c.json(letter);
    })
    .post("/api/own-letters/:date", member, async (c) => {
      return c.json(await ownLetters.open(me(c).id, dateOf(c), c.var.lang), 201);
    })
    .post("/api/own-letters/:date/not", member, body(objection), async (c) => {
      const { claim, why } = c.req.valid("json");
      return c.json(await objectTo(store, me(c).id, dateOf(c), claim - 1, why));
    });
}

function dateOf(c: AppContext): string {
  const date = letterDate.safeParse(c.req.param("date"));
  if (!date.success) throw new Problem("not_found");
  return date.data;
}

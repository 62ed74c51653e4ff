import { Hono } from "hono";
import { z } from "zod";
import { ownLetterWish, sourceSurfaces } from "../../domain/own_letter.ts";
import { objectTo, ownLetterOf, ownLetterWishOf, sourcesOf, wishOwnLetter } from "../../kv/own_letters.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { objection } from "../own_letters.ts";
import type { Own } from "./own_letter_half.tsx";

/** The reader's half of a letter, with the entries behind it. */
export async function loadOwn({ store, log, env }: Parts, user: string, date: string): Promise<Own> {
  const [wish, letter] = await Promise.all([ownLetterWishOf(store, user), ownLetterOf(store, user, date)]);
  const entries = await sourcesOf(log, user, letter?.claims ?? []);
  return { wish, letter, entries, zone: env.letterTimeZone };
}

const wishForm = z.record(z.string(), z.string());

/** The forms of a member's own letter, which work without scripts. */
export function ownLetterForms({ store, ownLetters }: Parts): Hono<AppEnv> {
  const here = (c: AppContext, mark: string) => `/letters/${encodeURIComponent(c.req.param("date")!)}#${mark}`;
  return new Hono<AppEnv>()
    .post("/letters/:date/own", member, async (c) => {
      await ownLetters.open(me(c).id, c.req.param("date"), c.var.lang);
      return c.redirect(here(c, "to-me"), 303);
    })
    .post("/letters/:date/wish", member, body(wishForm), async (c) => {
      const { on, tone, length, ...reads } = c.req.valid("json");
      const surfaces = sourceSurfaces.filter((surface) => reads[`reads_${surface}`]);
      await wishOwnLetter(store, me(c).id, checked(ownLetterWish, { on: on !== undefined, tone, length, surfaces }));
      return c.redirect(here(c, "to-me"), 303);
    })
    .post("/letters/:date/not", member, body(objection), async (c) => {
      const { claim, why } = c.req.valid("json");
      await objectTo(store, me(c).id, c.req.param("date"), claim - 1, why);
      return c.redirect(here(c, `claim-${claim}`), 303);
    });
}

import { Hono } from "hono";
import { z } from "zod";
import { ownLetterWish, sourceSurfaces } from "../../domain/own_letter.ts";
import { objectTo, ownLetterOf, ownLetterWishOf, wishOwnLetter } from "../../kv/own_letters.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { objection } from "../own_letters.ts";
import { nameOf, type Own } from "./own_letter_half.tsx";

/** The reader's half of a letter, with the entries behind it as they are now: what was deleted is not among them. */
export async function loadOwn({ store, log, env }: Parts, user: string, date: string): Promise<Own> {
  const [wish, letter] = await Promise.all([ownLetterWishOf(store, user), ownLetterOf(store, user, date)]);
  const rooms = Map.groupBy(letter?.claims.flatMap(({ sources }) => sources) ?? [], ({ room }) => room);
  const found = await Promise.all([...rooms].map(async ([room, sources]) => {
    const said = await log.messages(room, [...new Set(sources.map(({ seq }) => seq))]);
    return said.filter(({ author, gone }) => author.id === user && !gone).map((message) => ({ room, message }));
  }));
  const entries = found.flat().map(({ room, message }) => [nameOf({ room, seq: message.seq }), message] as const);
  return { wish, letter, entries: new Map(entries), zone: env.letterTimeZone };
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

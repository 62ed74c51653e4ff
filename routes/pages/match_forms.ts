import { Hono } from "hono";
import { z } from "zod";
import { unlike } from "../../kv/matches.ts";
import { addUntrue, changeMatchProfile } from "../../kv/profiles.ts";
import { Problem } from "../../domain/problems.ts";
import { body } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { personRequest, untrueRequest } from "../matching.ts";

const reads = z.object({ plaza: z.literal("on").optional(), live: z.literal("on").optional() });

/** What one can press on the page of suggestions, without scripts: forms in, 303 out. */
export function matchForms({ store, matching: { directs, portraits } }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/match/like", member, body(personRequest), async (c) => {
      const { room } = await directs.like(me(c), c.req.valid("json").userId);
      return c.redirect(room ? `/chats/${room.id}` : "/match", 303);
    })
    .post("/match/unlike", member, body(personRequest), async (c) => {
      await unlike(store, me(c).id, c.req.valid("json").userId);
      return c.redirect("/match", 303);
    })
    .post("/match/pass", member, body(personRequest), async (c) => {
      await directs.pass(me(c), c.req.valid("json").userId);
      return c.redirect("/match", 303);
    })
    .post("/match/untrue", member, body(untrueRequest), async (c) => {
      await addUntrue(store, me(c).id, c.req.valid("json").signal);
      await portraits.make(me(c).id);
      return c.redirect("/match", 303);
    })
    .post("/match/reads", member, body(reads), async (c) => {
      const { plaza, live } = c.req.valid("json");
      await changeMatchProfile(store, me(c).id, (before) => {
        if (!before) throw new Problem("no_profile");
        return { ...before, reads: { plaza: plaza === "on", live: live === "on" } };
      });
      await portraits.make(me(c).id);
      return c.redirect("/match", 303);
    });
}

import { Hono } from "hono";
import { z } from "zod";
import { consentChange } from "../domain/consent.ts";
import { changeConsent, consentOf, sentPage } from "../kv/consents.ts";
import { body, query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const sentQuestion = z.object({ page: z.coerce.number().int().min(1).max(1_000).default(1) });
const SIZE = 50;

/** What a model may read of me, and what was sent to it. */
export function consentRoutes({ store, matching: { portraits } }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/api/consent", member, async (c) => c.json(await consentOf(store, me(c).id)))
    .patch("/api/consent", member, body(consentChange), async (c) => {
      const consent = await changeConsent(store, me(c).id, c.req.valid("json"));
      await portraits.reconsider(me(c).id);
      return c.json(consent);
    })
    .get("/api/consent/sent", member, query(sentQuestion), async (c) => {
      const { page } = c.req.valid("query");
      return c.json({ ...await sentPage(store, me(c).id, page, SIZE), page });
    });
}

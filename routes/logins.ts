import { Hono } from "hono";
import { type Provider, provider, providers } from "../domain/provider.ts";
import { Problem } from "../domain/problems.ts";
import { linksOf, unlink } from "../kv/links.ts";
import { type ListedLogin, loginsOf } from "../kv/logins.ts";
import { findUser } from "../kv/users.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { clearTokenCookies } from "./cookies.ts";
import { me, member } from "./guard.ts";
import { deviceInWords, placeInWords } from "./place.ts";
import { stepUp, stepUpRequest } from "./step_up.ts";

/** One's own logins: on which devices, by which ways in, and being seen again. */
export function loginRoutes(parts: Parts): Hono<AppEnv> {
  const { store, identity, oauth, now } = parts;

  return new Hono<AppEnv>()
    .get("/api/sessions", async (c) => {
      const logins = await loginsOf(store, me(c).id, now());
      return c.json({ items: logins.map((login) => shown(c, login)) });
    })
    .delete("/api/sessions", async (c) => {
      await identity.endOthers(me(c).id, me(c).session);
      return c.body(null, 204);
    })
    .delete("/api/sessions/:id", async (c) => {
      await endLogin(parts, c, c.req.param("id"));
      return c.body(null, 204);
    })
    .get("/api/logins", async (c) => {
      const { id } = me(c);
      const [user, links] = await Promise.all([findUser(store, id), linksOf(store, id)]);
      const items = providers.map((provider) => {
        const { name, linkedAt } = links[provider] ?? {};
        return { provider, offered: oauth.offered.includes(provider), linkedAt, name };
      });
      return c.json({ password: user?.passwordHash !== undefined, providers: items });
    })
    .delete("/api/logins/:provider", async (c) => {
      await unlink(store, me(c).id, providerOf(c));
      return c.body(null, 204);
    })
    .post("/api/step-up", member, body(stepUpRequest), async (c) => {
      const freshUntil = await stepUp(parts, me(c), c.req.valid("json").password);
      return c.json({ freshUntil });
    });
}

function shown(c: AppContext, login: ListedLogin) {
  const { id, createdAt, usedAt } = login;
  const device = deviceInWords(c, login), place = placeInWords(c, login);
  return { id, device, place, createdAt, usedAt, current: id === me(c).session };
}

/** The provider of the address. Problem `not_found`. */
export function providerOf(c: AppContext): Provider {
  const read = provider.safeParse(c.req.param("provider"));
  if (!read.success) throw new Problem("not_found");
  return read.data;
}

/** Ends one of my logins; Problem `not_found` for anybody else's. */
export async function endLogin({ store, identity, env, now }: Parts, c: AppContext, id: string): Promise<void> {
  const mine = await loginsOf(store, me(c).id, now());
  if (!mine.some((login) => login.id === id)) throw new Problem("not_found");
  await identity.close(id);
  if (id === me(c).session) clearTokenCookies(c, env);
}

import { Hono } from "hono";
import {
  credentials,
  profileChange,
  refreshRequest,
  registration,
  type Tokens,
  usernameQuestion,
} from "../domain/person.ts";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { makeTicket } from "../kv/tickets.ts";
import { changeProfile, findUser, isTaken, profileOf } from "../kv/users.ts";
import { body } from "./body.ts";
import { callerOf } from "./caller.ts";
import type { AppContext, AppEnv } from "./context.ts";
import { clearTokenCookies, setTokenCookies, tokenCookies } from "./cookies.ts";
import { type Door, logIn, signUp } from "./door.ts";
import { me, member } from "./guard.ts";

/** Signing up, in and out, over JSON; the forms of pages are in `door_forms.ts`. Tokens go into the body and into cookies. */
export function accountRoutes(parts: Door): Hono<AppEnv> {
  const { env, store, identity, now } = parts;
  const give = (c: AppContext, tokens: Tokens, status: 200 | 201 = 200) => {
    setTokenCookies(c, env, tokens);
    return c.json(tokens, status, { "cache-control": "no-store" });
  };

  return new Hono<AppEnv>()
    .post("/api/register", body(registration), async (c) => {
      return give(c, await signUp(parts, c.req.valid("json"), callerOf(c, env)), 201);
    })
    .post("/api/check-username", body(usernameQuestion), async (c) => {
      return c.json({ available: !await isTaken(store, c.req.valid("json").username) });
    })
    .post("/api/login", body(credentials), async (c) => {
      return give(c, await logIn(parts, c.req.valid("json"), callerOf(c, env)));
    })
    .post("/api/token/refresh", body(refreshRequest), async (c) => {
      const { refreshToken, refresh } = c.req.valid("json"), sent = refreshToken ?? refresh;
      const kept = tokenCookies(c, env).refresh;
      if (sent !== undefined) return give(c, await identity.refresh(sent, "body"));
      if (kept === undefined) throw new Problem("unauthenticated");
      return give(c, await identity.refresh(kept, "cookie"));
    })
    .post("/api/logout", async (c) => {
      if (c.var.who) await identity.close(c.var.who.session);
      clearTokenCookies(c, env);
      return c.body(null, 204);
    })
    .get("/api/profile", async (c) => {
      const user = await findUser(store, me(c).id);
      if (!user) throw new Problem("unauthenticated");
      return c.json(profileOf(user));
    })
    .patch("/api/profile", member, body(profileChange), async (c) => {
      const user = await changeProfile(store, me(c).id, c.req.valid("json"));
      const kept = c.req.header("authorization") ? undefined : tokenCookies(c, env).refresh;
      // A browser's new name is in its next token: it gets one now.
      if (kept) setTokenCookies(c, env, await identity.refresh(kept, "cookie"));
      return c.json(profileOf(user));
    })
    .post("/api/ws-ticket", async (c) => {
      const ticket = await makeTicket(store, me(c), now());
      return c.json({ ticket, expiresIn: limits.ticket / 1000 });
    });
}

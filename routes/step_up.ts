import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { credentials, type Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { freshen, isFresh } from "../kv/logins.ts";
import { findUser } from "../kv/users.ts";
import type { Caller } from "./caller.ts";
import type { AppEnv, Parts } from "./context.ts";
import { byPassword, type Door } from "./door.ts";
import { me } from "./guard.ts";

export const stepUpRequest = z.object({ password: credentials.shape.password });

/** The password again: what cannot be undone may be done until then, epoch milliseconds. Problems as of `logIn`. */
export async function stepUp(parts: Door, who: Who, password: string, from: Caller): Promise<number> {
  const { store, now } = parts;
  const user = await findUser(store, who.id);
  if (!user) throw new Problem("unauthenticated");
  await byPassword(parts, { username: user.username, password }, from);
  return await freshen(store, who, now());
}

/**
 * Only people who were seen again in the last ten minutes: for what cannot be undone. A page leads to where one shows it
 * and back; others get Problem `step_up_required`.
 */
export function requireStepUp({ store, now }: Pick<Parts, "store" | "now">): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (await isFresh(store, me(c), now())) return await next();
    const { pathname, search } = new URL(c.req.url);
    const isPage = c.req.method === "GET" && !pathname.startsWith("/api/");
    if (isPage) return c.redirect(`/step-up?${new URLSearchParams({ next: pathname + search })}`, 303);
    throw new Problem("step_up_required");
  };
}

import type { MiddlewareHandler } from "hono";
import { z } from "zod";
import { credentials, type Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { freshen, isFresh } from "../kv/logins.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me } from "./guard.ts";
import { provePassword } from "./passwords.ts";

export const stepUpRequest = z.object({ password: credentials.shape.password });

/** The password again: what cannot be undone may be done until then, epoch milliseconds. Problems as of `provePassword`. */
export async function stepUp(parts: Parts, who: Who, password: string): Promise<number> {
  await provePassword(parts, who, password, "password");
  return await freshen(parts.store, who, parts.now());
}

/**
 * Only people who were seen again in the last ten minutes: for what cannot be undone. From pages and their forms it
 * leads to where one shows it, and back to the page; the API gets Problem `step_up_required`.
 */
export function requireStepUp({ store, now }: Pick<Parts, "store" | "now">): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    if (await isFresh(store, me(c), now())) return await next();
    if (c.req.path.startsWith("/api/")) throw new Problem("step_up_required");
    return c.redirect(`/step-up?${new URLSearchParams({ next: pageOf(c) })}`, 303);
  };
}

/** The page that was asked for, or the one on which the form stood. */
function pageOf(c: AppContext): string {
  const here = new URL(c.req.url);
  const page = c.req.method === "GET" ? here : URL.parse(c.req.header("referer") ?? "");
  return page?.host === here.host ? page.pathname + page.search : "/settings";
}

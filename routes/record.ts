import { routePath } from "hono/route";
import type { MiddlewareHandler } from "hono";
import type { LogLine } from "../domain/logger.ts";
import { Problem } from "../domain/problems.ts";
import type { AppEnv } from "./context.ts";

/** Gives the request its id, and writes one line when it is answered: the route's pattern, never the address itself. */
export function record(line: LogLine, now: () => number): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const began = now();
    c.set("requestId", crypto.randomUUID());
    await next();
    if (c.res.status !== 101) c.res.headers.set("X-Request-Id", c.get("requestId"));
    const route = routePath(c);
    line(route.startsWith("/static/") || route === "/healthz" ? "debug" : "info", "request", {
      request: c.get("requestId"),
      method: c.req.method,
      route,
      status: c.res.status,
      ms: now() - began,
    });
  };
}

/** An address that no parser reads, and what is thrown that is no Error, stop here: all that follows may rely on it. */
export const steady: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (!URL.canParse(c.req.url)) throw new Problem("malformed");
  try {
    await next();
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new Error("thrown", { cause: thrown });
  }
};

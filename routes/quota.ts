import type { MiddlewareHandler } from "hono";
import type { Quota } from "../domain/quota.ts";
import type { AiKind } from "../domain/room.ts";
import type { AppEnv, Parts } from "./context.ts";

/** Says in each answer's headers how many requests are left today, and in how many seconds they are whole again. */
export function sayQuota({ quotas, now }: Pick<Parts, "quotas" | "now">, kind: AiKind): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { who } = c.var;
    if (who) setQuota(c.res.headers, await quotas.look(kind, who.id), now());
  };
}

function setQuota(headers: Headers, { left, of, resetsAt }: Quota, now: number): void {
  headers.set("RateLimit-Limit", String(of));
  headers.set("RateLimit-Remaining", String(left));
  headers.set("RateLimit-Reset", String(Math.max(1, Math.ceil((resetsAt - now) / 1000))));
}

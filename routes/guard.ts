import type { MiddlewareHandler } from "hono";
import type { Tokens, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { findUser } from "../kv/users.ts";
import type { Order } from "../realtime/order.ts";
import { oldAddresses } from "./compat.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { clearTokenCookies, saysTokens, setTokenCookies, tokenCookies } from "./cookies.ts";
import { openLastUse } from "./last_use.ts";
import { addressOf, isForeign } from "./origin.ts";

type Gate = MiddlewareHandler<AppEnv>;
type Found = { who: Who | null; fresh?: Tokens; stale?: boolean };

/** Whoever comes to get tokens is nobody yet, whatever old token a client still sends along. */
const ours = ["/api/login", "/api/register", "/api/token/refresh", "/login", "/register"];
const doors = new Set([...ours, ...oldAddresses.filter(({ now }) => ours.includes(now)).map(({ path }) => path)]);

/**
 * Finds out who asks. A bad bearer token is refused; a bad cookie makes a guest and is cleared; an access cookie that
 * ran out is renewed on the way. Who was banned hears why, and reads on as a guest. Whatever changes something must
 * not come from another site.
 */
export function identify(
  parts: Pick<Parts, "env" | "store" | "now" | "identity"> & { order: Pick<Order, "know"> },
): Gate {
  const { env, identity, order } = parts;
  const noteUse = openLastUse(parts);
  return async (c, next) => {
    const bearer = bearerOf(c);
    const safe = ["GET", "HEAD", "OPTIONS"].includes(c.req.method);
    if (!safe && bearer === null && isForeign(c.req.raw, env)) throw new Problem("foreign_origin");

    const atDoor = c.req.method === "POST" && doors.has(c.req.path.replace(/\/$/, ""));
    const { who, fresh, stale }: Found = atDoor
      ? { who: null }
      : await (bearer === null ? fromCookies(c, safe) : read(bearer));
    c.set("who", who);
    if (who) await noteUse(who);
    await next();
    if (saysTokens(c.res, env)) return;
    if (fresh) setTokenCookies(c, env, fresh);
    if (stale) clearTokenCookies(c, env);
  };

  async function read(token: string): Promise<Found> {
    const who = await identity.read(token);
    const known = who && await order.know(who);
    if (!known) throw new Problem("unauthenticated");
    return { who: known };
  }

  async function fromCookies(c: AppContext, safe: boolean): Promise<Found> {
    const { access, refresh } = tokenCookies(c, env);
    const said = access ? await identity.read(access) : null;
    const who = said && await knowOrGuest(said, safe);
    // An upgrade's answer carries no cookie: the successor would be lost, and the next refresh would look like theft.
    if (who || c.req.header("upgrade")) return { who };
    if (!refresh) return { who: null, stale: access !== undefined };
    try {
      const fresh = await identity.refresh(refresh, "cookie");
      return { who: await identity.read(fresh.accessToken), fresh };
    } catch (error) {
      if (error instanceof Problem && error.code === "session_ended") return { who: null, stale: true };
      throw error;
    }
  }

  async function knowOrGuest(who: Who, safe: boolean): Promise<Who | null> {
    try {
      return await order.know(who);
    } catch (error) {
      if (safe && error instanceof Problem && error.code === "banned") return null;
      throw error;
    }
  }
}

/** The token of `Authorization: Bearer`, "" for a broken one, `null` without. Other schemes are not ours. */
function bearerOf(c: AppContext): string | null {
  const said = c.req.header("authorization") ?? "";
  return /^bearer\b/i.test(said) ? /^bearer +(\S+)$/i.exec(said)?.[1] ?? "" : null;
}

/** Only people who are logged in. */
export const member: Gate = async (c, next) => {
  me(c);
  await next();
};

/** Who asks; Problem `unauthenticated` for a guest. */
export function me(c: AppContext): Who {
  const { who } = c.var;
  if (!who) throw new Problem("unauthenticated");
  return who;
}

/** Only administrators, asked of the store: a token remembers a role for a while. To others nothing is here. */
export function admin({ store }: Pick<Parts, "store">): Gate {
  return async (c, next) => {
    const { who } = c.var;
    const user = who?.role === "admin" ? await findUser(store, who.id) : null;
    if (user?.role !== "admin") throw new Problem("not_found");
    await next();
  };
}

/** The address that limits count; `hops` is `Settings.trustProxy`. */
export function clientAddress(c: AppContext, hops: number): string {
  const info = c.env as { remoteAddr?: { hostname?: string } } | undefined;
  return addressOf(c.req.header("x-forwarded-for"), info?.remoteAddr?.hostname, hops);
}

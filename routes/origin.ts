import { isIP, isIPv6 } from "node:net";
import type { Settings } from "../adapters/env.ts";

type Where = Pick<Settings, "publicUrl" | "corsOrigins">;

/**
 * Whether a browser sends this for another site. Without PUBLIC_URL the request's own host is home, whatever the
 * scheme, because a proxy may have taken the TLS off. No `Origin` and no `Sec-Fetch-Site`: not a browser, not foreign.
 */
export function isForeign(request: Request, env: Where): boolean {
  const origin = request.headers.get("origin");
  if (origin === null) {
    return !["same-origin", "none", null].includes(request.headers.get("sec-fetch-site"));
  }
  if (env.corsOrigins.includes(origin)) return false;
  return env.publicUrl ? origin !== env.publicUrl : hostOf(origin) !== new URL(request.url).host;
}

const hostOf = (origin: string): string | null => /^https?:/.test(origin) ? URL.parse(origin)?.host ?? null : null;

/**
 * The address that limits count. X-Forwarded-For is believed for as many last entries as we have proxies (`hops`), since
 * anybody can write the first ones. An IPv6 address counts by its /64, which is what one subscriber gets.
 */
export function addressOf(forwarded: string | undefined, connection: string | undefined, hops: number): string {
  const entry = hops > 0 ? forwarded?.split(",").at(-hops)?.trim() : undefined;
  const address = entry && isIP(entry) ? entry : connection ?? "";
  return isIPv6(address) ? network(address) : address;
}

function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1];
  const [left, right] = address.replace(/%.*$/, "").split("::");
  const groups = left ? left.split(":") : [];
  const tail = right ? right.split(":") : [];
  const zeros = right === undefined ? 0 : 8 - groups.length - tail.length;
  const all = [...groups, ...Array(Math.max(0, zeros)).fill("0"), ...tail];
  return `${all.slice(0, 4).map((group) => parseInt(group, 16).toString(16)).join(":")}::/64`;
}

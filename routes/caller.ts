import { deviceOf } from "../domain/device.ts";
import type { Lang } from "../domain/person.ts";
import type { Seen } from "../kv/logins.ts";
import type { AppContext, Parts } from "./context.ts";
import { clientAddress } from "./guard.ts";

/** Where a request comes from: the address that limits count, and what a person's list of logins will say. */
export type Caller = { address: string; lang: Lang; seen: Seen };

/** The country is what a proxy that is trusted says; nobody guesses it from an address. */
export function callerOf(c: AppContext, { trustProxy }: Pick<Parts["env"], "trustProxy">): Caller {
  const country = trustProxy ? countryHeaders.map((name) => c.req.header(name)).find(isCountry) : undefined;
  return {
    address: clientAddress(c, trustProxy),
    lang: c.var.lang,
    seen: { device: deviceOf(c.req.header("user-agent")), country },
  };
}

const countryHeaders = ["CF-IPCountry", "X-Vercel-IP-Country", "CloudFront-Viewer-Country", "X-Country-Code"];
/** Proxies say XX and T1 for "not known" and for Tor. */
const isCountry = (said?: string): boolean => /^[A-Z]{2}$/.test(said ?? "") && said !== "XX";

import type { Hono } from "hono";
import type { AppEnv } from "./context.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
type Old = { method: Method; path: string; now: string };

/**
 * Addresses of the services that this one replaces, and where each is answered now. Those of the first plaza
 * (`/api/register`, `/api/send-chat` …, `/ws`) are our own, and any address may end in a slash: nothing to list yet.
 */
const oldAddresses: readonly Old[] = [];

/** Adds the old addresses to an app that has the new ones. */
export function answerOld(app: Hono<AppEnv>): void {
  for (const { method, path, now } of oldAddresses) {
    app.on(method, path, (c) => app.fetch(new Request(new URL(now, c.req.url), c.req.raw), c.env));
  }
}

import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { AppEnv } from "./context.ts";

/** The layout includes this when `Settings.dev`: it reloads the page when the server has changed. */
export const devScript = "/static/dev.js";

/** Only under `deno task dev`: tells each open page which start of the server it talks to. */
export function devRoutes(): Hono<AppEnv> {
  const boot = crypto.randomUUID();
  return new Hono<AppEnv>().get("/_dev/live", (c) =>
    streamSSE(c, async (stream) => {
      await stream.writeSSE({ data: boot, retry: 150 });
      await new Promise<void>((gone) => stream.onAbort(gone));
    }));
}

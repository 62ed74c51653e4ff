import { Hono } from "hono";
import type { AppEnv, Parts } from "./context.ts";

/** `/sw.js`: the worker of all pages. It names what it keeps, and is another one when any file of the pages is. */
export function workerRoutes({ assets }: Pick<Parts, "assets">): Hono<AppEnv> {
  const files = ["/offline", ...["app.css", "offline.js", "app.js", "icons.svg", "favicon.svg"].map(assets.url)];
  const head = `self.kept=${JSON.stringify({ version: assets.version, files })};\n`;
  return new Hono<AppEnv>().get("/sw.js", async (c) => {
    const code = await Deno.readTextFile(`.${assets.url("sw.js")}`);
    c.header("Cache-Control", "no-cache");
    return c.body(head + code, 200, { "Content-Type": "text/javascript; charset=UTF-8" });
  });
}

import { Hono } from "hono";
import type { AppEnv, Parts } from "./context.ts";

const KEPT = ["app.css", "offline.js", "app.js", "icons.svg", "favicon.svg"];

/** `/sw.js`: the worker of all pages. It names what it keeps, and is another one when any file of the pages is. */
export function workerRoutes({ assets }: Pick<Parts, "assets">): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/sw.js", async (c) => {
    const kept = { version: assets.version, files: ["/offline", ...KEPT.map(assets.url)] };
    const code = await Deno.readTextFile(`.${assets.url("sw.js")}`);
    c.header("Cache-Control", "no-cache");
    c.header("Content-Type", "text/javascript; charset=UTF-8");
    return c.body(`self.kept=${JSON.stringify(kept)};\n${code}`);
  });
}

import { Hono } from "hono";
import { PLAZA } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import type { AppEnv, Parts } from "./context.ts";

export const version = "0.2.0";

/** `/healthz`: 200 while the store answers a real read within its deadline, else 503. `uptime` is in seconds. */
export function healthRoutes({ store, now, env }: Pick<Parts, "store" | "now" | "env">): Hono<AppEnv> {
  const began = now();
  return new Hono<AppEnv>().get("/healthz", async (c) => {
    const ok = await store.get(keys.head(PLAZA)).then(() => true, () => false);
    const companion = env.openai.key ? "model" : "offline";
    const uptime = Math.floor((now() - began) / 1000);
    return c.json({ ok, version, uptime, kv: ok, companion }, ok ? 200 : 503, { "Cache-Control": "no-store" });
  });
}

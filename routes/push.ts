import { Hono } from "hono";
import { z } from "zod";
import { notificationPreferences, pushSubscription } from "../domain/notification.ts";
import { Problem } from "../domain/problems.ts";
import { addDevice, devicesOf, prefer, preferencesOf, removeDevice } from "../kv/notifications.ts";
import { body } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const endpointOnly = z.object({ endpoint: z.string().max(1_000) });

/** Which browsers of mine are told, and of what. */
export function pushRoutes({ store, push, now }: Pick<Parts, "store" | "push" | "now">): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/api/notifications", async (c) => {
      const user = me(c).id;
      const [preferences, devices] = await Promise.all([preferencesOf(store, user), devicesOf(store, user)]);
      return c.json({ publicKey: push.publicKey, preferences, devices: devices.length });
    })
    .put("/api/notifications", member, body(notificationPreferences), async (c) => {
      await prefer(store, me(c).id, c.req.valid("json"));
      return c.json(c.req.valid("json"));
    })
    .put("/api/notifications/devices", member, body(pushSubscription), async (c) => {
      const device = c.req.valid("json");
      if (!push.allowed(device.endpoint)) throw new Problem("invalid", { fields: { endpoint: "other" } });
      await addDevice(store, me(c).id, device, now());
      return c.body(null, 204);
    })
    .delete("/api/notifications/devices", member, body(endpointOnly), async (c) => {
      await removeDevice(store, me(c).id, c.req.valid("json").endpoint);
      return c.body(null, 204);
    });
}

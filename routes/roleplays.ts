import { Hono } from "hono";
import { sceneChange, sceneDraft, sceneFor } from "../domain/scene.ts";
import { ownAiRooms, readAiRoom } from "../kv/ai_rooms.ts";
import { seenBy } from "../realtime/seen.ts";
import { findAiRoom, findOwnAiRoom, isOffline, ownQuestion, withLast } from "./ai_room.ts";
import { aiTalkRoutes } from "./ai_talk.ts";
import { body, query } from "./body.ts";
import { castRoutes } from "./casts.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { sayQuota } from "./quota.ts";

const BASE = "/api/roleplays", ONE = `${BASE}/:id`;

/** Role-plays: scenes of one person, or of several, and the companion. Nobody else can tell that they exist. */
export function roleplayRoutes(parts: Parts): Hono<AppEnv> {
  const { store, hub, aiRooms, quotas } = parts;
  const quota = (c: AppContext) => quotas.look("roleplay", me(c).id);
  const find = (c: AppContext) => findAiRoom(parts, "roleplay", c);
  const own = (c: AppContext) => findOwnAiRoom(parts, "roleplay", c);

  return new Hono<AppEnv>()
    .use(BASE, sayQuota(parts, "roleplay"))
    .use(`${BASE}/*`, sayQuota(parts, "roleplay"))
    .get(BASE, member, query(ownQuestion), async (c) => {
      const { items, next } = await ownAiRooms(store, "roleplay", me(c).id, c.req.valid("query"));
      const seen = seenBy(parts, me(c)), own = items.map((scene) => sceneFor(scene, true, seen.apart));
      return c.json({ items: await withLast(seen, own), next, quota: await quota(c) });
    })
    .post(BASE, member, body(sceneDraft), async (c) => {
      const scene = await aiRooms.makeScene(me(c), c.req.valid("json"), c.var.lang);
      return c.json({ ...scene, quota: await quota(c) }, 201);
    })
    .get(ONE, member, async (c) => {
      const { id, owner } = await find(c);
      const scene = sceneFor(await readAiRoom(store, "roleplay", id), owner === me(c).id, hub.apart(me(c).id));
      return c.json({ ...scene, offline: await isOffline(parts, me(c).id), quota: await quota(c) });
    })
    .patch(ONE, member, body(sceneChange), async (c) => {
      return c.json(await aiRooms.changeScene(await own(c), c.req.valid("json")));
    })
    .delete(ONE, member, async (c) => {
      await aiRooms.remove(await own(c));
      return c.body(null, 204);
    })
    .route("/", castRoutes(parts, BASE))
    .route("/", aiTalkRoutes(parts, "roleplay", BASE));
}

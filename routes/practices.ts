import { Hono } from "hono";
import { Problem } from "../domain/problems.ts";
import { practiceChange, practiceDraft } from "../domain/practice.ts";
import { ownAiRooms, readAiRoom } from "../kv/ai_rooms.ts";
import { findAiRoom, isOffline, ownQuestion, withLast } from "./ai_room.ts";
import { aiTalkRoutes } from "./ai_talk.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { sayQuota } from "./quota.ts";

const BASE = "/api/practices", ONE = `${BASE}/:id`;

/** Practice: conversations and interviews, a few requests a day. Nobody else can tell that they exist. */
export function practiceRoutes(parts: Parts): Hono<AppEnv> {
  const { store, log, aiRooms, quotas } = parts;
  const quota = (c: AppContext) => quotas.look("practice", me(c).id);
  const find = (c: AppContext) => findAiRoom(parts, "practice", c);

  return new Hono<AppEnv>()
    .use(BASE, sayQuota(parts, "practice"))
    .use(`${BASE}/*`, sayQuota(parts, "practice"))
    .get(BASE, member, query(ownQuestion), async (c) => {
      const { items, next } = await ownAiRooms(store, "practice", me(c).id, c.req.valid("query"));
      return c.json({ items: await withLast(log, items), next, quota: await quota(c) });
    })
    .post(BASE, member, body(practiceDraft), async (c) => {
      const practice = await aiRooms.makePractice(me(c), c.req.valid("json"), c.var.lang);
      return c.json({ ...practice, quota: await quota(c) }, 201);
    })
    .get(ONE, member, async (c) => {
      const practice = await readAiRoom(store, "practice", (await find(c)).id);
      return c.json({ ...practice, offline: await isOffline(parts, me(c).id), quota: await quota(c) });
    })
    .patch(ONE, member, body(practiceChange), async (c) => {
      return c.json(await aiRooms.changePractice(await find(c), c.req.valid("json")));
    })
    .delete(ONE, member, async (c) => {
      await aiRooms.remove(await find(c));
      return c.body(null, 204);
    })
    .post(`${ONE}/again`, member, async (c) => {
      const practice = await aiRooms.again(me(c), await find(c), c.var.lang);
      return c.json({ ...practice, quota: await quota(c) }, 201);
    })
    .get(`${ONE}/report`, member, async (c) => c.json(await reports(c, false)))
    .post(`${ONE}/report`, member, async (c) => c.json(await reports(c, true)))
    .route("/", aiTalkRoutes(parts, "practice", BASE));

  /** The report, and that of the attempt before to stand beside it. */
  async function reports(c: AppContext, make: boolean) {
    const practice = await readAiRoom(store, "practice", (await find(c)).id);
    const report = make
      ? await aiRooms.report(practice, me(c).id, c.var.lang)
      : await aiRooms.kept(practice.id, me(c).id);
    if (!report) throw new Problem("not_found");
    const before = practice.again === undefined ? undefined : await aiRooms.kept(practice.again, me(c).id);
    return { report, before };
  }
}

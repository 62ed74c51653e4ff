import { Hono } from "hono";
import { z } from "zod";
import { firstWords } from "../domain/automod.ts";
import { reason, roleOrder, settlement, siteTimeoutOrder, undoing, wordList } from "../domain/keeping.ts";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { auditPage, findEntry } from "../kv/audit.ts";
import { blockedWords, sanctionsOf } from "../kv/order.ts";
import { findPeople, MOST_PAGES } from "../kv/people.ts";
import { reportPage } from "../kv/reports.ts";
import { profileOf } from "../kv/users.ts";
import { blockWords } from "./block_words.ts";
import { body, query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { deskRooms } from "./desk_rooms.ts";
import { admin, me } from "./guard.ts";
import { readReport } from "./read_report.ts";
import { settle } from "./settle.ts";
import { wayBack } from "./undo.ts";

const page = z.coerce.number().int().min(1).max(MOST_PAGES).default(1);
export const pageQuestion = z.object({ page });
export const peopleQuestion = z.object({ q: z.string().trim().max(100).default(""), page });
export const reportsQuestion = z.object({ state: z.enum(["open", "settled"]).default("open"), page });
const SIZE = limits.page.default;

/** What administrators do from the desk; to everybody else nothing is here. */
export function adminRoutes(parts: Parts): Hono<AppEnv> {
  const { store, rooms, powers, now } = parts;
  const gate = admin(parts), person = "/api/admin/people/:id";
  return new Hono<AppEnv>()
    .get("/api/admin/people", gate, query(peopleQuestion), async (c) => {
      const { q, page } = c.req.valid("query");
      const { items, more } = await findPeople(store, q, page, SIZE);
      const people = items.map(async (user) => ({
        ...profileOf(user),
        sanctions: (await sanctionsOf(store, user.id)).filter(({ until = Infinity }) => until > now()),
      }));
      return c.json({ items: await Promise.all(people), page, more });
    })
    .get("/api/admin/rooms", gate, async (c) => c.json({ items: await deskRooms(parts) }))
    .post(`${person}/timeout`, gate, body(siteTimeoutOrder), async (c) => {
      const { minutes, why } = c.req.valid("json");
      return c.json(await powers.timeout(null, me(c), c.req.param("id"), minutes, { why }), 201);
    })
    .delete(`${person}/timeout`, gate, body(undoing), async (c) => {
      await powers.lift(null, me(c), c.req.param("id"), "timeout", c.req.valid("json"));
      return c.body(null, 204);
    })
    .post(`${person}/ban`, gate, body(reason), async (c) => {
      return c.json(await powers.ban(null, me(c), c.req.param("id"), c.req.valid("json")), 201);
    })
    .delete(`${person}/ban`, gate, body(undoing), async (c) => {
      await powers.lift(null, me(c), c.req.param("id"), "ban", c.req.valid("json"));
      return c.body(null, 204);
    })
    .post(`${person}/role`, gate, body(roleOrder), async (c) => {
      const { role, why } = c.req.valid("json");
      await powers.role(me(c), c.req.param("id"), role, { why });
      return c.body(null, 204);
    })
    .post(`${person}/end-sessions`, gate, body(reason), async (c) => {
      await powers.endSessions(me(c), c.req.param("id"), c.req.valid("json"));
      return c.body(null, 204);
    })
    .get("/api/admin/reports", gate, query(reportsQuestion), async (c) => {
      const { state, page } = c.req.valid("query");
      return c.json({ ...await reportPage(store, state, page, SIZE), page });
    })
    .get("/api/admin/reports/:id", gate, async (c) => {
      return c.json(await readReport(parts, me(c), c.req.param("id")));
    })
    .post("/api/admin/reports/:id", gate, body(settlement), async (c) => {
      return c.json(await settle(parts, me(c), c.req.param("id"), c.req.valid("json")));
    })
    .get("/api/admin/audit", gate, query(pageQuestion), async (c) => {
      const { page } = c.req.valid("query");
      return c.json({ ...await auditPage(store, page, SIZE), page });
    })
    .post("/api/admin/audit/:id/undo", gate, body(reason), async (c) => {
      const entry = await findEntry(store, c.req.param("id"));
      const back = entry && wayBack(entry);
      if (!entry || !back) throw new Problem("not_found");
      const place = entry.room === undefined ? null : await rooms.get(entry.room);
      await back(parts, place, me(c), { ...c.req.valid("json"), undoes: entry.id });
      return c.body(null, 204);
    })
    .get("/api/admin/words", gate, async (c) => c.json({ words: await blockedWords(store), first: firstWords }))
    .put("/api/admin/words", gate, body(wordList), async (c) => {
      const { words, why } = c.req.valid("json");
      await blockWords(parts, me(c), words, { why });
      return c.json({ words });
    });
}

import { Hono } from "hono";
import { query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { openFind, searchQuestion } from "./find.ts";
import { searchPages } from "./pages/search.tsx";

/** Searching, for programs and for people; both count for one limit. */
export function searchRoutes(parts: Parts): Hono<AppEnv> {
  const find = openFind(parts);
  return new Hono<AppEnv>()
    .get("/api/search", query(searchQuestion), async (c) => {
      const { items, next } = await find(c, c.req.valid("query"));
      const told = items.map(({ room, message, excerpt }) => {
        return { room: room.id, title: room.title, message, at: message.at, excerpt };
      });
      return c.json({ items: told, next });
    })
    .route("/", searchPages(parts, find));
}

import { Hono } from "hono";
import { z } from "zod";
import { type Card, cardSettings, isDue, ratings } from "../domain/card.ts";
import { correction } from "../domain/correction.ts";
import { limits } from "../domain/limits.ts";
import { langs } from "../domain/person.ts";
import { addCards, allCards, cardSettingsOf, deleteCard, findCard, reviewCard, setCardSettings } from "../kv/cards.ts";
import { take } from "../kv/windows.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { loadProgress } from "./load_progress.ts";

export const cardsQuestion = z.object({
  which: z.enum(["all", "due", "open", "resolved"]).default("all"),
  language: z.enum(langs).optional(),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
  size: z.coerce.number().int().min(1).max(limits.page.max).default(limits.page.default),
});
/** A correction that was found in the browser: the person's own sentence of a practice. */
export const cardDraft = correction.extend({ language: z.enum(langs) })
  .refine(({ said, better }) => said !== better, { path: ["better"], error: "same" });
export const cardReview = z.object({ rating: z.enum(ratings) });

/** The mistake bank: each person's own cards. Somebody else's are not there. */
export function cardRoutes(parts: Parts): Hono<AppEnv> {
  const { store, env, now } = parts;
  const idOf = (c: AppContext) => c.req.param("id") ?? "";
  return new Hono<AppEnv>()
    .get("/api/cards", member, query(cardsQuestion), async (c) => {
      const { which, language, page, size } = c.req.valid("query");
      const found = (await allCards(store, me(c).id)).filter((card) => !language || card.language === language)
        .filter(filters[which](now()));
      const pages = Math.max(1, Math.ceil(found.length / size));
      return c.json({ items: found.slice((page - 1) * size, page * size), page, pages, total: found.length });
    })
    .post("/api/cards", member, body(cardDraft), async (c) => {
      const { language, ...correction } = c.req.valid("json");
      const { id } = me(c);
      await take(store, "cardsByPerson", id, now(), env.rateLimitScale);
      const source = { from: "practice" } as const;
      const [card] = await addCards(store, id, { language, corrections: [correction], source, now: now() });
      return c.json(card, 201);
    })
    .get("/api/cards/settings", member, async (c) => c.json(await cardSettingsOf(store, me(c).id)))
    .put("/api/cards/settings", member, body(cardSettings), async (c) => {
      await setCardSettings(store, me(c).id, c.req.valid("json"));
      return c.json(c.req.valid("json"));
    })
    .get("/api/cards/:id", member, async (c) => c.json(await findCard(store, me(c).id, idOf(c))))
    .delete("/api/cards/:id", member, async (c) => {
      await deleteCard(store, me(c).id, idOf(c));
      return c.body(null, 204);
    })
    .post("/api/cards/:id/review", member, body(cardReview), async (c) => {
      return c.json(await reviewCard(store, me(c).id, idOf(c), c.req.valid("json").rating, now()));
    })
    .get("/api/progress", member, async (c) => {
      const { streak, weeks, resolved, due, open } = await loadProgress(parts, me(c));
      return c.json({ streak, weeks, resolved: resolved.length, due: due.length, open: open.length });
    });
}

type Filter = (now: number) => (card: Card) => boolean;
const filters: Record<z.infer<typeof cardsQuestion>["which"], Filter> = {
  all: () => () => true,
  due: (now) => (card) => isDue(card, now),
  open: () => ({ resolvedAt }) => resolvedAt === undefined,
  resolved: () => ({ resolvedAt }) => resolvedAt !== undefined,
};

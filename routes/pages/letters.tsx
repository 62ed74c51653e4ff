import { Hono } from "hono";
import { z } from "zod";
import { dateAt } from "../../domain/day.ts";
import { letterDate } from "../../domain/letter.ts";
import { Problem } from "../../domain/problems.ts";
import { lettersBeside } from "../../kv/letters.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { admin, me } from "../guard.ts";
import { note } from "../note.ts";
import { LetterArchive } from "./letter_archive.tsx";
import { LetterSheet } from "./letter_sheet.tsx";
import { loadOwn } from "./own_letter.tsx";
import { Empty, Page, show } from "./layout.tsx";

const SIZE = 12;
const pageNumber = z.coerce.number().int().min(1).max(100_000).catch(1);

/** `/letters`, a page for each letter, and the administrators' form. */
export function letterPages(parts: Parts): Hono<AppEnv> {
  const { letters, env, store, now } = parts;
  const today = () => dateAt(now(), env.letterTimeZone);

  /** What has no letter says so, and where the others are. */
  function none(c: AppContext): Response | Promise<Response> {
    const words = c.var.words.letter;
    c.status(404);
    return show(
      c,
      <Page c={c} house={parts} title={words.none} nav="letters">
        <div class="page">
          <Empty title={words.none} text={words.noneHow} heading="h1">
            <p>
              <a class="btn main" href="/letters">{words.all}</a>
            </p>
          </Empty>
        </div>
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/letters", async (c) => {
      const found = await letters.page(pageNumber.parse(c.req.query("page")), SIZE);
      return await show(
        c,
        <Page c={c} house={parts} title={c.var.words.letter.all} nav="letters">
          <LetterArchive c={c} letters={found} today={today()} mayWrite={c.var.who?.role === "admin"} />
        </Page>,
      );
    })
    .post("/letters", admin({ store }), body(z.object({ date: letterDate })), async (c) => {
      const { date } = c.req.valid("json");
      if (date > today()) throw new Problem("invalid", { fields: { date: "other" } });
      await letters.write(date);
      await note(parts, me(c), "letter", { why: date });
      return c.redirect(`/letters/${date}`, 303);
    })
    .get("/letters/latest", async (c) => {
      const latest = await letters.latest();
      return latest ? c.redirect(`/letters/${latest.date}`, 302) : await none(c);
    })
    .get("/letters/:date", async (c) => {
      const date = letterDate.safeParse(c.req.param("date")).data;
      if (!date) return await none(c);
      const { who } = c.var;
      const [letter, beside, own] = await Promise.all([
        letters.get(date),
        lettersBeside(store, date),
        who && loadOwn(parts, who.id, date),
      ]);
      if (!letter) return await none(c);
      return await show(
        c,
        <Page c={c} house={parts} title={letter.texts[c.var.lang].title} nav="letters">
          <LetterSheet c={c} letter={letter} {...beside} own={own} />
        </Page>,
      );
    });
}

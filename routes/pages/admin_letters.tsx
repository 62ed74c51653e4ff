import { Hono } from "hono";
import { z } from "zod";
import { dateAt } from "../../domain/day.ts";
import { letterDate } from "../../domain/letter.ts";
import { Problem } from "../../domain/problems.ts";
import { fill } from "../../domain/words/fill.ts";
import { inWords } from "../../domain/words/dates.ts";
import { body } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { note } from "../note.ts";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";
import { WriteNow } from "./letter_archive.tsx";
import { Pager } from "./pager.tsx";

const SIZE = 20;
const pageNumber = z.coerce.number().int().min(1).max(100_000).catch(1);
type Found = Awaited<ReturnType<Parts["letters"]["page"]>>;

/** `/admin/letters`: what was written and from how much, and writing one now. */
export function deskLetterPages(parts: Parts): Hono<AppEnv> {
  const { letters, env, now } = parts;
  const today = () => dateAt(now(), env.letterTimeZone);

  async function draw(c: AppContext, tried?: Tried): Promise<Response> {
    const found = await letters.page(pageNumber.parse(c.req.query("page")), SIZE);
    return await desk({
      c,
      house: parts,
      tab: "letters",
      children: (
        <>
          {tried && <p class="notice bad" role="alert">{tried.fields.date ?? tried.message}</p>}
          <WriteNow c={c} today={today()} action="/admin/letters" />
          <Written c={c} found={found} />
        </>
      ),
    });
  }

  async function write(c: AppContext, date: string): Promise<Response> {
    if (date > today()) throw new Problem("invalid", { fields: { date: "other" } });
    await letters.write(date);
    await note(parts, me(c), "letter", { why: date });
    return c.redirect(`/letters/${date}`, 303);
  }

  return new Hono<AppEnv>()
    .get("/admin/letters", (c) => draw(c))
    .post("/admin/letters", body(z.object({ date: letterDate })), async (c) => {
      const { date } = c.req.valid("json");
      return await attempt(c, { date }, () => write(c, date), (tried) => draw(c, tried));
    });
}

function Written({ c, found: { items, page, pages } }: { c: AppContext; found: Found }) {
  const { words: { desk, letter: words }, lang } = c.var;
  if (!items.length) return <p class="notice">{words.empty}</p>;
  return (
    <div class="card">
      <h2>{words.all}</h2>
      <section class="scroll" tabindex={0} aria-label={words.all}>
        <table>
          <thead>
            <tr>{desk.letters.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
          </thead>
          <tbody>
            {items.map((letter) => (
              <tr key={letter.date}>
                <th scope="row">{inWords(letter.date, "narrow", lang)}</th>
                <td>
                  <a href={`/letters/${letter.date}`}>{letter.texts[lang].title}</a>
                </td>
                <td class="num">{fill(words.buzzes, { n: letter.buzzes })}</td>
                <td>{letter.quiet && <span class="badge ok">{words.quiet}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Pager words={c.var.words} page={page} pages={pages} href={(n) => `/admin/letters?page=${n}`} />
    </div>
  );
}

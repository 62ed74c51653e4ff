import { Hono } from "hono";
import { z } from "zod";
import { dateAt } from "../../domain/day.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { cardSettingsOf, deleteCard, reviewCard, setCardSettings } from "../../kv/cards.ts";
import { consentOf } from "../../kv/consents.ts";
import { body } from "../body.ts";
import { cardReview } from "../cards.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { loadProgress, type Progress } from "../load_progress.ts";
import { Empty, Page, show } from "./layout.tsx";
import { PracticeTabs } from "./practice_tabs.tsx";
import { OpenCards, ResolvedCards } from "./progress_cards.tsx";
import { WeeksChart } from "./progress_chart.tsx";
import { DueCard } from "./progress_due.tsx";
import { englishData } from "./english.ts";
import { CardSettingsForm, EnglishCorner } from "./progress_side.tsx";

const settingsForm = z.object({ live: z.coerce.boolean(), direct: z.coerce.boolean() });

/** What somebody has learnt from their mistakes: first what is theirs now, then what is due. Works without scripts. */
export function progressPages(parts: Parts): Hono<AppEnv> {
  const { store, now, assets } = parts;
  const idOf = (c: AppContext) => c.req.param("id") ?? "";

  async function render(c: AppContext): Promise<Response> {
    const { id } = me(c);
    const [progress, settings, consent] = await Promise.all([
      loadProgress(parts, me(c)),
      cardSettingsOf(store, id),
      consentOf(store, id),
    ]);
    const { words: { cards: words } } = c.var;
    const view = { c, zone: progress.zone, now: now() };
    const bare = progress.open.length + progress.resolved.length === 0;
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <Page
        c={c}
        house={parts}
        title={words.title}
        nav="practice"
        scripts={["progress.js"]}
        data={{ "english-data": englishData(assets, words) }}
      >
        <div class="page">
          <header>
            <h1>{words.title}</h1>
            <p class="soft">{words.lead}</p>
          </header>
          <PracticeTabs c={c} here="progress" />
          <Told c={c} zone={progress.zone} />
          <div class="cols">
            <div class="stack">
              {bare
                ? (
                  <Empty title={words.empty} text={words.emptyHow}>
                    <a class="btn main" href="/practice">{words.emptyGo}</a>
                  </Empty>
                )
                : <Learnt {...view} progress={progress} />}
            </div>
            <div class="stack">
              <Streak c={c} progress={progress} />
              <EnglishCorner c={c} />
              <CardSettingsForm c={c} settings={settings} consent={consent} offline={parts.model.name === null} />
            </div>
          </div>
        </div>
      </Page>,
    );
  }

  return new Hono<AppEnv>()
    .get("/progress", (c) => c.var.who ? render(c) : c.redirect("/login?next=/progress", 303))
    .post("/progress/cards/:id/review", member, body(cardReview), async (c) => {
      const { dueAt, resolvedAt } = await reviewCard(store, me(c).id, idOf(c), c.req.valid("json").rating, now());
      const told = resolvedAt ? "resolved=1" : `next=${dueAt}`;
      return c.redirect(`/progress?${told}#due`, 303);
    })
    .post("/progress/cards/:id/delete", member, async (c) => {
      await deleteCard(store, me(c).id, idOf(c));
      return c.redirect("/progress?removed=1", 303);
    })
    .post("/progress/settings", member, body(settingsForm), async (c) => {
      await setCardSettings(store, me(c).id, c.req.valid("json"));
      return c.redirect("/progress?saved=1#sources", 303);
    });
}

function Learnt({ c, zone, now, progress }: { c: AppContext; zone: string; now: number; progress: Progress }) {
  const view = { c, zone, now };
  return (
    <>
      <ResolvedCards {...view} cards={progress.resolved} />
      <DueCard {...view} progress={progress} />
      <WeeksChart c={c} weeks={progress.weeks} />
      <OpenCards {...view} cards={progress.open} />
    </>
  );
}

const toldQuestion = z.object({
  next: z.coerce.number().int().positive().max(8.64e15).optional().catch(undefined),
  resolved: z.literal("1").optional().catch(undefined),
  removed: z.literal("1").optional().catch(undefined),
});

/** What the last form did. */
function Told({ c, zone }: { c: AppContext; zone: string }) {
  const { words: { cards: words }, lang } = c.var;
  const { next, resolved, removed } = toldQuestion.parse(c.req.query());
  const text = next
    ? fill(words.reviewed, { day: inWords(dateAt(next, zone), "short", lang) })
    : resolved
    ? words.reviewedResolved
    : removed && words.removed;
  return text ? <p class="notice" role="status">{text}</p> : null;
}

function Streak({ c, progress: { streak } }: { c: AppContext; progress: Progress }) {
  const { cards: words } = c.var.words;
  return (
    <section class="card" aria-labelledby="streak-title">
      <h2 id="streak-title">{words.streak}</h2>
      <p class="score num">{fill(words.streakDays, { n: streak.days })}</p>
      <p class="s soft">
        {streak.days === 0 ? words.streakNone : streak.rested ? words.streakRested : words.streakHow}
      </p>
    </section>
  );
}

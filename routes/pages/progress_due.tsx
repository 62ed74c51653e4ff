import { type Card, ratings, RIGHT_USES } from "../../domain/card.ts";
import { dateAt } from "../../domain/day.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";
import type { Progress } from "../load_progress.ts";

type Props = { c: AppContext; zone: string; progress: Progress };

/** One due card at a time: the own sentence first, the better one when it is asked for, then how well it came back. */
export function DueCard({ c, zone, progress: { due, open } }: Props) {
  const { words: { cards: words }, lang } = c.var;
  const [card] = due;
  const next = Math.min(...open.map(({ dueAt }) => dueAt));
  return (
    <section class="card stack tight" id="due" aria-labelledby="due-title">
      <header class="row between">
        <h2 id="due-title">{words.due}</h2>
        {card && <span class="badge ok">{fill(words.dueCount, { n: due.length })}</span>}
      </header>
      {card ? <Review c={c} card={card} /> : (
        <p class="notice">
          {open.length ? fill(words.dueNone, { day: inWords(dateAt(next, zone), "short", lang) }) : words.dueNothing}
        </p>
      )}
    </section>
  );
}

function Review({ c, card }: { c: AppContext; card: Card }) {
  const { cards: words } = c.var.words;
  const { id, language, said, better, why, kind, times } = card;
  return (
    <>
      <p class="row s soft">
        <span class="badge">{words.kinds[kind]}</span>
        {times > 1 && fill(words.times, { n: times })}
      </p>
      <p class="label">{words.said}</p>
      <p>
        <del lang={language}>{said}</del>
      </p>
      <p class="s soft">{words.think}</p>
      <details class="stack tight reveal">
        <summary
          class="btn full"
          autofocus={c.req.query("next") !== undefined || c.req.query("resolved") !== undefined}
        >
          {words.reveal}
        </summary>
        <div class="fix">
          <p class="label">{words.better}</p>
          <p class="better" lang={language}>{better}</p>
          <p>{why}</p>
        </div>
        <form method="post" action={`/progress/cards/${id}/review`}>
          <fieldset>
            <legend class="label">{words.rate}</legend>
            <div class="ratings">
              {ratings.map((rating) => (
                <button key={rating} type="submit" class="btn" name="rating" value={rating}>
                  {words.ratings[rating]}
                </button>
              ))}
            </div>
          </fieldset>
        </form>
      </details>
      <p>
        <Uses c={c} right={card.right} />
      </p>
    </>
  );
}

/** How many of the three right uses are done: leaves, and in words. */
export function Uses({ c, right }: { c: AppContext; right: number }) {
  const label = fill(c.var.words.cards.right, { n: right, of: RIGHT_USES });
  return (
    <span class="pips" role="img" aria-label={label} title={label}>
      {Array.from({ length: RIGHT_USES }, (_, i) => <i key={i} class={i < right ? "on" : undefined} />)}
    </span>
  );
}

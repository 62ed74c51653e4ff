import { type Card, isDue } from "../../domain/card.ts";
import { dateAt } from "../../domain/day.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import { Uses } from "./progress_due.tsx";

type Props = { c: AppContext; zone: string; now: number; cards: Card[] };
/** So many are shown at once; the others unfold. */
const FIRST = 5;

/** The sentences that were used right three times, newest first. */
export function ResolvedCards({ c, zone, cards }: Props) {
  const { words: { cards: words }, lang } = c.var;
  const day = ({ resolvedAt = 0 }: Card) => inWords(dateAt(resolvedAt, zone), "short", lang);
  return (
    <section class="card" aria-labelledby="resolved-title">
      <header class="row between">
        <h2 id="resolved-title">{words.resolved}</h2>
        <span class="score num">{fill(words.resolvedCount, { n: cards.length })}</span>
      </header>
      {cards.length === 0 && <p class="s soft">{words.resolvedNone}</p>}
      <Folded c={c} cards={cards}>
        {(card) => (
          <li key={card.id} class="learnt">
            <p class="row ok">
              <Icon name="check" />
              <b lang={card.language}>{card.better}</b>
            </p>
            <p class="s soft">{fill(words.resolvedOn, { day: day(card) })}</p>
            <Remove c={c} card={card} />
          </li>
        )}
      </Folded>
    </section>
  );
}

/** What is still being learnt, newest first. */
export function OpenCards({ c, zone, now, cards }: Props) {
  const { words: { cards: words }, lang } = c.var;
  if (cards.length === 0) return null;
  const when = (card: Card) =>
    isDue(card, now) ? words.openNow : fill(words.openDue, { day: inWords(dateAt(card.dueAt, zone), "short", lang) });
  return (
    <section class="card" aria-labelledby="open-title">
      <h2 id="open-title">{words.open}</h2>
      <Folded c={c} cards={cards}>
        {(card) => (
          <li key={card.id} class="learnt">
            <p>
              <span class="badge">{words.kinds[card.kind]}</span> <del lang={card.language}>{card.said}</del>
            </p>
            <p class="row s soft">
              <Uses c={c} right={card.right} /> {when(card)}
            </p>
            <Remove c={c} card={card} />
          </li>
        )}
      </Folded>
    </section>
  );
}

type FoldedProps = { c: AppContext; cards: Card[]; children: (card: Card) => preact.JSX.Element };

function Folded({ c, cards, children }: FoldedProps) {
  const rest = cards.slice(FIRST);
  return (
    <>
      <ul>{cards.slice(0, FIRST).map(children)}</ul>
      {rest.length > 0 && (
        <details>
          <summary class="btn quiet sm">{fill(c.var.words.cards.more, { n: rest.length })}</summary>
          <ul>{rest.map(children)}</ul>
        </details>
      )}
    </>
  );
}

function Remove({ c, card: { id, said } }: { c: AppContext; card: Card }) {
  return (
    <form method="post" action={`/progress/cards/${id}/delete`}>
      <button type="submit" class="btn quiet sm">
        {c.var.words.cards.remove} <span class="vh">{said}</span>
      </button>
    </form>
  );
}

import { dateAt } from "../../domain/day.ts";
import type { Message } from "../../domain/message.ts";
import { type Claim, nameOf, objections, type OwnLetter, type OwnLetterWish } from "../../domain/own_letter.ts";
import { permalink } from "../../domain/permalink.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";
import { OwnLetterWishForm } from "./own_letter_wish.tsx";

/** What the sheet of a letter shows below the letter for all. `entries` are the sources as they are now, by `nameOf`. */
export type Own = { wish: OwnLetterWish; letter: OwnLetter | null; entries: Map<string, Message>; zone: string };

export function OwnHalf({ c, date, own }: { c: AppContext; date: string; own: Own }) {
  const words = c.var.words.ownLetter;
  return (
    <section class="stack" aria-labelledby="to-me">
      <h2 id="to-me">
        <span class="badge ok">{words.toMe}</span>
      </h2>
      {own.letter
        ? <Opened c={c} own={own} letter={own.letter} />
        : own.wish.on
        ? (
          <form class="stack tight" method="post" action={`/letters/${date}/own`}>
            <p class="soft">{words.closed}</p>
            <p class="s muted">{words.opening}</p>
            <button type="submit" class="btn main">{words.open}</button>
          </form>
        )
        : <p class="soft">{words.offerHow}</p>}
      <OwnLetterWishForm c={c} date={date} wish={own.wish} />
    </section>
  );
}

function Opened({ c, own, letter }: { c: AppContext; own: Own; letter: OwnLetter }) {
  const { ownLetter: words } = c.var.words;
  const there = letter.claims.map((claim) => claim.sources.every((source) => own.entries.has(nameOf(source))));
  const sources = numbered(letter.claims.filter((_, i) => there[i]));
  if (!letter.claims.length) return <p class="prose">{words.none}</p>;
  return (
    <>
      <p class="prose">{words.greeting[letter.tone]}</p>
      <ol class="stack tight claims">
        {letter.claims.map((claim, i) => (
          <li key={i} id={`claim-${i + 1}`} class="prose">
            {!there[i]
              ? <span class="muted">{words.gone}</span>
              : claim.not
              ? <span class="muted">{words.notDone}</span>
              : <Said c={c} claim={claim} n={i + 1} date={letter.date} sources={sources} />}
          </li>
        ))}
      </ol>
      <p class="prose">{words.closing[letter.tone]}</p>
      <h3 id="sources">{words.sources}</h3>
      <ol class="stack tight s" aria-labelledby="sources">
        {[...sources].map(([name, n]) => {
          const message = own.entries.get(name)!;
          const [room] = name.split(" ");
          return (
            <li key={name} id={`source-${n}`}>
              <a href={permalink(room, message.seq)}>
                {message.text}
              </a>{" "}
              <span class="muted">{inWords(dateAt(message.at, own.zone), "short", c.var.lang)}</span>{" "}
              {letter.claims.flatMap((claim, i) =>
                there[i] && claim.sources.some((source) => nameOf(source) === name)
                  ? [
                    <Jump key={i} to={`#claim-${i + 1}`} shown={`↑${i + 1}`} said={fill(words.backTo, { n: i + 1 })} />,
                    " ",
                  ]
                  : []
              )}
            </li>
          );
        })}
      </ol>
      <p class="s muted">
        {fill(letter.by === "offline" ? words.byOffline : words.byModel, { n: sources.size })}
      </p>
    </>
  );
}

/** Each source once, in the order in which the claims name them. */
function numbered(claims: Claim[]): Map<string, number> {
  const names = [...new Set(claims.flatMap(({ sources }) => sources.map(nameOf)))];
  return new Map(names.map((name, i) => [name, i + 1]));
}

type SaidProps = { c: AppContext; claim: Claim; n: number; date: string; sources: Map<string, number> };

function Said({ c, claim, n, date, sources }: SaidProps) {
  const words = c.var.words.ownLetter;
  return (
    <>
      {claim.text} {claim.sources.map((source) => {
        const number = sources.get(nameOf(source))!;
        return (
          <sup key={number}>
            <Jump to={`#source-${number}`} shown={`[${number}]`} said={fill(words.source, { n: number })} />
          </sup>
        );
      })}
      <details class="s muted">
        <summary>{words.not}</summary>
        <form class="row wrap" method="post" action={`/letters/${date}/not`} aria-label={words.notWhy}>
          <input type="hidden" name="claim" value={n} />
          {objections.map((why) => (
            <button key={why} type="submit" class="chip" name="why" value={why}>{words.objections[why]}</button>
          ))}
        </form>
      </details>
    </>
  );
}

/** A small link that says to a listener where it leads. */
const Jump = ({ to, shown, said }: { to: string; shown: string; said: string }) => (
  <a href={to}>
    <span aria-hidden="true">{shown}</span>
    <span class="vh">{said}</span>
  </a>
);

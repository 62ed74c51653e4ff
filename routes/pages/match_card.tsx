import type { Reason } from "../../domain/matching/reasons.ts";
import { permalink } from "../../domain/permalink.ts";
import { prompts } from "../../domain/profile.ts";
import { dateAt } from "../../domain/day.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { foreign } from "../../islands/chat/script.ts";
import type { Suggestion } from "../../realtime/suggestions.ts";
import type { AppContext } from "../context.ts";
import { Portrait } from "./portrait.tsx";
import { tongueIn } from "./tongues.ts";

/** Somebody who might suit the reader, why, and the two answers. */
export function SuggestionCard(
  { c, one: { person, reasons }, zone }: { c: AppContext; one: Suggestion; zone: string },
) {
  const { lang, words: { matching } } = c.var;
  const name = `p-${person.id}`;
  return (
    <article class="card match stack tight" aria-labelledby={name}>
      <header class="row">
        <Portrait c={c} person={person} size="lg" />
        <div class="grow">
          <h2 id={name} lang={foreign(person.nickname, lang)}>{person.nickname}</h2>
          <p class="s soft">{about(c, person).join(" · ")}</p>
          <p class="row">
            {person.intentions.map((one) => <span key={one} class="badge ok">{matching.intentions[one]}</span>)}
            {person.interests.map((one) => <span key={one} class="badge" lang={foreign(one, lang)}>{one}</span>)}
          </p>
        </div>
      </header>
      {prompts.filter((one) => person.prompts[one]).slice(0, 1).map((one) => (
        <p key={one} class="s">
          <b>{matching.profile.prompts[one]}</b>{" "}
          <span lang={foreign(person.prompts[one]!, lang)}>{person.prompts[one]}</span>
        </p>
      ))}
      {reasons.length > 0 && (
        <>
          <h3 class="s">{matching.why}</h3>
          <ul class="why">{reasons.map((reason) => <Why key={reason.signal} c={c} reason={reason} zone={zone} />)}</ul>
        </>
      )}
      <div class="row">
        <form class="grow" method="post" action="/match/like">
          <input type="hidden" name="userId" value={person.id} />
          <button type="submit" class="btn main full" aria-label={fill(matching.greetTo, { name: person.nickname })}>
            {matching.greet}
          </button>
        </form>
        <form method="post" action="/match/pass">
          <input type="hidden" name="userId" value={person.id} />
          <button type="submit" class="btn" aria-label={fill(matching.passOn, { name: person.nickname })}>
            {matching.pass}
          </button>
        </form>
      </div>
    </article>
  );
}

/** "30대 초반 · 서울 · 한국어, 배우는 말 일본어" */
function about({ var: { lang, words: { matching } } }: AppContext, person: Suggestion["person"]): string[] {
  const { age, region, speaks, learns } = person;
  const list = (some: typeof speaks) => some.map((one) => tongueIn(lang, one)).join(", ");
  const spoken = learns.length ? `${list(speaks)}, ${fill(matching.learning, { list: list(learns) })}` : list(speaks);
  return [ageIn(matching, age), region, spoken].filter(Boolean);
}

/** A rough age: nobody is told a birth year. */
function ageIn(words: Words["matching"], age: number): string {
  const third = age % 10 < 4 ? words.ageEarly : age % 10 < 7 ? words.ageMiddle : words.ageLate;
  return fill(third, { n: Math.floor(age / 10) * 10 });
}

function Why({ c, reason: { text, source, signal }, zone }: { c: AppContext; reason: Reason; zone: string }) {
  const { lang, words: { matching } } = c.var;
  const from = source.kind === "profile"
    ? { href: `/match/profile#line-${source.line}`, label: matching.sources[source.line] }
    : {
      href: permalink(source.room, source.seq),
      label: fill(matching.sources.buzz, { date: inWords(dateAt(source.at, zone), "short", lang) }),
    };
  return (
    <li>
      <p>{text}</p>
      <form class="row between" method="post" action="/match/untrue">
        <a class="s" href={from.href}>{from.label}</a>
        <input type="hidden" name="signal" value={signal} />
        <button type="submit" class="link s" aria-label={fill(matching.untrueOf, { text })}>{matching.untrue}</button>
      </form>
    </li>
  );
}

/** Whom the reader greeted; that somebody said no looks the same as waiting. */
export function Waiting({ c, people }: { c: AppContext; people: { id: string; nickname: string }[] }) {
  const { matching } = c.var.words;
  return (
    <section class="card stack tight" aria-labelledby="waiting">
      <h2 id="waiting">{matching.waiting}</h2>
      <p class="s soft">{matching.waitingFor}</p>
      <ul class="stack tight">
        {people.map(({ id, nickname }) => (
          <li key={id}>
            <form class="row" method="post" action="/match/unlike">
              <Portrait c={c} person={{ id, nickname }} />
              <b class="grow">{nickname}</b>
              <input type="hidden" name="userId" value={id} />
              <button type="submit" class="btn sm" aria-label={fill(matching.withdrawFrom, { name: nickname })}>
                {matching.withdraw}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}

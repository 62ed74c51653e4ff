import { type Day, firstSunday, level } from "../../domain/calendar.ts";
import { fill } from "../../domain/words/fill.ts";
import { inWords } from "../../domain/words/dates.ts";
import type { AppContext } from "../context.ts";
import type { MyQuestion } from "./my_data.ts";
import { myLink } from "./my_link.ts";

/** Twelve columns from a Sunday; the darker, the more was written. */
export function Calendar({ c, asked, days }: { c: AppContext; asked: MyQuestion; days: Day[] }) {
  const { words: { my }, lang } = c.var;
  const first = firstSunday(days.at(-1)!.date, 12);
  const shown = days.filter(({ date }) => date >= first);
  return (
    <section class="card" aria-labelledby="calendar-title">
      <h2 id="calendar-title">{my.calendar}</h2>
      <ol class="heat" data-walk="7 1">
        {shown.map(({ date, total }) => {
          const said = fill(my.dayOf, { day: inWords(date, "short", lang), n: total });
          return (
            <li key={date}>
              <a href={myLink(asked, { day: date })} data-n={level(total)} aria-label={said} title={said} />
            </li>
          );
        })}
      </ol>
      <p class="row between s soft">
        <span>{inWords(first, "short", lang)}</span>
        <span class="row" aria-hidden="true">
          {my.fewer}
          {[0, 1, 2, 3, 4].map((n) => <i key={n} data-n={n} />)}
          {my.many}
        </span>
      </p>
    </section>
  );
}

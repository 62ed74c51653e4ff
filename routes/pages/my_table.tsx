import type { Day } from "../../domain/calendar.ts";
import { moods } from "../../domain/mood.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { MyQuestion } from "./my_data.ts";
import { myLink } from "./my_link.ts";

/** What the tree shows, as a table: the days on which something was written. */
export function MoodTable({ c, asked, days }: { c: AppContext; asked: MyQuestion; days: Day[] }) {
  const { words, lang } = c.var;
  const { my } = words;
  const from = inWords(days[0].date, "short", lang), to = inWords(days.at(-1)!.date, "short", lang);
  return (
    <details>
      <summary class="btn sm">
        <Icon name="list" />
        {my.table}
      </summary>
      <section class="scroll" tabindex={0} aria-label={my.tableName}>
        <table>
          <caption class="vh">{fill(my.caption, { from, to })}</caption>
          <thead>
            <tr>
              <th scope="col">{my.date}</th>
              {moods.map((mood) => <th key={mood} scope="col">{words.moods[mood]}</th>)}
              <th scope="col">{my.unsaid}</th>
            </tr>
          </thead>
          <tbody>
            {days.filter(({ total }) => total > 0).map((day) => (
              <tr key={day.date}>
                <th scope="row">
                  <a href={myLink(asked, { day: day.date })}>{inWords(day.date, "narrow", lang)}</a>
                </th>
                {moods.map((mood) => <td key={mood} class="num">{day.moods[mood] ?? "·"}</td>)}
                <td class="num">{unsaid(day) || "·"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

const unsaid = ({ total, moods: felt }: Day): number => total - moods.reduce((sum, mood) => sum + (felt[mood] ?? 0), 0);

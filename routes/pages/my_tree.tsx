import type { Day } from "../../domain/calendar.ts";
import { sumMoods } from "../../domain/calendar.ts";
import { isLeaf, type Mood, moodEmoji, moods } from "../../domain/mood.ts";
import { groundLine, growTree, tree, type Twig } from "../../domain/tree.ts";
import { fill } from "../../domain/words/fill.ts";
import { inWords } from "../../domain/words/dates.ts";
import type { AppContext } from "../context.ts";
import type { MyQuestion } from "./my_data.ts";
import { spans } from "./my_data.ts";
import { myLink } from "./my_link.ts";
import { MoodTable } from "./my_table.tsx";

type Props = { c: AppContext; asked: MyQuestion; days: Day[] };

/** One mark is one buzz. No score, no average; every day opens what was written on it. */
export function MoodTree({ c, asked, days }: Props) {
  const { my } = c.var.words;
  const shown = days.slice(-7 * asked.weeks);
  const total = shown.reduce((sum, day) => sum + day.total, 0);
  const felt = sumMoods(shown);
  const bare = total - moods.reduce((sum, mood) => sum + (felt[mood] ?? 0), 0);
  const rows = Array.from({ length: shown.length / 14 }, (_, i) => shown.slice(i * 14, i * 14 + 14));
  return (
    <section class="card stack tight" id="tree" aria-labelledby="tree-title">
      <header class="row between">
        <h2 id="tree-title">{my.tree}</h2>
        <nav class="row" aria-label={my.span}>
          {spans.map((weeks) => (
            <a
              key={weeks}
              class="chip"
              href={`/mypage?weeks=${weeks}#tree`}
              aria-current={weeks === asked.weeks ? "true" : undefined}
            >
              {fill(my.weeks, { n: weeks })}
            </a>
          ))}
        </nav>
      </header>
      <p class="s soft">{my.treeHow}</p>
      {total === 0 && <p class="notice">{my.emptyTree}</p>}
      <div class={rows.length > 1 ? "stack" : "row"}>
        <div class="trees" data-walk="1 14">
          {rows.map((row) => <Row key={row[0].date} c={c} asked={asked} days={row} named={rows.length > 1} />)}
        </div>
        <Legend c={c} felt={felt} />
      </div>
      {bare > 0 && <p class="s soft">{fill(my.bare, { n: bare })}</p>}
      {total > 0 && <MoodTable c={c} asked={asked} days={shown} />}
    </section>
  );
}

/** Two weeks. */
function Row({ c, asked, days, named }: Props & { named: boolean }) {
  const { lang } = c.var;
  const { twigs, width, top, height, labels } = growTree(days);
  const span = `${inWords(days[0].date, "short", lang)} – ${inWords(days.at(-1)!.date, "short", lang)}`;
  return (
    <div class="branch">
      {named && <h3 class="s soft">{span}</h3>}
      <svg class="tree" viewBox={`0 ${top} ${width} ${height}`} role="group" aria-label={span}>
        <path class="stem" d={groundLine(days.length)} />
        {days.map((day, i) => (
          <a key={day.date} href={myLink(asked, { day: day.date })} aria-label={sayDay(c, day)} data-day={day.date}>
            <rect class="hit" x={i * tree.column} y={top} width={tree.column} height={height} />
            <Grown twig={twigs[i]} />
          </a>
        ))}
        <g aria-hidden="true">
          {days.map(({ date }, i) => (
            <g key={date}>
              <text x={twigs[i].x} y={labels[0]}>{Number(date.slice(8))}</text>
              <text x={twigs[i].x} y={labels[1]}>{inWords(date, "weekday", lang)}</text>
            </g>
          ))}
        </g>
      </svg>
    </div>
  );
}

function Grown({ twig: { x, stem, marks, bud, above, below } }: { twig: Twig }) {
  const end = tree.step * tree.cap + 4;
  return (
    <>
      {stem && <path class="stem" d={stem} />}
      {marks.map(({ mood, path }) => <path key={path} d={path} data-mood={mood} />)}
      {bud && <circle class="bud" cx={x} cy={tree.ground} r="3" />}
      {above > 0 && <text x={x} y={tree.ground - end}>+{above}</text>}
      {below > 0 && <text x={x} y={tree.ground + end + 11}>+{below}</text>}
    </>
  );
}

function Legend({ c, felt }: { c: AppContext; felt: Partial<Record<Mood, number>> }) {
  const { my, moods: names } = c.var.words;
  return (
    <dl class="leg">
      {[true, false].map((leafy) => (
        <div key={String(leafy)}>
          <dt class="s soft">{leafy ? my.leaves : my.roots}</dt>
          {moods.filter((mood) => isLeaf(mood) === leafy).map((mood) => (
            <dd key={mood} data-mood={mood}>
              <i class="swatch" />
              <span class="e" aria-hidden="true">{moodEmoji[mood]}</span>
              {names[mood]}
              <b class="num">{felt[mood] ?? 0}</b>
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

/** "11월 7일 금요일, 버즈 3개: 기쁨 1, 평온 1, 지침 1" */
function sayDay(c: AppContext, { date, total, moods: felt }: Day): string {
  const { my, moods: names } = c.var.words;
  const said = moods.filter((mood) => felt[mood]).map((mood) => `${names[mood]} ${felt[mood]}`).join(", ");
  return fill(said ? my.dayWith : my.dayOf, { day: inWords(date, "day", c.var.lang), n: total, moods: said });
}

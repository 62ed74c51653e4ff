import { dateAt } from "../../domain/day.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";
import { type FiguresAnswer, figureSpans } from "../figures.ts";
import { Chart } from "./admin_chart.tsx";
import { FigureTable } from "./admin_figure_table.tsx";
import { inFigures, inMoney } from "./admin_numbers.ts";

type Props = { c: AppContext; figures: FiguresAnswer; zone: string };
type Point = FiguresAnswer["points"][number];

/** A day or a month: people, messages, what the model used, what went wrong; and the same as a table. */
export function FigureCharts({ c, figures: { points, span }, zone }: Props) {
  const { words: { desk, my }, lang } = c.var;
  const label = ({ at }: Point) => span === "day" ? clockIn(at, zone, lang) : inWords(dateAt(at, zone), "short", lang);
  const labels = [points[0], points[points.length >> 1], points.at(-1)!].map(label);
  const titles = { ...desk.charts, messages: desk.rates[span], cost: desk.columns.cost };
  const cost = points.reduce((sum, point) => sum + point.cost, 0);
  return (
    <section class="stack" aria-labelledby="figures-title" id="figures">
      <header class="row between">
        <h2 id="figures-title">{desk.figures}</h2>
        <nav class="row" aria-label={my.span}>
          {figureSpans.map((name) => (
            <a
              key={name}
              class="chip"
              href={`/admin?span=${name}#figures`}
              aria-current={name === span ? "true" : undefined}
            >
              {desk.spans[name]}
            </a>
          ))}
        </nav>
      </header>
      <div class="charts">
        {charts.map(({ name, value, colour }) => {
          const values = points.map((point) => value(point, span));
          const title = titles[name], say = name === "cost" ? inMoney : inFigures;
          const all = name === "cost" ? ` · ${fill(desk.estimate, { cost: inMoney(cost, lang) })}` : "";
          const most = fill(desk.most, { n: say(Math.max(...values), lang) }) + all;
          return <Chart key={name} {...{ title, most, values, labels, colour }} said={`${title}. ${most}`} />;
        })}
      </div>
      <FigureTable c={c} points={points} label={label} rate={desk.rates[span]} perMinute={span === "day"} />
      <p class="s soft">{desk.figuresHow}</p>
    </section>
  );
}

type Drawn = {
  name: "people" | "messages" | "tokens" | "cost" | "errors";
  value(point: Point, span: FiguresAnswer["span"]): number;
  colour?: "glow" | "clay";
};
const charts: Drawn[] = [
  { name: "people", value: ({ people }) => people },
  { name: "messages", value: ({ messages, minutes }, span) => span === "day" ? messages / minutes : messages },
  { name: "tokens", value: ({ inputTokens, outputTokens }) => inputTokens + outputTokens, colour: "glow" },
  { name: "cost", value: ({ cost }) => cost, colour: "glow" },
  { name: "errors", value: ({ errors, broken }) => errors + broken, colour: "clay" },
];

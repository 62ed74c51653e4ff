import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { FiguresAnswer } from "../figures.ts";
import { inFigures, inMoney } from "./admin_numbers.ts";

type Point = FiguresAnswer["points"][number];
type Props = { c: AppContext; points: Point[]; label(point: Point): string; rate: string; perMinute: boolean };

/** What the charts show, newest first. */
export function FigureTable({ c, points, label, rate, perMinute }: Props) {
  const { words: { desk, my }, lang } = c.var;
  const { columns } = desk;
  const heads = [desk.when, desk.charts.people, rate, columns.asked, columns.failed, desk.charts.tokens, columns.cost];
  return (
    <details>
      <summary class="btn sm">
        <Icon name="list" />
        {my.table}
      </summary>
      <section class="scroll" tabindex={0} aria-label={desk.table}>
        <table>
          <caption class="vh">{desk.table}</caption>
          <thead>
            <tr>{[...heads, columns.errors, columns.broken].map((head) => <th key={head} scope="col">{head}</th>)}</tr>
          </thead>
          <tbody>
            {points.toReversed().map((point) => (
              <tr key={point.at}>
                <th scope="row">{label(point)}</th>
                <td class="num">{inFigures(point.people, lang)}</td>
                <td class="num">{inFigures(perMinute ? point.messages / point.minutes : point.messages, lang)}</td>
                <td class="num">{inFigures(point.asked, lang)}</td>
                <td class="num">{inFigures(point.failed, lang)}</td>
                <td class="num">{inFigures(point.inputTokens + point.outputTokens, lang)}</td>
                <td class="num">{inMoney(point.cost, lang)}</td>
                <td class="num">{inFigures(point.errors, lang)}</td>
                <td class="num">{inFigures(point.broken, lang)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

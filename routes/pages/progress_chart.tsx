import type { Week } from "../../domain/progress.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";

type Props = { c: AppContext; weeks: Week[] };
/** Sizes in units of the drawing: a week's column, and the longest bar. */
const COLUMN = 24, LONGEST = 48, GROUND = 60;

/** Twelve weeks: right uses rise as leaves, mistakes met go down as roots; the same as a table. */
export function WeeksChart({ c, weeks }: Props) {
  const { words: { cards: words }, lang } = c.var;
  const most = Math.max(1, ...weeks.flatMap(({ right, made }) => [right, made]));
  const low = GROUND + LONGEST * Math.max(...weeks.map(({ made }) => made)) / most;
  const bare = weeks.every(({ right, made }) => right + made === 0);
  const day = (date: string) => inWords(date, "short", lang);
  return (
    <section class="card stack tight" aria-labelledby="weeks-title">
      <h2 id="weeks-title">{words.chart}</h2>
      <p class="s soft">{bare ? words.chartNone : words.chartHow}</p>
      {!bare && (
        <svg
          class="weeks"
          viewBox={`0 0 ${weeks.length * COLUMN} ${low + 20}`}
          role="group"
          aria-label={words.chart}
        >
          <path class="stem" d={`M0 ${GROUND}H${weeks.length * COLUMN}`} />
          {weeks.map(({ from, right, made }, i) => {
            const up = LONGEST * right / most, down = LONGEST * made / most;
            const x = i * COLUMN + 6;
            return (
              <g key={from} role="img" aria-label={fill(words.week, { day: day(from), right, made })}>
                <rect class="right" x={x} y={GROUND - up} width={12} height={up} rx={3} />
                <rect class="made" x={x} y={GROUND} width={12} height={down} rx={3} />
              </g>
            );
          })}
          <g aria-hidden="true">
            {weeks.filter((_, i) => i % 4 === 0).map(({ from }, i) => (
              <text key={from} x={i * 4 * COLUMN} y={low + 15}>{day(from)}</text>
            ))}
          </g>
        </svg>
      )}
      {!bare && (
        <p class="row s soft" aria-hidden="true">
          <i class="key right" /> {words.rights} <i class="key made" /> {words.mistakes}
        </p>
      )}
      {!bare && <WeeksTable c={c} weeks={weeks} />}
    </section>
  );
}

function WeeksTable({ c, weeks }: Props) {
  const { words: { cards: words }, lang } = c.var;
  return (
    <details>
      <summary class="btn sm">
        <Icon name="list" />
        {words.table}
      </summary>
      <section class="scroll" tabindex={0} aria-label={words.tableName}>
        <table>
          <caption class="vh">{words.tableName}</caption>
          <thead>
            <tr>{Object.entries(words.heads).map(([name, text]) => <th key={name} scope="col">{text}</th>)}</tr>
          </thead>
          <tbody>
            {weeks.map(({ from, right, made, resolved }) => (
              <tr key={from}>
                <th scope="row">{inWords(from, "short", lang)}</th>
                {[right, made, resolved].map((n, i) => <td key={i} class="num">{n || "·"}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}

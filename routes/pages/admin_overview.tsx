import { Hono } from "hono";
import { hoursOf } from "../../domain/calendar.ts";
import { dateAfter, dateAt } from "../../domain/day.ts";
import { costOf, HOUR, noPoint, type Point, seriesOf } from "../../domain/figures.ts";
import { fill } from "../../domain/words/fill.ts";
import { readFigures } from "../../kv/figures.ts";
import { openRoomIds } from "../../kv/room_list.ts";
import { reportPage } from "../../kv/reports.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { figuresQuestion, loadFigures } from "../figures.ts";
import { FigureCharts } from "./admin_figures.tsx";
import { desk } from "./admin_frame.tsx";
import { inFigures, inMoney } from "./admin_numbers.ts";

/** More reports than this wait as "99+". */
const MOST_COUNTED = 99;

/** `/admin`: how the house is. */
export function overviewPage(parts: Parts): Hono<AppEnv> {
  const { env, letters, model, now, store } = parts;
  return new Hono<AppEnv>().get("/admin", async (c) => {
    const { span } = figuresQuestion.catch({ span: "day" }).parse(c.req.query());
    const [figures, days, rooms, letter, waiting] = await Promise.all([
      loadFigures(parts, span),
      loadDays(parts),
      openRoomIds(store),
      letters.get(dateAt(now(), env.letterTimeZone)),
      reportPage(store, "open", 1, MOST_COUNTED),
    ]);
    return await desk({
      c,
      house: parts,
      tab: "overview",
      state: <State c={c} model={model.name !== null} letter={letter !== null} />,
      children: (
        <>
          <Tiles c={c} people={figures.people} rooms={rooms.length} waiting={waiting} {...days} />
          <FigureCharts c={c} figures={figures} zone={env.letterTimeZone} />
        </>
      ),
    });
  });
}

type Days = { today: Point; before: Point };

/** Today up to now, and yesterday up to the same time. */
async function loadDays({ store, env, now }: Pick<Parts, "store" | "env" | "now">): Promise<Days> {
  const today = dateAt(now(), env.letterTimeZone);
  const midnight = hoursOf(today, env.letterTimeZone).from;
  const before = hoursOf(dateAfter(today, -1), env.letterTimeZone).from;
  const slots = await readFigures(store, before, now() + 1);
  const edges = [before, Math.min(before + now() - midnight, midnight), midnight, now() + HOUR];
  const points = seriesOf(slots, edges);
  return { before: points[0] ?? noPoint(), today: points[2] ?? noPoint() };
}

function State({ c, model, letter }: { c: AppContext; model: boolean; letter: boolean }) {
  const { desk } = c.var.words;
  return (
    <p class="row">
      <span class={`badge ${model ? "ok" : "keeper"}`}>{model ? desk.model : desk.noModel}</span>
      <span class={`badge ${letter ? "ok" : ""}`}>{letter ? desk.letter : desk.noLetter}</span>
    </p>
  );
}

type TilesProps = Days & { c: AppContext; people: number; rooms: number; waiting: { items: unknown[]; more: boolean } };

function Tiles({ c, people, rooms, waiting, today, before }: TilesProps) {
  const { words: { desk: { tiles } }, lang } = c.var;
  const say = (n: number) => inFigures(n, lang);
  const rows = [
    [tiles.people, say(people), fill(tiles.rooms, { n: say(rooms) })],
    [tiles.today, say(today.messages), fill(tiles.before, { n: say(before.messages) })],
    [
      tiles.waiting,
      `${say(waiting.items.length)}${waiting.more ? "+" : ""}`,
      <a key="reports" href="/admin/reports">{tiles.waitingHow}</a>,
    ],
    [tiles.asked, say(today.asked), fill(tiles.cost, { cost: inMoney(costOf(today), lang), n: say(today.failed) })],
    [tiles.wrong, say(today.errors), fill(tiles.broken, { n: say(today.broken) })],
  ];
  return (
    <dl class="row tiles">
      {rows.map(([name, value, note]) => (
        <div key={name} class="card">
          <dt>{name}</dt>
          <dd class="num score">{value}</dd>
          <dd class="s muted">{note}</dd>
        </div>
      ))}
    </dl>
  );
}

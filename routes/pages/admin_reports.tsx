import { Hono } from "hono";
import { z } from "zod";
import type { Report } from "../../domain/keeping.ts";
import { fill } from "../../domain/words/fill.ts";
import { MOST_PAGES } from "../../kv/people.ts";
import { reportPage } from "../../kv/reports.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { desk } from "./admin_frame.tsx";
import { More } from "./admin_more.tsx";
import { brieflyIn } from "./admin_numbers.ts";
import { Empty } from "./layout.tsx";

const SIZE = 20;
const states = ["open", "settled"] as const;
const question = z.object({
  state: z.enum(states).catch("open"),
  page: z.coerce.number().int().min(1).max(MOST_PAGES).catch(1),
});
type State = (typeof states)[number];

/** `/admin/reports`: what waits, and what was settled. */
export function reportsPage(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/admin/reports", async (c) => {
    const { state, page } = question.parse(c.req.query());
    const { items, more } = await reportPage(parts.store, state, page, SIZE);
    const { reports } = c.var.words.desk;
    return await desk({
      c,
      house: parts,
      tab: "reports",
      children: (
        <>
          <States c={c} state={state} />
          {items.length > 0
            ? <Queue c={c} state={state} items={items} zone={parts.env.letterTimeZone} now={parts.now()} />
            : state === "open"
            ? <Empty title={reports.none} text={reports.noneHow} />
            : <p class="notice">{reports.noneSettled}</p>}
          <More c={c} page={page} more={more} href={(n) => `/admin/reports?state=${state}&page=${n}`} />
        </>
      ),
    });
  });
}

function States({ c, state }: { c: AppContext; state: State }) {
  const { reports } = c.var.words.desk;
  return (
    <nav class="row" aria-label={reports.list}>
      {states.map((name) => (
        <a
          key={name}
          class="chip"
          href={`/admin/reports?state=${name}`}
          aria-current={name === state ? "true" : undefined}
        >
          {name === "open" ? reports.waiting : reports.settled}
        </a>
      ))}
    </nav>
  );
}

type QueueProps = { c: AppContext; state: State; items: Report[]; zone: string; now: number };

function Queue({ c, state, items, zone, now }: QueueProps) {
  const { words: { desk: { reports }, order }, lang } = c.var;
  return (
    <ul class="card">
      {items.map(({ id, message, why, at, by, settled }) => (
        <li key={id}>
          <a class="item" href={`/admin/reports/${state}/${id}`}>
            {settled
              ? <span class="badge ok">{order.outcomes[settled.outcome]}</span>
              : <span class="badge keeper">{reports.waiting}</span>}
            <span>
              <b>{message.text || reports.sealed}</b>
              <span class="s">{message.author.nickname} · {why} · {fill(reports.by, { name: by.nickname })}</span>
            </span>
            <time datetime={new Date(at).toISOString()}>{brieflyIn(at, now, zone, lang)}</time>
          </a>
        </li>
      ))}
    </ul>
  );
}

import { Hono } from "hono";
import { z } from "zod";
import type { AuditEntry } from "../../domain/keeping.ts";
import { auditPage } from "../../kv/audit.ts";
import { MOST_PAGES } from "../../kv/people.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { wayBack } from "../undo.ts";
import { deedOf } from "./admin_deed.ts";
import { desk } from "./admin_frame.tsx";
import { More } from "./admin_more.tsx";
import { whenIn } from "./admin_numbers.ts";
import { RoleBadge } from "./admin_people.tsx";
import { titlesOf } from "./admin_room_names.ts";

const SIZE = 30;
const question = z.object({ page: z.coerce.number().int().min(1).max(MOST_PAGES).catch(1) });

/** `/admin/log`: what was done, by whom and why; what can be undone is undone here. */
export function logPage(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get("/admin/log", async (c) => {
    const { page } = question.parse(c.req.query());
    const { items, more } = await auditPage(parts.store, 1, page * SIZE); // what undoes an entry is newer than it
    const titles = await titlesOf(parts, c.var.words, items.slice((page - 1) * SIZE));
    return await desk({
      c,
      house: parts,
      tab: "log",
      children: (
        <>
          {items.length === 0
            ? <p class="notice">{c.var.words.desk.log.none}</p>
            : <Entries c={c} all={items} titles={titles} page={page} zone={parts.env.letterTimeZone} />}
          <More c={c} page={page} more={more} href={(n) => `/admin/log?page=${n}`} />
        </>
      ),
    });
  });
}

type Props = { c: AppContext; all: AuditEntry[]; titles: Map<string, string>; page: number; zone: string };

function Entries({ c, all, titles, page, zone }: Props) {
  const { words, lang } = c.var;
  const { log } = words.desk;
  const undone = new Set(all.map(({ undoes }) => undoes));
  return (
    <section class="card scroll" tabindex={0} aria-label={log.table}>
      <table class="entries">
        <thead>
          <tr>
            {log.heads.map((head) => <th key={head} scope="col">{head}</th>)}
            <th scope="col">
              <span class="vh">{log.undo}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.slice((page - 1) * SIZE).map((entry) => (
            <tr key={entry.id}>
              <td class="num">{whenIn(entry.at, zone, lang)}</td>
              <td>
                {entry.by.nickname} <RoleBadge c={c} role={entry.by.role} />
              </td>
              <td class="wrap">
                <Deed entry={entry} said={deedOf(words, titles, entry)} />
              </td>
              <td class="wrap">{entry.why}</td>
              <td>
                {undone.has(entry.id)
                  ? <span class="s muted">{log.undone}</span>
                  : wayBack(entry) && <a class="btn sm" href={`/admin/log/${entry.id}/undo`}>{log.undo}</a>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Leads to the person, or to the room. */
function Deed({ entry: { whom, room }, said }: { entry: AuditEntry; said: string }) {
  const path = whom ? `/admin/people/${whom.id}` : room && `/admin/rooms/${room}`;
  return path ? <a href={path}>{said}</a> : <>{said}</>;
}

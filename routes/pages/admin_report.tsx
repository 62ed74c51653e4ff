import { Hono } from "hono";
import { z } from "zod";
import { type Quoted, type Report, settlement } from "../../domain/keeping.ts";
import { faceOf } from "../../domain/face.ts";
import { isDirect, PLAZA } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { readReport } from "../read_report.ts";
import { settle } from "../settle.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { desk } from "./admin_frame.tsx";
import { whenIn } from "./admin_numbers.ts";
import { Choice } from "./admin_person_fields.tsx";
import { titlesOf } from "./admin_room_names.ts";

const text = z.string().max(2_000).catch("");
const form = z.object({ outcome: text, why: text });

/** `/admin/reports/…`: what was said, what stood around it, and what becomes of it. */
export function reportPages(parts: Parts): Hono<AppEnv> {
  const { env } = parts;

  async function draw(c: AppContext, tried?: Tried): Promise<Response> {
    const report = await readReport(parts, me(c), c.req.param("id") ?? "");
    const { reports } = c.var.words.desk;
    const titles = await titlesOf(parts, c.var.words, [report]);
    return await desk({
      c,
      house: parts,
      tab: "reports",
      title: fill(reports.of, { name: report.message.author.nickname }),
      children: (
        <div class="cols even">
          <Said c={c} report={report} where={titles.get(report.room)!} zone={env.letterTimeZone} />
          {report.settled ? <Outcome c={c} report={report} zone={env.letterTimeZone} /> : (
            <Ask
              c={c}
              text={fill(reports.by, { name: report.by.nickname }) + `: ${report.why}`}
              action={`/admin/reports/open/${report.id}`}
              back="/admin/reports"
              yes={reports.do}
              harm={false}
              told
              tried={tried}
            >
              <Choice
                name="outcome"
                label={reports.outcome}
                options={[["hidden", reports.hide], ["dismissed", reports.dismiss]]}
                chosen={String(tried?.sent.outcome || "hidden")}
              />
            </Ask>
          )}
        </div>
      ),
    });
  }

  return new Hono<AppEnv>()
    .get("/admin/reports/:state{open|settled}/:id", (c) => draw(c))
    .post("/admin/reports/open/:id", body(form), async (c) => {
      const sent = c.req.valid("json");
      return await attempt(c, sent, async () => {
        await settle(parts, me(c), c.req.param("id"), checked(settlement, sent));
        return c.redirect("/admin/reports?done=settled", 303);
      }, (tried) => draw(c, tried));
    });
}

function Said({ c, report, where, zone }: { c: AppContext; report: Report; where: string; zone: string }) {
  const { reports } = c.var.words.desk;
  const { message, before, after } = report;
  return (
    <section class="card stack tight" aria-labelledby="context">
      <h2 id="context">{reports.context}</h2>
      <ol class="stack tight">
        {before.map((said) => <Line key={said.seq} c={c} said={said} zone={zone} />)}
        <Line c={c} said={message} zone={zone} reported={report.id} />
        {after.map((said) => <Line key={said.seq} c={c} said={said} zone={zone} />)}
      </ol>
      <p class="row">
        <a class="btn sm" href={`/admin/people/${message.author.id}`}>{reports.writer}</a>
        {!isDirect(report.room) && (
          <a class="btn sm" href={pathTo(report.room, message.seq)}>{fill(reports.there, { room: where })}</a>
        )}
      </p>
    </section>
  );
}

const pathTo = (room: string, seq: number): string => `${room === PLAZA ? "/" : `/live/${room}`}?at=${seq}#m${seq}`;

type LineProps = { c: AppContext; said: Quoted; zone: string; reported?: string };

function Line({ c, said: { author, at, text, photo }, zone, reported }: LineProps) {
  const { animal, tint } = faceOf(author.id);
  return (
    <li class={`line ${reported ? "notice bad" : ""}`}>
      <span class="av sm" data-mood={tint} aria-hidden="true">{animal}</span>
      <div>
        <b>{author.nickname}</b>
        <time datetime={new Date(at).toISOString()}>{whenIn(at, zone, c.var.lang)}</time>
        <span class="said">{text}</span>
        {photo && reported && (
          <img class="photo" src={`/photos/${photo}?report=${reported}`} alt={c.var.words.desk.reports.photo} />
        )}
      </div>
    </li>
  );
}

function Outcome({ c, report, zone }: { c: AppContext; report: Report; zone: string }) {
  const { words: { desk: { reports }, order }, lang } = c.var;
  const settled = report.settled!;
  return (
    <section class="card stack tight" aria-labelledby="outcome">
      <h2 id="outcome">{fill(reports.done, { name: settled.by.nickname })}</h2>
      <p>
        <span class="badge ok">{order.outcomes[settled.outcome]}</span> {whenIn(settled.at, zone, lang)}
      </p>
      <p>{settled.why}</p>
      <p class="s soft">{fill(reports.by, { name: report.by.nickname })}: {report.why}</p>
    </section>
  );
}

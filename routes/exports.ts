import { Hono } from "hono";
import { Problem } from "../domain/problems.ts";
import type { Apart } from "../domain/veil.ts";
import { exportOf, type Format, linesOf, progressOf, takeExport, type Taken } from "../kv/exports.ts";
import type { ExportJob } from "../kv/keys.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { exportHtml } from "./export_html.ts";
import { exportJson } from "./export_json.ts";
import { me, member } from "./guard.ts";
import { requireStepUp } from "./step_up.ts";

/** Everything that is mine, to take along: begun here, made in the background, fetched by a link that works once. */
export function exportRoutes(parts: Parts): Hono<AppEnv> {
  const { store, exports, blocks, env, now } = parts;
  return new Hono<AppEnv>()
    .post("/api/export", member, requireStepUp(parts), async (c) => {
      return c.json(told(await exports.start(me(c).id)), 202);
    })
    .get("/api/export", member, async (c) => {
      const job = await exportOf(store, me(c).id, now());
      if (!job) throw new Problem("not_found");
      c.header("Cache-Control", "no-store");
      return c.json(told(job));
    })
    .get("/api/export/:word", member, async (c) => {
      const { id } = me(c);
      const { job, format } = await takeExport(store, id, c.req.param("word"), now());
      return file(c, job, format, id);
    });

  function file(c: AppContext, job: ExportJob, format: Format, id: string): Response {
    const lines = without(blocks.apart(id), linesOf(store, id, job));
    const texts = format === "json"
      ? exportJson(lines, job.startedAt)
      : exportHtml(lines, c.var, { at: job.startedAt, zone: env.letterTimeZone });
    const type = format === "json" ? "application/json" : "text/html";
    return c.body(ReadableStream.from(texts).pipeThrough(new TextEncoderStream()), 200, {
      "Content-Type": `${type}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="jungle-buzz.${format}"`,
      "Cache-Control": "no-store",
    });
  }
}

/** Leaves out what is about people whom they do not meet any more; that they blocked them is their own. */
async function* without(apart: Apart, lines: AsyncIterable<Taken>): AsyncGenerator<Taken> {
  const ids = [...apart ?? []];
  for await (const line of lines) {
    const said = ids.length && line.family !== "block" ? JSON.stringify(line.item) : "";
    if (!ids.some((id) => said.includes(id))) yield line;
  }
}

/** How an export stands. `links` are there once it is made, each until it is used. */
export function told(job: ExportJob) {
  const path = (word: string | undefined) => word && `/api/export/${word}`;
  return {
    state: job.at ? "making" as const : "ready" as const,
    percent: progressOf(job),
    items: job.items,
    startedAt: job.startedAt,
    expiresAt: job.expiresAt,
    links: { json: path(job.links?.json), html: path(job.links?.html) },
  };
}

import { Hono } from "hono";
import { z } from "zod";
import { type AuditEntry, reason } from "../../domain/keeping.ts";
import { Problem } from "../../domain/problems.ts";
import { fill } from "../../domain/words/fill.ts";
import { findEntry } from "../../kv/audit.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { wayBack } from "../undo.ts";
import { Ask } from "./admin_ask.tsx";
import { attempt, type Tried } from "./attempt.ts";
import { deedOf } from "./admin_deed.ts";
import { desk } from "./admin_frame.tsx";
import { titlesOf } from "./admin_room_names.ts";

/** `/admin/log/:id/undo`: takes a deed back, which is a deed of its own with a reason of its own. */
export function undoPage(parts: Parts): Hono<AppEnv> {
  const { rooms, store } = parts;

  async function asked(c: AppContext): Promise<{ entry: AuditEntry; back: NonNullable<ReturnType<typeof wayBack>> }> {
    const entry = await findEntry(store, c.req.param("id") ?? "");
    const back = entry && wayBack(entry);
    if (!entry || !back) throw new Problem("not_found");
    return { entry, back };
  }

  async function draw(c: AppContext, tried?: Tried): Promise<Response> {
    const { entry } = await asked(c);
    const { words } = c.var;
    const { undo, undoAsk } = words.desk.log;
    const titles = await titlesOf(parts, words, [entry]);
    const text = fill(undoAsk, { what: deedOf(words, titles, entry) });
    const children = (
      <Ask c={c} text={text} action={`/admin/log/${entry.id}/undo`} back="/admin/log" yes={undo} tried={tried} />
    );
    return await desk({ c, house: parts, tab: "log", title: undo, children });
  }

  return new Hono<AppEnv>()
    .get("/admin/log/:id/undo", (c) => draw(c))
    .post("/admin/log/:id/undo", body(z.object({ why: z.string().catch("") })), async (c) => {
      const sent = c.req.valid("json"), { entry, back } = await asked(c);
      return await attempt(c, sent, async () => {
        const because = { ...checked(reason, sent), undoes: entry.id };
        await back(parts, entry.room ? await rooms.get(entry.room) : null, me(c), because);
        return c.redirect("/admin/log?done=undone", 303);
      }, (tried) => draw(c, tried));
    });
}

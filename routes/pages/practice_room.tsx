import { Hono } from "hono";
import type { Practice } from "../../domain/practice.ts";
import { fill } from "../../domain/words/fill.ts";
import { readAiRoom } from "../../kv/ai_rooms.ts";
import { recollectionOf } from "../../kv/recollections.ts";
import { type AiRoom, findAiRoom } from "../ai_room.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me } from "../guard.ts";
import { Page, show } from "./layout.tsx";
import { practiceTitle } from "./own_rooms.tsx";
import { ownPractices } from "./practice.tsx";
import { ReportSheet } from "./report.tsx";
import { sceneData, ScenePage } from "./scene_room.tsx";

/** A conversation or an interview, and its report. Whose it is not finds nothing. */
export function practiceRoomPages(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get("/practice/:id", async (c) => {
      if (!c.var.who) return c.redirect(`/login?next=${encodeURIComponent(c.req.path)}`, 303);
      const { room, practice } = await findPractice(c, parts);
      const [memory, quota, { rooms }] = await Promise.all([
        recollectionOf(parts.store, room.id),
        parts.quotas.look("practice", me(c).id),
        ownPractices(c, parts, me(c).id),
      ]);
      const data = await sceneData(c, parts, room, { practice, memory, quota });
      const { words } = c.var;
      const place = { c, parts, kind: "practice" as const, data, own: rooms };
      return show(c, <ScenePage {...place} title={practiceTitle(words, practice)} subtitle={about(c, practice)} />);
    })
    .get("/practice/:id/report", async (c) => {
      const { practice } = await findPractice(c, parts);
      const report = await parts.aiRooms.report(practice, me(c).id, c.var.lang);
      const { words } = c.var;
      return show(
        c,
        <Page c={c} house={parts} title={words.practice.report} nav="practice">
          <ReportSheet
            c={c}
            report={report}
            before={await before(c, practice)}
            title={practiceTitle(words, practice)}
          />
        </Page>,
      );
    });

  /** The report of the attempt before, when that is still there. */
  async function before(c: AppContext, { again }: Practice) {
    return again === undefined ? undefined : await parts.aiRooms.kept(again, me(c).id);
  }
}

async function findPractice(c: AppContext, parts: Parts): Promise<{ room: AiRoom; practice: Practice }> {
  const room = await findAiRoom(parts, "practice", c);
  return { room, practice: await readAiRoom(parts.store, "practice", room.id) };
}

function about(c: AppContext, { mode, language, job, attempt }: Practice): string {
  const { practice, roleplay } = c.var.words;
  const parts = mode === "interview"
    ? [practice.interview, practice.jobs[job], attempt > 1 && fill(practice.reportOf, { n: attempt })]
    : [practice.conversation];
  return [roleplay.langs[language], ...parts].filter(Boolean).join(" · ");
}

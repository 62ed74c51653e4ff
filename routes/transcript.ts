import { Hono } from "hono";
import { z } from "zod";
import type { Practice } from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import type { AiKind } from "../domain/room.ts";
import { type Scene, sceneFor } from "../domain/scene.ts";
import type { Words } from "../domain/words/words.ts";
import { readAiRoom } from "../kv/ai_rooms.ts";
import { readPath } from "../kv/branch.ts";
import { seenBy } from "../realtime/seen.ts";
import { findAiRoom } from "./ai_room.ts";
import { query } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { practiceTitle } from "./pages/own_rooms.tsx";
import { transcriptMarkdown } from "./transcript_markdown.ts";

export const transcriptQuestion = z.object({ format: z.enum(["json", "md"]).default("json") });

/** The branch of a talk that is shown, as a file of its own. Nothing is taken out of a talk that is off the record. */
export function transcriptRoutes(parts: Parts, kind: AiKind, base: string): Hono<AppEnv> {
  const { store, hub, env } = parts;
  return new Hono<AppEnv>().get(`${base}/:id/transcript`, member, query(transcriptQuestion), async (c) => {
    const { id, owner } = await findAiRoom(parts, kind, c);
    const found = await readAiRoom(store, kind, id);
    const about = "mode" in found ? found : sceneFor(found, owner === me(c).id, hub.apart(me(c).id));
    if (about.offRecord) throw new Problem("forbidden");
    const messages = (await readPath(seenBy(parts, me(c)), id)).filter(({ kind, gone }) => kind !== "system" && !gone);
    const { format } = c.req.valid("query");
    c.header("Cache-Control", "no-store");
    c.header("Content-Disposition", `attachment; filename="jungle-buzz-${kind}.${format}"`);
    if (format === "json") return c.json({ about, messages });
    const { lang, words } = c.var;
    const text = transcriptMarkdown({ ...headOf(words, about), messages }, { lang, zone: env.letterTimeZone });
    c.header("Content-Type", "text/markdown; charset=utf-8");
    return c.body(text);
  });
}

/** What stands above the talk: its name, and what it was about. */
function headOf(words: Words, about: Scene | Practice): { title: string; about: string[] } {
  const { langs, room } = words.roleplay;
  const language = `${room.language}: ${langs[about.language]}`;
  if ("mode" in about) return { title: practiceTitle(words, about), about: [language] };
  const { title, situation, myRole, aiRole, goals, cast } = about;
  const roles = cast
    ? cast.map(({ name, player }) => `${name}: ${player?.nickname ?? words.companion.name}`)
    : [`${room.me}: ${myRole}`, `${room.them}: ${aiRole}`];
  const scene = [`${room.situation}: ${situation}`, ...roles];
  return { title, about: [language, ...scene, ...goals] };
}

import { Hono } from "hono";
import { z } from "zod";
import { scenarioId } from "../../ai/gallery/gallery.ts";
import { type Lang, langs } from "../../domain/person.ts";
import { isDirect } from "../../domain/room.ts";
import { sceneChange, sceneDraft } from "../../domain/scene.ts";
import { readAiRoom } from "../../kv/ai_rooms.ts";
import { body, invalid } from "../body.ts";
import type { AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { findOwnAiRoom } from "../ai_room.ts";
import { drawEdit, drawNew, scenarioValues } from "./roleplay_room.tsx";
import type { SceneValues } from "./scene_form.tsx";

const text = z.string().catch("");
/** The form's fields as they are sent. With `scenario` and `language` alone the gallery fills the others. */
const sceneForm = z.object({
  language: z.enum(langs).catch("en"),
  title: text,
  situation: text,
  myRole: text,
  aiRole: text,
  level: text,
  goal0: text,
  goal1: text,
  goal2: text,
  other0: text,
  other1: text,
  tags: text,
  scenario: text,
  with: text,
  offRecord: text,
});
type Sent = z.output<typeof sceneForm>;

/** Making and changing a scene without scripts, and playing one once more. */
export function roleplayForms(parts: Parts): Hono<AppEnv> {
  const { aiRooms } = parts;
  return new Hono<AppEnv>()
    .post("/roleplay", member, body(sceneForm), async (c) => {
      const sent = c.req.valid("json");
      const values = valuesOf(sent, c.var.lang);
      const read = sceneDraft.safeParse({ ...draftOf(values), offRecord: sent.offRecord === "1" });
      if (!read.success) {
        c.status(422);
        return await drawNew(c, parts, values, invalid(read.error).detail.fields);
      }
      const { id } = await aiRooms.makeScene(me(c), read.data, c.var.lang);
      return c.redirect(
        isDirect(sent.with) ? `/roleplay/${id}?with=${encodeURIComponent(sent.with)}` : `/roleplay/${id}`,
        303,
      );
    })
    .post("/roleplay/:id/edit", member, body(sceneForm), async (c) => {
      const room = await findOwnAiRoom(parts, "roleplay", c);
      const scene = await readAiRoom(parts.store, "roleplay", room.id);
      const values = valuesOf(c.req.valid("json"), c.var.lang);
      const read = sceneChange.safeParse(draftOf(values));
      if (!read.success) {
        c.status(422);
        return await drawEdit(c, parts, scene, values, invalid(read.error).detail.fields);
      }
      await aiRooms.changeScene(room, read.data);
      return c.redirect(`/roleplay/${room.id}`, 303);
    })
    .post("/roleplay/:id/again", member, async (c) => {
      const scene = await readAiRoom(parts.store, "roleplay", (await findOwnAiRoom(parts, "roleplay", c)).id);
      const { id } = await aiRooms.playAgain(me(c), scene, c.var.lang);
      return c.redirect(`/roleplay/${id}`, 303);
    });
}

function valuesOf(sent: Sent, reader: Lang): SceneValues {
  const { goal0, goal1, goal2, other0, other1, scenario, ...fields } = sent;
  const id = scenarioId(scenario);
  if (id && !fields.title && !fields.situation && !fields.myRole) return scenarioValues(id, fields.language, reader);
  return { ...fields, goals: [goal0, goal1, goal2], others: [other0, other1], scenario: id };
}

const draftOf = ({ tags, ...values }: SceneValues) => ({
  ...values,
  level: values.level || undefined,
  tags: tags.split(/[,、，]/).map((tag) => tag.replace(/^\s*#/, "").trim()),
});

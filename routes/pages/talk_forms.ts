import { Hono } from "hono";
import { z } from "zod";
import { recollectionChange } from "../../domain/recollection.ts";
import type { AiKind } from "../../domain/room.ts";
import { sendChat } from "../../domain/wire.ts";
import { editRecollection, recollectionOf } from "../../kv/recollections.ts";
import { type AiRoom, findAiRoom, findOwnAiRoom } from "../ai_room.ts";
import { body, checked } from "../body.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { drawMemory } from "./memory.tsx";

const optional = z.string().optional().catch(undefined);
const sayForm = z.object({
  text: z.string().catch(""),
  clientId: optional,
  rerun: z.coerce.number().optional().catch(undefined),
});
const seqForm = z.object({ seq: z.coerce.number().int().min(1) });
const factForm = z.object({ fact: z.coerce.number().int().min(0) });
const memoryForm = z.looseObject({ summary: z.string().catch("") });

/** The talk of an AI room without scripts; `base` is where the pages of rooms of `kind` are. */
export function talkForms(parts: Parts, kind: AiKind, base: string): Hono<AppEnv> {
  const { store, aiRooms, companion: { talk } } = parts;
  const one = `${base}/:id`;

  return new Hono<AppEnv>()
    .post(one, member, body(sayForm), async (c) => {
      const room = await find(c);
      const { text, clientId, rerun } = c.req.valid("json");
      if (!text.trim()) return back(c, room);
      const said = checked(sendChat, { text, clientId: clientId || undefined });
      if (rerun) await talk.rerun(room, me(c), rerun, said, c.var.lang);
      else await talk.say(room, me(c), said, c.var.lang);
      return back(c, room);
    })
    .post(`${one}/regenerate`, member, body(seqForm), async (c) => {
      const room = await find(c);
      await talk.regenerate(room, me(c), c.req.valid("json").seq, c.var.lang);
      return back(c, room);
    })
    .post(`${one}/switch`, member, body(seqForm), async (c) => {
      const room = await find(c);
      await talk.choose(room, c.req.valid("json").seq);
      return back(c, room);
    })
    .get(`${one}/memory`, member, async (c) => {
      const { id } = await own(c);
      return await drawMemory({ c, parts, path: `${base}/${id}`, nav: kind, memory: await recollectionOf(store, id) });
    })
    .post(`${one}/memory`, member, body(memoryForm), async (c) => {
      const room = await own(c);
      const { summary, ...sent } = c.req.valid("json");
      const { facts } = await recollectionOf(store, room.id);
      const kept = facts.map((fact, i) => ({ ...fact, text: String(sent[`fact${i}`] ?? "") }));
      const change = { summary, facts: kept.filter(({ text }) => text.trim()) };
      await editRecollection(store, room.id, checked(recollectionChange, change));
      return back(c, room);
    })
    .post(`${one}/forget`, member, body(factForm), async (c) => {
      const room = await own(c);
      const { facts } = await recollectionOf(store, room.id);
      await editRecollection(store, room.id, { facts: facts.filter((_, i) => i !== c.req.valid("json").fact) });
      return back(c, room);
    })
    .post(`${one}/delete`, member, async (c) => {
      await aiRooms.remove(await own(c));
      return c.redirect(base, 303);
    });

  function find(c: AppContext): Promise<AiRoom> {
    return findAiRoom(parts, kind, c);
  }

  function own(c: AppContext): Promise<AiRoom> {
    return findOwnAiRoom(parts, kind, c);
  }

  function back(c: AppContext, { id }: AiRoom): Response {
    return c.redirect(`${base}/${id}`, 303);
  }
}

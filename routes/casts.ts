import { Hono } from "hono";
import { z } from "zod";
import { Problem } from "../domain/problems.ts";
import { isDirect } from "../domain/room.ts";
import type { Scene } from "../domain/scene.ts";
import { fill } from "../domain/words/fill.ts";
import { readAiRoom } from "../kv/ai_rooms.ts";
import { uninvite } from "../kv/invitations.ts";
import { findRoom } from "../kv/rooms.ts";
import { type Casts, openCasts } from "../realtime/casts.ts";
import { type AiRoom, findAiRoom, findOwnAiRoom } from "./ai_room.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const invitationRequest = z.object({
  match: z.string().max(80).optional().describe("A room of two of mine, where the invitation is sent"),
});
export const castQuestion = z.object({
  invite: z.string().min(1).max(200).catch("").describe("The invitation's token"),
});
export const claimRequest = z.object({ token: z.string().min(1).max(200), role: z.number().int().min(0).max(9) });
export const stageRequest = z.object({ on: z.boolean() });

/** Who plays what in a scene: inviting people, taking a role and giving it back, on stage and off it. */
export function castRoutes(parts: Parts, base: string): Hono<AppEnv> {
  const { store } = parts;
  const casts = openCasts(parts);
  const one = `${base}/:id`;

  return new Hono<AppEnv>()
    .post(`${one}/invitations`, member, body(invitationRequest), async (c) => {
      const room = await findOwnAiRoom(parts, "roleplay", c);
      return c.json(await inviteTo(parts, casts, c, room, c.req.valid("json").match), 201);
    })
    .delete(`${one}/invitations`, member, async (c) => {
      await uninvite(store, (await findOwnAiRoom(parts, "roleplay", c)).id);
      return c.body(null, 204);
    })
    .get(`${one}/cast`, member, query(castQuestion), async (c) => {
      return c.json(shownToInvited(await casts.look(c.req.param("id") ?? "", c.req.valid("query").invite, me(c))));
    })
    .post(`${one}/claim`, member, body(claimRequest), async (c) => {
      const { token, role } = c.req.valid("json");
      await casts.claim(c.req.param("id") ?? "", token, role, me(c));
      return c.json(await theScene(c));
    })
    .patch(`${one}/cast/:role`, member, body(stageRequest), async (c) => {
      await casts.stage(await findOwnAiRoom(parts, "roleplay", c), placeIn(c), c.req.valid("json").on);
      return c.json(await theScene(c));
    })
    .delete(`${one}/cast/:role`, member, async (c) => {
      await casts.leave(await findAiRoom(parts, "roleplay", c), placeIn(c), me(c));
      return c.body(null, 204);
    });

  async function theScene(c: AppContext): Promise<Pick<Scene, "id" | "cast">> {
    const { id, cast } = await readAiRoom(store, "roleplay", (await findAiRoom(parts, "roleplay", c)).id);
    return { id, cast };
  }
}

/** A role's place as the address says it. Problem `not_found`. */
function placeIn(c: AppContext): number {
  const said = c.req.param("role") ?? "";
  if (!/^\d$/.test(said)) throw new Problem("not_found");
  return Number(said);
}

/** What stands on the claim page: the scene and its roles, nothing that was said, and nobody's id. */
export const shownToInvited = ({ id, language, title, situation, goals, level, begun, cast = [] }: Scene) => ({
  id,
  language,
  title,
  situation,
  goals,
  level,
  begun: begun === true,
  roles: cast.map(({ name, player }, place) => ({ place, name, player: player?.nickname })),
});

/** A new invitation, also said in the room of two `match` when there is one. */
export async function inviteTo(parts: Parts, casts: Casts, c: AppContext, room: AiRoom, match?: string) {
  const direct = match ? await findRoom(parts, match, me(c)) : null;
  if (match && (!isDirect(match) || !direct)) throw new Problem("not_found");
  const { word: token, expiresAt } = await casts.open(room, me(c));
  const path = `/roleplay/${room.id}?invite=${token}`;
  if (direct) {
    const { title } = await readAiRoom(parts.store, "roleplay", room.id);
    const link = (parts.env.publicUrl ?? new URL(c.req.url).origin) + path;
    await parts.acts.say(direct, me(c), { text: fill(c.var.words.roleplay.cast.said, { title, link }) });
  }
  return { token, path, expiresAt };
}

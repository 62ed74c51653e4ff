import { Hono } from "hono";
import { z } from "zod";
import { isAdult, type MatchProfile, missingParts, type ProfileForm, profileForm } from "../domain/profile.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { likesOf, mute, unlike } from "../kv/matches.ts";
import { addUntrue, changeMatchProfile, findMatchProfile, findPeople } from "../kv/profiles.ts";
import { findRoom } from "../kv/rooms.ts";
import { findUser } from "../kv/users.ts";
import { chatsOf } from "../realtime/chats.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const suggestionsQuestion = z.object({ limit: z.coerce.number().int().min(1).max(10).default(3) });
export const personRequest = z.strictObject({ userId: z.string().min(1).max(64) });
export const muteRequest = z.strictObject({ muted: z.boolean() });
export const untrueRequest = z.strictObject({ signal: z.string().min(1).max(120) });

/** Matching: one's profile, who might suit, saying yes or not now, and what came of it. */
export function matchingRoutes(parts: Parts): Hono<AppEnv> {
  const { store, matching: { portraits, suggest, directs } } = parts;

  return new Hono<AppEnv>()
    .get("/api/matching/profile", member, async (c) => {
      const [user, profile] = await Promise.all([findUser(store, me(c).id), findMatchProfile(store, me(c).id)]);
      return c.json({
        profile,
        missing: profile ? missingParts(profile) : [],
        verified: user?.emailVerifiedAt !== undefined,
      });
    })
    .put("/api/matching/profile", member, body(profileForm), async (c) => {
      return c.json({ profile: await saveProfile(parts, me(c).id, c.req.valid("json")) });
    })
    .get("/api/matching/suggestions", member, query(suggestionsQuestion), async (c) => {
      return c.json(await suggest.forPerson(me(c).id, { ...c.req.valid("query"), lang: c.var.lang }));
    })
    .post("/api/matching/untrue", member, body(untrueRequest), async (c) => {
      await addUntrue(store, me(c).id, c.req.valid("json").signal);
      await portraits.make(me(c).id);
      return c.body(null, 204);
    })
    .get("/api/matching/likes", member, async (c) => c.json({ items: await greeted(parts, me(c).id) }))
    .post("/api/matching/likes", member, body(personRequest), async (c) => {
      const { room } = await directs.like(me(c), c.req.valid("json").userId);
      return c.json({ matched: room !== undefined, room: room?.id }, 201);
    })
    .delete("/api/matching/likes/:user", member, async (c) => {
      await unlike(store, me(c).id, c.req.param("user"));
      return c.body(null, 204);
    })
    .post("/api/matching/passes", member, body(personRequest), async (c) => {
      await directs.pass(me(c), c.req.valid("json").userId);
      return c.body(null, 204);
    })
    .get("/api/matches", member, async (c) => c.json({ items: await chatsOf(parts, me(c)) }))
    .patch("/api/matches/:id", member, body(muteRequest), async (c) => {
      await mute(store, me(c).id, (await direct(c)).id, c.req.valid("json").muted);
      return c.body(null, 204);
    })
    .post("/api/matches/:id/goodbye", member, async (c) => {
      await directs.goodbye(await direct(c), me(c), c.var.lang);
      return c.body(null, 204);
    })
    .delete("/api/matches/:id", member, async (c) => {
      await directs.part(await direct(c));
      return c.body(null, 204);
    });

  function direct(c: AppContext): Promise<Room> {
    return findDirect(parts, c);
  }
}

/** The room of two in the address. Problem `not_found` for any other. */
export async function findDirect(parts: Pick<Parts, "rooms">, c: AppContext): Promise<Room> {
  const room = await findRoom(parts, c.req.param("id") ?? "", me(c));
  if (room.kind !== "direct") throw new Problem("not_found");
  return room;
}

/** Problem `invalid` for who is no adult. The portrait is made anew before this resolves: what was switched off is out. */
export async function saveProfile(parts: Parts, user: string, form: ProfileForm): Promise<MatchProfile> {
  const { store, now, matching: { portraits } } = parts;
  if (!isAdult(form.birthYear, now())) throw new Problem("invalid", { fields: { birthYear: "birth_year" } });
  const profile = await changeMatchProfile(store, user, (before) => ({ ...form, photo: before?.photo }));
  await portraits.make(user);
  return profile;
}

/** Whom somebody greeted without an answer yet. */
export async function greeted({ store }: Pick<Parts, "store">, user: string) {
  const likes = await likesOf(store, user);
  const people = await findPeople(store, likes.map(({ id }) => id));
  return likes.flatMap(({ id, at }) => {
    const one = people.get(id);
    return one ? [{ id, at, nickname: one.user.nickname }] : [];
  });
}

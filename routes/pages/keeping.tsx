import { Hono } from "hono";
import { z } from "zod";
import { sanctionKinds } from "../../domain/keeping.ts";
import { Problem } from "../../domain/problems.ts";
import { closed, isSteady, mayKeep, mayOwn, reshaped, type Room } from "../../domain/room.ts";
import { invite, uninvite } from "../../kv/invitations.ts";
import { keys } from "../../kv/keys.ts";
import { sanctionsIn } from "../../kv/order.ts";
import { body } from "../body.ts";
import { keepRoom } from "../change_room.ts";
import type { AppContext, AppEnv, Parts } from "../context.ts";
import { me, member } from "../guard.ts";
import { findLive } from "../levels.ts";
import { titleOf } from "./admin_room_names.ts";
import { attempt, type Tried } from "./attempt.ts";
import { KeepingPage } from "./keeping_page.tsx";
import { show } from "./layout.tsx";
import { changeIn, roomForm } from "./room_form.ts";

const lifting = z.object({ userId: z.string().min(1).max(64), kind: z.enum(sanctionKinds) });
/** How many of those who were timed out or sent out are shown. */
const SHOWN = 100;

/** `/live/:id/keeping`: what keepers and owners do with a room, without scripts. For everybody else it is not there. */
export function keepingPages(parts: Parts): Hono<AppEnv> {
  const { store, powers, now } = parts;
  const page = "/live/:id/keeping";

  async function find(c: AppContext): Promise<Room> {
    const room = await findLive(parts, c);
    if (!mayKeep(room, c.var.who)) throw new Problem("not_found");
    return room;
  }

  /** An open room of one's own. */
  async function owned(c: AppContext): Promise<Room> {
    const room = await find(c);
    if (!mayOwn(room, c.var.who) || room.closedAt !== undefined) throw new Problem("not_found");
    return room;
  }

  async function draw(c: AppContext, room: Room, more: { address?: string; until?: number; tried?: Tried } = {}) {
    const sanctions = await sanctionsIn(store, room.id, SHOWN, now());
    const users = await store.getMany(sanctions.map(({ userId }) => keys.user(userId)));
    const kept = sanctions.flatMap((sanction, i) =>
      users[i].value ? [{ sanction, name: users[i].value.nickname }] : []
    );
    c.header("Cache-Control", "no-store");
    return await show(
      c,
      <KeepingPage c={c} parts={parts} room={room} kept={kept} most={SHOWN} {...more} />,
    );
  }

  const back = (c: AppContext, { id }: Room, done: string, part = "") =>
    c.redirect(`/live/${id}/keeping?done=${done}${part}`, 303);

  return new Hono<AppEnv>()
    .get(page, async (c) => await draw(c, await find(c)))
    .post(page, member, body(roomForm), async (c) => {
      const room = await find(c), sent = c.req.valid("json");
      return await attempt(c, sent, async () => {
        const wanted = changeIn(sent, titleOf(c.var.words, room));
        await keepRoom(parts, me(c), room.id, "settings", (room) => reshaped(room, me(c), wanted));
        return back(c, room, "saved");
      }, (tried) => draw(c, room, { tried }));
    })
    .post(`${page}/close`, member, async (c) => {
      const room = await owned(c);
      if (isSteady(room)) throw new Problem("not_found");
      await keepRoom(parts, me(c), room.id, "close", (room) => closed(room, me(c), now()));
      return c.redirect(`/live/${room.id}`, 303);
    })
    .post(`${page}/invite`, member, async (c) => {
      const room = await owned(c);
      const { word, expiresAt } = await invite({ store, now }, room.id, me(c).id);
      const address = new URL(`/live/${room.id}?invite=${word}`, parts.env.publicUrl ?? c.req.url).href;
      return await draw(c, room, { address, until: expiresAt });
    })
    .post(`${page}/uninvite`, member, async (c) => {
      const room = await owned(c);
      await uninvite(store, room.id);
      return back(c, room, "uninvited", "#invite");
    })
    .post(`${page}/lift`, member, body(lifting), async (c) => {
      const room = await find(c), { userId, kind } = c.req.valid("json");
      await powers.lift(room, me(c), userId, kind, { why: "" });
      return back(c, room, "lifted", "#kept");
    });
}

import { Hono } from "hono";
import { z } from "zod";
import { banOrder, type Quoted, reason, type Report, timeoutOrder, undoing } from "../domain/keeping.ts";
import type { Message } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { fileReport, reportedBy } from "../kv/reports.ts";
import { findRoom } from "../kv/rooms.ts";
import { take } from "../kv/windows.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

const seq = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
/** Messages before and after a reported one. */
const CONTEXT = 3;

/** What readers tell keepers, and what keepers do in a room. Who has no power there hears `forbidden`. */
export function orderRoutes(parts: Parts): Hono<AppEnv> {
  const { store, log, rooms, powers, env, now } = parts;
  const room = "/api/rooms/:id", one = `${room}/messages/:seq`;
  return new Hono<AppEnv>()
    .post(`${one}/report`, member, body(reason), async (c) => {
      const { id, repeated } = await report(c, await find(c), number(c), c.req.valid("json").why);
      return c.json({ id }, repeated ? 200 : 201);
    })
    .post(`${one}/hide`, member, body(reason), async (c) => {
      return c.json(await powers.hide(await find(c), me(c), number(c), c.req.valid("json")));
    })
    .delete(`${one}/hide`, member, body(undoing), async (c) => {
      return c.json(await powers.show(await find(c), me(c), number(c), c.req.valid("json")));
    })
    .get(`${one}/hidden`, member, async (c) => c.json(await powers.hidden(await find(c), me(c), number(c))))
    .post(`${room}/timeouts`, member, body(timeoutOrder), async (c) => {
      const { userId, minutes, why } = c.req.valid("json");
      return c.json(await powers.timeout(await find(c), me(c), userId, minutes, { why }), 201);
    })
    .post(`${room}/bans`, member, body(banOrder), async (c) => {
      const { userId, why } = c.req.valid("json");
      return c.json(await powers.ban(await find(c), me(c), userId, { why }), 201);
    })
    .delete(`${room}/timeouts/:user`, member, body(undoing), async (c) => {
      await powers.lift(await find(c), me(c), c.req.param("user"), "timeout", c.req.valid("json"));
      return c.body(null, 204);
    })
    .delete(`${room}/bans/:user`, member, body(undoing), async (c) => {
      await powers.lift(await find(c), me(c), c.req.param("user"), "ban", c.req.valid("json"));
      return c.body(null, 204);
    });

  /** Once per person and message; it keeps what it is about as it is now. */
  async function report(c: AppContext, { id: room }: Room, seq: number, why: string) {
    const { id, nickname } = me(c);
    const first = await reportedBy(store, room, seq, id);
    if (first) return { id: first, repeated: true };
    const message = (await log.messages(room, [seq])).at(0);
    if (!message || message.change || message.gone) throw new Problem("not_found");
    if (message.author.id === id) throw new Problem("forbidden");
    await take(store, "reportByPerson", id, now(), env.rateLimitScale);
    const [before, after] = await Promise.all([
      log.page(room, { before: seq }, CONTEXT),
      log.page(room, { after: seq }, CONTEXT),
    ]);
    const filed: Omit<Report, "id"> = {
      at: now(),
      room,
      message: quoted(message),
      before: before.map(quoted),
      after: after.map(quoted),
      by: { id, nickname },
      why,
    };
    return await fileReport(store, filed);
  }

  function find(c: AppContext): Promise<Room> {
    return findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  }
}

const quoted = ({ seq, author, text, at, photo }: Message): Quoted => ({ seq, author, text, at, photo: photo?.id });

function number(c: AppContext): number {
  const found = seq.safeParse(c.req.param("seq"));
  if (!found.success) throw new Problem("not_found");
  return found.data;
}

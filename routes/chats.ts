import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../domain/limits.ts";
import { Problem } from "../domain/problems.ts";
import { PLAZA, type Room } from "../domain/room.ts";
import { sendChat, unsaid } from "../domain/wire.ts";
import { ownPage } from "../kv/author.ts";
import { findRoom } from "../kv/rooms.ts";
import { type Seen, seenBy } from "../realtime/seen.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const size = z.coerce.number().int().min(1).max(limits.page.max).default(limits.page.default);
export const ownQuestion = z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1), size });
export const messagesQuestion = z.object({ before: seq.optional(), after: seq.optional(), limit: size });

const told = sendChat.extend({ ...unsaid, seq: unsaid.at });

/** Rooms' messages over HTTP; what travels live is in `socket.ts`. */
export function chatRoutes({ store, log, hub, acts, companion, rooms, line }: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .post("/api/send-chat", member, body(told), (c) => send(c, PLAZA, c.req.valid("json")))
    .get("/api/recent-chats", async (c) => c.json(await see(c).recent(PLAZA, limits.page.default)))
    .get("/api/chat-logs", member, query(ownQuestion), async (c) => {
      const { page, size } = c.req.valid("query");
      const { entries, total, pages } = await ownPage(store, PLAZA, me(c).id, page, size);
      return c.json({ items: await see(c).messages(PLAZA, entries.map(({ seq }) => seq)), page, pages, total });
    })
    .get("/api/rooms/:id/messages", query(messagesQuestion), async (c) => {
      const room = await find(c, c.req.param("id"));
      const { before, after, limit } = c.req.valid("query");
      const items = (await see(c).page(room.id, { before, after }, limit)).filter(({ seq }) =>
        seq < (before ?? Infinity)
      );
      const { seq: head, epoch } = await log.head(room.id);
      return c.json({ items, head, epoch });
    })
    .post("/api/rooms/:id/messages", member, body(told), (c) => send(c, c.req.param("id"), c.req.valid("json")));

  /** 201 with the message; 200 with the first one when its client id was stored before. */
  async function send(c: AppContext, id: string, said: z.output<typeof sendChat>): Promise<Response> {
    const room = await find(c, id);
    const { message, repeated } = await acts.say(room, me(c), said);
    if (!repeated) await companion.heard(room, message, c.var.lang).catch(unheard);
    return c.json(message, repeated ? 200 : 201);
  }

  /** The message stands in any case. */
  function unheard(error: unknown): void {
    if (!(error instanceof Problem)) line("warn", "companion_deaf", { error: String(error) });
  }

  function see(c: AppContext): Seen {
    return seenBy({ log, hub }, c.var.who);
  }

  function find(c: AppContext, id: string): Promise<Room> {
    return findRoom({ rooms }, id, c.var.who);
  }
}

import { Hono } from "hono";
import { z } from "zod";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Quota } from "../domain/quota.ts";
import { hintRequest } from "../domain/practice.ts";
import { recollectionChange } from "../domain/recollection.ts";
import type { AiKind } from "../domain/room.ts";
import { sendChat } from "../domain/wire.ts";
import { readPath } from "../kv/branch.ts";
import { editRecollection, recollectionOf } from "../kv/recollections.ts";
import { type Awaited, followAnswer } from "../realtime/follow.ts";
import { number } from "./acts.ts";
import { type AiRoom, findAiRoom, findOwnAiRoom } from "./ai_room.ts";
import { seenBy } from "../realtime/seen.ts";
import { body, query } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { eventStream } from "./event_stream.ts";
import { me, member } from "./guard.ts";
import { transcriptRoutes } from "./transcript.ts";

/** `message` is what older clients call the text. */
export const sayRequest = z.preprocess(
  (sent) => sent && typeof sent === "object" && "message" in sent ? { text: sent.message, ...sent } : sent,
  sendChat.pick({ text: true, clientId: true }),
);
export const branchQuestion = z.object({
  to: z.coerce.number().int().min(1).optional().describe("The `next` of the page before"),
  limit: z.coerce.number().int().min(1).max(limits.page.max).default(50),
});

/** The talk in an AI room, the same for role-play and practice: `base` is where rooms of `kind` are. */
export function aiTalkRoutes(parts: Parts, kind: AiKind, base: string): Hono<AppEnv> {
  const { store, log, hub, companion: { talk }, aiRooms, quotas } = parts;
  const one = `${base}/:id`, message = `${one}/messages/:seq`;

  return new Hono<AppEnv>()
    .get(`${one}/messages`, member, query(branchQuestion), async (c) => {
      const { id } = await findAiRoom(parts, kind, c);
      const { to, limit } = c.req.valid("query");
      const path = await readPath(seenBy(parts, me(c)), id, { to, most: limit + 1 });
      const next = path.length > limit ? path[0].seq : undefined;
      const items = await withVersions(id, next === undefined ? path : path.slice(1));
      const { seq: head, epoch } = await log.head(id);
      return c.json({ items, next, head, epoch });
    })
    .post(`${one}/messages`, member, body(sayRequest), async (c) => {
      const room = await findAiRoom(parts, kind, c);
      const { message, unanswered } = await talk.say(room, me(c), c.req.valid("json"), c.var.lang);
      if (unanswered) return c.json({ message, quota: await quotas.look(kind, me(c).id) });
      return await answered(c, room, message, { question: message.seq });
    })
    .post(`${message}/regenerate`, member, async (c) => {
      const room = await findAiRoom(parts, kind, c);
      const entry = await talk.regenerate(room, me(c), number(c), c.var.lang);
      return await answered(c, room, entry, { answer: entry.seq });
    })
    .post(`${message}/rerun`, member, body(sayRequest), async (c) => {
      const room = await findAiRoom(parts, kind, c);
      const { message } = await talk.rerun(room, me(c), number(c), c.req.valid("json"), c.var.lang);
      return await answered(c, room, message, { question: message.seq });
    })
    .post(`${message}/choose`, member, async (c) => {
      await talk.choose(await findAiRoom(parts, kind, c), number(c));
      return c.body(null, 204);
    })
    .post(`${one}/hints`, member, body(hintRequest), async (c) => {
      const room = await findAiRoom(parts, kind, c);
      return c.json(await aiRooms.hint(me(c), room, c.req.valid("json").size, c.var.lang));
    })
    .get(
      `${one}/memory`,
      member,
      async (c) => c.json(await recollectionOf(store, (await findOwnAiRoom(parts, kind, c)).id)),
    )
    .put(`${one}/memory`, member, body(recollectionChange), async (c) => {
      const { id } = await findOwnAiRoom(parts, kind, c);
      return c.json(await editRecollection(store, id, c.req.valid("json")));
    })
    .route("/", transcriptRoutes(parts, kind, base));

  /** What was said and its answer: as they come, or whole when JSON is asked for. */
  async function answered(c: AppContext, room: AiRoom, message: Message, wanted: Awaited): Promise<Response> {
    const who = me(c);
    const since = message.seq - 1;
    const whole = async (answer: Message): Promise<{ message: Message; answer: Message; quota: Quota }> => ({
      message,
      answer,
      quota: await quotas.look(kind, who.id),
    });
    if (!streams(c)) return c.json(await whole(await followAnswer(hub, room.id, { since, wanted })));
    return eventStream(async (send, gone) => {
      const answer = await followAnswer(hub, room.id, {
        since,
        wanted,
        gone,
        tell: send,
      });
      send("end", JSON.stringify(await whole(answer)));
    });
  }

  async function withVersions(room: string, path: Message[]): Promise<Message[]> {
    const firsts = [...new Set(path.flatMap(({ version }) => version ?? []))];
    const found = new Map((await log.messages(room, firsts)).map((one) => [one.seq, one.versions]));
    return path.map((one) => one.version ? { ...one, versions: found.get(one.version) } : one);
  }
}

/** A stream, unless it is JSON alone that is wanted. */
const streams = (c: AppContext): boolean => {
  const accept = c.req.header("Accept") ?? "";
  return !accept.includes("application/json") || accept.includes("text/event-stream");
};

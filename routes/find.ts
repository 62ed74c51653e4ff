import { z } from "zod";
import { type Excerpt, excerptOf } from "../domain/excerpt.ts";
import { type Query, queryOf } from "../domain/grams.ts";
import { limits } from "../domain/limits.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import type { Practice } from "../domain/practice.ts";
import { Problem } from "../domain/problems.ts";
import { aiKinds, PLAZA, type Room } from "../domain/room.ts";
import type { Scene } from "../domain/scene.ts";
import { ownAiRooms } from "../kv/ai_rooms.ts";
import { keys } from "../kv/keys.ts";
import { matchesOf } from "../kv/matches.ts";
import { findRoom } from "../kv/rooms.ts";
import { searchRoom } from "../kv/search.ts";
import { searchRooms } from "../kv/search_rooms.ts";
import { openSendLimit } from "../realtime/send_limit.ts";
import type { AppContext, Parts } from "./context.ts";
import { clientAddress } from "./guard.ts";

const length = (s: string) => [...s].length;
export const searchQuestion = z.object({
  q: z.string().max(1_000).transform((s) => s.toWellFormed().trim())
    .refine((s) => length(s) >= 2 && queryOf(s.slice(0, 200)) !== null, "search_short")
    .refine((s) => length(s) <= 50, "text_long:50").describe("2 to 50 characters; all of its words are looked for"),
  room: z.string().min(1).max(80).optional().describe(
    "One room; without it the plaza, the open rooms of whoever asks, and their own talks",
  ),
  before: z.string().regex(/^\d{1,16}(\.\d{1,16}\.[\w-]{1,80})?$/).optional().describe("The `next` of the page before"),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type Asked = z.output<typeof searchQuestion>;
/** `marks` are the places in the excerpt's text of what was looked for. */
export type Hit = { room: Room; message: Message; excerpt: Excerpt };
export type Hits = { items: Hit[]; next?: string };
/** Problems: `not_found` for a room that is not there or not theirs, `too_many`. */
export type Find = (c: AppContext, asked: Asked) => Promise<Hits>;

/** How many of the open rooms, and of one's own, are looked through when no room is named. */
const MOST_ROOMS = 30;

/** Looks for messages with the rights of whoever asks. The API and the page share one limit. */
export function openFind({ store, log, hub, rooms, env, now }: Parts): Find {
  const searches = openSendLimit(env.rateLimitScale, now, limits.searches);

  return async (c, asked) => {
    const { who } = c.var;
    const wait = searches(who?.id ?? clientAddress(c, env.trustProxy));
    if (wait) throw new Problem("too_many", { wait });
    const question = queryOf(asked.q)!;
    return asked.room === undefined ? await everywhere(who, question, asked) : await inRoom(who, question, asked);
  };

  async function inRoom(who: Who | null, question: Query, { room: id = "", before, limit }: Asked): Promise<Hits> {
    const room = await findRoom({ rooms }, id, who);
    if ((await store.get(keys.offRecord(room.id))).value !== null) return { items: [] };
    const from = before === undefined ? undefined : Number(before.split(".").at(before.includes(".") ? 1 : 0));
    const { items, next } = await searchRoom(store, room.id, question, {
      before: from,
      limit,
      apart: hub.apart(who?.id),
    });
    return {
      items: items.map((message) => hit(room, message, question)),
      next: next === undefined ? undefined : String(next),
    };
  }

  async function everywhere(who: Who | null, question: Query, { before, limit }: Asked): Promise<Hits> {
    const mine = await mayRead(who);
    const from = before?.includes(".") ? before : undefined;
    const apart = hub.apart(who?.id);
    const found = await searchRooms({ store, log }, [...mine.keys()], question, { before: from, limit, apart });
    const items = found.items.map(({ room, message }) => hit(mine.get(room)!, message, question));
    return { items, next: found.next };
  }

  async function mayRead(who: Who | null): Promise<Map<string, Room>> {
    const [plaza, open, own, direct, ai] = await Promise.all([
      rooms.find(PLAZA, who),
      rooms.list(who, undefined, MOST_ROOMS),
      who ? rooms.own(who, undefined, MOST_ROOMS) : { items: [] },
      who ? directRooms(who) : [],
      who ? aiRooms(who) : [],
    ]);
    const all = [...(plaza ? [plaza] : []), ...open.items, ...own.items].filter(({ closedAt }) =>
      closedAt === undefined
    );
    return new Map([...all, ...direct, ...ai].map((room) => [room.id, room]));
  }

  /** Conversations of two, closed ones too. */
  async function directRooms(who: Who): Promise<Room[]> {
    const matches = (await matchesOf(store, who.id)).slice(0, MOST_ROOMS);
    return await found(matches.map(({ room }) => room), who);
  }

  /** One's own talks with the companion; nothing is found of those off the record. */
  async function aiRooms(who: Who): Promise<Room[]> {
    const pages = await Promise.all(aiKinds.map((kind) => ownAiRooms(store, kind, who.id, { limit: MOST_ROOMS })));
    const recorded = pages.flatMap<Scene | Practice>(({ items }) => items).filter(({ offRecord }) => !offRecord);
    return await found(recorded.map(({ id }) => id), who);
  }

  async function found(ids: string[], who: Who): Promise<Room[]> {
    return (await Promise.all(ids.map((id) => rooms.find(id, who)))).filter((room) => room !== null);
  }
}

const hit = (room: Room, message: Message, question: Query): Hit => ({
  room,
  message,
  excerpt: excerptOf(message.text, question),
});

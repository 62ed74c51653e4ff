import { z } from "zod";
import type { Message } from "../domain/message.ts";
import { Problem } from "../domain/problems.ts";
import { type AiKind, isAiRoom, type Room } from "../domain/room.ts";
import { readPath } from "../kv/branch.ts";
import { consentOf } from "../kv/consents.ts";
import type { Log } from "../kv/log.ts";
import { findRoom } from "../kv/rooms.ts";
import type { AppContext, Parts } from "./context.ts";
import { me } from "./guard.ts";

export type AiRoom = Room & { kind: AiKind; owner: string };

export const ownQuestion = z.object({
  before: z.string().regex(/^\d{1,15}-\w{1,80}$/).optional().describe("The `next` of the page before"),
  tag: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** Finding is authorising, and only a room of this kind is here. Problem `not_found`. */
export async function findAiRoom({ rooms }: Pick<Parts, "rooms">, kind: AiKind, c: AppContext): Promise<AiRoom> {
  const room = await findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  if (!isAiRoom(room) || room.kind !== kind) throw new Problem("not_found");
  return room;
}

/** The same for what is its owner's alone. Problem `forbidden` for who only plays in it. */
export async function findOwnAiRoom(parts: Pick<Parts, "rooms">, kind: AiKind, c: AppContext): Promise<AiRoom> {
  const room = await findAiRoom(parts, kind, c);
  if (room.owner !== me(c).id) throw new Problem("forbidden");
  return room;
}

/** Whether scripts and rules answer this person: there is no model, or they keep their talk from it. */
export const isOffline = async ({ store, model }: Pick<Parts, "store" | "model">, id: string): Promise<boolean> =>
  model.name === null || !(await consentOf(store, id)).roleplay;

/** Rooms with what was said last on the branch that is shown. */
export function withLast<K extends { id: string }>(
  log: Pick<Log, "page">,
  rooms: K[],
): Promise<(K & { last?: Last })[]> {
  return Promise.all(rooms.map(async (room) => ({ ...room, last: await lastLine(log, room.id) })));
}

type Last = Pick<Message, "seq" | "kind" | "text" | "at">;
/** Things happen between the lines: the last line is looked for among so many entries. */
const LOOKED_THROUGH = 20;

async function lastLine(log: Pick<Log, "page">, room: string): Promise<Last | undefined> {
  const path = await readPath(log, room, { most: LOOKED_THROUGH });
  const last = path.findLast(({ kind, text }) => kind !== "system" && text !== "");
  return last && { seq: last.seq, kind: last.kind, text: [...last.text].slice(0, 120).join(""), at: last.at };
}

import { Hono } from "hono";
import type { Room } from "../domain/room.ts";
import { findUser } from "../kv/users.ts";
import type { AppEnv, Parts } from "./context.ts";
import { member } from "./guard.ts";
import { findDirect } from "./matching.ts";

/** Messages that the first matching service's clients get at once. */
const PAGE = 500;

/** What the first matching service answered in a shape of its own; its other addresses are in `compat.ts`. */
export function oldChatRoutes(parts: Parts): Hono<AppEnv> {
  return new Hono<AppEnv>().get(oldMessages, member, async (c) => {
    const room = await findDirect(parts, c);
    const names = await usernamesIn(parts, room);
    const messages = await parts.log.page(room.id, {}, PAGE);
    return c.json(
      messages.filter(({ gone, kind }) => !gone && kind !== "system").map(({ author, text, photo, at }) => ({
        sender_username: names.get(author.id) ?? author.nickname,
        content: photo ? `/photos/${photo.id}` : text,
        timestamp: new Date(at).toISOString(),
      })),
    );
  });
}

export const oldMessages = "/api/chats/api/rooms/:id/messages";

/** Its clients call people by username. */
export async function usernamesIn(
  { store }: Pick<Parts, "store">,
  { members = [] }: Room,
): Promise<Map<string, string>> {
  const users = await Promise.all(members.map((member) => findUser(store, member)));
  return new Map(users.flatMap((user) => user ? [[user.id, user.username]] : []));
}

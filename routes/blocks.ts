import { Hono } from "hono";
import { z } from "zod";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Block } from "../kv/blocks.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import { take } from "../kv/windows.ts";
import { body } from "./body.ts";
import type { AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

export const blockRequest = z.strictObject({ userId: z.string().min(1).max(64) });
/** A block with the name that the person has now. */
export type NamedBlock = Block & { nickname: string };

/** Whom I do not want to meet. The settings page has the same as a form. */
export function blockRoutes(parts: Parts): Hono<AppEnv> {
  const { blocks } = parts;
  return new Hono<AppEnv>()
    .get("/api/blocks", member, async (c) => c.json({ items: await blocksOf(parts, me(c).id) }))
    .post("/api/blocks", member, body(blockRequest), async (c) => {
      await block(parts, me(c), c.req.valid("json").userId);
      return c.body(null, 204);
    })
    .delete("/api/blocks/:user", member, async (c) => {
      await blocks.remove(me(c).id, c.req.param("user"));
      return c.body(null, 204);
    });
}

/** Keepers cannot be blocked: they would not see what they keep in order. What the two had together is over. */
export async function block(
  { blocks, store, matching, env, now }: Pick<Parts, "blocks" | "store" | "matching" | "env" | "now">,
  { id }: Who,
  whom: string,
): Promise<void> {
  const user = await findUser(store, whom);
  if (!user) throw new Problem("not_found");
  if (whom === id || user.role !== "user") throw new Problem("forbidden");
  await take(store, "blockByPerson", id, now(), env.rateLimitScale);
  await blocks.add(id, whom);
  await matching.directs.partPeople(id, whom);
}

/** Newest first; who is not there any more is left out. */
export async function blocksOf({ blocks, store }: Pick<Parts, "blocks"> & { store: Store }, id: string) {
  const found = await blocks.list(id);
  const users = await store.getMany(found.map(({ userId }) => keys.user(userId)));
  return found.flatMap((one, n): NamedBlock[] => {
    const { value } = users[n];
    return value ? [{ ...one, nickname: value.nickname }] : [];
  });
}

import { Hono } from "hono";
import { z } from "zod";
import type { Room } from "../domain/room.ts";
import { findRoom } from "../kv/rooms.ts";
import { number } from "./acts.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";

const line = (most: number) =>
  z.string().max(1_000).transform((s) => s.toWellFormed().trim()).pipe(z.string().min(1).max(most));
export const pollDraft = z.object({ question: line(200), options: z.array(line(80)).min(2).max(6) });
export const pollVote = z.object({ option: z.number().int().min(0).max(5) });

/** Polls and the question queue of a room; who follows it hears of them there. */
export function pollRoutes({ polls, rooms }: Parts): Hono<AppEnv> {
  const one = "/api/rooms/:id/messages/:seq";
  return new Hono<AppEnv>()
    .post("/api/rooms/:id/polls", member, body(pollDraft), async (c) => {
      const { question, options } = c.req.valid("json");
      return c.json(await polls.ask(await find(c), me(c), question, options), 201);
    })
    .post(`${one}/votes`, member, body(pollVote), async (c) => {
      return c.json(await polls.vote(await find(c), me(c), number(c), c.req.valid("json").option));
    })
    .post(`${one}/close`, member, async (c) => c.json(await polls.close(await find(c), me(c), number(c))))
    .post(`${one}/answered`, member, async (c) => c.json(await polls.answered(await find(c), me(c), number(c))));

  function find(c: AppContext): Promise<Room> {
    return findRoom({ rooms }, c.req.param("id") ?? "", c.var.who);
  }
}

import { Hono } from "hono";
import { type PairAct, pairActs, pairDeed, pairDraft, type PairView } from "../domain/pair.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import type { PairInterview } from "../kv/pairs.ts";
import { body } from "./body.ts";
import type { AppContext, AppEnv, Parts } from "./context.ts";
import { me, member } from "./guard.ts";
import { findDirect } from "./matching.ts";

const ONE = "/api/rooms/:id/pair";

/** The pair interview of a room of two. */
export function pairRoutes(parts: Parts): Hono<AppEnv> {
  const { pairs } = parts;
  return new Hono<AppEnv>()
    .get(ONE, member, async (c) => c.json({ pair: await pairSeen(parts, c, await findDirect(parts, c)) }))
    .post(ONE, member, body(pairDraft), async (c) => {
      const pair = await pairs.propose(await findDirect(parts, c), me(c), c.req.valid("json"));
      return c.json({ pair: viewOf(pair, me(c).id) }, 201);
    })
    .post(`${ONE}/:act`, member, body(pairDeed), async (c) => {
      const room = await findDirect(parts, c);
      await pairs.act(room, me(c), actIn(c), c.req.valid("json"));
      return c.json({ pair: await pairSeen(parts, c, room) });
    });
}

export async function pairSeen({ pairs }: Pick<Parts, "pairs">, c: AppContext, room: Room): Promise<PairView | null> {
  const pair = await pairs.find(room, me(c));
  return pair && viewOf(pair, me(c).id);
}

/** What is to be done, of the address. Problem `not_found`. */
export function actIn(c: AppContext): PairAct {
  const act = pairActs.find((one) => one === c.req.param("act"));
  if (!act) throw new Problem("not_found");
  return act;
}

/** As one of the two sees it: the other's report, and what they might be asked, are not theirs to see. */
function viewOf(pair: PairInterview, user: string): PairView {
  const { id, step, job, posting, language, minutes, by, endsAt, rooms, finished = false } = pair;
  const mine = by === user, asking = step === (mine ? "first" : "second");
  const questions = asking ? pair.questions[mine ? 0 : 1] : [];
  const report = step === "over" && finished ? rooms[user] : undefined;
  return { id, step, job, posting, language, minutes, mine, asking, endsAt, questions, finished, report };
}

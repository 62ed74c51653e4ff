import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Paid } from "./quota.ts";
import type { Store } from "./store.ts";

/**
 * A question to the companion: the message's number, who asked, and the language of the answer. In AI rooms also the
 * request that it cost, and the entry `into` which an answer is made that was there before it was asked for.
 */
export type Asked = { seq: number; by: string; lang: Lang; at: number; paid?: Paid; into?: number };
/**
 * The companion's turn in a room: one answer at a time. `owner` is the isolate that makes it, `text` what it had when
 * it last wrote here; after `expiresAt` it is taken for dead. `seq` is the answer's own number once it has one.
 */
export type Turn = {
  owner: string;
  expiresAt: number;
  asked: Asked;
  waiting: Asked[];
  seq?: number;
  text: string;
  stop?: true;
};

/**
 * Changes a room's turn and gives what is there afterwards. The patch may be asked again, and may throw; `undefined`
 * from it leaves things as they are, `null` ends the turn.
 */
export async function changeTurn(
  store: Store,
  room: string,
  patch: (now: Turn | null) => Turn | null | undefined,
): Promise<Turn | null> {
  for (let tries = 0; tries < 50; tries++) {
    const found = await store.get(keys.turn(room));
    const turn = patch(found.value);
    if (turn === undefined) return found.value;
    const done = await store.commit((atomic) => {
      atomic.check(found);
      if (turn) atomic.set(keys.turn(room), turn);
      else atomic.delete(keys.turn(room));
    });
    if (done !== null) return turn;
  }
  throw new Problem("busy", { wait: 1 });
}

/** The client id of an answer: so there is one for a question, whoever makes it. */
export const answerId = (question: number): string => `answer-${question}`;

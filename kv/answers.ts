import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Paid } from "./quota.ts";
import type { Store } from "./store.ts";

/**
 * A question to the companion: the message's number, who asked, and the language of the answer. In AI rooms also the
 * request that it cost, and the entry `into` which an answer is made that was there before it was asked for.
 */
export type Asked = {
  seq: number;
  by: string;
  lang: Lang;
  at: number;
  paid?: Paid;
  into?: number;
  /** In a scene for several: the place of the role that answers, and those which do after it. */
  role?: number;
  then?: number[];
};
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

/** The turn, when nobody has it in this room: as a rule so, and then nothing needs to be read. Else `null`. */
export async function beginTurn(store: Store, room: string, turn: Turn): Promise<Turn | null> {
  const key = keys.turn(room);
  const done = await store.commit((atomic) => atomic.check({ key, versionstamp: null }).set(key, turn));
  return done === null ? null : turn;
}

/**
 * Changes a room's turn and gives what is there afterwards. The patch may be asked again, and may throw; `undefined`
 * from it leaves things as they are, `null` ends the turn.
 */
export async function changeTurn(
  store: Store,
  room: string,
  patch: TurnPatch,
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

export type TurnPatch = (now: Turn | null) => Turn | null | undefined;
/** So many turns, with their texts, fit into one atomic. */
const TOGETHER = 40;

/** The same for many rooms, in few atomics; the results are in the order of `changes`. */
export async function changeTurns(
  store: Store,
  changes: { room: string; patch: TurnPatch }[],
): Promise<(Turn | null)[]> {
  const after: (Turn | null)[] = [];
  for (let at = 0; at < changes.length; at += TOGETHER) {
    const some = changes.slice(at, at + TOGETHER);
    const found = await store.getMany(some.map(({ room }) => keys.turn(room)));
    const turns = some.map(({ patch }, n) => patch(found[n].value));
    const done = await store.commit((atomic) =>
      turns.forEach((turn, n) => {
        if (turn !== undefined) atomic.check(found[n]);
        if (turn) atomic.set(found[n].key, turn);
        else if (turn === null) atomic.delete(found[n].key);
      })
    );
    after.push(
      ...done === null
        ? await Promise.all(some.map(({ room, patch }) => changeTurn(store, room, patch)))
        : turns.map((turn, n) => turn === undefined ? found[n].value : turn),
    );
  }
  return after;
}

export const isSame = (one: Asked, other: Asked): boolean => one.seq === other.seq && one.role === other.role;

/** The next role to answer the same line; what the line cost was the first one's. */
export function following({ paid: _, then: [role, ...then] = [], ...asked }: Asked): Asked[] {
  return role === undefined ? [] : [{ ...asked, role, then }];
}

/** The client id of an answer: so there is one for a question (of each role), whoever makes it. */
export const answerId = ({ seq, role }: Pick<Asked, "seq" | "role">): string =>
  role === undefined ? `answer-${seq}` : `answer-${seq}-${role}`;

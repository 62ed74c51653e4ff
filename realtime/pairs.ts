import type { Model } from "../ai/model.ts";
import { limits } from "../domain/limits.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { type PairAct, type PairDeed, type PairDraft, passed, turned } from "../domain/pair.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { otherOf, type Room } from "../domain/room.ts";
import { freshId } from "../kv/ai_rooms.ts";
import type { Log } from "../kv/log.ts";
import { changePairInterview, dropDue, duePairs, findPairInterview, type PairInterview } from "../kv/pairs.ts";
import type { Paid, Quotas } from "../kv/quota.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";
import { openBeside } from "./beside.ts";
import type { Companion } from "./companion.ts";
import type { Order } from "./order.ts";
import { pairQuestions } from "./pair_questions.ts";
import { openPairReports } from "./pair_reports.ts";
import { bandi } from "./bandi.ts";

/** Two people of a room interview each other in turn; the companion keeps the time, says only that, and scores at the end. */
export type Pairs = {
  /** As it is kept; null when there is none for this person. */
  find(room: Room, who: Who): Promise<PairInterview | null>;
  /** Problems `forbidden` in a closed room, `pair_on`, `used_up`, `too_many`. */
  propose(room: Room, who: Who, draft: PairDraft): Promise<PairInterview>;
  /** Problems `not_found` for what is not there (any more) or not theirs to do, `used_up`, `pair_used_up`. */
  act(room: Room, who: Who, act: PairAct, deed: PairDeed): Promise<void>;
  /** The two have parted: what is not at its end is stopped, and nothing is scored. */
  parted(room: string): Promise<void>;
  /** Does what time asks for by now. Any number of isolates may at once; never rejects. */
  tick(): Promise<void>;
  start(): () => Promise<void>;
};

const EVERY = 1_000;
type Patch = (pair: PairInterview | null) => ReturnType<Parameters<typeof changePairInterview>[3]>;

export function openPairs(parts: {
  store: Store;
  log: Log;
  rooms: Rooms;
  model: Model;
  order: Pick<Order, "check">;
  quotas: Quotas;
  companion: Pick<Companion, "report">;
  now: () => number;
  scale: number;
  line: LogLine;
}): Pairs {
  const { store, log, rooms, order, quotas, now, scale, line } = parts;
  const report = openPairReports(parts);
  const { beside, stop: stopBeside } = openBeside(line);
  let running: Promise<void> | undefined, stopped = false;

  /** A step after what is yet to be said of the step before was said: so the lines stand in the order of the steps. */
  async function move(room: string, patch: Patch): Promise<PairInterview | null> {
    const pair = await changePairInterview(store, room, now(), async (pair) => {
      if (pair?.telling) await tell(room, pair); // then the record is another, and the patch is asked again
      return await patch(pair);
    });
    if (pair?.telling) await tell(room, pair);
    return pair;
  }

  /** Says a step in the room. Its client id lets it be said once, whoever dies or is faster. */
  async function tell(room: string, { id, step, telling, by, to, language }: PairInterview): Promise<void> {
    const clientId = `pair-${id}-${step}-${telling}`, about = step === "second" ? [to, by] : [by, to];
    const said = { author: bandi(language), kind: "system", text: "", about, clientId } as const;
    const { message: { seq } } = await log.append({ room, ...said, event: { type: "pair", telling: telling! } });
    await changePairInterview(store, room, now(), (pair) => {
      if (pair?.id !== id || pair.telling !== telling || pair.step !== step) return undefined;
      const from = telling === "first" || telling === "second" || telling === "over" ? [...pair.from, seq] : pair.from;
      return { ...pair, telling: undefined, from };
    });
  }

  async function propose(room: Room, who: Who, draft: PairDraft): Promise<PairInterview> {
    const id = freshId(), to = otherOf(room, who.id);
    open(room);
    await order.check(room, who, { text: draft.posting, clientId: id });
    const quota = await quotas.look("practice", who.id);
    if (!quota.left) throw new Problem("used_up", { wait: (quota.resetsAt - now()) / 1_000, quota });
    await take(store, "pairsByPerson", who.id, now(), scale);
    const fresh = { ...draft, id, by: who.id, to, at: now(), from: [], questions: [], paid: [], rooms: {} };
    const pair = await move(room.id, (before) => {
      if (before && isOn(before, who)) throw new Problem("pair_on");
      return { ...fresh, step: "proposed", telling: "proposed" };
    });
    return pair!;
  }

  /** One request of each; who has none left is told so, the other only that it cannot begin today. */
  async function accept(room: Room, who: Who, deed: PairDeed): Promise<void> {
    const proposed = await findPairInterview(store, room.id);
    if (proposed?.step !== "proposed" || proposed.to !== who.id) throw new Problem("not_found");
    const paid: Paid[] = [];
    try {
      paid.push(await quotas.take("practice", who.id));
      paid.push(await quotas.take("practice", proposed.by).catch(theirs));
      const questions = await pairQuestions(parts, proposed);
      await move(room.id, (pair) => {
        const found = seen(pair, deed, (pair) => pair.step === "proposed" && pair.to === who.id && !pair.declined);
        const rooms = { [found.by]: freshId(), [found.to]: freshId() };
        return { ...found, ...turned(found, now()), questions, paid, rooms };
      });
    } catch (error) {
      for (const one of paid) await quotas.giveBack(one);
      throw error;
    }
  }

  async function act(room: Room, who: Who, act: PairAct, deed: PairDeed): Promise<void> {
    open(room);
    otherOf(room, who.id);
    if (act === "accept") return await accept(room, who, deed);
    await move(room.id, async (pair) => {
      switch (act) {
        case "decline":
          return { ...seen(pair, deed, ({ step, to }) => step === "proposed" && to === who.id), declined: true };
        case "withdraw":
          return seen(pair, deed, ({ step, by }) => step === "proposed" && by === who.id) && null;
        case "end": {
          const found = seen(pair, deed, isRunning);
          return { ...found, ...turned(found, now()) };
        }
        case "stop":
          return { ...await ended(seen(pair, deed, isRunning)), telling: "stopped" };
      }
    });
  }

  async function parted(room: string): Promise<void> {
    await changePairInterview(store, room, now(), async (pair) => {
      if (!pair || (!isRunning(pair) && pair.step !== "proposed")) return undefined;
      return { ...await ended(pair), telling: undefined };
    });
  }

  const ended = async (pair: PairInterview) => {
    const over = { step: "stopped", endsAt: undefined, rooms: {}, finished: true } as const;
    return { ...pair, ...over, ...await givingBack(pair, [pair.by, pair.to]) };
  };

  /** What was taken of these people goes back in the atomic that says so. */
  async function givingBack({ paid }: PairInterview, people: string[]) {
    const back = await Promise.all(paid.filter(({ user }) => people.includes(user)).map(quotas.returning));
    return { paid: [], also: (atomic: Deno.AtomicOperation) => back.forEach((give) => give(atomic)) };
  }

  /** What time has made of a room's by now. */
  async function look(room: string): Promise<void> {
    const pair = await findPairInterview(store, room);
    if (!pair) return;
    if (pair.telling) return await tell(room, pair);
    if (pair.step === "proposed" || pair.finished) {
      const isOld = ({ at, step, finished }: PairInterview) =>
        (step === "proposed" || finished) && at + limits.pair.kept <= now();
      return void await move(room, (pair) => pair && isOld(pair) ? null : undefined);
    }
    if (pair.step === "over") return beside("pair_report", () => score(room));
    const place = await rooms.get(room);
    if (!place || place.overAt !== undefined || place.closedAt !== undefined) return await parted(room);
    await move(room, (pair) => {
      const next = pair && passed(pair, now());
      return next ? { ...pair, ...next } : undefined;
    });
  }

  /** Makes both reports, once: who begins is believed in for a while. What could not be scored is given back. */
  async function score(room: string): Promise<void> {
    let mine = false;
    const pair = await changePairInterview(store, room, now(), (pair) => {
      mine = pair?.step === "over" && !pair.finished && (pair.lease ?? 0) <= now();
      return mine ? { ...pair!, lease: now() + limits.pair.lease } : undefined;
    });
    if (!mine) return;
    const { id, by, to } = pair!, people = [to, by];
    const made = await Promise.all([report(room, pair!, 0), report(room, pair!, 1)]);
    await changePairInterview(store, room, now(), async (pair) => {
      if (pair?.id !== id || pair.finished) return undefined;
      const rooms = Object.fromEntries(people.flatMap((one, n) => made[n] === "none" ? [] : [[one, pair.rooms[one]]]));
      const unscored = people.filter((_, n) => made[n] !== "made");
      return { ...pair, rooms, finished: true, lease: undefined, ...await givingBack(pair, unscored) };
    });
  }

  async function work(): Promise<void> {
    try {
      for (const { room, row } of await duePairs(store, now())) {
        if (stopped) return;
        await look(room).catch((error) => line("warn", "pair_failed", faultOf(error)));
        if (!await findPairInterview(store, room)) await dropDue(store, row);
      }
    } catch (error) {
      line("warn", "pairs_failed", faultOf(error));
    } finally {
      running = undefined;
    }
  }

  const tick = () => running ??= work();

  return {
    async find(room, who) {
      const pair = room.closedAt === undefined ? await findPairInterview(store, room.id) : null;
      return pair?.declined && pair.to === who.id ? null : pair;
    },
    propose,
    act,
    parted,
    tick,
    start() {
      const timer = setInterval(tick, EVERY);
      return async () => {
        stopped = true;
        clearInterval(timer);
        await running;
        await stopBeside();
      };
    },
  };
}

function open(room: Room): void {
  if (room.closedAt !== undefined) throw new Problem("forbidden");
}

const isRunning = ({ step }: PairInterview): boolean => step === "first" || step === "second";

/** Nothing else may begin meanwhile; what this person declined is in nobody's way but who proposed it. */
const isOn = (pair: PairInterview, { id }: Who): boolean =>
  isRunning(pair) || (pair.step === "over" && !pair.finished) ||
  (pair.step === "proposed" && !(pair.declined && pair.to === id));

/** What the person saw when they pressed; Problem `not_found` when it is something else by now. */
function seen(pair: PairInterview | null, { id, step }: PairDeed, may: (pair: PairInterview) => boolean) {
  if (!pair || pair.id !== id || pair.step !== step || !may(pair)) throw new Problem("not_found");
  return pair;
}

function theirs(error: unknown): never {
  throw error instanceof Problem && error.code === "used_up" ? new Problem("pair_used_up") : error;
}

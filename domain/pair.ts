import { z } from "zod";
import { langs } from "./person.ts";
import { jobs } from "./practice.ts";
import { lines } from "./written.ts";

/** Minutes of one turn. */
export const pairMinutes = [5, 10, 15] as const;
/** What is proposed: for which work (its kind, or a text of it), in which language, how long a turn is. */
export const pairDraft = z.object({
  job: z.enum(jobs).default("general"),
  posting: lines(6_000).default(""),
  language: z.enum(langs).default("en"),
  minutes: z.coerce.number().pipe(z.literal(pairMinutes)).default(10),
});
export type PairDraft = z.output<typeof pairDraft>;

/** `first`: who proposed interviews; `second`: the other. `stopped`: before its end, and nothing is scored. */
export const pairSteps = ["proposed", "first", "second", "over", "stopped"] as const;
export type PairStep = (typeof pairSteps)[number];
/** What the companion says in the room, and nothing else. */
export const pairTellings = [...pairSteps, "minute"] as const;
export type PairTelling = (typeof pairTellings)[number];

/** What somebody does to it: `id` and `step` are those that they see, so that nothing else is meant. */
export const pairActs = ["accept", "decline", "withdraw", "end", "stop"] as const;
export type PairAct = (typeof pairActs)[number];
export const pairDeed = z.object({ id: z.string().max(40), step: z.enum(pairSteps) });
export type PairDeed = z.output<typeof pairDeed>;

/** A pair interview as one of the two sees it. `report` is the practice that has one's own report. */
export const pairView = z.object({
  id: z.string(),
  step: z.enum(pairSteps),
  job: z.enum(jobs),
  posting: z.string(),
  language: z.enum(langs),
  minutes: z.number().int(),
  mine: z.boolean().describe("I proposed it"),
  asking: z.boolean().describe("It is my turn to ask"),
  endsAt: z.number().optional().describe("When this turn ends, epoch milliseconds"),
  questions: z.array(z.string()).describe("What I might ask; empty when it is not my turn to ask"),
  finished: z.boolean().describe("Nothing more comes of it"),
  report: z.string().optional().describe("The practice that has my report"),
});
export type PairView = z.infer<typeof pairView>;

/** The times of an interview, as they are kept. */
export type PairTimes = { step: PairStep; minutes: number; endsAt?: number; warned?: true };
type Moved = Partial<Omit<PairTimes, "minutes">> & { telling: PairTelling };
const MINUTE = 60_000;

/** The turn after this one, which begins now; after the second it is over. */
export function turned({ step, minutes }: PairTimes, now: number): Moved {
  if (step === "second") return { step: "over", endsAt: undefined, warned: undefined, telling: "over" };
  const next = step === "first" ? "second" : "first";
  return { step: next, endsAt: now + minutes * MINUTE, warned: undefined, telling: next };
}

/** What time alone has made of it by now; null for nothing yet. A minute's notice that comes too late is not given. */
export function passed(times: PairTimes, now: number): Moved | null {
  const { endsAt, warned } = times;
  if (endsAt === undefined) return null;
  if (now >= endsAt) return turned(times, now);
  return !warned && now >= endsAt - MINUTE ? { warned: true, telling: "minute" } : null;
}

/** When time makes something of it next; undefined: not by itself. */
export const nextAt = ({ endsAt, warned }: PairTimes): number | undefined =>
  endsAt === undefined ? undefined : warned ? endsAt : endsAt - MINUTE;

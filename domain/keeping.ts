import { z } from "zod";
import { type Role, roles } from "./person.ts";
import { accesses, roomSettings } from "./room.ts";

const why = z.string().max(2_000).transform((s) => s.toWellFormed().trim().replace(/\s+/gu, " "))
  .refine((s) => s.length > 0, "blank").refine((s) => [...s].length <= 200, "text_long:200");
const id = z.string().min(1).max(64);
/** A minute to a week. */
const minutes = z.number().int().min(1).max(7 * 24 * 60);

/** Bodies of what keepers do. Whatever else is sent along is refused: nothing is assigned by guessing its name. */
export const reason = z.strictObject({ why });
/** What is taken back may go without a reason. */
export const undoing = z.strictObject({ why: why.optional().transform((said) => said ?? "") });
export const timeoutOrder = z.strictObject({ userId: id, minutes, why });
export const siteTimeoutOrder = z.strictObject({ minutes, why });
export const banOrder = z.strictObject({ userId: id, why });
export const roleOrder = z.strictObject({ role: z.enum(roles), why });
export const outcomes = ["hidden", "dismissed"] as const;
export const settlement = z.strictObject({ outcome: z.enum(outcomes), why });
export const wordList = z.strictObject({ words: z.array(z.string().trim().min(2).max(40)).max(500), why });

const keeper = z.object({ id: z.string(), nickname: z.string(), role: z.enum(roles) });
export type Keeper = { id: string; nickname: string; role: Role };
const person = z.object({ id: z.string(), nickname: z.string() });

export const sanctionKinds = ["timeout", "ban"] as const;
export type SanctionKind = (typeof sanctionKinds)[number];
/** Without a `room` it holds for the whole place; without `until` (epoch milliseconds) until it is lifted. */
export const sanction = z.object({
  kind: z.enum(sanctionKinds),
  userId: z.string(),
  room: z.string().optional(),
  why: z.string(),
  by: keeper,
  at: z.number(),
  until: z.number().optional(),
});
export type Sanction = z.infer<typeof sanction>;

export const deeds = [
  "hide",
  "show",
  "timeout",
  "ban",
  "lift",
  "role",
  "end_sessions",
  "read",
  "settle",
  "unsettle",
  "words",
  "announce",
  "withdraw",
  "letter",
  "settings",
  "close",
  "open",
] as const;
export type Deed = (typeof deeds)[number];
/** What a room was before it was changed. */
const shape = z.object({
  title: z.string().optional(),
  topic: z.string().optional(),
  access: z.enum(accesses).optional(),
  settings: roomSettings.optional(),
});
/** What was done, by whom, to whom, why and when. Never changed: what is undone is an entry of its own. */
export const auditEntry = z.object({
  id: z.string(),
  at: z.number(),
  deed: z.enum(deeds),
  by: keeper,
  whom: person.optional(),
  room: z.string().optional(),
  seq: z.number().int().optional(),
  why: z.string(),
  /** When it ends, or (lifted) would have ended. */
  until: z.number().optional(),
  /** What was lifted. */
  kind: z.enum(sanctionKinds).optional(),
  from: z.enum(roles).optional(),
  to: z.enum(roles).optional(),
  /** What the room, or the list of blocked words, was before. */
  was: shape.optional(),
  words: z.array(z.string()).optional(),
  report: z.string().optional(),
  /** The client id of what was announced. */
  said: z.string().optional(),
  /** The entry that this one takes back. */
  undoes: z.string().optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

const quoted = z.object({
  seq: z.number().int(),
  author: keeper,
  text: z.string(),
  at: z.number(),
  /** The id of a photo. */
  photo: z.string().optional(),
});
export type Quoted = z.infer<typeof quoted>;
/** The message as it was when it was reported, and what stood around it. */
export const report = z.object({
  id: z.string(),
  at: z.number(),
  room: z.string(),
  message: quoted,
  before: z.array(quoted),
  after: z.array(quoted),
  by: person,
  why: z.string(),
  settled: z.object({ outcome: z.enum(outcomes), by: keeper, at: z.number(), why: z.string() }).optional(),
});
export type Report = z.infer<typeof report>;

const pollShape = z.object({
  question: z.string(),
  options: z.array(z.object({ text: z.string(), votes: z.number().int() })),
  closed: z.literal(true).optional(),
});
/** What a hidden message said; for keepers alone. */
export const hidden = z.object({
  text: z.string(),
  poll: pollShape.optional(),
  author: z.string(),
  why: z.string(),
  by: keeper,
  at: z.number(),
});
export type Hidden = z.infer<typeof hidden>;

/** What becomes different for a person, or (`words`, about nobody) for all: isolates look again, sockets are told. */
export const tidings = ["timeout", "ban", "lift", "hidden", "shown", "role", "ended", "words"] as const;
export type Tiding = (typeof tidings)[number];

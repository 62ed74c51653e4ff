import { z } from "zod";
import type { Departure } from "./departed.ts";
import type { Tiding } from "./keeping.ts";
import { type Message, reactions } from "./message.ts";
import { moods } from "./mood.ts";
import type { ProblemCode } from "./problems.ts";
import { type Glimpse, PLAZA, type Room } from "./room.ts";

const room = z.string().min(1).max(80).default(PLAZA);
const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** A UUID, or whatever short id an old client makes. UUIDv7 keeps the store fast: it grows in order. */
const clientId = z.string().regex(/^[\w-]{1,64}$/);
/** Well-formed and not blank; how long is the room's rule. */
const text = z.string().max(20_000).transform((s) => s.toWellFormed().trim()).refine((s) => s.length > 0, "blank");
const mood = z.enum(moods).nullish().transform((m) => m ?? undefined);

const never = z.never().optional();
/** What the server alone says of a message: whoever sends it along is refused, not quietly corrected. */
export const unsaid = {
  mentions: never,
  kind: never,
  role: never,
  author: never,
  at: never,
  editedAt: never,
  gone: never,
  change: never,
  reactions: never,
  poll: never,
  state: never,
  answered: never,
  photo: never,
};

/** What a client may say. `token` on `connect` and `send_chat` is for clients of the old plaza. */
export const clientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("connect"), token: z.string().max(4096).optional() }),
  z.object({ type: z.literal("join"), room, since: seq.optional(), epoch: z.string().max(64).optional() }),
  z.object({ type: z.literal("join_main"), since: seq.optional(), epoch: z.string().max(64).optional() }),
  z.object({ type: z.literal("leave"), room }),
  z.object({ type: z.literal("lobby") }),
  z.object({
    type: z.literal("send_chat"),
    room,
    text,
    mood,
    clientId: clientId.optional(),
    reply: seq.optional(),
    asks: z.boolean().optional(),
    token: z.string().max(4096).optional(),
    ...unsaid,
    seq: never,
  }),
  z.object({ type: z.literal("edit"), room, seq, text, ...unsaid }),
  z.object({ type: z.literal("delete"), room, seq, ...unsaid }),
  z.object({ type: z.literal("react"), room, seq, reaction: z.enum(reactions), on: z.boolean(), ...unsaid }),
  z.object({ type: z.literal("ask_companion"), room, text, clientId: clientId.optional(), ...unsaid, seq: never }),
  z.object({ type: z.literal("stop_companion"), room, seq }),
  z.object({ type: z.literal("typing"), room }),
  z.object({ type: z.literal("read"), room, seq }),
  z.object({ type: z.literal("delivered"), room, seq }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

export const sendChat = z.object({
  text,
  mood,
  clientId: clientId.optional(),
  reply: seq.optional(),
  asks: z.boolean().optional(),
});
export const editChat = z.object({ text });

/** What a client may hear. `people` counts people, not tabs. */
export type ServerFrame =
  | { type: "connected"; user: { id: string; nickname: string; role: string } | null }
  | {
    type: "joined";
    room: string;
    epoch: string;
    head: number;
    items: Message[];
    /** Too much was missed, or it is another log: these are the newest messages instead. */
    gap: boolean;
    people: number;
  }
  | { type: "messages"; room: string; items: Message[] }
  /** Entries with a `change`: they have their numbers among the messages. */
  | { type: "changed"; room: string; items: Message[] }
  /** More of an answer of the companion; `from` counts the characters (UTF-16) before it. */
  | { type: "delta"; room: string; messageId: string; from: number; text: string }
  /** Who came and went since the last of these, merged. */
  | { type: "came"; room: string; came: number; left: number; names: string[] }
  | { type: "typing"; room: string; people: { id: string; nickname: string }[] }
  | { type: "people"; room: string; count: number }
  /** How far somebody's browsers have got what was said in a room of two, and how far they have read. */
  | { type: "receipt"; room: string; person: string; delivered: number; read: number }
  /** What a room is now: its name, settings, pin, or that it is closed. */
  | { type: "room"; room: Room }
  /** Somebody is here no more: their name goes, and their words if they took those along. */
  | { type: "departed" } & Departure
  /** What this reader sees of the room is not what it was: whoever shows it reads it anew. */
  | { type: "anew"; room: string }
  /** The list of rooms, or (not `whole`) those in it that look different now. */
  | { type: "lobby"; rooms: Glimpse[]; whole: boolean }
  /** This socket does not hear the room any more: it is not open to this person. */
  | { type: "left"; room: string }
  | { type: "letter"; date: string }
  /** What keepers did that concerns the reader: here, or (without a room) in the whole place. */
  | { type: "person"; what: Tiding; room?: string; seq?: number; why?: string; until?: number }
  | { type: "refused"; clientId?: string; code: ProblemCode; message: string; wait?: number }
  | { type: "pong" };

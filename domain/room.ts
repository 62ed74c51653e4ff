import { z } from "zod";
import type { Kind, Reply } from "./message.ts";
import type { Who } from "./person.ts";
import { Problem } from "./problems.ts";

/** Rooms of one person and the companion; those who play a role in a scene are in it, too. */
export const aiKinds = ["roleplay", "practice"] as const;
export type AiKind = (typeof aiKinds)[number];
export const roomKinds = ["plaza", "house", "live", "direct", ...aiKinds] as const;
export type RoomKind = (typeof roomKinds)[number];
export const accesses = ["public", "members", "private"] as const;
/** Who may read a live room: everybody, everybody who is logged in, or those who came by an invitation. */
export type Access = (typeof accesses)[number];

export const PLAZA = "plaza";
/** The isolates' own room: what all of them must hear (a new letter, an ended session) is a message in it. */
export const HOUSE = "house";
/** The live room that is always there. Without a title of its own it is called by the words' `rooms.streaming`. */
export const STREAMING = "streaming";

/** What may be asked of writers: `slow` seconds between two messages, `age` hours of an account; 0 is off. */
export const roomSettings = z.object({
  slow: z.number().int().min(0).max(3_600),
  age: z.number().int().min(0).max(24 * 365),
  links: z.boolean(),
  unique: z.boolean(),
  readOnly: z.boolean(),
});
export type RoomSettings = z.infer<typeof roomSettings>;
export const freely: RoomSettings = { slow: 0, age: 0, links: true, unique: false, readOnly: false };

/** `owner` and `members` are users' ids, `pinned` a message's number, times are epoch milliseconds. */
export type Room = {
  id: string;
  kind: RoomKind;
  title?: string;
  topic?: string;
  access?: Access;
  owner?: string;
  /** The two of a direct room. */
  members?: string[];
  settings?: RoomSettings;
  pinned?: number;
  createdAt?: number;
  closedAt?: number;
  /** Nobody reads it any more. */
  overAt?: number;
};

/** A room as a list shows it: how many are there now, and what was said last (`at` is epoch milliseconds). */
export type Glimpse = Room & { people: number; newest?: Reply & { at: number } };

export const settingsOf = (room: Room): RoomSettings => ({ ...freely, ...room.settings });

const line = (max: number) => (s: string) => [...s].length <= max && !/[\p{Cc}\p{Co}\p{Cn}\u2028\u2029]/u.test(s);
const tidy = (s: string) => s.toWellFormed().normalize("NFC").trim().replace(/\s+/gu, " ");
const title = z.string().max(400).transform(tidy)
  .refine((s) => s.length > 0 && line(40)(s) && !/^\p{Default_Ignorable_Code_Point}*$/u.test(s), "room_title");
const topic = z.string().max(800).transform(tidy).refine(line(80), "room_topic");

export const roomDraft = z.object({ title, topic: topic.optional(), access: z.enum(accesses).default("public") });
export const roomChange = z.object({
  title: title.optional(),
  /** "" takes it away. */
  topic: topic.optional(),
  access: z.enum(accesses).optional(),
  settings: roomSettings.partial().optional(),
});
export type RoomDraft = z.output<typeof roomDraft>;
export type RoomChange = z.output<typeof roomChange>;

type Rules = {
  mayRead(who: Who | null, room: Room, joined: boolean): boolean;
  /** What the kind of room asks of a writer; `mayWrite` asks the room too. */
  mayWrite(who: Who | null): boolean;
  /** Characters (code points) of one message. */
  maxText: number;
};

/** What differs between kinds of rooms; everything else is the same log. */
export const rules: Record<RoomKind, Rules> = {
  plaza: { mayRead: () => true, mayWrite: (who) => who !== null, maxText: 500 },
  house: { mayRead: () => false, mayWrite: () => false, maxText: 4000 },
  live: { mayRead: mayReadLive, mayWrite: (who) => who !== null, maxText: 500 },
  roleplay: {
    mayRead: (who, room, joined) => isOwner(who, room) || who !== null && joined,
    mayWrite: (who) => who !== null,
    maxText: 1_000,
  },
  practice: { mayRead: isOwner, mayWrite: (who) => who !== null, maxText: 2_000 },
  direct: { mayRead: mayReadDirect, mayWrite: (who) => who !== null, maxText: 4000 },
};

/** Nobody else, administrators included, can tell that an AI room exists. */
function isOwner(who: Who | null, { owner }: Room): boolean {
  return who !== null && who.id === owner;
}

export const isAiRoom = (room: Room): room is Room & { kind: AiKind; owner: string } =>
  room.kind === "roleplay" || room.kind === "practice";

/** Administrators keep the house: they may read what is said in any live room. Moderators come by invitation. */
function mayReadLive(who: Who | null, { access, owner }: Room, joined: boolean): boolean {
  if (access === "public") return true;
  if (access === "members") return who !== null;
  return who !== null && (joined || who.id === owner || who.role === "admin");
}

/** The two, and nobody else whatever their role. */
function mayReadDirect(who: Who | null, { members = [], overAt }: Room): boolean {
  return who !== null && overAt === undefined && members.includes(who.id);
}

/** Whether somebody who may read the room may write in it now; how fast and what, `order.ts` says. */
export const mayWrite = (room: Room, who: Who | null): boolean =>
  rules[room.kind].mayWrite(who) && room.closedAt === undefined &&
  (!settingsOf(room).readOnly || mayKeep(room, who));

/** Whether somebody who may read the room keeps order in it: settings, pin, other people's messages. */
export const mayKeep = (room: Room, who: Who | null): boolean =>
  who !== null && room.kind !== "house" &&
  (room.kind === "direct" ? isOutside(who, room) : who.role !== "user" || who.id === room.owner);

/** Nobody keeps order between two people but an administrator who is neither, and finds only what was reported. */
const isOutside = (who: Who, { members = [] }: Room): boolean => who.role === "admin" && !members.includes(who.id);

/** Whether the room is theirs: its name, who may read it, its end. */
export const mayOwn = (room: Room, who: Who | null): boolean =>
  who !== null && room.kind === "live" && (who.role === "admin" || who.id === room.owner);

/** A room that is always there can neither be closed nor hidden. */
export const isSteady = (room: Room): boolean =>
  room.kind === "plaza" || room.kind === "house" || room.id === STREAMING;

/** The room after a change that this person asks for. Problem `forbidden` when it is not theirs to ask. */
export function reshaped(room: Room, who: Who | null, { settings, ...own }: RoomChange): Room {
  const asksOwner = Object.values(own).some((value) => value !== undefined);
  if (asksOwner && !mayOwn(room, who) || settings && !mayKeep(room, who)) throw new Problem("forbidden");
  if (room.closedAt !== undefined || own.access !== undefined && isSteady(room)) throw new Problem("forbidden");
  return {
    ...room,
    title: own.title ?? room.title,
    topic: own.topic === undefined ? room.topic : own.topic || undefined,
    access: own.access ?? room.access,
    settings: settings ? { ...settingsOf(room), ...settings } : room.settings,
  };
}

/** The room, closed: it can be read and not written in. Problem `forbidden`. */
export function closed(room: Room, who: Who | null, now: number): Room {
  if (!mayOwn(room, who) || isSteady(room)) throw new Problem("forbidden");
  return room.closedAt === undefined ? { ...room, closedAt: now } : room;
}

/** The room, open again. Problem `forbidden`. */
export function opened(room: Room, who: Who | null): Room {
  if (!mayOwn(room, who)) throw new Problem("forbidden");
  return { ...room, closedAt: undefined };
}

/** The room with another pin, or none. Problem `forbidden`. */
export function pinnedTo(room: Room, who: Who | null, pinned: number | undefined): Room {
  if (!mayKeep(room, who) || room.closedAt !== undefined) throw new Problem("forbidden");
  return { ...room, pinned };
}

/** Whether who is in a room can be seen by name there. */
export const showsPeople = (id: string): boolean => id !== PLAZA && id !== HOUSE && !isDirect(id);

/** A new room of two. Its id tells its kind, so that an address can be made of it. */
export const directRoom = (members: [string, string], now: number): Room => ({
  id: `${DIRECT}${crypto.getRandomValues(new Uint8Array(12)).toHex()}`,
  kind: "direct",
  members: members.toSorted(),
  createdAt: now,
});
export const isDirect = (id: string): boolean => id.startsWith(DIRECT);
const DIRECT = "d-";

/** The other of the two; Problem `not_found` for who is none of them. */
export function otherOf({ members = [] }: Room, user: string): string {
  const other = members.find((member) => member !== user);
  if (!other || !members.includes(user)) throw new Problem("not_found");
  return other;
}

export const kindOf = (who: Who): Kind => who.role === "admin" ? "admin" : "user";

/** Problem `invalid` for a text that is longer than its room takes. */
export function checkText(kind: RoomKind, text: string): void {
  const { maxText } = rules[kind];
  if (text.length > maxText && [...text].length > maxText) {
    throw new Problem("invalid", { fields: { text: `text_long:${maxText}` } });
  }
}

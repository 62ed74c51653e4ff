import { type Blocks, hasLink, sameness } from "./automod.ts";
import type { Sanction } from "./keeping.ts";
import type { Who } from "./person.ts";
import { Problem } from "./problems.ts";
import { mayKeep, type Room, settingsOf } from "./room.ts";

/** One message of a person in a room: when, and what it said (`sameness`). */
export type Sent = { at: number; same: number };
/** What there is to know about a writer. Times are epoch milliseconds. */
export type Facts = {
  now: number;
  text: string;
  /** It changes a message that is there: it may come at any time, but say no more than a new one. */
  edit?: boolean;
  /** Unknown for people without a record. */
  createdAt?: number;
  sanctions: readonly Sanction[];
  /** This person's last messages in the room, oldest first. */
  sent: readonly Sent[];
  blocks: Blocks;
  /** Multiplies `patience`; 0 turns it off. */
  scale: number;
};

/** What is too much of one person in one room: so many messages, or so many that say the same. Milliseconds. */
export const patience = { flood: { max: 20, window: 20_000 }, same: { max: 3, window: 30_000 } } as const;
/** How many of a person's last messages are looked at. */
export const LOOK_BACK = 64;

/** Why somebody may not write this now; null when they may. Those who keep the room are bound by sanctions alone. */
export function mayWriteNow(room: Room, who: Who, facts: Facts): Problem | null {
  return sanctioned(facts.sanctions, room.id, facts.now) ??
    (mayKeep(room, who) ? null : asked(room, facts) ?? sudden(facts));
}

/** A ban or a time-out that holds for a room (or, with null, for the whole place alone) now. */
export function sanctioned(sanctions: readonly Sanction[], room: string | null, now: number): Problem | null {
  const here = sanctions.filter((one) => isOpen(one, now) && (one.room === undefined || one.room === room));
  const ban = here.find(({ kind }) => kind === "ban");
  if (ban) return banned(ban);
  const longest = here.toSorted((a, b) => b.until! - a.until!).at(0);
  return longest ? new Problem("timed_out", { wait: seconds(longest.until! - now), why: longest.why }) : null;
}

export const banned = ({ room, why }: Sanction): Problem => new Problem(room ? "banned_here" : "banned", { why });
export const isOpen = ({ until }: Pick<Sanction, "until">, now: number): boolean => until === undefined || until > now;

/** What the room asks of its writers. */
function asked(room: Room, { now, text, edit, createdAt, sent, blocks }: Facts): Problem | null {
  const { slow, age, links, unique, readOnly } = settingsOf(room);
  if (readOnly) return new Problem("read_only");
  const young = age && createdAt !== undefined ? createdAt + age * 3_600_000 - now : 0;
  if (young > 0) return new Problem("young_account", { wait: seconds(young) });
  if (!links && hasLink(text)) return new Problem("links_off");
  if (blocks(text)) return new Problem("blocked_words");
  if (unique && sent.some(({ same }) => same === sameness(text))) return new Problem("repeated");
  const early = slow && !edit ? (sent.at(-1)?.at ?? -Infinity) + slow * 1_000 - now : 0;
  return early > 0 ? new Problem("slow_mode", { wait: seconds(early) }) : null;
}

/** Floods and repeats, in every room. */
function sudden({ now, text, edit, sent, scale }: Facts): Problem | null {
  if (!scale || edit) return null;
  const { flood, same } = patience;
  const recent = sent.filter(({ at }) => at > now - flood.window);
  const most = Math.max(1, Math.floor(flood.max * scale));
  if (recent.length >= most) {
    return new Problem("too_many", { wait: seconds(recent[recent.length - most].at + flood.window - now) });
  }
  const lately = sent.filter(({ at }) => at > now - same.window);
  if (lately.length < same.max * scale) return null;
  const said = sameness(text), again = lately.filter((one) => one.same === said);
  return again.length >= Math.max(1, Math.floor(same.max * scale)) ? new Problem("repeated") : null;
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

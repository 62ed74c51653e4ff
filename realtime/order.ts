import { decodeTime } from "ulid";
import { LRUCache } from "lru-cache";
import { type Blocks, blocksOf } from "../domain/automod.ts";
import type { Sanction } from "../domain/keeping.ts";
import type { LogLine } from "../domain/logger.ts";
import { mayWriteNow, sanctioned } from "../domain/order.ts";
import type { Who } from "../domain/person.ts";
import type { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { keys, type User } from "../kv/keys.ts";
import { blockedWords, sanctionsOf } from "../kv/order.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";
import type { Hub } from "./hub.ts";
import { openSent } from "./sent.ts";

/** What is asked of a message before it is written. `edit`: it changes one that is there. */
export type Asked = { text: string; clientId: string } | { text: string; edit: true };
type Known = Pick<User, "role" | "createdAt" | "loggedOutAt">;
export type Facts = { user: Known | null; sanctions: Sanction[] };

/**
 * Order among those who write: what rooms ask of writers, floods and repeats, words, time-outs and bans. What it needs
 * is in memory after a person's and a room's first time here; only then is there a promise to wait for.
 */
export type Order = {
  /** Problem when this may not be written now. A client id that came by before passes: it is stored once anyway. */
  check(room: Room, who: Who, asked: Asked): Promise<void> | void;
  /** Problem for who has a time-out or a ban here: no poll, no reaction, nothing. */
  standing(room: Room, who: Who): Promise<void> | void;
  /** Problem `banned_here` (or `banned`), to be thrown, for who was sent out of the room. */
  barred(room: Room, who: Who): Promise<Problem | null> | Problem | null;
  /** Whose a good token is by now: with today's role, `null` when that login is over. Problem `banned`. */
  know(who: Who): Promise<Who | null> | Who | null;
  /** What is known of a person, read anew when it was forgotten. */
  facts(userId: string): Promise<Facts>;
  /** Something became different about a person; "" for the words. */
  forget(userId: string): void;
  /** A login ended. */
  forgetLogin(session: string): void;
};

/** Facts are read again on the side after this time, in case a notice never came. Milliseconds. */
const FRESH = 60_000;
const KEPT = 50_000;
const WORDS = "";

/** `scale` multiplies what floods and repeats are; 0 turns them off. */
export function openOrder(
  parts: { store: Store; hub: Hub; now: () => number; scale: number; line: LogLine },
): Order {
  const { store, now, scale, line } = parts;
  const sent = openSent(parts);
  const people = memory((id) => read(store, id), { now, line, max: KEPT });
  const logins = memory(async (session) => await isOpen(store, session), { now, line, max: KEPT });
  const words = memory(async () => blocksOf(await blockedWords(store)), { now, line, max: 1 });

  function check(room: Room, who: Who, asked: Asked): Promise<void> | void {
    const facts = people.here(who.id), blocks = words.here(WORDS);
    if (facts && blocks && sent.follows(room.id)) return judge(room, who, asked, facts, blocks);
    return Promise.all([people.get(who.id), words.get(WORDS), sent.follow(room.id)])
      .then(([facts, blocks]) => judge(room, who, asked, facts, blocks));
  }

  function judge(room: Room, who: Who, asked: Asked, { user, sanctions }: Facts, blocks: Blocks): void {
    const mine = sent.of(room.id, who.id), time = now();
    if ("clientId" in asked && mine.has(asked.clientId)) return;
    const { text } = asked, edit = "edit" in asked;
    const facts = {
      now: time,
      text,
      edit,
      createdAt: user?.createdAt,
      sanctions,
      sent: [...mine.values()],
      blocks,
      scale,
    };
    const problem = mayWriteNow(room, who, facts);
    if (problem) throw problem;
    if ("clientId" in asked) sent.note(room.id, who.id, { at: time, text, clientId: asked.clientId });
  }

  function standing(room: Room, who: Who): Promise<void> | void {
    const facts = people.here(who.id);
    const ask = ({ sanctions }: Facts) => {
      const problem = sanctioned(sanctions, room.id, now());
      if (problem) throw problem;
    };
    return facts ? ask(facts) : people.get(who.id).then(ask);
  }

  function barred(room: Room, who: Who): Promise<Problem | null> | Problem | null {
    const facts = people.here(who.id);
    return facts ? bannedFrom(room.id, facts) : people.get(who.id).then((facts) => bannedFrom(room.id, facts));
  }

  const bannedFrom = (room: string | null, { sanctions }: Facts): Problem | null =>
    sanctioned(sanctions.filter(({ kind }) => kind === "ban"), room, now());

  function know(who: Who): Promise<Who | null> | Who | null {
    const facts = people.here(who.id), login = logins.here(who.session);
    if (facts && login) return knowBy(who, facts, login);
    // A token is good by itself: when the store does not answer, people go on reading.
    return Promise.all([people.get(who.id), logins.get(who.session)])
      .then(([facts, login]) => knowBy(who, facts, login), () => who);
  }

  function knowBy(who: Who, facts: Facts, login: { open: boolean }): Who | null {
    const { user } = facts;
    if (!user || !login.open) return null;
    if (user.loggedOutAt && beganAt(who.session) <= user.loggedOutAt) return null;
    const ban = bannedFrom(null, facts);
    if (ban) throw ban;
    return user.role === who.role ? who : { ...who, role: user.role };
  }

  return {
    check,
    standing,
    barred,
    know,
    facts: people.get,
    forget: (id) => id === WORDS ? words.forget(WORDS) : people.forget(id),
    forgetLogin: logins.forget,
  };
}

async function read(store: Store, id: string): Promise<Facts> {
  const [user, sanctions] = await Promise.all([findUser(store, id), sanctionsOf(store, id)]);
  return { user: user && { role: user.role, createdAt: user.createdAt, loggedOutAt: user.loggedOutAt }, sanctions };
}

async function isOpen(store: Store, session: string): Promise<{ open: boolean }> {
  return { open: (await store.get(keys.session(session))).value !== null };
}

/** A login's id is a ULID: it says when it began. */
function beganAt(session: string): number {
  try {
    return decodeTime(session);
  } catch {
    return 0;
  }
}

type Kept<V> = { value?: V; reading: Promise<V>; at: number };

/** Values by name: read once, then in memory, and refreshed on the side. What was read before `forget` is not kept. */
function memory<V extends object>(
  read: (name: string) => Promise<V>,
  { now, line, max }: { now: () => number; line: LogLine; max: number },
) {
  const all = new LRUCache<string, Kept<V>>({ max });

  function start(name: string): Kept<V> {
    const kept: Kept<V> = { reading: read(name), at: now() };
    all.set(name, kept);
    kept.reading.then((value) => void (kept.value = value), () => void (all.get(name) === kept && all.delete(name)));
    return kept;
  }

  function refresh(name: string, kept: Kept<V>): void {
    kept.at = now();
    read(name).then((value) => {
      if (all.get(name) === kept) kept.value = value;
    }, (error) => line("warn", "order_not_refreshed", { error: String(error) }));
  }

  return {
    here(name: string): V | undefined {
      const kept = all.get(name);
      if (kept?.value && now() - kept.at >= FRESH) refresh(name, kept);
      return kept?.value;
    },
    async get(name: string): Promise<V> {
      const kept = all.get(name) ?? start(name);
      return kept.value ?? await kept.reading;
    },
    forget: (name: string) => void all.delete(name),
  };
}

import { limits } from "../domain/limits.ts";
import { directRoom, type Room } from "../domain/room.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Two people who both said yes, by their ids; `over` when one of them took the room away. */
export type Pair = { room: string; at: number; over?: true };
/** A match as one of the two has it. */
export type Match = { room: string; other: string; at: number; muted?: true };
/**
 * Only `room` says that the other said yes too; a like that waits and one that was passed over look the same. `opened`:
 * by this very yes.
 */
export type Liked = { room?: Room; opened?: true };

const MOST_TRIES = 100;

/**
 * Says yes to somebody. The second yes opens the room, in the atomic that takes both likes away: of two at once one
 * opens it and the other finds it. Problem `matches_full` when there is no place for one more conversation; when it is
 * the other who has none, the likes wait (`openWaiting`).
 */
export async function like(store: Store, from: string, to: string, now: number): Promise<Liked> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const [pair, theirs] = await Promise.all([store.get(keys.pair(from, to)), store.get(keys.like(to, from))]);
    if (pair.value) return pair.value.over ? {} : { room: roomOf(pair.value, from, to) };
    const [mine, others] = await Promise.all([store.get(keys.openMatches(from)), store.get(keys.openMatches(to))]);
    if (isFull(mine.value)) throw new Problem("matches_full");
    const room = theirs.value === null || isFull(others.value) ? undefined : directRoom([from, to], now);
    const done = await store.commit((atomic) => {
      atomic.check({ ...pair, key: keys.pair(from, to) }, { ...theirs, key: keys.like(to, from) });
      atomic.check({ ...mine, key: keys.openMatches(from) }, { ...others, key: keys.openMatches(to) });
      atomic.delete(keys.pass(from, to));
      if (!room) return atomic.set(keys.like(from, to), now).set(keys.liked(to, from), now);
      const opened = [[from, to, mine.value], [to, from, others.value]] as const;
      for (const [one, other, open] of opened) {
        atomic.set(keys.match(one, room.id), { room: room.id, other, at: now });
        atomic.set(keys.openMatches(one), [...open ?? [], room.id]);
        atomic.delete(keys.like(one, other)).delete(keys.liked(other, one));
      }
      atomic.set(keys.pair(from, to), { room: room.id, at: now }).set(keys.room(room.id), room);
    });
    if (done !== null) return room ? { room, opened: true } : {};
    await new Promise((go) => setTimeout(go, Math.random() * 2 ** Math.min(tries, 5)));
  }
  throw new Problem("busy", { wait: 1 });
}

/** Takes a like back, or says not now; nobody is told of either. */
export async function unlike(store: Store, from: string, to: string): Promise<void> {
  await store.commit((atomic) => atomic.delete(keys.like(from, to)).delete(keys.liked(to, from)));
}

export async function pass(store: Store, from: string, to: string, now: number): Promise<void> {
  await store.commit((atomic) => {
    atomic.delete(keys.like(from, to)).delete(keys.liked(to, from));
    atomic.set(keys.pass(from, to), { expiresAt: now + limits.match.pass });
  });
}

/** Likes of both that waited for a place, opened now that there is one. */
export async function openWaiting(store: Store, user: string, now: number): Promise<Room[]> {
  const opened: Room[] = [];
  for (const { key } of await store.list(keys.likes(user), { limit: 100 })) {
    const other = String(key.at(-1));
    if ((await store.get(keys.like(other, user))).value === null) continue;
    const { room } = await like(store, user, other, now).catch(whenFull);
    if (room) opened.push(room);
  }
  return opened;
}

/** Frees both places; `over` takes the room off both lists too. Either of the two may, any number of times. */
export async function close(
  store: Store,
  { id, members = [] }: Pick<Room, "id" | "members">,
  over: boolean,
): Promise<void> {
  const [one, other] = members;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const pair = await store.get(keys.pair(one, other));
    const open = await Promise.all(members.map((member) => store.get(keys.openMatches(member))));
    const done = await store.commit((atomic) => {
      open.forEach(({ value, versionstamp }, i) => {
        const key = keys.openMatches(members[i]);
        if (value?.includes(id)) atomic.check({ key, versionstamp }).set(key, value.filter((room) => room !== id));
      });
      if (!over || pair.value?.room !== id) return;
      atomic.check(pair).set(pair.key, { ...pair.value, over: true });
      for (const member of members) atomic.delete(keys.match(member, id)).delete(keys.receipt(id, member));
    });
    if (done !== null) return;
  }
  throw new Problem("busy", { wait: 1 });
}

export async function matchesOf(store: Store, user: string): Promise<Match[]> {
  return (await store.list(keys.matches(user), { limit: 200 })).map(({ value }) => value);
}

/** Those that take one of the few places. */
export async function openMatchesOf(store: Store, user: string): Promise<Match[]> {
  const open = (await store.get(keys.openMatches(user))).value ?? [];
  return (await store.getMany(open.map((room) => keys.match(user, room)))).flatMap(({ value }) => value ?? []);
}

export async function findMatch(store: Store, user: string, room: string): Promise<Match | null> {
  return (await store.get(keys.match(user, room))).value;
}

/** Whether the person wants no notice of a conversation. Nothing for who has none. */
export async function mute(store: Store, user: string, room: string, muted: boolean): Promise<void> {
  const found = await store.get(keys.match(user, room));
  if (!found.value) return;
  const { muted: _, ...match } = found.value;
  await store.commit((atomic) => atomic.check(found).set(found.key, muted ? { ...match, muted } : match));
}

export async function findPair(store: Store, one: string, other: string): Promise<Pair | null> {
  return (await store.get(keys.pair(one, other))).value;
}

/** Everybody who is not to be suggested: greeted, passed over, or met before. */
export async function metBy(store: Store, user: string, others: string[], now: number): Promise<Set<string>> {
  const [likes, passes, pairs] = await Promise.all([
    store.getMany(others.map((other) => keys.like(user, other))),
    store.getMany(others.map((other) => keys.pass(user, other))),
    store.getMany(others.map((other) => keys.pair(user, other))),
  ]);
  return new Set(others.filter((_, i) => {
    return likes[i].value !== null || (passes[i].value?.expiresAt ?? 0) > now || pairs[i].value !== null;
  }));
}

/** Whom this person greeted without an answer yet, the newest first. */
export async function likesOf(store: Store, user: string): Promise<{ id: string; at: number }[]> {
  const rows = await store.list(keys.likes(user), { limit: 100 });
  return rows.map(({ key, value }) => ({ id: String(key.at(-1)), at: value })).sort((a, b) => b.at - a.at);
}

/** Who said yes to this person: they are looked at among the others, and never named as such. */
export async function likersOf(store: Store, user: string): Promise<string[]> {
  return (await store.list(keys.likers(user), { limit: 50 })).map(({ key }) => String(key.at(-1)));
}

const isFull = (open: string[] | null): boolean => (open?.length ?? 0) >= limits.match.open;
const roomOf = ({ room, at }: Pair, one: string, other: string): Room => ({
  ...directRoom([one, other], at),
  id: room,
});

function whenFull(error: unknown): Liked {
  if (error instanceof Problem && error.code === "matches_full") return {};
  throw error;
}

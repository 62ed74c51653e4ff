import { LRUCache } from "lru-cache";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { HOUSE, isSteady, PLAZA, type Room, type RoomDraft, rules, STREAMING } from "../domain/room.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

const KEPT = 5_000;
/** Members of one room in memory; a map of its own, since an LRU cache takes its memory when it is made. */
const KEPT_MEMBERS = 2_000;
/** A room in memory is looked at again after this time, in case its notice never came. Milliseconds. */
const FRESH = 60_000;
/** How many rooms that somebody may not see are passed over for one page of a list. */
const PASSED_OVER = 1_000;

export type RoomPage = { items: Room[]; next?: string };

/** The rooms' records, and who may find them. Kept in memory; the notice `room` drops what changed elsewhere. */
export type Rooms = {
  /** The room, if this person may read it. `null` says neither "not there" nor "not yours". */
  find(id: string, who: Who | null): Promise<Room | null>;
  /** Why `find` found nothing: only who could read the room otherwise hears that they were sent out of it. */
  whyNot(id: string, who: Who | null): Promise<Problem>;
  /** The same whoever asks: never to be shown. */
  get(id: string): Promise<Room | null>;
  create(draft: RoomDraft, owner: Who): Promise<Room>;
  /** `null` from `patch` leaves the room as it is. Problem `not_found`, and whatever `patch` throws. */
  change(id: string, patch: (room: Room) => Room | null): Promise<Room>;
  /** Open rooms that this person may find without an invitation, newest first, `limit` and the streaming room; `next` goes into `before`. */
  list(who: Who | null, before: string | undefined, limit: number): Promise<RoomPage>;
  /** Rooms that this person made, joined or wrote in, newest first, closed ones too. */
  own(who: Who, before: string | undefined, limit: number): Promise<RoomPage>;
  /** Forgets what is in memory: something became different. */
  drop(id: string): void;
  /** The same here and on all isolates. */
  changed(id: string): Promise<void>;
};

type Kept = { room: Promise<Room | null>; joined: Map<string, Promise<boolean>>; at: number };

/**
 * `announce` tells all isolates, this one too, that a room is not what it was; `barred` says who was sent out of which
 * room (`realtime/order.ts`), `areApart` which two people do not meet (`blocks.ts`).
 */
export function openRooms(
  { store, now, announce, barred = () => null, areApart = () => false }: {
    store: Store;
    now: () => number;
    announce: (id: string) => Promise<void>;
    barred?: (room: Room, who: Who) => Promise<Problem | null> | Problem | null;
    areApart?: (a: string, b: string) => boolean;
  },
): Rooms {
  const kept = new LRUCache<string, Kept>({ max: KEPT });

  async function find(id: string, who: Who | null): Promise<Room | null> {
    const room = await findAnyhow(id, who);
    return room && who && await barred(room, who) ? null : room;
  }

  async function whyNot(id: string, who: Who | null): Promise<Problem> {
    const room = await findAnyhow(id, who);
    return (room && who && await barred(room, who)) ?? new Problem("not_found");
  }

  async function findAnyhow(id: string, who: Who | null): Promise<Room | null> {
    const room = await get(id);
    if (!room || isHidden(room, who)) return null;
    const may = rules[room.kind].mayRead;
    if (may(who, room, false)) return room;
    return who && may(who, room, true) && await hasJoined(id, who.id) ? room : null;
  }

  /** Its two people do not meet; or its owner and the reader do not. Administrators keep the house. */
  const isHidden = ({ owner, members }: Room, who: Who | null): boolean => {
    if (members) return areApart(members[0], members[1]);
    return owner !== undefined && who !== null && who.role !== "admin" && areApart(owner, who.id);
  };

  async function get(id: string): Promise<Room | null> {
    if (id === HOUSE) return null;
    const known = kept.get(id);
    if (known && now() - known.at >= FRESH) refresh(id, known);
    return await (known ?? keep(id)).room;
  }

  function keep(id: string): Kept {
    const made: Kept = { room: read(id), joined: new Map(), at: now() };
    kept.set(id, made);
    const forget = () => void (kept.get(id) === made && kept.delete(id));
    made.room.then((room) => room ?? forget(), forget);
    return made;
  }

  /** On the side: who asks meanwhile has what was known. */
  function refresh(id: string, known: Kept): void {
    known.at = now();
    read(id).then((room) => {
      if (kept.get(id) !== known) return;
      known.joined.clear();
      known.room = Promise.resolve(room);
    }, () => {});
  }

  const read = async (id: string) => (await store.get(keys.room(id))).value ?? steady(id);

  async function hasJoined(id: string, user: string): Promise<boolean> {
    const { joined } = kept.get(id) ?? keep(id);
    const asked = joined.get(user) ?? store.get(keys.member(id, user)).then(({ value }) => isIn(value));
    if (joined.size >= KEPT_MEMBERS) joined.clear();
    joined.set(user, asked);
    asked.then((is) => is || joined.delete(user), () => joined.delete(user));
    return await asked;
  }

  async function create({ title, topic, access }: RoomDraft, owner: Who): Promise<Room> {
    const id = crypto.getRandomValues(new Uint8Array(10)).toHex(), createdAt = now();
    const room: Room = { id, kind: "live", title, topic: topic || undefined, access, owner: owner.id, createdAt };
    const made = await store.commit((atomic) => {
      atomic.check({ key: keys.room(id), versionstamp: null });
      atomic.set(keys.member(id, owner.id), { since: createdAt });
      atomic.set(keys.ownRoom(owner.id, createdAt, id), true);
      put(atomic, room);
    });
    if (made === null) throw new Problem("busy", { wait: 1 });
    await changed(id);
    return room;
  }

  async function change(id: string, patch: (room: Room) => Room | null): Promise<Room> {
    for (let tries = 0; tries < 100; tries++) {
      const found = await store.get(keys.room(id));
      const before = found.value ?? steady(id);
      if (!before) throw new Problem("not_found");
      const room = patch(before);
      if (!room) return before;
      if (await store.commit((atomic) => put(atomic.check({ ...found, key: keys.room(id) }), room)) === null) continue;
      await changed(id);
      return room;
    }
    throw new Problem("busy", { wait: 1 });
  }

  async function list(who: Who | null, before: string | undefined, limit: number): Promise<RoomPage> {
    const streaming = before === undefined ? await find(STREAMING, who) : null;
    const items: Room[] = [];
    const whole = (end?: Deno.KvKey) => ({ items: streaming ? [streaming, ...items] : items, next: cursorOf(end) });
    let end = endOf(keys.openRooms(), before);
    for (let seen = 0; seen < PASSED_OVER;) {
      const rows = await store.list(keys.openRooms(), { end, reverse: true, limit: limit + 1 });
      for (const { key, value } of rows) {
        if (items.length === limit) return whole(end);
        const room = value === "public" || who ? await find(String(key.at(-1)), who) : null;
        if (room && room.closedAt === undefined) items.push(room);
        end = key;
      }
      seen += rows.length;
      if (rows.length <= limit) return whole();
    }
    return whole(end);
  }

  async function own(who: Who, before: string | undefined, limit: number): Promise<RoomPage> {
    const from = endOf(keys.ownRooms(who.id), before);
    const rows = await store.list(keys.ownRooms(who.id), { end: from, reverse: true, limit: limit + 1 });
    const found = await Promise.all(rows.slice(0, limit).map(({ key }) => find(String(key.at(-1)), who)));
    const end = rows.length > limit ? rows[limit - 1].key : undefined;
    return { items: found.filter((room) => room !== null), next: cursorOf(end) };
  }

  async function changed(id: string): Promise<void> {
    kept.delete(id);
    await announce(id);
  }

  return { find, whyNot, get, create, change, list, own, drop: (id) => void kept.delete(id), changed };
}

/**
 * Finding is authorising: Problem `not_found` for a room that is not there and for one that is not theirs, and
 * `banned_here` for who was sent out of it.
 */
export async function findRoom({ rooms }: { rooms: Rooms }, id: string, who: Who | null): Promise<Room> {
  const room = await rooms.find(id, who);
  if (!room) throw await rooms.whyNot(id, who);
  return room;
}

export const isIn = (member: { out?: number } | null): boolean => member !== null && member.out === undefined;

/** The rooms that need no record to be there. */
function steady(id: string): Room | null {
  if (id === PLAZA) return { id, kind: "plaza" };
  return id === STREAMING ? { id, kind: "live", access: "public", createdAt: 0 } : null;
}

/** The record and its place in the list, or its place no more. */
function put(atomic: Deno.AtomicOperation, room: Room): void {
  atomic.set(keys.room(room.id), room);
  if (isSteady(room) || room.kind === "direct") return;
  const { createdAt = 0, access = "public" } = room;
  const place = keys.openRoom(createdAt, room.id);
  if (access === "private" || room.closedAt !== undefined) atomic.delete(place);
  else atomic.set(place, access);
}

const cursorOf = (key: Deno.KvKey | undefined): string | undefined => key?.slice(-2).join("-");

function endOf(prefix: Deno.KvKey, before: string | undefined): Deno.KvKey | undefined {
  const [, createdAt, id] = /^(\d{1,15})-([\w-]{1,80})$/.exec(before ?? "") ?? [];
  return id === undefined ? undefined : [...prefix, Number(createdAt), id];
}

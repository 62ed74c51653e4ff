import { wordsIn } from "../domain/words/words.ts";
import type { Lang, Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import type { Room } from "../domain/room.ts";
import { findUser } from "../kv/users.ts";
import type { Log } from "../kv/log.ts";
import { close, findPair, like, type Liked, openWaiting, pass } from "../kv/matches.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { take } from "../kv/windows.ts";
import { announce } from "./house.ts";
import type { Suggest } from "./suggestions.ts";

/** How two people come together and part. What the other said stays untold until both said yes. */
export type Directs = {
  /** Problems `not_found` for who may not be seen, `matches_full`, `too_many`. */
  like(who: Who, other: string): Promise<Liked>;
  pass(who: Who, other: string): Promise<void>;
  /** Whether two people have a room, open or closed. */
  talk(one: string, other: string): Promise<boolean>;
  /** Leaves a kind word and closes the room; it can be read on. */
  goodbye(room: Room, who: Who, lang: Lang): Promise<void>;
  /** Takes the room away from both, here and on all isolates. */
  part(room: Room): Promise<void>;
  /** The same for two people, whether they have a room or only greeted each other: they do not want to meet. */
  partPeople(one: string, other: string): Promise<void>;
};

export function openDirects({ store, log, rooms, suggest, parted, now, scale }: {
  store: Store;
  log: Log;
  rooms: Rooms;
  suggest: Suggest;
  /** What the two were about to do together is over. */
  parted(room: string): Promise<void>;
  now: () => number;
  scale: number;
}): Directs {
  async function greet(who: Who, other: string): Promise<Liked> {
    if (other === who.id) throw new Problem("not_found");
    if (!await findPair(store, who.id, other) && !await suggest.maySee(who.id, other)) throw new Problem("not_found");
    await take(store, "likesByPerson", who.id, now(), scale);
    const { room, opened } = await like(store, who.id, other, now());
    if (room && opened) await announce(log, { type: "matched", room: room.id, by: who.id });
    return { room };
  }

  async function goodbye(room: Room, who: Who, lang: Lang): Promise<void> {
    if (room.closedAt !== undefined) return;
    const text = wordsIn(lang).matching.chats.goodbyeSaid;
    const author = { id: who.id, nickname: who.nickname, role: who.role };
    await log.append({ room: room.id, author, kind: "system", text, clientId: `goodbye-${room.id}` });
    await rooms.change(room.id, (before) => before.closedAt === undefined ? { ...before, closedAt: now() } : null);
    await free(room, false);
  }

  async function part(room: Room): Promise<void> {
    await rooms.change(room.id, (before) => before.overAt === undefined ? { ...before, overAt: now() } : null);
    await free(room, true);
  }

  /** Their places are free for those who wait. */
  async function free(room: Room, over: boolean): Promise<void> {
    await parted(room.id);
    await close(store, room, over);
    for (const member of room.members ?? []) {
      for (const { id } of await openWaiting(store, member, now())) await announce(log, { type: "matched", room: id });
    }
  }

  async function partPeople(one: string, other: string): Promise<void> {
    const pair = await findPair(store, one, other);
    const room = pair && !pair.over ? await rooms.get(pair.room) : null;
    if (room) return await part(room);
    await Promise.all([pass(store, one, other, now()), pass(store, other, one, now())]);
  }

  return {
    like: greet,
    async pass(who, other) {
      if (!await findUser(store, other)) throw new Problem("not_found");
      await pass(store, who.id, other, now());
    },
    async talk(one, other) {
      const pair = await findPair(store, one, other);
      return pair !== null && !pair.over;
    },
    goodbye,
    part,
    partPeople,
  };
}

import type { Happening } from "../domain/happening.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { otherOf, type Room } from "../domain/room.ts";
import type { Log } from "../kv/log.ts";
import { type Match, matchesOf, openMatchesOf } from "../kv/matches.ts";
import { findPeople } from "../kv/profiles.ts";
import { receiptOf } from "../kv/receipts.ts";
import type { Rooms } from "../kv/rooms.ts";
import type { Store } from "../kv/store.ts";
import { findUser } from "../kv/users.ts";

/** Who the other is, as a list shows them. */
export type Other = { id: string; nickname: string; photo?: string };
/** A conversation as its list shows it; times are epoch milliseconds. `unread` counts up to `MOST_UNREAD`. */
export type ChatEntry = {
  room: string;
  person: Other;
  at: number;
  open: boolean;
  muted: boolean;
  last?: { text: string; at: number; mine: boolean; photo: boolean; gone: boolean };
  unread: number;
  yourTurn: boolean;
};

export const MOST_UNREAD = 99;
/** What the companion said about time stands between what was said. */
const LOOKED_THROUGH = 20;

type Parts = { store: Store; log: Log; rooms: Rooms };

/** One's conversations, the newest said first. */
export async function chatsOf(parts: Parts, who: Who): Promise<ChatEntry[]> {
  const all = await Promise.all((await matchesOf(parts.store, who.id)).map((match) => entryOf(parts, who, match)));
  return all.filter((one) => one !== null).sort((a, b) =>
    (b.last?.at ?? b.at) - (a.last?.at ?? a.at) || (a.room < b.room ? -1 : 1)
  );
}

async function entryOf({ store, log, rooms }: Parts, who: Who, match: Match): Promise<ChatEntry | null> {
  const room = await rooms.find(match.room, who);
  if (!room) return null;
  const [person, newest, unread] = await Promise.all([
    otherIn(store, room, who),
    log.page(room.id, {}, LOOKED_THROUGH),
    unreadIn({ store, log }, room.id, who),
  ]);
  const last = newest.findLast(({ event }) => !event), open = room.closedAt === undefined;
  return {
    room: room.id,
    person,
    at: match.at,
    open,
    muted: match.muted ?? false,
    last: last && glance(last, who),
    unread,
    yourTurn: open && last !== undefined && last.author.id !== who.id,
  };
}

/** How many messages wait in a person's open conversations; those they want no notice of are left out. */
export async function newsFor(parts: Pick<Parts, "store" | "log">, who: Who): Promise<number> {
  const matches = await openMatchesOf(parts.store, who.id);
  const unread = await Promise.all(matches.filter(({ muted }) => !muted).map(({ room }) => unreadIn(parts, room, who)));
  return unread.reduce((sum, one) => sum + one, 0);
}

/** A log is read only where something came since. */
async function unreadIn({ store, log }: Pick<Parts, "store" | "log">, room: string, who: Who): Promise<number> {
  const [{ read }, { seq }] = await Promise.all([receiptOf(store, room, who.id), log.head(room)]);
  if (read >= seq) return 0;
  const waiting = await log.page(room, { after: read }, MOST_UNREAD);
  return waiting.filter(({ author, gone, event }) => author.id !== who.id && !gone && (!event || isProposal(event)))
    .length;
}

export async function otherIn(store: Store, room: Room, who: Who): Promise<Other> {
  const id = otherOf(room, who.id);
  const found = (await findPeople(store, [id])).get(id);
  const nickname = found?.user.nickname ?? (await findUser(store, id))?.nickname ?? "";
  return { id, nickname, photo: found?.profile.photo };
}

const glance = ({ text, at, author, photo, gone }: Message, who: Who) => ({
  text: [...text].slice(0, 80).join(""),
  at,
  mine: author.id === who.id,
  photo: Boolean(photo),
  gone: Boolean(gone),
});

const isProposal = (event: Happening): boolean => event.type === "pair" && event.telling === "proposed";

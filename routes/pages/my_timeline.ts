import { hoursOf } from "../../domain/calendar.ts";
import { isDirect, PLAZA, type Room } from "../../domain/room.ts";
import type { Message } from "../../domain/message.ts";
import { permalink } from "../../domain/permalink.ts";
import type { Who } from "../../domain/person.ts";
import { type Sort, sortOf, sorts, type Spot, spotBelow } from "../../domain/timeline.ts";
import { asItStands } from "../../kv/own_letters.ts";
import { type OwnEntry, ownTimeline } from "../../kv/timeline.ts";
import { otherIn } from "../../realtime/chats.ts";
import { seenBy } from "../../realtime/seen.ts";
import type { Parts } from "../context.ts";
import type { MyQuestion } from "./my_data.ts";

/** Something of one's own as the page shows it; `about` is the room's name, or who one talks with. Nobody else's words. */
export type Row = { sort: Sort; at: number; href: string; about?: string; said: Message | string };
/**
 * One's own, newest first. The buzzes alone have pages with numbers; all else goes on below `next`, in the rooms made
 * before `made`. `older`: rooms made before this are not among it.
 */
export type History = {
  rows: Row[];
  pager?: { page: number; pages: number };
  next?: Spot;
  made?: number;
  older?: number;
};

type Sources = Pick<Parts, "store" | "log" | "hub" | "rooms" | "env" | "now">;
const SIZE = 20;

export const buzzRow = (message: Message): Row => ({
  sort: "buzz",
  at: message.at,
  href: permalink(PLAZA, message.seq),
  said: message,
});

/** A page of everything, or of one sort; of one day when it is asked for. */
export async function timelinePage(parts: Sources, who: Who, asked: MyQuestion): Promise<History> {
  const { store, rooms, env, now } = parts;
  const zone = env.letterTimeZone;
  const { from, to } = asked.day ? hoursOf(asked.day, zone) : { from: 0, to: now() + 1 };
  const made = asked.rooms ?? to;
  const found = await ownTimeline(store, who.id, (room) => rooms.find(room, who), {
    sorts: asked.only ? [asked.only] : sorts,
    spot: asked.before ?? spotBelow(to),
    from,
    made,
    steady: !asked.older,
    limit: SIZE,
    zone,
  });
  return { rows: await rowsOf(parts, who, found.items), next: found.next, made, older: found.older };
}

/** The entries with their words, read room by room side by side. What is gone altogether has no row. */
async function rowsOf(parts: Sources, who: Who, entries: OwnEntry[]): Promise<Row[]> {
  const byRoom = Map.groupBy(entries, ({ room }) => room);
  const rows = await Promise.all([...byRoom.values()].map(async (own): Promise<Row[]> => {
    const [first] = own;
    if (first.sort !== "letter") return await messageRows(parts, who, first.place, own.map(({ seq }) => seq));
    return await Promise.all(own.flatMap((one) => one.sort === "letter" ? letterRow(parts, who, one) : []));
  }));
  const named = new Map(rows.flat().map((row) => [row.href, row]));
  return entries.flatMap((entry) => named.get(hrefOf(entry)) ?? []);
}

const hrefOf = (entry: OwnEntry): string =>
  entry.sort === "letter" ? `/letters/${entry.letter.date}#to-me` : permalink(entry.room, entry.seq, entry.place.kind);

async function messageRows(parts: Sources, who: Who, place: Room, seqs: number[]): Promise<Row[]> {
  const [messages, about] = await Promise.all([
    seenBy(parts, who).messages(place.id, seqs),
    isDirect(place.id) ? otherIn(parts.store, place, who).then(({ nickname }) => nickname) : place.title,
  ]);
  return messages.map((said): Row => {
    return { sort: sortOf[place.kind]!, at: said.at, href: permalink(place.id, said.seq, place.kind), about, said };
  });
}

/** A letter begins with its first sentence that still stands. */
async function letterRow({ log }: Sources, who: Who, entry: OwnEntry & { sort: "letter" }): Promise<Row> {
  const { claims } = await asItStands(log, who.id, entry.letter);
  const said = claims.find(({ text, not }) => text && !not)?.text ?? "";
  return { sort: "letter", at: entry.at, href: hrefOf(entry), said };
}

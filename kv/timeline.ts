import { dateAfter, dateAt, dayNumber, timeAt } from "../domain/day.ts";
import type { OwnLetter } from "../domain/own_letter.ts";
import type { Room } from "../domain/room.ts";
import { inOrder, type Sort, type Spot } from "../domain/timeline.ts";
import { ownPage } from "./author.ts";
import { keys } from "./keys.ts";
import { type OwnPlace, ownPlaces, steadyPlaces } from "./own_rooms.ts";
import type { Store } from "./store.ts";

/** Rooms that are looked at together, newest first, besides the plaza and the streaming room. */
export const ROOMS = 50;

/** Something of one's own: a message, by its number in a room, or one's half of a letter. */
export type OwnEntry = Spot & ({ sort: Exclude<Sort, "letter">; place: Room } | { sort: "letter"; letter: OwnLetter });
/** `older`: what was written in rooms made before this time is not among it. */
export type Timeline = { items: OwnEntry[]; next?: Spot; older?: number };
export type Wanted = {
  sorts: readonly Sort[];
  /** What comes after this. */
  spot: Spot;
  /** Not what is older, epoch milliseconds. */
  from: number;
  /** Rooms made before this time; `steady`: and those that are always there. */
  made: number;
  steady: boolean;
  limit: number;
  /** Where a letter's 9:50 is. */
  zone: string;
};

/**
 * A person's own, newest first, of the rooms that they may read now (`find`), none of them off the record. It costs a round of
 * lists of rooms, then one of reads in all `ROOMS` rooms side by side, four a room. Further down a room in which they wrote
 * more than a page later than that is searched by halves, reading after reading: seven for 2,000 messages, ten for 20,000.
 */
export async function ownTimeline(
  store: Store,
  user: string,
  find: (room: string) => Promise<Room | null>,
  wanted: Wanted,
): Promise<Timeline> {
  const { sorts, made, steady, from, limit } = wanted;
  const [{ places, older }, letters] = await Promise.all([
    ownPlaces(store, user, sorts, { before: made, limit: ROOMS }),
    steady && sorts.includes("letter") ? lettersBelow(store, user, wanted) : [],
  ]);
  const all = [...steady ? steadyPlaces.filter(({ sort }) => sorts.includes(sort)) : [], ...places];
  const written = await Promise.all(all.map((place) => writtenBelow(store, user, find, place, wanted)));
  const found = [...written.flat(), ...letters].filter(({ at }) => at >= from).sort(inOrder);
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? spotOf(items.at(-1)!) : undefined, older };
}

const spotOf = ({ at, room, seq }: Spot): Spot => ({ at, room, seq });

async function writtenBelow(
  store: Store,
  user: string,
  find: (room: string) => Promise<Room | null>,
  { room, sort }: OwnPlace,
  { spot, limit }: Wanted,
): Promise<OwnEntry[]> {
  if (sort === "letter") return [];
  const [place, offRecord, spots] = await Promise.all([
    find(room),
    store.get(keys.offRecord(room)),
    spotsBelow(store, user, room, spot, limit + 1),
  ]);
  if (!place || offRecord.value !== null) return [];
  return spots.map((one) => ({ ...one, sort, place }));
}

/** The first `limit` that come after a spot. What is written meanwhile moves older entries to later pages, never to earlier ones. */
async function spotsBelow(store: Store, user: string, room: string, spot: Spot, limit: number): Promise<Spot[]> {
  const read = async (page: number) => {
    const { entries, pages } = await ownPage(store, room, user, page, limit);
    const spots = entries.map(({ seq, at }): Spot => ({ at, room, seq }));
    return { pages, below: spots.filter((one) => inOrder(spot, one) < 0) };
  };
  let first = 1, found = await read(1);
  if (!found.below.length && found.pages > 1) {
    for (let last = found.pages, low = 2; low <= last;) {
      const middle = Math.floor((low + last) / 2), tried = await read(middle);
      if (!tried.below.length && middle < tried.pages) low = middle + 1;
      else [first, found, last] = [middle, tried, middle - 1];
    }
  }
  const spots = new Map(found.below.map((one) => [one.seq, one]));
  for (let page = first + 1; spots.size < limit && page <= found.pages; page++) {
    for (const one of (await read(page)).below) spots.set(one.seq, one);
  }
  return [...spots.values()].sort(inOrder).slice(0, limit);
}

/** One's own letters, at 9:50 of their days. */
async function lettersBelow(
  store: Store,
  user: string,
  { spot, limit, zone }: Wanted,
): Promise<OwnEntry[]> {
  const prefix = keys.ownLetters(user);
  const end = [...prefix, dateAfter(dateAt(Math.min(spot.at, MOST_TIME), zone), 1)];
  const rows = await store.list(prefix, { end, reverse: true, limit: limit + 2 });
  return rows.map(({ value: letter }): OwnEntry => {
    const at = timeAt(letter.date, 9, 50, zone);
    return { at, room: "letter", seq: dayNumber(letter.date), sort: "letter", letter };
  }).filter((one) => inOrder(spot, one) < 0);
}

/** Years have four digits until then. */
const MOST_TIME = Date.UTC(9999, 11, 1);

import type { Message } from "../domain/message.ts";
import {
  type Claim,
  nameOf,
  type NotThis,
  noWish,
  type Objection,
  type OwnEntry,
  type OwnLetter,
  type OwnLetterWish,
  type SourceSurface,
} from "../domain/own_letter.ts";
import { Problem } from "../domain/problems.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { ownSince } from "./author.ts";
import { keys } from "./keys.ts";
import type { Log } from "./log.ts";
import type { Store } from "./store.ts";

/** What a member did not want is remembered so often. */
const MOST_NOT = 20;
/** Live rooms of a member that a letter looks into: the newest. */
const MOST_ROOMS = 30;

export const ownLetterWishOf = async (store: Store, user: string): Promise<OwnLetterWish> =>
  (await store.get(keys.ownLetterWish(user))).value ?? noWish;

export async function wishOwnLetter(store: Store, user: string, wish: OwnLetterWish): Promise<void> {
  await store.commit((atomic) => atomic.set(keys.ownLetterWish(user), wish));
}

export const ownLetterOf = async (store: Store, user: string, date: string): Promise<OwnLetter | null> =>
  (await store.get(keys.ownLetter(user, date))).value;

export const notThisOf = async (store: Store, user: string): Promise<NotThis[]> =>
  (await store.get(keys.notThis(user))).value ?? [];

/** Keeps it if there is none of that day; the one that is kept. */
export async function keepOwnLetter(store: Store, user: string, letter: OwnLetter): Promise<OwnLetter> {
  const key = keys.ownLetter(user, letter.date);
  const done = await store.commit((atomic) => atomic.check({ key, versionstamp: null }).set(key, letter));
  return done === null ? (await store.get(key)).value ?? letter : letter;
}

/** A claim that its member does not want: marked in its letter, remembered for the next. Problems `not_found`, `busy`. */
export async function objectTo(
  store: Store,
  user: string,
  date: string,
  n: number,
  why: Objection,
): Promise<OwnLetter> {
  const [letter, before] = await Promise.all([
    store.get(keys.ownLetter(user, date)),
    store.get(keys.notThis(user)),
  ]);
  const claim = letter.value?.claims[n];
  if (!letter.value || !claim) throw new Problem("not_found");
  const claims = letter.value.claims.with(n, { ...claim, not: why });
  const { not: _, ...said } = claim;
  const others = (before.value ?? []).filter((one) => one.text !== said.text);
  const changed = { ...letter.value, claims };
  const done = await store.commit((atomic) =>
    atomic.check(letter).check(before).set(letter.key as never, changed)
      .set(keys.notThis(user), [...others, { ...said, why }].slice(-MOST_NOT))
  );
  if (done === null) throw new Problem("busy", { wait: 1 });
  return changed;
}

/** The entries behind claims as they are now, by `nameOf`: what was deleted is not among them. */
export async function sourcesOf(log: Log, user: string, claims: Claim[]): Promise<Map<string, Message>> {
  const rooms = Map.groupBy(claims.flatMap(({ sources }) => sources), ({ room }) => room);
  const found = await Promise.all([...rooms].map(async ([room, sources]) => {
    const said = await log.messages(room, [...new Set(sources.map(({ seq }) => seq))]);
    return said.filter(({ author, gone }) => author.id === user && !gone)
      .map((message) => [nameOf({ room, seq: message.seq }), message] as const);
  }));
  return new Map(found.flat());
}

/** What a member wrote in `[from, to)` where the letter may read, oldest first. */
export async function ownEntries(
  { store, log }: { store: Store; log: Log },
  user: string,
  surfaces: readonly SourceSurface[],
  { from, to }: { from: number; to: number },
): Promise<OwnEntry[]> {
  const rooms = await Promise.all(surfaces.map((surface) => roomsOf[surface](store, user)));
  const found = await Promise.all(
    rooms.flat().map(async (room) => {
      const seqs = (await ownSince(store, room, user, from)).filter(({ at }) => at < to).map(({ seq }) => seq);
      const said = (await log.messages(room, seqs)).filter(({ gone, poll }) => !gone && !poll);
      return said.map(({ seq, at, text, mood }): OwnEntry => ({ room, seq, at, text, mood }));
    }),
  );
  return found.flat().sort((a, b) => a.at - b.at);
}

const roomsOf: Record<SourceSurface, (store: Store, user: string) => string[] | Promise<string[]>> = {
  plaza: () => [PLAZA],
  async live(store, user) {
    const own = await store.list(keys.ownRooms(user), { limit: MOST_ROOMS, reverse: true });
    return [STREAMING, ...own.map(({ key }) => key.at(-1) as string)];
  },
};

import { type Card, type CardSettings, type CardSource, isDue, type Rating } from "../domain/card.ts";
import type { Correction } from "../domain/correction.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { fresh, missed, reviewed } from "../domain/review.ts";
import { usesRight } from "../domain/right_use.ts";
import { cardId } from "./card_id.ts";
import { type CardRecord, keys } from "./keys.ts";
import { countPractice, type Practised } from "./practised.ts";
import type { Store } from "./store.ts";

/** Mistakes of one message. `now` is epoch milliseconds. */
export type Mistakes = {
  language: Lang;
  corrections: Correction[];
  source: { from: CardSource; room?: string; seq?: number };
  now: number;
};
/** How many due cards one message is looked through for. */
const MOST_USED = 100;

/**
 * Every correction becomes a card; the same sentence put right in the same way is one card, which counts how often.
 * Nothing is kept from live rooms and 1:1 unless the person switched them on. The cards as they are now.
 */
export async function addCards(store: Store, user: string, mistakes: Mistakes): Promise<Card[]> {
  const { from } = mistakes.source;
  if ((from === "live" || from === "direct") && !(await cardSettingsOf(store, user))[from]) return [];
  const cards: Card[] = [];
  for (const correction of mistakes.corrections) cards.push(await addCard(store, user, mistakes, correction));
  return cards;
}

async function addCard(store: Store, user: string, mistakes: Mistakes, correction: Correction): Promise<Card> {
  const { language, source, now } = mistakes;
  const id = await cardId(language, correction);
  const made = await change(store, user, id, now, (card) => {
    if (!card) return { card: { ...correction, id, language, source, madeAt: now, times: 1, ...fresh(now) }, made: 1 };
    if (source.room !== undefined && card.source.room === source.room && card.source.seq === source.seq) return null;
    return { card: { ...card, source, times: card.times + 1, ...missed(card, now) }, made: 1 };
  });
  return shown(made!);
}

/** Soonest first: the cards that are due at `now`, of one language or of all. */
export async function dueCards(
  store: Store,
  user: string,
  { language, now, limit }: { language?: Lang; now: number; limit: number },
): Promise<Card[]> {
  const due = await store.list(keys.dueCards(user), { end: keys.dueCard(user, now + 1, ""), limit: 1_000 });
  const ids = due.filter(({ value }) => !language || value === language).slice(0, limit).map(({ key }) =>
    String(key[3])
  );
  const found = await store.getMany(ids.map((id) => keys.card(user, id)));
  return found.flatMap(({ value }) => value ? [shown(value)] : []);
}

/** Counts a right use for each due card that a message uses as it should; those cards as they are now. */
export async function usedRight(
  store: Store,
  user: string,
  { language, text, now }: { language: Lang; text: string; now: number },
): Promise<Card[]> {
  const due = await dueCards(store, user, { language, now, limit: MOST_USED });
  const used: Card[] = [];
  for (const { id } of due.filter((card) => usesRight(card, text))) {
    const card = await review(store, user, id, "good", now);
    if (card) used.push(shown(card));
  }
  return used;
}

/** A card that is not due stays as it is: whoever clicks twice reviews once. Problem `not_found`. */
export async function reviewCard(store: Store, user: string, id: string, rating: Rating, now: number): Promise<Card> {
  const card = await review(store, user, id, rating, now);
  if (!card) throw new Problem("not_found");
  return shown(card);
}

const review = (store: Store, user: string, id: string, rating: Rating, now: number): Promise<CardRecord | null> =>
  change(store, user, id, now, (card) => {
    if (!card || !isDue(card, now)) return null;
    const next = { ...card, ...reviewed(card, rating, now) };
    return { card: next, right: next.right > card.right ? 1 : 0, resolved: next.resolvedAt ? 1 : 0 };
  });

/** Problem `not_found`. */
export async function findCard(store: Store, user: string, id: string): Promise<Card> {
  const { value } = await store.get(keys.card(user, id));
  if (!value) throw new Problem("not_found");
  return shown(value);
}

/** All of a person's cards, newest first. */
export async function allCards(store: Store, user: string): Promise<Card[]> {
  return (await store.list(keys.cards(user))).map(({ value }) => shown(value)).sort((a, b) => b.madeAt - a.madeAt);
}

/** Problem `not_found`. */
export async function deleteCard(store: Store, user: string, id: string): Promise<void> {
  const found = await store.get(keys.card(user, id));
  if (!found.value) throw new Problem("not_found");
  const { dueAt } = found.value;
  const done = await store.commit((atomic) =>
    atomic.check(found).delete(found.key).delete(keys.dueCard(user, dueAt, id))
  );
  if (done === null) await deleteCard(store, user, id);
}

export async function cardSettingsOf(store: Store, user: string): Promise<CardSettings> {
  return (await store.get(keys.cardSettings(user))).value ?? { live: false, direct: false };
}

export async function setCardSettings(store: Store, user: string, settings: CardSettings): Promise<void> {
  await store.commit((atomic) => atomic.set(keys.cardSettings(user), settings));
}

type Step = { card: CardRecord } & Partial<Practised>;

/** Writes the next state, its place among the due ones and what was practised in one atomic. `null` changes nothing. */
async function change(
  store: Store,
  user: string,
  id: string,
  now: number,
  next: (card: CardRecord | null) => Step | null,
): Promise<CardRecord | null> {
  for (;;) {
    const [found, counted] = [await store.get(keys.card(user, id)), await countPractice(store, user, now)];
    const step = next(found.value);
    if (!step) return found.value;
    const { card, ...done } = step;
    const written = await store.commit((atomic) => {
      atomic.check(found).set(found.key, card);
      if (found.value) atomic.delete(keys.dueCard(user, found.value.dueAt, id));
      if (card.resolvedAt === undefined) atomic.set(keys.dueCard(user, card.dueAt, id), card.language);
      counted(atomic, done);
    });
    if (written !== null) return card;
  }
}

const shown = ({ memory: _, ...card }: CardRecord): Card => card;

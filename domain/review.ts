import { type CardInput, createEmptyCard, fsrs, Rating as Fsrs } from "ts-fsrs";
import { type Card, type Rating, RIGHT_USES } from "./card.ts";

/** What FSRS knows of a card besides when it is due: numbers only, so that it can be stored. */
export type Memory = Omit<CardInput, "due">;

/** Whole days between reviews, and the same answer for the same card: nothing is left to chance. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });
const grades = { again: Fsrs.Again, hard: Fsrs.Hard, good: Fsrs.Good, easy: Fsrs.Easy } as const;
/** Marks of a card: what a review changes. */
export type Marks = Pick<Card, "right" | "dueAt" | "resolvedAt"> & { memory: Memory };

/** A card nobody reviewed yet: due at once, so that the next scene brings it. */
export function fresh(now: number): Marks {
  const { due: _, ...memory } = createEmptyCard(now);
  return { right: 0, dueAt: now, memory };
}

/** After a review. "good" and "easy" are right uses: the third resolves the card; "again" starts their count anew. */
export function reviewed({ right, dueAt, memory }: Marks, rating: Rating, now: number): Marks {
  const { due, ...next } = scheduler.next({ ...memory, due: dueAt }, now, grades[rating]).card;
  const uses = rating === "again" ? 0 : rating === "hard" ? right : right + 1;
  const after = {
    right: uses,
    dueAt: due.getTime(),
    memory: { ...next, last_review: next.last_review?.getTime() },
  };
  return uses >= RIGHT_USES ? { ...after, resolvedAt: now } : after;
}

/** The mistake was made again: it is forgotten, counts from none, and is due at once. */
export const missed = (marks: Marks, now: number): Marks => ({
  ...reviewed(marks, "again", now),
  dueAt: now,
  resolvedAt: undefined,
});

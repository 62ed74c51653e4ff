import { type Card, isDue } from "../domain/card.ts";
import type { Who } from "../domain/person.ts";
import { progressOf } from "../domain/progress.ts";
import { allCards } from "../kv/cards.ts";
import { practisedSince } from "../kv/practised.ts";
import { findUser } from "../kv/users.ts";
import type { Parts } from "./context.ts";

export type Progress = ReturnType<typeof progressOf> & {
  /** The person's own, or the letter's. */
  zone: string;
  /** Newest first. */
  resolved: Card[];
  /** What is not resolved, newest first; those of it that are due, soonest first. */
  open: Card[];
  due: Card[];
};
/** A streak goes on from one year to the next; what is older is not asked for. */
const SPAN = 400 * 24 * 3_600_000;

/** What somebody has learnt, and what is due. */
export async function loadProgress(
  { store, env, now }: Pick<Parts, "store" | "env" | "now">,
  { id }: Who,
): Promise<Progress> {
  const [user, cards, practised] = await Promise.all([
    findUser(store, id),
    allCards(store, id),
    practisedSince(store, id, now() - SPAN),
  ]);
  const zone = user?.zone ?? env.letterTimeZone;
  const open = cards.filter(({ resolvedAt }) => resolvedAt === undefined);
  return {
    ...progressOf(practised, now(), zone),
    zone,
    resolved: cards.filter(({ resolvedAt }) => resolvedAt !== undefined)
      .sort((a, b) => b.resolvedAt! - a.resolvedAt!),
    open,
    due: open.filter((card) => isDue(card, now())).sort((a, b) => a.dueAt - b.dueAt),
  };
}

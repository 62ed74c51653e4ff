import type { Model } from "../ai/model.ts";
import { readableOf, writeOwnLetter } from "../ai/own_letter.ts";
import { surfaceOf } from "../domain/consent.ts";
import { type OwnEntry, type OwnLetter, type OwnLetterWish } from "../domain/own_letter.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { consentOf, noteSent } from "../kv/consents.ts";
import { getLetter } from "../kv/letters.ts";
import type { Log } from "../kv/log.ts";
import { asItStands, keepOwnLetter, notThisOf, ownEntries, ownLetterOf, ownLetterWishOf } from "../kv/own_letters.ts";
import type { Store } from "../kv/store.ts";
import { giveBack, take } from "../kv/windows.ts";

/** A member's own half of the letters. */
export type OwnLetters = {
  /**
   * What is there, or else written now. Problems: `not_found` for a day without a letter, `forbidden` for who did not
   * ask for it, `too_many`.
   */
  open(user: string, date: string, lang: Lang): Promise<OwnLetter>;
  /** Its sentences, by their numbers on its page, without what was objected to or rests on what is gone. Problems as in `open`. */
  sentences(user: string, date: string, lang: Lang): Promise<Sentence[]>;
};
export type Sentence = { n: number; text: string };

export function openOwnLetters(
  { store, log, model, now, scale }: { store: Store; log: Log; model: Model; now: () => number; scale: number },
): OwnLetters {
  const writing = new Map<string, Promise<OwnLetter>>();

  async function open(user: string, date: string, lang: Lang): Promise<OwnLetter> {
    const [there, wish] = await Promise.all([ownLetterOf(store, user, date), ownLetterWishOf(store, user)]);
    if (there) return there;
    if (!wish.on) throw new Problem("forbidden");
    const name = `${user} ${date}`;
    const work = writing.get(name) ?? write(user, date, lang).finally(() => writing.delete(name));
    writing.set(name, work);
    return await work;
  }

  async function sentences(user: string, date: string, lang: Lang): Promise<Sentence[]> {
    const { claims } = await asItStands(log, user, await open(user, date, lang));
    return claims.flatMap(({ text, not }, i) => text && !not ? [{ n: i + 1, text }] : []);
  }

  async function write(user: string, date: string, lang: Lang): Promise<OwnLetter> {
    const [there, day] = await Promise.all([ownLetterOf(store, user, date), getLetter(store, date)]);
    if (there) return there; // written while somebody looked
    if (!day) throw new Problem("not_found");
    await take(store, "ownLetterByPerson", user, now(), scale);
    try {
      const [wish, notThis] = await Promise.all([allowedOf(user), notThisOf(store, user)]);
      const entries = readableOf(await ownEntries({ store, log }, user, wish.surfaces, day));
      if (model.name !== null) await noteReading(user, entries);
      const written = await writeOwnLetter(model, { entries, wish, lang, notThis });
      return await keepOwnLetter(store, user, { date, writtenAt: now(), lang, tone: wish.tone, ...written });
    } catch (error) {
      await giveBack(store, "ownLetterByPerson", user, now(), scale).catch(() => {});
      throw error;
    }
  }

  /** What the member wishes, without the surfaces that no model may read. */
  async function allowedOf(user: string): Promise<OwnLetterWish> {
    const [wish, consent] = await Promise.all([ownLetterWishOf(store, user), consentOf(store, user)]);
    return { ...wish, surfaces: wish.surfaces.filter((surface) => consent[surface]) };
  }

  /** Before the model is asked: what it is about to be sent, for each surface. */
  async function noteReading(user: string, entries: OwnEntry[]): Promise<void> {
    for (const [surface, own] of Map.groupBy(entries, surfaceOf)) {
      await noteSent(store, now(), { task: "letter", surface }, own.map(() => user));
    }
  }

  return { open, sentences };
}

import type { Model } from "../ai/model.ts";
import { writeOwnLetter } from "../ai/own_letter.ts";
import type { OwnLetter } from "../domain/own_letter.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { getLetter } from "../kv/letters.ts";
import type { Log } from "../kv/log.ts";
import { keepOwnLetter, notThisOf, ownEntries, ownLetterOf, ownLetterWishOf } from "../kv/own_letters.ts";
import type { Store } from "../kv/store.ts";
import { giveBack, take } from "../kv/windows.ts";

/** A member's own half of the letters. */
export type OwnLetters = {
  /**
   * What is there, or else written now. Problems: `not_found` for a day without a letter, `forbidden` for who did not
   * ask for it, `too_many`.
   */
  open(user: string, date: string, lang: Lang): Promise<OwnLetter>;
};

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

  async function write(user: string, date: string, lang: Lang): Promise<OwnLetter> {
    const day = await getLetter(store, date);
    if (!day) throw new Problem("not_found");
    await take(store, "ownLetterByPerson", user, now(), scale);
    try {
      const [wish, notThis] = await Promise.all([ownLetterWishOf(store, user), notThisOf(store, user)]);
      const entries = await ownEntries({ store, log }, user, wish.surfaces, day);
      const written = await writeOwnLetter(model, { entries, wish, lang, notThis });
      return await keepOwnLetter(store, user, { date, writtenAt: now(), lang, tone: wish.tone, ...written });
    } catch (error) {
      await giveBack(store, "ownLetterByPerson", user, now(), scale).catch(() => {});
      throw error;
    }
  }

  return { open };
}

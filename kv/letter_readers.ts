import type { LetterChoice, LetterReader, LetterWish } from "../domain/letter_mail.ts";
import type { Lang } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { keys, type MailToken } from "./keys.ts";
import { spend } from "./mail_tokens.ts";
import type { Found, Store } from "./store.ts";
import type { Also } from "./users.ts";

export async function letterChoice(store: Store, user: string): Promise<LetterChoice | null> {
  return (await store.get(keys.letterChoice(user))).value;
}

/** What a person wishes. Whoever has confirmed before keeps that; others are not mailed until they do. */
export async function chooseLetter(store: Store, user: string, wish: LetterWish, lang: Lang): Promise<LetterChoice> {
  return await change(
    store,
    user,
    (before) => ({ ...wish, lang, confirmed: before?.confirmed ?? false }),
  ) as LetterChoice;
}

/** From the mailbox: letters may come. Problem `token_over`, also when the wish was taken back. */
export async function confirmLetter(store: Store, token: Found<MailToken>): Promise<void> {
  await change(store, token.value.user, (before) => {
    if (!before) throw new Problem("token_over");
    return { ...before, confirmed: true };
  }, () => spend(store, token));
}

/** No more letters, whether there were any or not. */
export async function stopLetter(store: Store, user: string): Promise<void> {
  await change(store, user, () => null);
}

/** The choice, and the place among the readers of its hour, which remembers what was mailed when it moves. */
async function change(
  store: Store,
  user: string,
  next: (before: LetterChoice | null) => LetterChoice | null,
  more: () => Promise<Also> | Also = () => () => {},
): Promise<LetterChoice | null> {
  for (;;) {
    const found = await store.get(keys.letterChoice(user));
    const choice = next(found.value);
    const from = keys.letterReader(found.value?.hour ?? 0, user);
    const [place, also] = await Promise.all([store.get(from), more()]);
    const done = await store.commit((atomic) => {
      atomic.check({ ...found, key: keys.letterChoice(user) }, { ...place, key: from }).delete(from);
      if (choice) atomic.set(keys.letterChoice(user), choice);
      else atomic.delete(keys.letterChoice(user));
      if (choice?.confirmed) {
        const reader: LetterReader = { rhythm: choice.rhythm, last: place.value?.last };
        atomic.set(keys.letterReader(choice.hour, user), reader);
      }
      also(atomic);
    });
    if (done !== null) return choice;
  }
}

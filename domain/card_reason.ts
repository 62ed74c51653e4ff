import type { Card } from "./card.ts";
import { dateAt } from "./day.ts";
import type { Lang } from "./person.ts";
import { inWords } from "./words/dates.ts";
import { fill } from "./words/fill.ts";
import type { Words } from "./words/words.ts";

/** Why a mistake comes back in a scene, for its reader: when and where it was made, and what to try instead. */
export function reasonOf({ said, better, madeAt, source }: Card, words: Words, lang: Lang, zone: string): string {
  const { reason, sources } = words.cards;
  const day = inWords(dateAt(madeAt, zone), "short", lang);
  return fill(reason, { day, where: sources[source.from], said, better });
}

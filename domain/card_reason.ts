import { dateAt } from "./day.ts";
import type { Lang } from "./person.ts";
import type { Review } from "./scene.ts";
import { inWords } from "./words/dates.ts";
import { fill } from "./words/fill.ts";
import type { Words } from "./words/words.ts";

/** Why a mistake comes back in a scene, for its reader: when and where it was made. "" when that is not known. */
export function reasonOf(
  { madeAt, from }: Pick<Review, "madeAt" | "from">,
  { reason, sources }: Pick<Words["cards"], "reason" | "sources">,
  lang: Lang,
  zone: string,
): string {
  if (madeAt === undefined || from === undefined) return "";
  return fill(reason, { day: inWords(dateAt(madeAt, zone), "short", lang), where: sources[from] });
}

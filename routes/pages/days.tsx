import { pathOf } from "../../domain/permalink.ts";
import { inWords } from "../../domain/words/dates.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { Around } from "./around.ts";

type Props = { c: AppContext; room: string; window: Pick<Around, "at" | "days"> };

/** Where in the past one is, and the ways on: the days beside it that have messages, and now. Nothing in the present. */
export function Days({ c, room, window: { at, days } }: Props) {
  if (at === undefined) return null;
  const { words: { search }, lang } = c.var;
  const path = pathOf(room);
  return (
    <nav class="row s days" aria-label={search.days}>
      {days?.before && (
        <a href={`${path}?day=${days.before}`} rel="prev" aria-label={search.before}>
          <Icon name="back" /> {inWords(days.before, "short", lang)}
        </a>
      )}
      <b>{days ? inWords(days.date, "day", lang) : search.around}</b>
      {days?.after && (
        <a href={`${path}?day=${days.after}`} rel="next" aria-label={search.after}>
          {inWords(days.after, "short", lang)} <Icon name="next" />
        </a>
      )}
      {days?.asked && <span>{search.quiet}</span>}
      <a href={path}>{search.now}</a>
    </nav>
  );
}

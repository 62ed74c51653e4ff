import { dateAt } from "../../domain/day.ts";
import type { Lang } from "../../domain/person.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";

/** "1,842", with one decimal below a hundred: "2.5". */
export const inFigures = (n: number, lang: Lang): string =>
  n.toLocaleString(lang, { maximumFractionDigits: n < 100 ? 1 : 0 });

/** US dollars; small sums keep four decimals. */
export const inMoney = (n: number, lang: Lang): string =>
  n.toLocaleString(lang, { style: "currency", currency: "USD", maximumFractionDigits: n > 0 && n < 1 ? 4 : 2 });

/** "11월 20일 오후 10:12". */
export const whenIn = (at: number, zone: string, lang: Lang): string =>
  `${inWords(dateAt(at, zone), "short", lang)} ${clockIn(at, zone, lang)}`;

/** The time of day of what is from today, else the date. */
export const brieflyIn = (at: number, now: number, zone: string, lang: Lang): string =>
  dateAt(at, zone) === dateAt(now, zone) ? clockIn(at, zone, lang) : inWords(dateAt(at, zone), "short", lang);

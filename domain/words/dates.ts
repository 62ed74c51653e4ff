import type { Lang } from "../person.ts";

type Shape = Intl.DateTimeFormatOptions;
const shapes = {
  full: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  day: { month: "long", day: "numeric", weekday: "long" },
  short: { month: "long", day: "numeric" },
  narrow: { month: "numeric", day: "numeric", weekday: "short" },
  weekday: { weekday: "narrow" },
} satisfies Record<string, Shape>;
const locales: Record<Lang, string> = { ko: "ko-KR", en: "en-GB", ja: "ja-JP" };
const formats = new Map<string, Intl.DateTimeFormat>();

/** A date such as "2025-11-20" in words: `day` is "11월 20일 목요일", `short` leaves the weekday out, `full` adds the year. */
export const inWords = (date: string, shape: keyof typeof shapes, lang: Lang): string =>
  format(lang, { ...shapes[shape], timeZone: "UTC" }).format(Date.parse(`${date}T00:00:00Z`));

/** The time of day in a zone: "오후 10:08". `at` is epoch milliseconds. */
export const clockIn = (at: number, zone: string, lang: Lang): string =>
  format(lang, { hour: "numeric", minute: "2-digit", timeZone: zone }).format(at);

/** A day and time in a zone: "11월 20일 오후 10:08". `at` is epoch milliseconds. */
export const momentIn = (at: number, zone: string, lang: Lang): string =>
  format(lang, { month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZone: zone }).format(at);

function format(lang: Lang, shape: Shape): Intl.DateTimeFormat {
  const name = `${lang} ${JSON.stringify(shape)}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat(locales[lang], shape);
  formats.set(name, known);
  return known;
}

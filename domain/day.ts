const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The date, `2026-11-20`, that a wall calendar in `zone` shows at `time` (epoch milliseconds). */
export function dateAt(time: number, zone: string): string {
  return new Date(time + offset(time, zone)).toISOString().slice(0, 10);
}

/** Epoch milliseconds at which clocks in `zone` show `hour:minute` on `date`. A time that a change of clocks skips
 * is taken as if they had not changed yet; of two equal times the first counts. Intl and not Temporal, because Deno
 * Deploy's Deno has none. */
export function timeAt(date: string, hour: number, minute: number, zone: string): number {
  const wall = Date.parse(`${date}T00:00:00Z`) + (hour * 60 + minute) * 60_000;
  const before = wall - offset(wall - DAY, zone);
  const after = wall - offset(wall + DAY, zone);
  const first = Math.min(before, after);
  return first + offset(first, zone) === wall ? first : before === first ? after : before;
}

/** The date so many days after (or, negative, before) another. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days since 1 January 1970. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** How far the clocks of `zone` are ahead of UTC at `time`, in milliseconds. */
function offset(time: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, Number(value)]));
  const shown = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second);
  return shown - Math.floor(time / 1000) * 1000;
}

import type { MyQuestion } from "./my_data.ts";

/** An address of My Page that changes what is said and keeps the span of the tree. */
export function myLink({ weeks }: MyQuestion, { day, page }: { day?: string; page?: number }): string {
  const query = new URLSearchParams();
  if (weeks !== 2) query.set("weeks", String(weeks));
  if (day) query.set("day", day);
  if (page && page > 1) query.set("page", String(page));
  return `/mypage${query.size ? `?${query}` : ""}#history`;
}

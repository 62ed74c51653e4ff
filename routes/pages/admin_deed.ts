import type { AuditEntry } from "../../domain/keeping.ts";
import type { Words } from "../../domain/words/words.ts";

/** What was done, in a line: the deed, to whom, where (`titles` by room), and from what to what. */
export function deedOf(
  words: Words,
  titles: Map<string, string>,
  { deed, whom, room, seq, from, to }: AuditEntry,
): string {
  const { order, roles } = words;
  const title = room && (titles.get(room) ?? room);
  const place = title && seq !== undefined ? `${title} #${seq}` : title;
  const change = from && to && `${roles[from]} → ${roles[to]}`;
  return [order.deeds[deed], whom?.nickname, place, change].filter(Boolean).join(" · ");
}

import type { AuditEntry } from "../../domain/keeping.ts";
import type { Words } from "../../domain/words/words.ts";

/** What was done, in a line: the deed, to whom, where, and from what to what. */
export function deedOf(words: Words, { deed, whom, room, seq, from, to }: AuditEntry): string {
  const { order, roles } = words;
  const place = room && (seq === undefined ? room : `${room} #${seq}`);
  const change = from && to && `${roles[from]} → ${roles[to]}`;
  return [order.deeds[deed], whom?.nickname, place, change].filter(Boolean).join(" · ");
}

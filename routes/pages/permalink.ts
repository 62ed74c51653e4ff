import { z } from "zod";

/** A message that is linked to stands among so many later ones. */
const LATER = 6;
const number = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER - LATER).optional().catch(undefined);
const question = z.object({ before: number, at: number });

/** Where a page of a room that was asked for ends: `?before=` a number, or `?at=` a message and what came after it. */
export function startOf(query: Record<string, string>): number | undefined {
  const { before, at } = question.parse(query);
  return before ?? (at && at + LATER);
}

import type { AuditEntry, Deed } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { writeDown } from "../kv/audit.ts";
import type { Parts } from "./context.ts";

/** An entry of the audit log for what has no atomic of its own. Problem `busy` when it could not be written. */
export async function note(
  { store, now }: Pick<Parts, "store" | "now">,
  { id, nickname, role }: Who,
  deed: Deed,
  more: Omit<AuditEntry, "id" | "at" | "deed" | "by">,
): Promise<void> {
  const entry = { at: now(), deed, by: { id, nickname, role }, ...more };
  if (await store.commit((atomic) => writeDown(atomic, entry)) === null) throw new Problem("busy", { wait: 1 });
}

import type { Report } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { isDirect } from "../domain/room.ts";
import { findReport } from "../kv/reports.ts";
import type { Parts } from "./context.ts";
import { note } from "./note.ts";

/** The whole of a report. Who reads what two people said to each other leaves a line of the audit. Problem `not_found`. */
export async function readReport(parts: Pick<Parts, "store" | "now">, who: Who, id: string): Promise<Report> {
  const report = await findReport(parts.store, id);
  if (!report) throw new Problem("not_found");
  const { room, message: { seq, author: { id: writer, nickname } } } = report;
  if (isDirect(room)) {
    await note(parts, who, "read", { why: "", room, seq, whom: { id: writer, nickname }, report: id });
  }
  return report;
}

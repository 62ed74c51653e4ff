import type { Report, settlement } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { writeDown } from "../kv/audit.ts";
import { openReport, reopenReport, settleReport } from "../kv/reports.ts";
import type { Because } from "./change_room.ts";
import type { Parts } from "./context.ts";
import type { z } from "zod";

type Sources = Pick<Parts, "store" | "powers" | "rooms" | "now">;

/** What becomes of a report. The message is hidden first: done twice, it is hidden once. Problem `not_found`. */
export async function settle(
  { store, powers, rooms, now }: Sources,
  who: Who,
  id: string,
  { outcome, why }: z.output<typeof settlement>,
): Promise<Report> {
  const { room: place, message } = await openReport(store, id);
  const room = await rooms.get(place);
  if (outcome === "hidden" && room) await powers.hide(room, who, message.seq, { why }).catch(unlessGone);
  const by = { id: who.id, nickname: who.nickname, role: who.role };
  const { id: author, nickname } = message.author;
  const whom = { id: author, nickname };
  return await settleReport(store, id, { outcome, by, at: now(), why }, (atomic) => {
    writeDown(atomic, { at: now(), deed: "settle", by, whom, room: place, seq: message.seq, why, report: id });
  });
}

/** The report waits again. What was hidden stays so: that has an entry of its own. Problem `not_found`. */
export async function unsettle(
  { store, now }: Pick<Sources, "store" | "now">,
  { id, nickname, role }: Who,
  report: string,
  because: Because,
): Promise<void> {
  await reopenReport(store, report, (atomic, { room, message }) => {
    const whom = { id: message.author.id, nickname: message.author.nickname };
    const by = { id, nickname, role };
    writeDown(atomic, { at: now(), deed: "unsettle", by, whom, room, seq: message.seq, report, ...because });
  });
}

/** What its author took away meanwhile is not there to be hidden. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Problem) || error.code !== "not_found") throw error;
}

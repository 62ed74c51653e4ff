import type { Quoted, Report } from "../domain/keeping.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { fileReport, reportedBy } from "../kv/reports.ts";
import { take } from "../kv/windows.ts";
import type { Parts } from "./context.ts";

/** Messages before and after a reported one. */
const CONTEXT = 3;

/** Tells keepers of a message: once per person and message; it keeps what it is about as it is now. */
export async function report(
  { store, log, env, now }: Pick<Parts, "store" | "log" | "env" | "now">,
  { id, nickname }: Who,
  room: string,
  seq: number,
  why: string,
): Promise<{ id: string; repeated: boolean }> {
  const first = await reportedBy(store, room, seq, id);
  if (first) return { id: first, repeated: true };
  const message = (await log.messages(room, [seq])).at(0);
  if (!message || message.change || message.gone) throw new Problem("not_found");
  if (message.author.id === id) throw new Problem("forbidden");
  await take(store, "reportByPerson", id, now(), env.rateLimitScale);
  const [before, after] = await Promise.all([
    log.page(room, { before: seq }, CONTEXT),
    log.page(room, { after: seq }, CONTEXT),
  ]);
  const filed: Omit<Report, "id"> = {
    at: now(),
    room,
    message: quoted(message),
    before: before.map(quoted),
    after: after.map(quoted),
    by: { id, nickname },
    why,
  };
  return await fileReport(store, filed);
}

const quoted = ({ seq, author, text, at, photo }: Message): Quoted => ({ seq, author, text, at, photo: photo?.id });

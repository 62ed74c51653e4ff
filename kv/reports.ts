import { ulid } from "ulid";
import type { Report } from "../domain/keeping.ts";
import { Problem } from "../domain/problems.ts";
import { isDirect } from "../domain/room.ts";
import { keys, type ReportState } from "./keys.ts";
import type { Store } from "./store.ts";

/** Stores it; the same person's second report of a message is the first one again. */
export async function fileReport(
  store: Store,
  report: Omit<Report, "id">,
): Promise<{ id: string; repeated: boolean }> {
  const mark = keys.reported(report.room, report.message.seq, report.by.id);
  const id = ulid(report.at);
  const done = await store.commit((atomic) =>
    atomic.check({ key: mark, versionstamp: null }).set(mark, id).set(keys.report("open", id), { ...report, id })
  );
  if (done !== null) return { id, repeated: false };
  const first = (await store.get(mark)).value;
  if (first === null) throw new Problem("unavailable");
  return { id: first, repeated: first !== id };
}

/** The id of the report that this person made of a message. */
export async function reportedBy(store: Store, room: string, seq: number, person: string): Promise<string | null> {
  return (await store.get(keys.reported(room, seq, person))).value;
}

/** Newest first; without the words of rooms of two, which are read one by one. */
export async function reportPage(
  store: Store,
  state: ReportState,
  page: number,
  size: number,
): Promise<{ items: Report[]; more: boolean }> {
  const rows = await store.list(keys.reports(state), { reverse: true, limit: page * size + 1 });
  return {
    items: rows.slice((page - 1) * size, page * size).map(({ value }) => isDirect(value.room) ? sealed(value) : value),
    more: rows.length > page * size,
  };
}

const sealed = (report: Report): Report => ({
  ...report,
  message: { ...report.message, text: "", photo: undefined },
  before: [],
  after: [],
});

/** A report in whichever state. */
export async function findReport(store: Store, id: string): Promise<Report | null> {
  const [open, settled] = await store.getMany([keys.report("open", id), keys.report("settled", id)]);
  return open.value ?? settled.value;
}

export async function openReport(store: Store, id: string): Promise<Report> {
  const { value } = await store.get(keys.report("open", id));
  if (!value) throw new Problem("not_found");
  return value;
}

/** Moves it back into the queue. Problem `not_found` when it is there. */
export async function reopenReport(
  store: Store,
  id: string,
  also: (atomic: Deno.AtomicOperation, report: Report) => void,
): Promise<void> {
  const found = await store.get(keys.report("settled", id));
  if (!found.value) throw new Problem("not_found");
  const { settled: _, ...report } = found.value;
  const done = await store.commit((atomic) => {
    atomic.check(found).delete(found.key).set(keys.report("open", id), report);
    also(atomic, report);
  });
  if (done === null) throw new Problem("not_found");
}

/** Moves it out of the queue. Problem `not_found` when somebody else was faster. */
export async function settleReport(
  store: Store,
  id: string,
  settled: NonNullable<Report["settled"]>,
  also: (atomic: Deno.AtomicOperation) => void,
): Promise<Report> {
  const found = await store.get(keys.report("open", id));
  if (!found.value) throw new Problem("not_found");
  const report = { ...found.value, settled };
  const done = await store.commit((atomic) => {
    atomic.check(found).delete(found.key).set(keys.report("settled", id), report);
    also(atomic);
  });
  if (done === null) throw new Problem("not_found");
  return report;
}

import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { writeDown } from "../kv/audit.ts";
import { keys } from "../kv/keys.ts";
import { blockedWords } from "../kv/order.ts";
import { announce } from "../realtime/house.ts";
import type { Because } from "./change_room.ts";
import type { Parts } from "./context.ts";

/** Other words may not be written from now on; goes into the record, and to all isolates. Problem `busy`. */
export async function blockWords(
  { store, log, now }: Pick<Parts, "store" | "log" | "now">,
  { id, nickname, role }: Who,
  words: string[],
  because: Because,
): Promise<void> {
  const before = [...await blockedWords(store)];
  const entry = { at: now(), deed: "words" as const, by: { id, nickname, role }, words: before, ...because };
  const done = await store.commit((atomic) => writeDown(atomic.set(keys.blockedWords(), words), entry));
  if (done === null) throw new Problem("busy", { wait: 1 });
  await announce(log, { type: "order", what: "words", user: "" });
}

import type { z } from "zod";
import type { wordList } from "../domain/keeping.ts";
import type { Who } from "../domain/person.ts";
import { Problem } from "../domain/problems.ts";
import { writeDown } from "../kv/audit.ts";
import { keys } from "../kv/keys.ts";
import { announce } from "../realtime/house.ts";
import type { Parts } from "./context.ts";

/** Words that nobody may write from now on, on all isolates, with an entry in the audit log. Problem `busy`. */
export async function changeWords(
  { store, log, now }: Pick<Parts, "store" | "log" | "now">,
  { id, nickname, role }: Who,
  { words, why }: z.output<typeof wordList>,
): Promise<void> {
  const entry = { at: now(), deed: "words" as const, by: { id, nickname, role }, why };
  const done = await store.commit((atomic) => writeDown(atomic.set(keys.blockedWords(), words), entry));
  if (done === null) throw new Problem("busy", { wait: 1 });
  await announce(log, { type: "order", what: "words", user: "" });
}

import type { Message } from "./message.ts";

/**
 * The talk of an AI room is a tree in its log. A message follows what stood last before it, unless `after` names another
 * (0: it is the first); an entry `switched` says after which message (`leaf`) the talk goes on.
 */
type Entry = Pick<Message, "seq" | "kind" | "after" | "event" | "change">;

/** Messages, and what happened in the scene besides: they have a place in the tree. */
const hasPlace = ({ change, event }: Entry): boolean => !change && event?.type !== "switched";

/** The branch that is shown: of `entries`, oldest first, those that lead to the newest. Rooms without branches have one. */
export const pathOf = <E extends Entry>(entries: readonly E[]): E[] => pathTo(entries, Infinity).path;

/**
 * The part of a branch that stands among `entries`. `want` is the number that the branch goes on from, Infinity for
 * the newest; the answer's `want` is where it goes on before these entries.
 */
export function pathTo<E extends Entry>(entries: readonly E[], want: number): { path: E[]; want: number } {
  const path: E[] = [];
  for (const entry of entries.toReversed()) {
    if (want !== Infinity && entry.seq !== want) continue;
    if (entry.event?.type === "switched") want = entry.event.leaf;
    if (!hasPlace(entry)) continue;
    path.unshift(entry);
    want = entry.after ?? Infinity;
  }
  return { path, want };
}

/** The newest message of the branches that lead through `seq`: of all entries, oldest first. */
export function leafUnder(entries: readonly Entry[], seq: number): number {
  const under = new Set([seq]);
  let last = 0, leaf = seq;
  for (const entry of entries) {
    if (entry.event?.type === "switched") last = entry.event.leaf;
    if (!hasPlace(entry)) continue;
    if (under.has(entry.after ?? last)) {
      under.add(entry.seq);
      leaf = entry.seq;
    }
    last = entry.seq;
  }
  return leaf;
}

/** What the message follows on its branch; 0 for the first. All entries, oldest first. */
export function parentOf(entries: readonly Entry[], seq: number): number {
  const path = pathTo(entries, seq).path;
  return path.at(-2)?.seq ?? 0;
}

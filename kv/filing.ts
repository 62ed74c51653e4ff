import type { LogLine } from "../domain/logger.ts";
import type { Unfiled } from "./author.ts";
import { fileInto, setHead, setLeaves } from "./group.ts";
import type { HeadRecord } from "./keys.ts";
import { type Known, learn, type openKnown } from "./known.ts";
import type { Store } from "./store.ts";
import type { Published } from "./writer.ts";

/** Messages of a room that may wait to be filed; a reader of an author's index reads them all. */
const MOST_UNFILED = 2_000;
/** Authors whose leaves are written in one atomic. */
const MOST_AUTHORS = 500;

/** Writes what a crowd said into its authors' indexes, many groups together: between two groups, since it changes the head. */
export function openFiling({ store, rooms, line, published }: {
  store: Store;
  rooms: ReturnType<typeof openKnown>;
  line: LogLine;
  published: Published;
}) {
  const crowded = new Set<string>();
  let due = false;

  /** A room that was written to. */
  function note(room: string): void {
    if (rooms.get(room)?.unfiled.length) crowded.add(room);
  }

  /** All that waits is due, here and in these rooms. `false` when that is nothing. */
  function ask(also: string[]): boolean {
    for (const room of also) crowded.add(room);
    return due ||= crowded.size > 0;
  }

  /** All that waits, when it is due; else only where too much does. What does not go through, does later. */
  async function work(): Promise<void> {
    const all = due;
    due = false;
    for (const room of crowded) {
      if (!all && (rooms.get(room)?.unfiled.length ?? 0) < MOST_UNFILED) continue;
      await file(room).catch((error) => {
        rooms.doubt(room);
        line("warn", "filing_failed", { error: String(error) });
      });
    }
  }

  async function file(room: string): Promise<void> {
    await rooms.recall([{ room }]);
    const known = rooms.get(room);
    if (known?.head.filed === undefined) return void crowded.delete(room);
    const { head, entries, authors } = firstOf(known), base = known.versionstamp;
    await rooms.recall([...authors].map((author) => ({ room, author })));
    if (known !== rooms.get(room) || known.versionstamp !== base) return;
    const leaves = fileInto(new Map(), room, entries, known.own);
    const versionstamp = await store.commit((atomic) => {
      setHead(atomic, room, head, base);
      setLeaves(atomic, leaves);
    });
    if (!versionstamp || known.versionstamp !== base) return rooms.doubt(room);
    learn(known, { head, versionstamp }, []);
    published(room, [], { head, versionstamp });
  }

  return { note, ask, isDue: () => due, work };
}

/** Of what waits in a room: the first that fit into one atomic, and the head that says so. */
function firstOf({ head, unfiled }: Known): { head: HeadRecord; entries: Unfiled[]; authors: Set<string> } {
  const authors = new Set<string>();
  let count = 0;
  for (; count < unfiled.length && authors.size < MOST_AUTHORS; count++) authors.add(unfiled[count].author);
  const { filed: _, ...all } = head;
  const entries = unfiled.slice(0, count);
  return { head: count < unfiled.length ? { ...all, filed: entries.at(-1)!.seq } : all, entries, authors };
}

import type { LogLine } from "../domain/logger.ts";
import { HOUSE } from "../domain/room.ts";
import { indexRoom } from "../kv/gram_index.ts";
import { keys } from "../kv/keys.ts";
import type { Store } from "../kv/store.ts";

/** So many new entries are indexed at the next pass; fewer wait for so many passes. A search reads them meanwhile. */
const MANY = 256;
const PATIENT_PASSES = 30;
/** After so many passes, and at the first, all rooms are looked at: for what an isolate left that is no more. */
const ROUND = 600;

/** Keeps the index behind the logs, off the way of messages. Any number of isolates may do so for the same rooms. */
export type Indexer = {
  /** New entries in a room. */
  note(room: string, entries: number): void;
  /** One healing pass: starts what is due, does not wait for it. */
  pass(): void;
  /** Resolves when what is running has come to a good place. */
  stop(): Promise<void>;
};

/** `file` takes rooms whose writer died before it filed what a crowd said: for the log. */
export function openIndexer({ store, line, file }: {
  store: Store;
  line: LogLine;
  file: (rooms: string[]) => void;
}): Indexer {
  const due = new Map<string, { entries: number; passes: number }>();
  let running: Promise<void> | undefined;
  let untilRound = 0, stopped = false;

  async function run(rooms: string[], round: boolean): Promise<void> {
    try {
      for (const room of round ? await roundOf(store, file) : rooms) {
        if (!stopped && await isFindable(room)) await indexRoom(store, room, () => stopped);
      }
    } catch (error) {
      line("warn", "index_failed", { error: String(error) });
    } finally {
      running = undefined;
    }
  }

  const isFindable = async (room: string): Promise<boolean> => (await store.get(keys.offRecord(room))).value === null;

  return {
    note(room, entries) {
      if (room === HOUSE) return;
      const noted = due.get(room) ?? { entries: 0, passes: 0 };
      noted.entries += entries;
      due.set(room, noted);
    },
    pass() {
      for (const noted of due.values()) noted.passes++;
      untilRound--;
      if (running || stopped) return;
      const round = untilRound < 0;
      if (round) untilRound = ROUND;
      const ready = [...due].filter(([, { entries, passes }]) => entries >= MANY || passes >= PATIENT_PASSES);
      if (!ready.length && !round) return;
      const rooms = ready.map(([room]) => room);
      for (const room of rooms) due.delete(room);
      running = run(rooms, round);
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}

/** Rooms whose log has gone on beyond their index; those whose authors' indexes stayed behind are filed. */
async function roundOf(store: Store, file: (rooms: string[]) => void): Promise<string[]> {
  const heads = await store.list(keys.heads());
  const rooms = heads.map(({ key }) => key.at(-1) as string);
  file(rooms.filter((_, i) => heads[i].value.filed !== undefined));
  const cursors = await store.getMany(rooms.map(keys.indexed));
  return rooms.filter((room, i) => room !== HOUSE && heads[i].value.seq > (cursors[i].value ?? 0));
}

import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { type Bell, bellOf, BELLS, keys, type Presence } from "../kv/keys.ts";
import type { Stamp } from "../kv/known.ts";
import type { Store } from "../kv/store.ts";

/** What isolates of one process tell each other at once. Nothing here is promised to arrive: the log is the truth. */
export type Word =
  | { type: "committed"; room: string; messages: Message[]; stamp: Stamp }
  | { type: "typing"; room: string; person: { id: string; nickname: string } }
  | { type: "people"; room: string; isolate: string } & Pick<Presence, "people" | "names">
  /** A frame that is not in the log, for who follows a room. */
  | { type: "whisper"; room: string; frame: ServerFrame }
  /** More of an answer of the companion, after `from` characters. */
  | { type: "answer"; room: string; seq: number; from: number; text: string }
  /** Somebody did not hear it from its beginning. */
  | { type: "answer_wanted"; room: string; seq: number }
  | { type: "answer_stop"; room: string; seq: number };

export type Bus = { tell(word: Word): void; close(): Promise<void> };

/**
 * The other isolates. `channel` is the fast path inside a process (null: alone, or switched off). `bells` follows
 * the doorbells of the log, which cross processes where KV does; `ring` is then called with each room to look at.
 */
export function openBus(parts: {
  channel: BroadcastChannel | null;
  bells: boolean;
  store: Store;
  isolate: string;
  line: LogLine;
  hear(word: Word): void;
  ring(mayConcern: (room: string) => boolean): void;
}): Bus {
  const { channel } = parts;
  if (channel) channel.onmessage = ({ data }) => parts.hear(data as Word);
  const watching = parts.bells ? watchBells(parts) : null;
  return {
    tell: (word) => channel?.postMessage(word),
    async close() {
      channel?.close();
      await watching?.stop();
    },
  };
}

function watchBells({ store, isolate, line, ring }: Parameters<typeof openBus>[0]) {
  const stopped = new AbortController();
  let reader: ReadableStreamDefaultReader<Deno.KvEntryMaybe<unknown>[]> | undefined;
  const heard: (string | null)[] = [];
  const done = (async () => {
    for (let failures = 0; !stopped.signal.aborted; failures++) {
      try {
        reader = store.watch(Array.from({ length: BELLS }, (_, n) => keys.bell(n))).getReader();
        for (let rung = await reader.read(); !rung.done; rung = await reader.read()) {
          failures = 0;
          listenTo(rung.value);
        }
      } catch (error) {
        if (!stopped.signal.aborted) line("warn", "bells_failed", { error: String(error) });
      }
      if (!stopped.signal.aborted) await new Promise((go) => setTimeout(go, Math.min(5_000, 100 * 2 ** failures)));
    }
  })();

  function listenTo(entries: Deno.KvEntryMaybe<unknown>[]): void {
    const rung = new Set<number>();
    entries.forEach(({ value, versionstamp }, n) => {
      if (heard[n] !== versionstamp && (value as Bell | null)?.by !== isolate) rung.add(n);
      heard[n] = versionstamp;
    });
    if (rung.size) ring((room) => rung.has(bellOf(room)));
  }

  return {
    async stop() {
      stopped.abort();
      await reader?.cancel().catch(() => {});
      await done;
    },
  };
}

import { limits } from "../domain/limits.ts";
import type { LogLine } from "../domain/logger.ts";
import type { Message } from "../domain/message.ts";
import type { Log } from "../kv/log.ts";
import type { Feed, Live } from "./live.ts";
import { framesOf } from "./ring.ts";

/** Entries that are read from the log together. */
export const PAGE = 300;

/** How a socket that is behind gets to where its room is. */
export function openFollow({ log, line, isClosed }: { log: Log; line: LogLine; isClosed(): boolean }) {
  /** What comes next for a feed, up to what has been flushed: from memory, or a page from the log. */
  async function missed(live: Live, feed: Feed): Promise<Message[]> {
    if (live.ring.reaches(feed.cursor)) return live.ring.items(feed.cursor, live.flushed);
    const page = await log.after(live.room, feed.cursor, PAGE);
    return page.filter(({ seq }) => seq <= live.flushed);
  }

  /** Brings a feed to where the flow is. The last step is synchronous: nothing slips in between. */
  async function follow(live: Live, feed: Feed): Promise<void> {
    try {
      while (!feed.gone) {
        if (feed.conn.buffered() > limits.buffered && !await drained(feed)) return feed.conn.close("slow");
        if (live.ring.reaches(feed.cursor)) {
          if (feed.cursor > live.flushed) live.flush((other) => void follow(live, other));
          for (const frame of live.frames(feed)) feed.conn.send(frame);
          return void live.flow.add(feed);
        }
        const items = await missed(live, feed);
        if (!items.length) throw new Error("the log has a hole");
        for (const frame of live.own(feed, items) ?? framesOf(live.room, items)) feed.conn.send(frame);
        feed.cursor = items.at(-1)!.seq;
      }
    } catch (error) {
      line("warn", "follow_failed", { error: String(error) });
      feed.conn.close("broken");
    }
  }

  async function drained(feed: Feed): Promise<boolean> {
    for (let waited = 0; waited < limits.lagTime && !feed.gone && !isClosed(); waited += 200) {
      await new Promise((go) => setTimeout(go, 200));
      if (feed.conn.buffered() < limits.buffered / 4) return true;
    }
    return false;
  }

  return { missed, follow };
}

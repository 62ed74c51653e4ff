import type { Message } from "../../domain/message.ts";

const PAGE = 50;
const PAUSE = 300;

/** A page of history. It is whole up to `upTo`; `head` is the end of the log. */
export type PageOf = { items: Message[]; head: number; upTo: number };

/** Reads history, one page at a time; `null` when another is being read, or the line is down. */
export function openPages(room: string, hush: () => void) {
  let loading = false;
  return {
    async read(query: string): Promise<PageOf | null> {
      if (loading) return null;
      loading = true;
      hush();
      try {
        const answer = await fetch(`/api/rooms/${room}/messages?limit=${PAGE}&${query}`);
        if (!answer.ok) return null;
        const { items, head } = await answer.json() as { items: Message[]; head: number };
        return { items, head, upTo: items.length < PAGE ? head : items.at(-1)!.seq };
      } catch {
        return null; // the reader scrolls again when the line is back
      } finally {
        setTimeout(() => loading = false, PAUSE);
      }
    },
  };
}

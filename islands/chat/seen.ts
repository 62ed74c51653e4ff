import { openNote, type Shelf } from "./outbox.ts";
import type { Chat } from "./state.ts";

/** What was read last on this device, for when there is no connection. Only of rooms that everybody may read. */
export type Seen = { title: string; at: number; said: { who: string; text: string; at: number }[] };

const MOST = 30;
const note = (shelf: Shelf | null) => openNote(shelf, "seen");

export function readSeen(shelf: Shelf | null): Seen | null {
  try {
    return JSON.parse(note(shelf).read() || "null");
  } catch {
    return null;
  }
}

/** Keeps it whenever the page is left or put aside. */
export function keepSeen(shelf: Shelf | null, title: string, chat: () => Chat): void {
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    const said = chat().items.filter(({ gone, kind, text }) => !gone && kind !== "system" && text).slice(-MOST)
      .map(({ author, text, at }) => ({ who: author.nickname, text, at }));
    if (said.length) note(shelf).keep(JSON.stringify({ title, at: Date.now(), said } satisfies Seen));
  });
}

import type { Sending } from "./state.ts";

/** As much of `localStorage` as this needs; it may throw (full, forbidden), and the page goes on without. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/**
 * What was sent and not yet confirmed survives a reload. Each buzz lies under a key of its own, so that two tabs do not
 * write over each other; both may send it, and the log stores it once.
 */
export function openOutbox(shelf: Shelf | null, user: string, room: string) {
  const prefix = `jb:out:${user}:${room}:`;
  const kept = new Map<string, string>();

  return {
    /** In the order they were written: the ids grow with time. */
    read(): Sending[] {
      const found: Sending[] = [];
      attempt(() => {
        for (let i = 0; i < (shelf?.length ?? 0); i++) {
          const key = shelf!.key(i) ?? "";
          if (key.startsWith(prefix)) found.push(JSON.parse(shelf!.getItem(key) ?? ""));
        }
      });
      found.sort((a, b) => a.clientId < b.clientId ? -1 : 1);
      for (const sending of found) kept.set(sending.clientId, JSON.stringify(sending));
      return found;
    },
    /** Writes what is new or changed, removes what is gone. */
    keep(outbox: Sending[]): void {
      const now = new Map(outbox.map((sending) => [sending.clientId, JSON.stringify(sending)]));
      attempt(() => {
        for (const [id, text] of now) if (kept.get(id) !== text) shelf?.setItem(prefix + id, text);
        for (const id of kept.keys()) if (!now.has(id)) shelf?.removeItem(prefix + id);
      });
      kept.clear();
      for (const [id, text] of now) kept.set(id, text);
    },
  };
}

/** One text kept under a name: a draft, a place in the log. */
export function openNote(shelf: Shelf | null, name: string) {
  const key = `jb:${name}`;
  return {
    read: (): string => attempt(() => shelf?.getItem(key)) ?? "",
    keep: (text: string) => attempt(() => text ? shelf?.setItem(key, text) : shelf?.removeItem(key)),
  };
}

/** Tells this browser from others, so that a guest's tabs count as one. */
export function visitorOf(shelf: Shelf | null): string {
  const note = openNote(shelf, "visitor");
  if (!note.read()) note.keep(crypto.randomUUID());
  return note.read();
}

/** A UUIDv7: it grows with time, so that the store keeps neighbours together. */
export function newId(now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | (bytes[6] & 15);
  bytes[8] = 0x80 | (bytes[8] & 63);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** The browser's own shelf, where there is one that may be used. */
export const browserShelf = (): Shelf | null => attempt(() => globalThis.localStorage) ?? null;

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

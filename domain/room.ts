import type { Kind } from "./message.ts";
import type { Who } from "./person.ts";
import { Problem } from "./problems.ts";

export type RoomKind = "plaza" | "house";
export type Room = { id: string; kind: RoomKind };

export const PLAZA = "plaza";
/** The isolates' own room: what all of them must hear (a new letter, an ended session) is a message in it. */
export const HOUSE = "house";

type Rules = {
  mayRead(who: Who | null): boolean;
  mayWrite(who: Who | null): boolean;
  /** Characters (code points) of one message. */
  maxText: number;
};

/** What differs between kinds of rooms; everything else is the same log. */
export const rules: Record<RoomKind, Rules> = {
  plaza: { mayRead: () => true, mayWrite: (who) => who !== null, maxText: 500 },
  house: { mayRead: () => false, mayWrite: () => false, maxText: 4000 },
};

export const kindOf = (who: Who): Kind => who.role === "admin" ? "admin" : "user";

/** Problem `invalid` for a text that is longer than its room takes. */
export function checkText(kind: RoomKind, text: string): void {
  const { maxText } = rules[kind];
  if (text.length > maxText && [...text].length > maxText) {
    throw new Problem("invalid", { fields: { text: `text_long:${maxText}` } });
  }
}

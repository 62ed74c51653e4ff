import type { RoomKind } from "./room.ts";

/** What one's own timeline is made of. */
export const sorts = ["buzz", "live", "direct", "roleplay", "practice", "letter"] as const;
export type Sort = (typeof sorts)[number];

/** In which kind of room one writes what. */
export const sortOf: Partial<Record<RoomKind, Sort>> = {
  plaza: "buzz",
  live: "live",
  direct: "direct",
  roleplay: "roleplay",
  practice: "practice",
};

/** A place in the timeline; `at` is epoch milliseconds. Of two at the same time the one whose room's id is smaller comes first. */
export type Spot = { at: number; room: string; seq: number };

/** Newest first. */
export const inOrder = (a: Spot, b: Spot): number =>
  b.at - a.at || (a.room === b.room ? b.seq - a.seq : a.room < b.room ? -1 : 1);

/** Before all that was written at `time` or later, in the order of the timeline. */
export const spotBelow = (time: number): Spot => ({ at: time - 1, room: "", seq: Infinity });

export const spotText = ({ at, seq, room }: Spot): string => `${at}.${seq}.${room}`;

/** `undefined` for what is no spot. */
export function readSpot(text: string): Spot | undefined {
  const [at, seq, room] = /^(\d{1,15})\.(\d{1,15})\.([\w-]{1,80})$/.exec(text)?.slice(1) ?? [];
  return room === undefined ? undefined : { at: Number(at), seq: Number(seq), room };
}

import type { Role } from "./person.ts";
import type { Room } from "./room.ts";

type Person = { id: string; role: Role };

/** How much somebody has to say; in one's own room a little more than a guest of it. */
export function rankIn(room: Room | null, { id, role }: Person): number {
  if (role === "admin") return 3;
  if (role === "moderator") return 2;
  return room?.owner === id ? 1 : 0;
}

/** Whether one may act on another: in a room, or (`null`) in the whole place. Nobody on themself or on their equal. */
export function mayTouch(room: Room | null, one: Person, other: Person): boolean {
  if (one.id === other.id || room?.kind === "house") return false;
  const rank = rankIn(room, one);
  return rank > rankIn(room, other) && rank >= (room ? 1 : 3);
}

/** What somebody decided is taken back by them, or by one who has as much to say. */
export const mayUndo = (room: Room | null, one: Person, by: Person): boolean =>
  one.id === by.id || rankIn(room, one) >= rankIn(room, by);

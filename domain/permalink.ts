import { isDirect, PLAZA, type RoomKind, STREAMING } from "./room.ts";

/** The page of a room; the id of an AI room does not say that it is one. */
export function pathOf(room: string, kind?: RoomKind): string {
  if (room === PLAZA) return "/";
  if (room === STREAMING) return "/streaming";
  if (isDirect(room)) return `/chats/${room}`;
  return kind === "roleplay" || kind === "practice" ? `/${kind}/${room}` : `/live/${room}`;
}

/** Opens a room at one message: the number for the server, and for a browser without scripts where to scroll. */
export const permalink = (room: string, seq: number, kind?: RoomKind): string =>
  `${pathOf(room, kind)}?at=${seq}#m${seq}`;

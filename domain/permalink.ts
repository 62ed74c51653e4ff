import { isDirect, PLAZA, STREAMING } from "./room.ts";

/** The page of a room. */
export const pathOf = (room: string): string =>
  room === PLAZA ? "/" : room === STREAMING ? "/streaming" : isDirect(room) ? `/chats/${room}` : `/live/${room}`;

/** Opens a room at one message: the number for the server, and for a browser without scripts where to scroll. */
export const permalink = (room: string, seq: number): string => `${pathOf(room)}?at=${seq}#m${seq}`;

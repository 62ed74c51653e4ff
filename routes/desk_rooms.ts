import { PLAZA, type Room, STREAMING } from "../domain/room.ts";
import { everyRoom } from "../kv/room_list.ts";
import type { Parts } from "./context.ts";

/** A room as the desk lists it: how many people are there now, over all isolates. */
export type DeskRoom = Room & { people: number };

/** The plaza, the streaming room, and every live room that was made, closed and private ones too, newest first. */
export async function deskRooms({ presence, rooms, store }: Parts): Promise<DeskRoom[]> {
  const [steady, made] = await Promise.all([
    Promise.all([PLAZA, STREAMING].map((id) => rooms.get(id))),
    everyRoom(store),
  ]);
  const all = [...steady.filter((room) => room !== null), ...made];
  return await Promise.all(all.map(async (room) => {
    return { ...room, people: room.closedAt === undefined ? await presence.look(room.id) : 0 };
  }));
}

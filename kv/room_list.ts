import { isSteady, PLAZA, type Room, STREAMING } from "../domain/room.ts";
import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Every live room that was made, private and closed ones too, newest first. For administrators alone. */
export async function everyRoom(store: Store): Promise<Room[]> {
  const rows = await store.list(keys.rooms());
  return rows.map(({ value }) => value).filter((room) => room.kind === "live" && !isSteady(room))
    .sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}

/** The ids of all rooms where something can be said: the plaza, the streaming room, every open live room. */
export async function openRoomIds(store: Store): Promise<string[]> {
  const rooms = await everyRoom(store);
  return [PLAZA, STREAMING, ...rooms.filter(({ closedAt }) => closedAt === undefined).map(({ id }) => id)];
}

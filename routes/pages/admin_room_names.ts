import { PLAZA, type Room, STREAMING } from "../../domain/room.ts";
import type { Words } from "../../domain/words/words.ts";

/** What a room is called; the two that are always there may have no title of their own. */
export const titleOf = ({ plaza, live }: Words, { id, title }: Pick<Room, "id" | "title">): string =>
  title ?? (id === PLAZA ? plaza.title : id === STREAMING ? live.streaming : id);

import { PLAZA, type Room, STREAMING } from "../../domain/room.ts";
import type { Words } from "../../domain/words/words.ts";
import type { Parts } from "../context.ts";

/** What a room is called; the two that are always there may have no title of their own. */
export const titleOf = ({ plaza, live }: Words, { id, title }: Pick<Room, "id" | "title">): string =>
  title ?? (id === PLAZA ? plaza.title : id === STREAMING ? live.streaming : id);

/** What the rooms of these are called, by id; a room that is not there any more by its id. */
export async function titlesOf(
  { rooms }: Pick<Parts, "rooms">,
  words: Words,
  all: { room?: string }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(all.flatMap(({ room }) => room ?? []))];
  const found = await Promise.all(ids.map((id) => rooms.get(id)));
  return new Map(ids.map((id, i) => [id, titleOf(words, found[i] ?? { id })]));
}

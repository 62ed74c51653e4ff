import type { Author, Message } from "../../domain/message.ts";
import type { Lang } from "../../domain/person.ts";
import type { Room } from "../../domain/room.ts";
import type { RoomLevel } from "../../domain/room_level.ts";
import type { Words } from "../../domain/words/words.ts";
import type { ChatWords, Place } from "../chat/view.ts";

/** What the reader may do here. */
export type May = { write: boolean; keep: boolean; own: boolean };
export type LiveWords = ChatWords & Pick<Words, "live" | "roomLevel" | "keeping">;

/** What the server tells the island of a live room, and draws by itself first. */
export type LiveData = {
  lang: Lang;
  sprite: string;
  /** The time zone in which the server drew the page at `now`. */
  zone: string;
  now: number;
  me: Author | null;
  title: string;
  room: { epoch: string; head: number; items: Message[]; people: number; upTo: number; kept: Message[]; about: Room };
  may: May;
  /** What the reader is told of here while away; absent for guests. */
  level?: RoomLevel;
  maxText: number;
  form: { clientId: string; draft: string };
  place: Place;
  words: LiveWords;
};

import type { Author, Message } from "../../domain/message.ts";
import type { PairView } from "../../domain/pair.ts";
import type { Lang } from "../../domain/person.ts";
import type { Room } from "../../domain/room.ts";
import type { Words } from "../../domain/words/words.ts";
import type { Receipt } from "../chat/chat.ts";
import type { ChatWords, Place } from "../chat/view.ts";
import type { ChatsProps } from "./list.tsx";

/** What the server tells the island of a room of two, and draws by itself first. */
export type DirectData = {
  lang: Lang;
  sprite: string;
  /** The time zone in which the server drew the page at `now`. */
  zone: string;
  now: number;
  me: Author;
  room: {
    epoch: string;
    head: number;
    items: Message[];
    people: number;
    upTo: number;
    about: Room;
    receipt: Receipt;
  };
  maxText: number;
  form: { clientId: string; draft: string };
  place: Place;
  words: ChatWords & { direct: Words["matching"]["chats"]; pair: Words["pair"] };
  /** What the other is called. */
  with: string;
  /** The pair interview, when there is one for this reader. */
  pair: PairView | null;
  list: ChatsProps;
};

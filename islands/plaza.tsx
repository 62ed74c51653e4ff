import type { Author, Message } from "../domain/message.ts";
import type { Lang } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import type { Chat } from "./chat/state.ts";
import type { Words } from "../domain/words/words.ts";
import type { ChatWords, Place } from "./chat/view.ts";
import type { Card } from "./letter_card.tsx";

/** What the server tells the island, and draws by itself first. Words are of the reader's language only. */
export type PlazaData = {
  lang: Lang;
  sprite: string;
  /** The letter's time zone, in which the server drew the page at `now`. */
  zone: string;
  now: number;
  today: string;
  me: Author | null;
  room: { epoch: string; head: number; items: Message[]; upTo: number; people: number };
  card: Card | null;
  maxText: number;
  form: { clientId: string; draft: string };
  place: Place;
  words: ChatWords & Pick<Words, "plaza">;
};

/** How many are here now. */
export function People({ chat, words }: { chat: Pick<Chat, "people">; words: PlazaData["words"] }) {
  return (
    <>
      <span class="dot" />
      {fill(words.plaza.people, { n: Math.max(1, chat.people) })}
    </>
  );
}

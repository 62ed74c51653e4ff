import type { Chat } from "../chat/state.ts";
import type { DirectData } from "./data.ts";

/** Whether the other is here, and what is between the two. */
export function Here({ chat, words }: { chat: Chat; words: DirectData["words"] }) {
  return chat.people > 1
    ? (
      <span class="ok">
        <span class="dot" /> {words.direct.here}
      </span>
    )
    : <span class="soft">{words.direct.away}</span>;
}

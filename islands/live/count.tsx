import { fill } from "../../domain/words/fill.ts";
import type { Hands } from "../chat/hands.ts";
import type { Chat } from "../chat/state.ts";
import type { LiveWords } from "./data.ts";

/** How many watch now. */
export function Count({ people, words }: { people: number; words: Pick<LiveWords, "live"> }) {
  return (
    <>
      <span class="dot" />
      {fill(words.live.watching, { n: Math.max(1, people) })}
    </>
  );
}

/** Everything, or only what matters most. */
export function Views({ chat, hands, words }: { chat: Chat; hands: Hands; words: LiveWords }) {
  const pick = (top: boolean, text: string) => (
    <button
      type="button"
      class="chip"
      aria-pressed={chat.top === top}
      onClick={() => hands.top(top)}
    >
      {text}
    </button>
  );
  return (
    <div class="row views" role="group" aria-label={words.live.view}>
      {pick(false, words.live.all)}
      {pick(true, words.live.top)}
    </div>
  );
}

import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { Chat } from "./state.ts";
import type { View } from "./view.ts";

type Props = { chat: Chat; view: View; length: number; now: number };

/** One line: who can read, or why it cannot go; and how much there is. */
export function Hint({ chat, view, length, now }: Props) {
  const over = length - view.maxText;
  return (
    <p class="hint" id="hint">
      <Why chat={chat} view={view} over={over} wait={now ? Math.ceil((chat.restUntil - now) / 1000) : 0} />
      {chat.about?.closedAt === undefined && <span class={over > 0 ? "num err" : "num"}>{length}/{view.maxText}</span>}
    </p>
  );
}

function Why(
  { chat, view: { words, place }, over, wait }: Pick<Props, "chat" | "view"> & { over: number; wait: number },
) {
  const { slow, readOnly } = chat.terms;
  if (wait > 0 && slow && !place.keeps) {
    return (
      <span>
        <Icon name="clock" /> {fill(words.chat.slow, { n: wait })}
      </span>
    );
  }
  if (wait > 0) return <span class="err">{fill(words.chat.wait, { n: wait })}</span>;
  if (over > 0) return <span class="err">{fill(words.chat.over, { n: over })}</span>;
  if (readOnly && !place.keeps) return <span>{words.chat.readOnly}</span>;
  if (!chat.me) return <span>{words.chat.guest}</span>;
  return <span>{slow && !place.keeps ? fill(words.chat.slowMode, { n: slow }) : place.audience}</span>;
}

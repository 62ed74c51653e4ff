import type { ComponentChildren } from "preact";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import { type Chat, fresh } from "./state.ts";
import type { View } from "./view.ts";

type NewProps = { chat: Chat; view: View; toEnd(): void };

/** Down to the newest; says how many are new. */
export function ToEnd({ chat, view, toEnd }: NewProps) {
  const n = fresh(chat);
  const { words } = view;
  return (
    <button type="button" class="chip newchip" onClick={toEnd}>
      <Icon name="down" />
      {n ? fill(words.chat.fresh, { n }) : words.chat.newest}
    </button>
  );
}

/** How the line is, and whether the login still holds. */
export function Connection({ chat, view }: { chat: Chat; view: View }) {
  const { chat: words } = view.words;
  const notice = (kind: string, icon: string, text: ComponentChildren) => (
    <p class={`notice ${kind}`}>
      <Icon name={icon} />
      <span>{text}</span>
    </p>
  );
  const back = chat.line === "back" && !chat.ended;
  return (
    <div role="status" class={chat.line === "lost" || back || chat.ended || chat.notice ? "stack tight" : "vh"}>
      {chat.notice && notice(chat.notice.bad ? "warn" : "", chat.notice.bad ? "x" : "check", chat.notice.text)}
      {chat.line === "lost" && notice("warn", "off", words.lost)}
      {back && notice("", "check", words.back)}
      {chat.ended && notice("warn", "door", words.ended)}
    </div>
  );
}

import { Component, type ComponentChildren } from "preact";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import { titleWith } from "./calls.ts";
import type { Hands } from "./hands.ts";
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

type CalledProps = { chat: Chat; view: View; hands: Hands; go(seq: number): void };

/** Who called the reader: told once, also by the page's title, until it is seen. */
export class Called extends Component<CalledProps> {
  override componentDidUpdate({ chat: { calls } }: CalledProps): void {
    const { length } = this.props.chat.calls;
    if (length !== calls.length) document.title = titleWith(document.title, length);
  }

  see = (): void => {
    const { chat, hands, go } = this.props;
    const [{ seq }] = chat.calls;
    hands.noticed();
    go(seq);
  };

  override render({ chat: { calls }, view: { words }, hands }: CalledProps) {
    const [first] = calls;
    const said = calls.length > 1 ? words.calls.many : words.calls.one;
    return (
      <div class={first ? "notice calls" : "vh"}>
        <p role="status">{first && fill(said, { name: first.nickname, n: calls.length - 1 })}</p>
        {first && <button type="button" class="chip" onClick={this.see}>{words.calls.see}</button>}
        {first && <button type="button" class="chip" onClick={() => hands.noticed()}>{words.calls.dismiss}</button>}
      </div>
    );
  }
}

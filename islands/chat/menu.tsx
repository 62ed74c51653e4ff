import { Component, createRef } from "preact";
import { type Message, type Reaction, reactions } from "../../domain/message.ts";
import { mayPractise, practiceOf } from "../../domain/may_practise.ts";
import { Icon } from "../icon.tsx";
import type { Act } from "./acts.ts";
import type { Deed } from "./deed.tsx";
import type { Hands } from "./hands.ts";
import type { Chat } from "./state.ts";
import type { View } from "./view.ts";

/** The message, and where the menu opens. */
export type Opened = { message: Message; at: DOMRect };
type Props = {
  opened: Opened;
  chat: Chat;
  hands: Hands;
  view: View;
  close(): void;
  remove(message: Message): void;
  wants(deed: Deed): void;
};

/** What one can do with a message. It closes by Escape, by a press beside it, and when something is chosen. */
export class Menu extends Component<Props> {
  box = createRef<HTMLDivElement>();

  override componentDidMount(): void {
    const box = this.box.current!;
    const { at } = this.props.opened;
    box.showPopover();
    const { width, height } = box.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(innerWidth - width - 8, at.right - width))}px`;
    box.style.top = `${Math.max(8, at.bottom + height + 8 > innerHeight ? at.top - height - 4 : at.bottom + 4)}px`;
    box.querySelector("button")?.focus();
  }

  choose = (work: () => void): void => {
    this.box.current!.hidePopover();
    work();
  };

  react(reaction: Reaction): void {
    const { opened: { message: { seq } }, chat, hands } = this.props;
    const on = !chat.reacted.get(seq)?.includes(reaction);
    this.choose(() => void hands.act({ act: "react", seq, reaction, on }));
  }

  do(act: Act): void {
    this.choose(() => void this.props.hands.act(act));
  }

  onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.box.current!.querySelectorAll<HTMLElement>("button, a")];
    items[(items.indexOf(event.target as HTMLElement) + step + items.length) % items.length].focus();
  };

  override render({ opened: { message }, chat, view, close }: Props) {
    const { words } = view;
    const mine = chat.reacted.get(message.seq);
    return (
      <div
        popover="auto"
        role="menu"
        class="card menu of"
        aria-label={words.chat.menu}
        ref={this.box}
        onToggle={(event) => event.newState === "closed" && close()}
        onKeyDown={this.onKeyDown}
      >
        {chat.me && !message.gone && (
          <div class="row" role="group" aria-label={words.chat.reactWith}>
            {reactions.map((reaction) => (
              <button
                key={reaction}
                type="button"
                class="chip"
                role="menuitemcheckbox"
                aria-checked={mine?.includes(reaction) ?? false}
                onClick={() => this.react(reaction)}
              >
                {words.chat.reactions[reaction]}
              </button>
            ))}
          </div>
        )}
        {this.entries().map(([icon, text, work]) => (
          <button key={text} type="button" role="menuitem" onClick={work}>
            <Icon name={icon} /> {text}
          </button>
        ))}
        {view.place.practise && mayPractise(message, chat.me?.id) && (
          <a role="menuitem" href={practiceOf(message.id)}>
            <Icon name="bulb" /> {view.place.practise}
          </a>
        )}
        <a role="menuitem" href={`${view.place.path}?at=${message.seq}#m${message.seq}`}>
          <Icon name="next" /> {words.chat.link}
        </a>
      </div>
    );
  }

  entries(): [icon: string, text: string, work: () => void][] {
    const { opened: { message }, chat: { me, terms }, hands, view, remove, wants } = this.props;
    const { words: { chat: words, order }, place } = view;
    if (!me) return [];
    const { seq, author, kind } = message;
    if (message.gone) return [["retry", order.show, () => this.do({ act: "show", seq })]];
    const mine = author.id === me.id, spoken = kind === "user" || kind === "admin";
    const keeping = place.keeps && !mine && kind === "user";
    const all: [boolean, string, string, () => void][] = [
      [true, "reply", words.reply, () => this.choose(() => hands.aim({ kind: "reply", message }))],
      [
        mine && spoken && !message.poll && !message.photo,
        "pen",
        words.edit,
        () => this.choose(() => hands.aim({ kind: "edit", message })),
      ],
      [mine && spoken, "x", words.remove, () => this.choose(() => remove(message))],
      [place.keeps && place.dense && terms.pinned !== seq, "pin", words.pin, () => this.do({ act: "pin", seq })],
      [place.keeps && terms.pinned === seq, "pin", words.unpin, () => this.do({ act: "unpin" })],
      [
        place.keeps && !!message.asks && !message.answered,
        "check",
        words.setAnswered,
        () => this.do({ act: "answered", seq }),
      ],
      [place.keeps && !mine, "hide", words.hide, () => this.choose(() => wants({ deed: "hide", message }))],
      [keeping, "clock", order.timeout, () => this.choose(() => wants({ deed: "timeout", message }))],
      [keeping && place.dense, "door", order.ban, () => this.choose(() => wants({ deed: "ban", message }))],
      [
        !mine && kind === "user" && author.role === "user",
        "block",
        order.block,
        () => this.choose(() => wants({ deed: "block", message })),
      ],
      [!mine && spoken, "flag", words.report, () => this.choose(() => wants({ deed: "report", message }))],
    ];
    return all.filter(([shown]) => shown).map(([, icon, text, work]) => [icon, text, work]);
  }
}

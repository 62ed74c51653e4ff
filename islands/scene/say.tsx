import { Component, type ComponentChildren, createRef } from "preact";
import { isCrisis } from "../../domain/crisis.ts";
import type { Message } from "../../domain/message.ts";
import type { Lang } from "../../domain/person.ts";
import { fill } from "../../domain/words/fill.ts";
import { AimBar } from "../chat/aim.tsx";
import { Care } from "../chat/care.tsx";
import type { Chat } from "../chat/chat.ts";
import { sendOnEnter } from "../chat/enter.ts";
import type { Hands } from "../chat/hands.ts";
import { Connection, ToEnd } from "../chat/notices.tsx";
import { openNote, type Shelf } from "../chat/outbox.ts";
import { type View } from "../chat/view.ts";
import { Icon } from "../icon.tsx";
import type { SceneWords } from "./data.ts";
import { Dictate } from "./dictate.tsx";

export type SayProps = {
  chat: Chat;
  hands: Hands;
  view: View;
  words: SceneWords;
  shelf: Shelf | null;
  clientId: string;
  /** The language that is practised. */
  language: Lang;
  /** What one may ask for when stuck, over the field. */
  help?: (put: (text: string) => void) => ComponentChildren;
  /** What stands under the field instead of who can read this. */
  hint?: string;
  /** Nothing can be said any more, or just now. */
  closed?: boolean;
  toEnd(): void;
  /** Says it anew in place of a message of mine. */
  rerun(message: Message, text: string): void;
};
type State = { length: number; care: boolean; queued: string };

/** Where one speaks to the companion. While it speaks, Send stops it, or keeps what is written for when it is done. */
export class Say extends Component<SayProps, State> {
  override state: State = { length: 0, care: false, queued: "" };
  box = createRef<HTMLTextAreaElement>();
  /** Without scripts, the words that are said anew stand in the field from the start. */
  first = this.props.chat.aim?.kind === "edit" ? this.props.chat.aim.message.text : undefined;
  draft = openNote(this.props.shelf, `draft:${this.props.view.place.room}`);

  override componentDidMount(): void {
    const box = this.box.current!;
    if (!box.value) box.value = this.draft.read();
    this.setState({ length: [...box.value].length });
    sendOnEnter(box, this.send);
  }

  override componentDidUpdate(before: SayProps): void {
    const { chat } = this.props;
    if (chat.aim !== before.chat.aim) this.aimed();
    if (this.state.queued && !speaking(chat) && chat.line !== "lost") {
      const text = this.state.queued;
      this.setState({ queued: "" });
      this.props.hands.send(text);
    }
  }

  /** To say something anew, the field holds the old words, and afterwards the draft again. */
  aimed(): void {
    const box = this.box.current!;
    const { aim } = this.props.chat;
    box.value = aim?.kind === "edit" ? aim.message.text : this.draft.read();
    this.setState({ length: [...box.value].length });
    box.focus();
  }

  write = (): void => {
    const { value } = this.box.current!;
    if (!this.props.chat.aim) this.draft.keep(value);
    this.setState({ length: [...value].length });
  };

  put = (text: string): void => {
    const box = this.box.current!;
    box.value = box.value.trim() ? `${box.value.trimEnd()} ${text}` : text;
    this.write();
    box.focus();
  };

  send = (): void => {
    const box = this.box.current!, { chat, hands, view, closed, toEnd, rerun } = this.props;
    const text = box.value.trim(), now = speaking(chat);
    if (!text && now) return hands.stop(now.seq);
    if (!text || (closed && !chat.aim) || [...text].length > view.maxText) return;
    if (isCrisis(text)) this.setState({ care: true });
    if (chat.aim?.kind === "edit") {
      rerun(chat.aim.message, text);
      return hands.aim(null);
    }
    if (now) this.setState({ queued: text });
    else if (!hands.send(text)) return;
    box.value = "";
    this.write();
    toEnd();
  };

  onKeyDown = (event: KeyboardEvent): void => {
    const { chat, hands } = this.props;
    if (event.key !== "Escape" || event.isComposing) return;
    const now = speaking(chat);
    if (chat.aim) hands.aim(null);
    else if (now) hands.stop(now.seq);
    this.setState({ care: false });
  };

  override render({ chat, hands, view, words, clientId, language, help, closed, toEnd }: SayProps, state: State) {
    const { room } = words.roleplay;
    const now = speaking(chat);
    return (
      <form
        class="composer"
        method="post"
        action={view.place.form}
        aria-label={room.say}
        onSubmit={(event) => {
          event.preventDefault();
          this.send();
        }}
        onKeyDown={this.onKeyDown}
      >
        {!chat.following && <ToEnd chat={chat} view={view} toEnd={toEnd} />}
        {state.care && <Care close={() => this.setState({ care: false })} />}
        <Connection chat={chat} view={view} />
        {help?.(this.put)}
        <input type="hidden" name="clientId" value={clientId} />
        {chat.aim?.kind === "edit" && <input type="hidden" name="rerun" value={chat.aim.message.seq} />}
        {chat.aim && <AimBar aim={chat.aim} view={view} drop={() => hands.aim(null)} />}
        {state.queued && <p class="s soft queued" role="status">{room.queued}: {state.queued}</p>}
        <div class="field">
          <label class="vh" for="say">{room.field}</label>
          <textarea
            id="say"
            name="text"
            rows={1}
            enterkeyhint="send"
            disabled={closed && !chat.aim}
            placeholder={now ? room.queue : view.words.chat.placeholder}
            aria-describedby="hint"
            ref={this.box}
            onInput={this.write}
            defaultValue={this.first}
          />
          <Dictate box={this.box} language={language} words={words.roleplay.speech} tell={hands.tell} />
          {this.button(now)}
        </div>
        {this.hint(now)}
      </form>
    );
  }

  button(now: Message | undefined) {
    const { chat, words, view, closed } = this.props;
    const stops = now && !this.state.length;
    const label = stops ? words.roleplay.room.stop : chat.aim ? words.roleplay.room.rerun : view.words.chat.send;
    return (
      <button type="submit" class={stops ? "send stop" : "send"} aria-label={label} disabled={closed && !chat.aim}>
        <Icon name={stops ? "stop" : chat.aim ? "check" : "send"} />
      </button>
    );
  }

  hint(now: Message | undefined) {
    const { view, words, hint } = this.props;
    const over = this.state.length - view.maxText;
    const said = now ? fill(words.roleplay.room.speaking, { name: now.author.nickname }) : hint ?? view.place.audience;
    return (
      <p class="hint" id="hint">
        {over > 0 ? <span class="err">{fill(view.words.chat.over, { n: over })}</span> : <span>{said}</span>}
        <span class={over > 0 ? "num err" : "num"}>{this.state.length}/{view.maxText}</span>
      </p>
    );
  }
}

/** The answer that is coming in. */
export const speaking = ({ items }: Pick<Chat, "items">): Message | undefined =>
  items.findLast(({ state, gone }) => state === "streaming" && !gone);

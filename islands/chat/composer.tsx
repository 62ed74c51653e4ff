import { Component, createRef } from "preact";
import { isCrisis } from "../../domain/crisis.ts";
import { type Mood, moodEmoji, moods } from "../../domain/mood.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import { Care } from "./care.tsx";
import { sendOnEnter } from "./enter.ts";
import { Connection, ToEnd } from "./notices.tsx";
import { openNote, type Shelf } from "./outbox.ts";
import type { Chat } from "./state.ts";
import type { Hands } from "./store.ts";
import type { View } from "./view.ts";

type Props = {
  chat: Chat;
  hands: Hands;
  view: View;
  /** Where drafts lie; null on the server. */
  shelf: Shelf | null;
  /** What the form carries when there are no scripts. */
  form: { clientId: string; draft: string };
  toEnd(): void;
};
type State = { length: number; care: boolean; now: number };

/** Where one writes. The field belongs to the browser: nothing is drawn over what an input method composes. */
export class Composer extends Component<Props, State> {
  override state: State = { length: [...this.props.form.draft].length, care: false, now: 0 };
  box = createRef<HTMLTextAreaElement>();
  form = createRef<HTMLFormElement>();
  draft = openNote(this.props.shelf, "draft:plaza");
  clock: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    const box = this.box.current!;
    if (!box.value) box.value = this.draft.read();
    this.setState({ length: [...box.value].length });
    sendOnEnter(box, this.send);
  }

  override componentWillUnmount(): void {
    clearInterval(this.clock);
  }

  write = (): void => {
    const { value } = this.box.current!;
    this.draft.keep(value);
    this.setState({ length: [...value].length });
    if (value.trim()) this.props.hands.typing();
  };

  send = (): void => {
    const box = this.box.current!;
    const { chat, hands, view } = this.props;
    const text = box.value.trim();
    if (!chat.me) return this.goIn();
    if (!text || [...text].length > view.maxText) return;
    if (isCrisis(text)) this.setState({ care: true });
    const picked = this.picked();
    if (!hands.send(text, picked?.value as Mood | undefined)) return this.rest();
    box.value = "";
    if (picked) picked.checked = false;
    this.write();
    this.props.toEnd();
  };

  /** A guest goes through the door and finds the words here again. */
  goIn(): void {
    this.write();
    location.href = this.box.current!.value ? "/login?next=/&draft=1" : "/login?next=/";
  }

  picked = (): HTMLInputElement | null => this.form.current!.querySelector("input[name=mood]:checked");

  /** A mood that is tapped again is taken back. */
  wasPicked: HTMLInputElement | null = null;
  unpick = (event: MouseEvent): void => {
    const input = event.target as HTMLInputElement;
    if (input === this.wasPicked) input.checked = false;
    this.wasPicked = this.picked();
  };

  /** Counts down while the room wants a rest. */
  rest(): void {
    clearInterval(this.clock);
    const tick = () => {
      this.setState({ now: Date.now() });
      if (Date.now() >= this.props.chat.restUntil) clearInterval(this.clock);
    };
    this.clock = setInterval(tick, 500);
    tick();
  }

  override componentDidUpdate(before: Props): void {
    if (this.props.chat.restUntil !== before.chat.restUntil) this.rest();
  }

  override render({ chat, view, form, toEnd }: Props, { care }: State) {
    const { words } = view;
    return (
      <form
        class="composer"
        method="post"
        action="/buzz"
        aria-label={words.chat.write}
        ref={this.form}
        onSubmit={(event) => {
          event.preventDefault();
          this.send();
        }}
        onKeyDown={(event) => event.key === "Escape" && !event.isComposing && this.setState({ care: false })}
      >
        {!chat.following && <ToEnd chat={chat} view={view} toEnd={toEnd} />}
        {care && <Care close={() => this.setState({ care: false })} />}
        <Connection chat={chat} view={view} />
        <input type="hidden" name="clientId" value={form.clientId} />
        <fieldset class="moods">
          <legend class="vh">{words.chat.mood}</legend>
          {moods.map((mood) => (
            <label key={mood} data-mood={mood}>
              <input type="radio" name="mood" value={mood} onClick={this.unpick} />
              <span aria-hidden="true">{moodEmoji[mood]}</span>
              {words.moods[mood]}
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label class="vh" for="say">{words.chat.field}</label>
          <textarea
            id="say"
            name="text"
            rows={1}
            enterkeyhint="send"
            placeholder={words.chat.placeholder}
            aria-describedby="hint"
            ref={this.box}
            onInput={this.write}
            defaultValue={form.draft}
          />
          {this.button()}
        </div>
        {this.hint()}
      </form>
    );
  }

  button() {
    const { chat, words: { chat: words } } = { ...this.props, words: this.props.view.words };
    if (!chat.me) return <button type="submit" class="btn main sm">{words.sendGuest}</button>;
    return (
      <button type="submit" class="send" aria-label={words.send}>
        <Icon name="send" />
      </button>
    );
  }

  /** One line: who can read, or why it cannot go; and how much there is. */
  hint() {
    const { chat, view: { words, maxText } } = this.props;
    const { length, now } = this.state;
    const wait = now ? Math.ceil((chat.restUntil - now) / 1000) : 0;
    const over = length - maxText;
    return (
      <p class="hint" id="hint">
        {wait > 0
          ? <span class="err">{fill(words.chat.wait, { n: wait })}</span>
          : over > 0
          ? <span class="err">{fill(words.chat.over, { n: over })}</span>
          : <span>{chat.me ? words.chat.audience : words.chat.guest}</span>}
        <span class={over > 0 ? "num err" : "num"}>{length}/{maxText}</span>
      </p>
    );
  }
}

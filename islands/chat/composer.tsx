import { Component, createRef } from "preact";
import { isCrisis } from "../../domain/crisis.ts";
import { type Mood, moodEmoji, moods } from "../../domain/mood.ts";
import { Icon } from "../icon.tsx";
import { AimBar } from "./aim.tsx";
import { Care } from "./care.tsx";
import { Complete } from "./complete.tsx";
import { sendOnEnter } from "./enter.ts";
import type { Hands, With } from "./hands.ts";
import { Hint } from "./hint.tsx";
import { Called, Connection, ToEnd } from "./notices.tsx";
import { PhotoButton } from "./photo_button.tsx";
import { openNote, type Shelf } from "./outbox.ts";
import type { Aim, Chat } from "./state.ts";
import type { Place, View } from "./view.ts";

type Props = {
  chat: Chat;
  hands: Hands;
  view: View;
  /** Where drafts lie; null on the server. */
  shelf: Shelf | null;
  /** What the form carries when there are no scripts. */
  form: { clientId: string; draft: string };
  toEnd(): void;
  /** To a message, wherever it is. */
  go(seq: number): void;
};
type State = { length: number; care: boolean; now: number; moods: boolean; ready: boolean };

/** Moods are out of the way where the talk is quick, or between two. */
const isFolded = ({ dense, photo }: Place): boolean => dense || photo !== undefined;

/** Where one writes. The field belongs to the browser: nothing is drawn over what an input method composes. */
export class Composer extends Component<Props, State> {
  override state: State = {
    length: [...this.props.form.draft].length,
    care: false,
    now: 0,
    moods: !isFolded(this.props.view.place),
    ready: false,
  };
  box = createRef<HTMLTextAreaElement>();
  form = createRef<HTMLFormElement>();
  draft = openNote(this.props.shelf, `draft:${this.props.view.place.room}`);
  clock: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    const box = this.box.current!;
    if (!box.value) box.value = this.draft.read();
    this.setState({ length: [...box.value].length, ready: true });
    sendOnEnter(box, this.send);
  }

  override componentWillUnmount(): void {
    clearInterval(this.clock);
  }

  write = (): void => {
    const { value } = this.box.current!;
    if (this.props.chat.aim?.kind !== "edit") this.draft.keep(value);
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
    if (chat.aim?.kind === "edit") return void this.edit(chat.aim, text);
    const picked = this.picked();
    if (!hands.send(text, { mood: picked?.value as Mood | undefined, ...this.with() })) return this.rest();
    box.value = "";
    if (picked) picked.checked = false;
    this.write();
    if (chat.aim) hands.aim(null);
    this.props.toEnd();
  };

  /** What is refused stays in the field. */
  async edit(aim: Extract<Aim, { kind: "edit" | "reply" }>, text: string): Promise<void> {
    const { hands } = this.props, { seq, text: before } = aim.message;
    const done = text === before || (await hands.act({ act: "edit", seq, text })).ok;
    if (done && this.props.chat.aim === aim) hands.aim(null);
  }

  /** What the text is an answer to, or a question for. */
  with(): With {
    const { aim } = this.props.chat;
    if (aim?.kind === "companion") return { ask: true };
    if (aim?.kind === "question") return { asks: true };
    return aim?.kind === "reply" ? { reply: aim.message.seq } : {};
  }

  /** A guest goes through the door and finds the words here again. */
  goIn(): void {
    this.write();
    const next = encodeURI(this.props.view.place.path);
    location.href = `/login?next=${next}${this.box.current!.value ? "&draft=1" : ""}`;
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
    const { chat } = this.props;
    if (chat.restUntil !== before.chat.restUntil) this.rest();
    if (chat.aim !== before.chat.aim) this.aimed(before.chat.aim);
  }

  /** To edit, the field holds the old words, and afterwards the draft again. */
  aimed(before: Chat["aim"]): void {
    const box = this.box.current!;
    const { aim } = this.props.chat;
    if (aim?.kind === "edit") box.value = aim.message.text;
    else if (before?.kind === "edit") box.value = this.draft.read();
    this.setState({ length: [...box.value].length });
    if (aim) box.focus();
  }

  onKeyDown = (event: KeyboardEvent): void => {
    const { chat, hands } = this.props;
    if (event.isComposing) return;
    if (event.key === "Escape") {
      this.setState({ care: false });
      if (chat.aim) hands.aim(null);
    }
    if (event.key !== "ArrowUp" || event.target !== this.box.current || this.box.current?.value || chat.aim) return;
    const mine = chat.items.findLast(({ author, gone, poll, photo, kind }) =>
      author.id === chat.me?.id && !gone && !poll && !photo && kind !== "companion"
    );
    if (!mine) return;
    event.preventDefault();
    hands.aim({ kind: "edit", message: mine });
  };

  override render({ chat, hands, view, form, toEnd, go }: Props, { care, length, now, moods: open, ready }: State) {
    const { words, place } = view;
    return (
      <form
        class="composer"
        method="post"
        action={place.form}
        aria-label={words.chat.write}
        ref={this.form}
        onSubmit={(event) => {
          event.preventDefault();
          this.send();
        }}
        onKeyDown={this.onKeyDown}
      >
        {!chat.following && <ToEnd chat={chat} view={view} toEnd={toEnd} />}
        {care && <Care close={() => this.setState({ care: false })} />}
        <Called chat={chat} view={view} hands={hands} go={go} />
        <Connection chat={chat} view={view} />
        <input type="hidden" name="clientId" value={form.clientId} />
        <fieldset class="moods" hidden={!open}>
          <legend class="vh">{words.chat.mood}</legend>
          {moods.map((mood) => (
            <label key={mood} data-mood={mood}>
              <input type="radio" name="mood" value={mood} onClick={this.unpick} />
              <span aria-hidden="true">{moodEmoji[mood]}</span>
              {words.moods[mood]}
            </label>
          ))}
        </fieldset>
        {chat.aim && <AimBar aim={chat.aim} view={view} drop={() => hands.aim(null)} />}
        <div class="field" hidden={chat.about?.closedAt !== undefined}>
          {isFolded(place) && this.moodButton()}
          {ready && place.photo && <PhotoButton label={place.photo.send} hands={hands} />}
          <label class="vh" for="say">{words.chat.field}</label>
          <textarea
            id="say"
            name="text"
            rows={1}
            enterkeyhint="send"
            placeholder={place.dense ? words.chat.placeholderLive : words.chat.placeholder}
            aria-describedby="hint"
            ref={this.box}
            onInput={this.write}
            defaultValue={form.draft}
          />
          {this.button()}
          {ready && <Complete box={this.box.current!} chat={chat} hands={hands} view={view} write={this.write} />}
        </div>
        <Hint chat={chat} view={view} length={length} now={now} />
      </form>
    );
  }

  moodButton() {
    const { chat } = this.props.view.words;
    const { moods: open } = this.state;
    return (
      <button
        type="button"
        class="ico"
        aria-label={chat.pickMood}
        aria-expanded={open}
        onClick={() => this.setState({ moods: !open })}
      >
        <Icon name="care" />
      </button>
    );
  }

  button() {
    const { chat, view: { words: { chat: words } } } = this.props;
    if (!chat.me) return <button type="submit" class="btn main sm">{words.sendGuest}</button>;
    return (
      <button type="submit" class="send" aria-label={chat.aim?.kind === "edit" ? words.saveEdit : words.send}>
        <Icon name={chat.aim?.kind === "edit" ? "check" : "send"} />
      </button>
    );
  }
}

import { Component, createRef } from "preact";
import type { Message } from "../../domain/message.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Act } from "./acts.ts";
import type { View } from "./view.ts";

/** What is done about somebody else's message: a block needs no reason. */
export type Deed = { deed: "report" | "hide" | "timeout" | "ban" | "block"; message: Message };
type Props = { wanted: Deed; view: View; act(act: Act, said: string): void; close(): void };

const MINUTES = [5, 10, 60, 24 * 60];

/** Asks why, and for how long. The first button is the safe one. */
export class DeedDialog extends Component<Props> {
  box = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    this.box.current!.showModal();
  }

  do = (event: SubmitEvent): void => {
    event.preventDefault();
    const { wanted: { deed, message: { seq, author } }, view: { words }, act } = this.props;
    const said = new FormData(event.currentTarget as HTMLFormElement);
    const why = String(said.get("why") ?? "").trim();
    if (!why && deed !== "block") return;
    this.box.current!.close();
    if (deed === "report") act({ act: deed, seq, why }, words.order.reported);
    else if (deed === "hide") act({ act: deed, seq, why }, words.chat.done);
    else if (deed === "block") act({ act: deed, userId: author.id }, words.order.blocked);
    else if (deed === "ban") act({ act: deed, userId: author.id, why }, words.chat.done);
    else act({ act: deed, userId: author.id, minutes: Number(said.get("minutes")), why }, words.chat.done);
  };

  override render({ wanted: { deed, message }, view: { words: { order, chat } }, close }: Props) {
    return (
      <dialog class="card stack" ref={this.box} aria-labelledby="deed" onClose={close}>
        <form class="stack tight" onSubmit={this.do}>
          <h2 id="deed">{order[deed]}</h2>
          <p class="soft">{fill(chat.about, { name: message.author.nickname })}</p>
          {deed === "timeout" && (
            <label>
              <span class="label">{order.minutes}</span>
              <select class="input" name="minutes">
                {MINUTES.map((n) => <option key={n} value={n} selected={n === 10}>{n}</option>)}
              </select>
            </label>
          )}
          {deed === "block" ? <p>{order.blockHow}</p> : (
            <label>
              <span class="label">{deed === "report" ? order.reportWhy : order.why}</span>
              <textarea class="input" name="why" rows={2} maxLength={200} required />
            </label>
          )}
          <p class="row">
            <button type="button" class="btn" onClick={() => this.box.current!.close()}>{chat.keep}</button>
            <button type="submit" class="btn harm">{order[deed]}</button>
          </p>
        </form>
      </dialog>
    );
  }
}

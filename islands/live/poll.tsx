import { Component } from "preact";
import type { Message } from "../../domain/message.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Hands } from "../chat/hands.ts";
import type { Chat } from "../chat/state.ts";
import { Icon } from "../icon.tsx";
import type { LiveData } from "./data.ts";

type Props = {
  message: Message;
  chat: Chat;
  hands: Hands;
  data: LiveData;
  note(name: string, value?: string): string;
};
type State = { chosen: string };

/** A poll with its results as they come. */
export class Poll extends Component<Props, State> {
  override state: State = { chosen: "" };

  override componentDidMount(): void {
    this.setState({ chosen: this.props.note(this.name) });
  }

  get name(): string {
    return `voted:${this.props.message.id}`;
  }

  choose = async (option: number): Promise<void> => {
    const { hands, message, note } = this.props;
    const { chosen } = this.state;
    this.setState({ chosen: String(option) });
    const { ok } = await hands.act({ act: "vote", seq: message.seq, option });
    if (ok) note(this.name, String(option));
    else this.setState({ chosen });
  };

  override render({ message, chat, hands, data: { words, may } }: Props, { chosen }: State) {
    const { question, options, closed } = message.poll!;
    const all = options.reduce((sum, { votes }) => sum + votes, 0);
    return (
      <details class="fold" name="fold" open>
        <summary>
          <Icon name="poll" />
          {words.live.poll} <span class="num">{fill(words.live.votes, { n: all })}</span>
        </summary>
        <div class="stack tight">
          <fieldset class="stack tight poll" disabled={!chat.me || !!closed}>
            <legend>
              <b>{question}</b>
            </legend>
            {options.map(({ text, votes }, i) => {
              const share = all ? Math.round(votes / all * 100) : 0;
              return (
                <label key={text} ref={(element) => element?.style.setProperty("--v", `${share}%`)}>
                  <input
                    type="radio"
                    name={this.name}
                    checked={chosen === String(i)}
                    onChange={() => void this.choose(i)}
                  />
                  <span class="grow">{text}</span>
                  <b class="num">{share}%</b>
                </label>
              );
            })}
          </fieldset>
          {closed ? <p class="s muted">{words.live.pollOver}</p> : chosen && <p class="s muted">{words.live.voted}</p>}
          {may.keep && !closed && (
            <button
              type="button"
              class="btn sm"
              onClick={() => void hands.act({ act: "close", seq: message.seq })}
            >
              {words.live.pollClose}
            </button>
          )}
        </div>
      </details>
    );
  }
}

/** The form by which keepers ask everybody. */
export function NewPoll({ hands, data: { words: { live } } }: { hands: Hands; data: LiveData }) {
  const start = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const said = new FormData(form);
    const options = said.getAll("option").map((one) => String(one).trim()).filter(Boolean);
    const { ok } = await hands.act({ act: "poll", question: String(said.get("question")), options });
    if (ok) form.reset();
  };
  return (
    <details class="fold" name="fold">
      <summary>
        <Icon name="poll" />
        {live.pollNew}
      </summary>
      <form class="stack tight" onSubmit={(event) => void start(event)}>
        <label>
          <span class="label">{live.pollQuestion}</span>
          <input class="input" name="question" maxLength={200} required />
        </label>
        {[1, 2, 3, 4].map((n) => (
          <label key={n}>
            <span class="label">{fill(live.pollOption, { n })}</span>
            <input class="input" name="option" maxLength={80} required={n <= 2} />
          </label>
        ))}
        <button type="submit" class="btn main">{live.pollStart}</button>
      </form>
    </details>
  );
}

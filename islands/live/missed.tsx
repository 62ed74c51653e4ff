import { Component } from "preact";
import type { CatchUp } from "../../domain/catch_up.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { LiveData } from "./data.ts";

type Props = { data: LiveData; head: number; note(name: string, value?: string): string };
type State = { got: CatchUp | null; state: "new" | "reading" | "here" | "failed" };

/** What was talked about since this reader was here last; asked for, never pushed, and shown to nobody else. */
export class Missed extends Component<Props, State> {
  override state: State = { got: null, state: "new" };
  since = 0;

  override componentDidMount(): void {
    this.since = Number(this.props.note("seen")) || 0;
    addEventListener("pagehide", this.leave);
  }

  override componentWillUnmount(): void {
    removeEventListener("pagehide", this.leave);
  }

  leave = (): void => void this.props.note("seen", String(this.props.head));

  ask = async (): Promise<void> => {
    this.setState({ state: "reading" });
    const path = `/api/rooms/${this.props.data.place.room}/catch-up?since=${this.since}`;
    const answer = await fetch(path).catch(() => null);
    const got = answer?.ok ? await answer.json().catch(() => null) as CatchUp | null : null;
    this.setState({ got, state: got ? "here" : "failed" });
  };

  override render({ data: { words, place, lang } }: Props, { got, state }: State) {
    const { missed } = words.live;
    return (
      <details class="fold" name="fold">
        <summary>
          <Icon name="letter" />
          {missed.title}
        </summary>
        <div class="stack tight">
          {!got && <p class="s muted">{missed.how}</p>}
          <div class="stack tight" role="status" lang={lang}>
            {state === "reading" && <p class="s muted">{missed.reading}</p>}
            {state === "failed" && <p class="s">{missed.failed}</p>}
            {got && <Lines got={got} path={place.path} words={missed} />}
          </div>
          <button type="button" class="btn sm" disabled={state === "reading"} onClick={this.ask}>
            {got ? missed.again : missed.show}
          </button>
        </div>
      </details>
    );
  }
}

function Lines({ got, path, words }: { got: CatchUp; path: string; words: LiveData["words"]["live"]["missed"] }) {
  if (!got.lines.length) return <p class="s muted">{words.none}</p>;
  return (
    <>
      <p class="s muted">{got.note ?? fill(words.read, { n: got.read })}</p>
      <ul class="stack tight">
        {got.lines.map(({ text, seqs }) => (
          <li key={text}>
            {text} {seqs.map((seq) => (
              <a key={seq} class="s" href={`${path}?at=${seq}#m${seq}`}>
                #{seq}
                <span class="vh">{fill(words.to, { n: seq })}</span>
                {" "}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

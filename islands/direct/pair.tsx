import { Component } from "preact";
import type { Message } from "../../domain/message.ts";
import type { PairAct, PairView } from "../../domain/pair.ts";
import { dialIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { Icon } from "../icon.tsx";
import type { DirectData } from "./data.ts";

type Told = Pick<DirectData, "me" | "words" | "with">;

/** What the companion says of a pair interview in the talk, to this reader. */
export function pairText({ event, about }: Message, { me, words: { pair: { told } }, with: name }: Told): string {
  if (event?.type !== "pair") return "";
  const mine = about?.[0] === me.id;
  switch (event.telling) {
    case "proposed":
      return mine ? told.proposedMine : fill(told.proposed, { name });
    case "first":
      return mine ? told.firstMine : fill(told.first, { name });
    case "second":
      return mine ? told.secondMine : fill(told.second, { name });
    default:
      return told[event.telling];
  }
}

/** Of the pair interview as it is now, from whoever looks after it. */
export type PairSource = { now(): PairView | null; changed(hear: () => void): () => void };
type Props = { data: DirectData; source?: PairSource };

/** How far the pair interview is, what may be asked, and its ways out. The forms work without scripts, too. */
export class PairBar extends Component<Props, { now: number }> {
  override state = { now: this.props.data.now };
  stop: (() => void) | undefined;
  timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    const tick = () => this.setState({ now: Date.now() });
    this.stop = this.props.source?.changed(tick);
    this.timer = setInterval(() => this.pair()?.endsAt && tick(), 1_000);
  }

  override componentWillUnmount(): void {
    this.stop?.();
    clearInterval(this.timer);
  }

  pair(): PairView | null {
    const { source, data } = this.props;
    return source ? source.now() : data.pair;
  }

  override render() {
    const pair = this.pair(), { words: { pair: words }, place: { path }, with: name } = this.props.data;
    if (!pair || pair.step === "stopped") return null;
    if (pair.step === "first" || pair.step === "second") return this.running(pair);
    const isOver = pair.step === "over",
      said = isOver
        ? pair.finished ? pair.report ? words.done : words.nothing : words.scoring
        : pair.mine
        ? words.waiting
        : fill(words.asked, { name });
    return (
      <section class="pairbar row between" aria-label={words.title}>
        <p class="s grow">
          <Icon name="practice" /> {said}
        </p>
        {pair.report && <a class="btn sm main" href={`/practice/${pair.report}/report`}>{words.report}</a>}
        {!isOver && <a class="btn sm" href={`${path}/pair`}>{words.look}</a>}
      </section>
    );
  }

  running(pair: PairView) {
    const { words: { pair: words }, zone } = this.props.data;
    const { asking, endsAt = 0, questions } = pair, left = Math.max(0, Math.ceil((endsAt - this.state.now) / 1_000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    return (
      <section class="pairbar stack tight" aria-label={words.title}>
        <p class="row between">
          <b>
            <Icon name="practice" /> {asking ? words.asking : words.answering}
          </b>
          <span class="s num" role="timer">
            {this.stop ? fill(words.left, { time: clock }) : fill(words.until, { time: dialIn(endsAt, zone) })}
          </span>
        </p>
        {questions.length > 0 && (
          <details class="s">
            <summary>{words.questions}</summary>
            <ol class="stack tight" lang={pair.language}>{questions.map((one) => <li key={one}>{one}</li>)}</ol>
          </details>
        )}
        <p class="s muted">{words.reads}</p>
        <div class="row">
          {this.deed(pair, "end", words.end)}
          <details class="sure s">
            <summary>{words.stop}</summary>
            <p>{words.stopHow}</p>
            {this.deed(pair, "stop", words.stop)}
          </details>
        </div>
      </section>
    );
  }

  deed({ id, step }: PairView, act: PairAct, label: string) {
    return (
      <form method="post" action={`${this.props.data.place.path}/pair/${act}`}>
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="step" value={step} />
        <button type="submit" class="btn sm">{label}</button>
      </form>
    );
  }
}

import { Component } from "preact";
import type { Message } from "../../domain/message.ts";
import type { Mood } from "../../domain/mood.ts";
import type { Got, Pressed } from "./rows.ts";
import { Badge, classes, Face, Marks, MoodTag, MoreButton, Progress, Quoted, Reactions, Text, Time } from "./said.tsx";
import { foreign } from "./script.ts";
import { Translation } from "./translation.tsx";
import type { View } from "./view.ts";

export type LineProps = {
  message: Message;
  /** Goes on where the one above stopped. */
  cont: boolean;
  mine: boolean;
  /** Came in before, as pending. */
  still: boolean;
  /** Names the reader. */
  called: boolean;
  /** Answers the reader's question. */
  asked: boolean;
  pressed: Pressed;
  got: Got;
  view: View;
};

/** A message that is in the log, as a bubble or as a line. Drawn again only when something about it has changed. */
export class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((name) => next[name] !== this.props[name]);
  }

  override render(props: LineProps) {
    if (props.view.place.dense) return <Dense {...props} />;
    return props.message.kind === "admin" && !props.message.gone ? <Notice {...props} /> : <Bubble {...props} />;
  }
}

function Bubble({ message, cont, mine, still, called, asked, pressed, got, view }: LineProps) {
  const { kind, text, mood, gone, state } = message;
  const ai = kind === "companion";
  return (
    <li
      {...place(message)}
      class={classes(
        "msg",
        mine && "mine",
        cont && "cont",
        still && "still",
        gone && "gone",
        called && "called",
        ai && "ai",
        state === "streaming" && "live-ai",
      )}
      data-mood={mood}
    >
      {!mine && <Face message={message} />}
      {!cont && <By name={mine ? message.as : named(message)} mood={mood} view={view} message={message} />}
      <div class="say">
        {cont && <span class="vh">{mine ? view.words.chat.me : named(message)}</span>}
        <div class="bubble" lang={foreign(text, view.lang)}>
          <Quoted message={message} view={view} />
          <Text message={message} view={view} />
        </div>
        <span class="when">
          <Marks message={message} view={view} />
          {mine && !gone && view.place.receipts && <span>{view.place.receipts[got]}</span>}
          <Time at={message.at} view={view} />
        </span>
        <MoreButton message={message} view={view} />
      </div>
      {!mine && <Translation message={message} view={view} />}
      <Progress message={message} view={view} asker={asked || view.place.keeps} />
      <Reactions message={message} view={view} pressed={pressed} />
      {view.under?.(message)}
    </li>
  );
}

/** What staff say to everybody. */
function Notice({ message, pressed, view }: LineProps) {
  const { author, text, at } = message;
  return (
    <li {...place(message)} class="msg admin">
      <Face message={message} />
      <div>
        <div class="by">
          <b lang={foreign(author.nickname, view.lang)}>{author.nickname}</b>
          <Badge message={message} view={view} />
          <Time at={at} view={view} />
          <Marks message={message} view={view} />
          <MoreButton message={message} view={view} />
        </div>
        <Quoted message={message} view={view} />
        <p class="text" lang={foreign(text, view.lang)}>
          <Text message={message} view={view} />
        </p>
        <Translation message={message} view={view} />
        <Reactions message={message} view={view} pressed={pressed} />
      </div>
    </li>
  );
}

/** The live rooms' line: no bubble, so that many fit. */
function Dense({ message, mine, called, asked, pressed, view }: LineProps) {
  const { author, kind, text, mood, gone, state } = message;
  if (gone) {
    return (
      <li {...place(message)} class="line">
        <span />
        <div class="muted">
          <Time at={message.at} view={view} /> <Text message={message} view={view} />
        </div>
        <MoreButton message={message} view={view} />
      </li>
    );
  }
  return (
    <li
      {...place(message)}
      class={classes("line", kind === "companion" && "ai", kind === "admin" && "admin", called && "called")}
    >
      <Face message={message} small />
      <div>
        <b lang={foreign(author.nickname, view.lang)}>{author.nickname}</b>
        <Badge message={message} view={view} />
        {mine && <span class="badge ok">{view.words.chat.me}</span>}
        <MoodTag mood={mood} view={view} />
        <Time at={message.at} view={view} />
        <Marks message={message} view={view} />
        <Quoted message={message} view={view} />
        <span class={classes("text", state === "streaming" && "streaming")} lang={foreign(text, view.lang)}>
          <Text message={message} view={view} />
        </span>
        {!mine && <Translation message={message} view={view} />}
        <Progress message={message} view={view} asker={asked || view.place.keeps} />
        <Reactions message={message} view={view} pressed={pressed} />
      </div>
      <MoreButton message={message} view={view} />
    </li>
  );
}

const place = ({ seq, state }: Message) => ({
  id: `m${seq}`,
  "data-seq": seq,
  tabIndex: -1,
  "aria-busy": state === "streaming" ? true : undefined,
});

/** In a scene for several: who speaks, and who plays them. */
const named = ({ as, author }: Message): string => as ? `${as} · ${author.nickname}` : author.nickname;

type ByProps = { name?: string; mood?: Mood; view: View; message?: Message };

export function By({ name, mood, view, message }: ByProps) {
  const { words, lang } = view;
  return (
    <div class="by">
      {name === undefined ? <span class="vh">{words.chat.me}</span> : <b lang={foreign(name, lang)}>{name}</b>}
      {message && <Badge message={message} view={view} />}
      <MoodTag mood={mood} view={view} />
    </div>
  );
}

import { Component, createRef, type RefObject } from "preact";
import { useContext } from "preact/hooks";
import { pathOf } from "../../domain/branch.ts";
import type { Message } from "../../domain/message.ts";
import { inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Hands } from "./hands.ts";
import { Line } from "./message.tsx";
import { becomeButton, classes } from "./said.tsx";
import { Outgoing } from "./outgoing.tsx";
import { Icon } from "../icon.tsx";
import { type Row, rowsOf } from "./rows.ts";
import type { Came } from "./chat.ts";
import { atStart, atTail, type Chat, type Typer } from "./state.ts";
import { type View, ViewContext } from "./view.ts";

/** So near to an end (pixels), the next page is fetched, or new messages are followed. */
const NEAR = 600;
const AT_END = 24;

type Props = {
  chat: Chat;
  hands: Hands;
  view: View;
  quiet: boolean;
  /** New messages told of in one sentence; 0 says nothing. */
  digest: number;
  /** Something was pressed, or asked for by a key, on a message. */
  press(what: string, on: HTMLElement): void;
  /** What scrolls. */
  log: RefObject<HTMLDivElement | null>;
  toEnd(): void;
};
type Anchor = { element: Element; top: number } | null;

/** The log. It opens at its end without a script; a reader who is further up is never moved. */
export class Lines extends Component<Props> {
  list = createRef<HTMLOListElement>();

  override componentDidMount(): void {
    for (const more of this.list.current!.querySelectorAll<HTMLElement>("a.more-of")) becomeButton(more);
    this.look();
  }

  /** Where the topmost visible line stands, so that it stands there again when lines have come or gone. */
  override getSnapshotBeforeUpdate(): Anchor {
    const log = this.props.log.current!;
    if (log.scrollTop > -AT_END) return null;
    const rows = this.list.current!.children;
    const edge = log.getBoundingClientRect().top;
    let low = 0, high = rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rows[middle].getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    return rows[low] ? { element: rows[low], top: rows[low].getBoundingClientRect().top } : null;
  }

  override componentDidUpdate(_: Props, __: unknown, anchor: Anchor): void {
    if (!anchor?.element.isConnected) return;
    const moved = anchor.element.getBoundingClientRect().top - anchor.top;
    if (moved) this.props.log.current!.scrollTop += moved;
  }

  /** The end of the log is at 0, its beginning far in the negative. */
  look = (): void => {
    const log = this.props.log.current!;
    const { chat, hands } = this.props;
    const below = -log.scrollTop;
    const above = log.scrollHeight - log.clientHeight - below;
    hands.follow(below < AT_END);
    if (above < NEAR && !atStart(chat) && !chat.top) hands.older();
    else if (below < NEAR && !atTail(chat)) hands.newer();
  };

  onClick = (event: MouseEvent): void => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-do]");
    if (!pressed || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.props.press(pressed.dataset.do!, pressed);
  };

  /** From line to line with the arrows; Enter opens what one can do there. */
  onKeyDown = (event: KeyboardEvent): void => {
    const log = this.props.log.current!;
    const here = event.target as HTMLElement;
    if (event.key === "End") return this.props.toEnd();
    if (event.key === " " && here.matches("a.more-of")) {
      event.preventDefault();
      return this.props.press("more", here);
    }
    if (here !== log && !here.matches("[data-seq]")) return;
    if (event.key === "Enter" && here !== log) {
      event.preventDefault();
      return this.props.press("more", here);
    }
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!step) return;
    event.preventDefault();
    const rows = [...this.list.current!.querySelectorAll<HTMLElement>("[data-seq]")];
    const next = here === log ? rows.at(-1) : rows[rows.indexOf(here) + step];
    (next ?? (step > 0 ? log : undefined))?.focus();
  };

  override render({ chat, hands, view, quiet, digest, log }: Props) {
    const { chat: words } = view.words;
    const { path, dense } = view.place;
    const first = chat.items[0]?.seq;
    return (
      <div
        class={classes("log", dense && "dense", chat.following && "at-end")}
        role="log"
        tabIndex={0}
        aria-label={words.log}
        aria-live={quiet ? "off" : "polite"}
        aria-relevant="additions"
        ref={log}
        onScroll={this.look}
        onKeyDown={this.onKeyDown}
        onClick={this.onClick}
      >
        <div class="lines">
          {!chat.items.length && !chat.outbox.length && <Silence />}
          {first !== undefined && (atStart(chat)
            ? <p class="sys">{words.begin}</p>
            : <a class="sys" href={`${path}?before=${first}`} onClick={held(hands.older)}>{words.older}</a>)}
          <ol ref={this.list}>{rowsOf(shownOf(chat, view), view.zone, view.now).map((row) => draw(row, view))}</ol>
          {!atTail(chat) && <a class="sys" href={path} onClick={held(hands.newer)}>{words.newer}</a>}
          {chat.outbox.length > 0 && (
            <ol aria-live="off">
              {chat.outbox.map((sending) => (
                <Outgoing key={sending.clientId} sending={sending} offline={chat.line === "lost"} {...hands} />
              ))}
            </ol>
          )}
          <Writing typing={chat.typing} />
          <p class="vh" role="status">{digest > 0 && fill(words.fresh, { n: digest })}</p>
        </div>
      </div>
    );
  }
}

/** In a talk with the companion only the branch that is gone on with. */
const shownOf = (chat: Chat, { place }: View): Chat => place.alone ? { ...chat, items: pathOf(chat.items) } : chat;

const held = (work: () => void) => (event: Event) => {
  event.preventDefault();
  work();
};

function draw(row: Row, view: View) {
  const { chat } = view.words;
  switch (row.row) {
    case "message":
      if (row.message.event && !row.message.text) {
        return <Event key={row.message.id} message={row.message} view={view} />;
      }
      return <Line key={row.message.id} view={view} {...row} />;
    case "day":
      return <li key={row.key} class="rule muted s">{inWords(row.date, "day", view.lang)}</li>;
    case "gap":
      return <li key={row.key} class="sys">{chat.gap}</li>;
    case "came":
      return <li key={row.key} class="sys" aria-live="off">{cameText(row.came, view)}</li>;
    case "unread":
      return <li key={row.key} class="rule unread">{chat.unread}</li>;
  }
}

function cameText({ came, left, name }: Came, { words: { chat } }: View): string {
  if (came === 1 && !left && name) return fill(chat.cameOne, { name });
  const template = came && left ? chat.cameLeft : came ? chat.came : chat.left;
  return fill(template, { n: came || left, m: left });
}

/** Something that happened, in one line. */
function Event({ message, view }: { message: Message; view: View }) {
  const said = view.event?.(message);
  return said ? <li class="sys" id={`m${message.seq}`}>{said}</li> : null;
}

function Silence() {
  const { chat } = useContext(ViewContext).words;
  return (
    <div class="stack tight empty">
      <Icon name="empty" />
      <h2>{chat.emptyTitle}</h2>
      <p>{chat.empty}</p>
    </div>
  );
}

function Writing({ typing }: { typing: Typer[] }) {
  const { chat } = useContext(ViewContext).words;
  if (!typing.length) return null;
  const [a, b] = typing.map(({ nickname }) => nickname);
  const template = typing.length === 1 ? chat.typing : typing.length === 2 ? chat.typingTwo : chat.typingMore;
  return (
    <p class="typing" aria-live="off">
      <span aria-hidden="true">
        <i class="dot" />
        <i class="dot" />
        <i class="dot" />
      </span>
      {fill(template, { a, b, n: typing.length - 1 })}
    </p>
  );
}

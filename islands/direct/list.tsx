import { Component } from "preact";
import { faceOf } from "../../domain/face.ts";
import type { Lang } from "../../domain/person.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";
import { dateAt } from "../../domain/day.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { openNote, type Shelf } from "../chat/outbox.ts";
import { foreign } from "../chat/script.ts";

/** A conversation as the API lists it. */
export type Entry = {
  room: string;
  person: { id: string; nickname: string; photo?: string };
  at: number;
  open: boolean;
  muted: boolean;
  last?: { text: string; at: number; mine: boolean; photo: boolean; gone: boolean };
  unread: number;
  yourTurn: boolean;
};
export type ChatsProps = {
  chats: Entry[];
  here?: string;
  lang: Lang;
  zone: string;
  now: number;
  words: Words["matching"]["chats"];
  /** Where drafts lie; absent on the server. */
  shelf?: Shelf | null;
};
type State = { chats: Entry[]; shelf: Shelf | null };

const EVERY = 5_000;

/** One's conversations, the newest said first; asked again as long as the page is seen. */
export class Chats extends Component<ChatsProps, State> {
  override state: State = { chats: this.props.chats, shelf: null };
  timer: ReturnType<typeof setInterval> | undefined;
  title = "";

  override componentDidMount(): void {
    this.title = document.title;
    this.setState({ shelf: this.props.shelf ?? null });
    this.timer = setInterval(() => void this.look(), EVERY);
    this.tell(this.state.chats);
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  /** Also while the page is hidden: its tab says how many wait. */
  async look(): Promise<void> {
    const answer = await fetch("/api/matches").catch(() => null);
    if (!answer?.ok) return;
    const { items } = await answer.json() as { items: Entry[] };
    this.setState({ chats: items });
    this.tell(items);
  }

  tell(chats: Entry[]): void {
    const waiting = chats.filter(({ muted, open, room }) =>
      open && !muted && (room !== this.props.here || document.hidden)
    );
    const unread = waiting.reduce((sum, one) => sum + one.unread, 0);
    document.title = unread ? `(${unread}) ${this.title}` : this.title;
  }

  override render(props: ChatsProps, { chats, shelf }: State) {
    return <ul>{chats.map((entry) => <Item key={entry.room} {...props} entry={entry} shelf={shelf} />)}</ul>;
  }
}

function Item({ entry, here, lang, zone, now, words, shelf }: ChatsProps & { entry: Entry }) {
  const { room, person, last, unread, at } = entry;
  const said = saidIn(entry, words, shelf ? openNote(shelf, `draft:${room}`).read() : "");
  const time = last?.at ?? at, today = dateAt(time, zone) === dateAt(now, zone);
  const shown = here === room ? 0 : unread;
  return (
    <li>
      <a class="item" href={`/chats/${room}`} aria-current={here === room ? "page" : undefined}>
        <Face person={person} />
        <span>
          <b lang={foreign(person.nickname, lang)}>{person.nickname}</b>
          <span class="s" lang={foreign(said, lang)}>{said}</span>
        </span>
        <span>
          <time dateTime={new Date(time).toISOString()}>
            {today ? clockIn(time, zone, lang) : inWords(dateAt(time, zone), "short", lang)}
          </time>
          {shown > 0 && (
            <span class="badge new">
              <span class="num" aria-hidden="true">{shown}</span>
              <span class="vh">{fill(words.unread, { n: shown })}</span>
            </span>
          )}
          {entry.muted && <span class="muted">{words.muted}</span>}
        </span>
      </a>
    </li>
  );
}

function saidIn({ last, yourTurn, open, unread }: Entry, words: ChatsProps["words"], draft: string): string {
  if (draft.trim()) return fill(words.draft, { text: draft });
  if (!open) return words.closed;
  if (!last) return words.quiet;
  const text = last.gone ? words.gone : last.photo ? words.photo : last.text;
  if (last.mine) return fill(words.said, { text });
  return yourTurn && !unread ? words.yourTurn : text;
}

function Face({ person: { id, photo } }: { person: Entry["person"] }) {
  if (photo) return <img class="av" src={`/photos/${photo}`} alt="" width="36" height="36" />;
  const { animal, tint } = faceOf(id);
  return <span class="av" data-mood={tint} aria-hidden="true">{animal}</span>;
}

import { Component } from "preact";
import { faceOf } from "../../domain/face.ts";
import type { Glimpse } from "../../domain/room.ts";
import type { ServerFrame } from "../../domain/wire.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { foreign } from "../chat/script.ts";
import { Icon } from "../icon.tsx";
import type { Lang } from "../../domain/person.ts";

export type RoomsProps = {
  cards: Glimpse[];
  here?: string;
  lang: Lang;
  words: Words["live"];
  /** Is given what hears the frames. */
  follow?(hear: (frame: ServerFrame) => void): void;
};

/** The rooms that are open, with who is there now: as the server drew them, and then as frames say. */
export class Rooms extends Component<RoomsProps, { cards: Glimpse[] }> {
  override state = { cards: this.props.cards };

  override componentDidMount(): void {
    this.props.follow?.(this.hear);
  }

  hear = (frame: ServerFrame): void => {
    if (frame.type !== "lobby") return;
    const fresh = new Map(frame.rooms.map((room) => [room.id, room]));
    this.setState(({ cards }) => ({ cards: frame.whole ? frame.rooms : cards.map((one) => fresh.get(one.id) ?? one) }));
  };

  override render({ here, lang, words }: RoomsProps, { cards }: { cards: Glimpse[] }) {
    return <ul>{cards.map((card) => <Item key={card.id} card={card} here={here} lang={lang} words={words} />)}</ul>;
  }
}

function Item({ card, here, lang, words }: { card: Glimpse } & Pick<RoomsProps, "here" | "lang" | "words">) {
  const { id, topic, access, people, newest } = card;
  const { animal, tint } = faceOf(id);
  const title = titleOf(card, words);
  const said = newest ? fill(words.newest, { name: newest.nickname, text: newest.text }) : topic ?? words.quiet;
  return (
    <li>
      <a class="item" href={`/live/${id}`} aria-current={here === id ? "page" : undefined}>
        <span class="av" data-mood={tint} aria-hidden="true">{animal}</span>
        <span>
          <b lang={foreign(title, lang)}>{title}</b>
          <span class="s" lang={foreign(said, lang)}>{said}</span>
        </span>
        <span>
          <span class="viewers">
            <span class="dot" />
            <span class="num">{people}</span>
            <span class="vh">{fill(words.watching, { n: people })}</span>
          </span>
          {access === "private" && <Icon name="lock" />}
          {access === "private" && <span class="vh">{words.invited}</span>}
          {access === "members" && <Icon name="me" />}
          {access === "members" && <span class="vh">{words.members}</span>}
        </span>
      </a>
    </li>
  );
}

/** The room that is always there is called by the words. */
export const titleOf = ({ title }: { title?: string }, words: Words["live"]): string => title ?? words.streaming;

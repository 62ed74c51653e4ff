import { Component } from "preact";
import { faceOf } from "../../domain/face.ts";
import type { Access } from "../../domain/room.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { foreign } from "../chat/script.ts";
import { Icon } from "../icon.tsx";
import type { Lang } from "../../domain/person.ts";

/** A room as a list shows it. */
export type Card = {
  id: string;
  title?: string;
  topic?: string;
  access?: Access;
  people: number;
  newest?: { nickname: string; text: string };
};
export type RoomsProps = { cards: Card[]; here?: string; lang: Lang; words: Words["live"] };

const EVERY = 3_000;

/** The rooms that are open, with who is there now; asked again as long as the page is seen. */
export class Rooms extends Component<RoomsProps, { cards: Card[] }> {
  override state = { cards: this.props.cards };
  timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.timer = setInterval(() => document.hidden || void this.look(), EVERY);
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  async look(): Promise<void> {
    const answer = await fetch(`/api/rooms?limit=${Math.max(20, this.state.cards.length)}`).catch(() => null);
    if (answer?.ok) this.setState({ cards: (await answer.json()).items });
  }

  override render({ here, lang, words }: RoomsProps, { cards }: { cards: Card[] }) {
    return <ul>{cards.map((card) => <Item key={card.id} card={card} here={here} lang={lang} words={words} />)}</ul>;
  }
}

function Item({ card, here, lang, words }: { card: Card } & Omit<RoomsProps, "cards">) {
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

import type { Lang } from "../domain/person.ts";
import type { Letter } from "../domain/letter.ts";
import type { Words } from "../domain/words/words.ts";
import { inWords } from "../domain/words/dates.ts";
import { Icon } from "./icon.tsx";

/** What the card needs of a letter. `today` is whether it is this day's. */
export type Card = { date: string; title: string; first: string; writtenAt: number };
export type CardProps = {
  card: Card | null;
  today: string;
  lang: Lang;
  words: Words["plaza"];
  /** Said when the letter came while the page was open. */
  news?: string;
};

export const cardOf = ({ date, texts, writtenAt }: Letter, lang: Lang): Card => ({
  date,
  title: texts[lang].title,
  first: texts[lang].paragraphs[0],
  writtenAt,
});

/** The newest letter: on a phone its first two lines. */
export function LetterCard({ card, today, lang, words, news }: CardProps) {
  if (!card) {
    return (
      <div class="letter">
        <b>
          <Icon name="letter" /> {words.noLetter}
        </b>
        <q>{words.noLetterHow}</q>
      </div>
    );
  }
  return (
    <a class="letter" href={`/letters/${card.date}`}>
      <span class="row between">
        <b>
          <Icon name="letter" /> {card.date === today ? words.today : words.latest}
        </b>
        <span class="s soft">{inWords(card.date, "short", lang)}</span>
      </span>
      <q>{card.first}</q>
      <span class="s soft">
        {card.title} <b class="ok">{words.read}</b>
      </span>
      <span role="status" class={news ? "badge new" : "vh"}>{news}</span>
    </a>
  );
}

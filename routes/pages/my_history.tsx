import { dateAt } from "../../domain/day.ts";
import type { Message } from "../../domain/message.ts";
import { moodEmoji } from "../../domain/mood.ts";
import { permalink } from "../../domain/permalink.ts";
import { PLAZA } from "../../domain/room.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";
import type { Words } from "../../domain/words/words.ts";
import { mayPractise, practiceOf } from "../../domain/may_practise.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { History, MyQuestion } from "./my_data.ts";
import { myLink } from "./my_link.ts";
import { Pager } from "./pager.tsx";

type Props = { c: AppContext; asked: MyQuestion; history: History; zone: string };

/** Own buzzes by day, newest first: all of them page by page, or one day's. */
export function OwnHistory({ c, asked, history, zone }: Props) {
  const { words, lang } = c.var;
  const { my } = words;
  const days = Map.groupBy(history.items, ({ at }) => dateAt(at, zone));
  if (asked.day && !days.has(asked.day)) days.set(asked.day, []);
  return (
    <section class="stack tight" id="history" aria-labelledby="history-title">
      <header class="row between">
        <h2 id="history-title">{my.history}</h2>
        {asked.day && <a class="chip" href={myLink(asked, {})}>{my.allDays}</a>}
      </header>
      {[...days].map(([date, items]) => (
        <section key={date} aria-labelledby={`day-${date}`}>
          <h3 class="soft" id={`day-${date}`}>{inWords(date, "day", lang)}</h3>
          {items.length
            ? <ul>{items.map((item) => <Own key={item.seq} c={c} item={item} zone={zone} />)}</ul>
            : <p class="notice">{my.emptyDay}</p>}
        </section>
      ))}
      {days.size === 0 && (
        <p class="notice">
          <span>
            {my.emptyHistory} <a href="/">{c.var.words.page.home}</a>
          </span>
        </p>
      )}
      <Pager
        words={words}
        page={history.page}
        pages={history.pages}
        href={(page) => myLink(asked, { day: asked.day, page })}
      />
    </section>
  );
}

function Own({ c, item, zone }: { c: AppContext; item: Message; zone: string }) {
  const { my, moods, chat } = c.var.words;
  return (
    <li class="hist">
      <span class="s muted">
        <Icon name="plaza" /> {my.buzz}{" "}
        <time dateTime={new Date(item.at).toISOString()}>{clockIn(item.at, zone, c.var.lang)}</time>
      </span>
      <a class="said" href={permalink(PLAZA, item.seq)}>{said(item, chat)}</a>
      {mayPractise(item, c.var.who?.id) && (
        <a class="btn quiet sm practise" href={practiceOf(item.id)}>{c.var.words.cards.fromBuzz}</a>
      )}
      {item.mood && (
        <span class="mood" data-mood={item.mood}>
          <span class="e" aria-hidden="true">{moodEmoji[item.mood]}</span>
          {moods[item.mood]}
        </span>
      )}
    </li>
  );
}

const said = ({ text, gone }: Message, words: Words["chat"]): string =>
  gone ? gone === "author" ? words.goneAuthor : words.goneKeeper : text;

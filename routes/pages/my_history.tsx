import { dateAt } from "../../domain/day.ts";
import type { Message } from "../../domain/message.ts";
import { moodEmoji } from "../../domain/mood.ts";
import type { Sort } from "../../domain/timeline.ts";
import { sorts } from "../../domain/timeline.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { mayPractise, practiceOf } from "../../domain/may_practise.ts";
import { Icon } from "../../islands/icon.tsx";
import { foreign } from "../../islands/chat/script.ts";
import { ROOMS } from "../../kv/timeline.ts";
import type { AppContext } from "../context.ts";
import type { MyQuestion } from "./my_data.ts";
import { myLink } from "./my_link.ts";
import type { History, Row } from "./my_timeline.ts";
import { Pager } from "./pager.tsx";

type Props = { c: AppContext; asked: MyQuestion; history: History; zone: string };

/** All that is one's own by day, newest first: everything or one sort of it, of all days or of one. */
export function OwnHistory({ c, asked, history, zone }: Props) {
  const { words, lang } = c.var;
  const { my } = words;
  const days = Map.groupBy(history.rows, ({ at }) => dateAt(at, zone));
  if (asked.day && !days.has(asked.day)) days.set(asked.day, []);
  return (
    <section class="stack tight" id="history" aria-labelledby="history-title">
      <header class="row between">
        <h2 id="history-title">{my.history}</h2>
        {asked.day && <a class="chip" href={myLink(asked, {})}>{my.allDays}</a>}
      </header>
      <Filters c={c} asked={asked} />
      {asked.older && (
        <p class="notice">
          <span>
            {my.olderRooms} <a href={myLink(asked, { day: asked.day })}>{my.newest}</a>
          </span>
        </p>
      )}
      {[...days].map(([date, rows]) => (
        <section key={date} aria-labelledby={`day-${date}`}>
          <h3 class="soft" id={`day-${date}`}>{inWords(date, "day", lang)}</h3>
          {rows.length
            ? <ul>{rows.map((row) => <Own key={row.href} c={c} row={row} zone={zone} />)}</ul>
            : <p class="notice">{asked.only === "buzz" ? my.emptyDay : my.nothingThen}</p>}
        </section>
      ))}
      {days.size === 0 && <Nothing c={c} asked={asked} />}
      <On c={c} asked={asked} history={history} />
    </section>
  );
}

function Filters({ c, asked: { day, ...asked } }: { c: AppContext; asked: MyQuestion }) {
  const { my } = c.var.words;
  return (
    <nav class="row" aria-label={my.filter}>
      {[undefined, ...sorts].map((only) => (
        <a
          key={only}
          class="chip"
          href={myLink(asked, { day, only })}
          aria-current={only === asked.only ? "true" : undefined}
        >
          {only ? my.sorts[only] : my.everything}
        </a>
      ))}
    </nav>
  );
}

const homes: Record<Sort, string> = {
  buzz: "/",
  live: "/live",
  direct: "/chats",
  roleplay: "/roleplay",
  practice: "/practice",
  letter: "/letters",
};

/** Why there is nothing, and where something could begin. */
function Nothing({ c, asked: { only = "buzz", older, before } }: { c: AppContext; asked: MyQuestion }) {
  const { my } = c.var.words;
  if (older || before) return <p class="notice">{my.nothingMore}</p>;
  const offRecord = only === "roleplay" || only === "practice";
  return (
    <p class="notice">
      <span>
        {my.emptySorts[only]} {offRecord && `${my.offRecord} `}
        <a href={homes[only]}>{my.go[only]}</a>
      </span>
    </p>
  );
}

/** Numbers where there are some; else on into the past, and to the rooms that were too old to be looked at. */
function On({ c, asked, history: { pager, next, made, older } }: Omit<Props, "zone">) {
  const { words } = c.var;
  const { my } = words, { day } = asked;
  if (pager) return <Pager words={words} {...pager} href={(page) => myLink(asked, { day, only: "buzz", page })} />;
  const there = { day, rooms: made, older: asked.older !== undefined };
  return (
    <>
      {(next || asked.before) && (
        <nav class="row pager" aria-label={my.pages}>
          {asked.before && <a class="btn sm" href={myLink(asked, { day })}>{my.newest}</a>}
          {next && <a class="btn sm" rel="next" href={myLink(asked, { ...there, before: next })}>{my.further}</a>}
        </nav>
      )}
      {older !== undefined && (
        <p class="s soft">
          {fill(my.someRooms, { n: ROOMS })}{" "}
          <a href={myLink(asked, { day, rooms: older, older: true })}>{my.toOlder}</a>
        </p>
      )}
    </>
  );
}

const icons: Record<Sort, string> = {
  buzz: "plaza",
  live: "live",
  direct: "match",
  roleplay: "play",
  practice: "practice",
  letter: "letter",
};

function Own({ c, row: { sort, at, href, about, said }, zone }: { c: AppContext; row: Row; zone: string }) {
  const { words, lang } = c.var;
  const message = typeof said === "string" ? undefined : said;
  const where = about ?? (sort === "live" ? words.live.streaming : undefined);
  const text = typeof said === "string" ? said || words.my.letterOpened : textOf(said, words);
  return (
    <li class="hist">
      <span class="s muted">
        <Icon name={icons[sort]} /> {words.my.sorts[sort]} {where && (
          <>
            · <b>{where}</b>
            {" "}
          </>
        )}
        <time dateTime={new Date(at).toISOString()}>{clockIn(at, zone, lang)}</time>
      </span>
      <a class="said" href={href} lang={foreign(text, lang)}>{text}</a>
      {sort === "buzz" && message && mayPractise(message, c.var.who?.id) && (
        <a class="btn quiet sm practise" href={practiceOf(message.id)}>{words.cards.fromBuzz}</a>
      )}
      {message?.mood && (
        <span class="mood" data-mood={message.mood}>
          <span class="e" aria-hidden="true">{moodEmoji[message.mood]}</span>
          {words.moods[message.mood]}
        </span>
      )}
    </li>
  );
}

/** Characters of a line that is longer than any buzz. */
const MOST = 500;

function textOf({ text, gone, photo }: Message, { chat, matching }: Words): string {
  if (gone) return gone === "author" ? chat.goneAuthor : chat.goneKeeper;
  if (!text && photo) return `📷 ${matching.chats.photo}`;
  const signs = [...text];
  return signs.length > MOST ? `${signs.slice(0, MOST).join("")}…` : text;
}

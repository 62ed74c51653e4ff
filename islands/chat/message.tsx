import { Component } from "preact";
import { useContext } from "preact/hooks";
import { faceOf } from "../../domain/face.ts";
import { type Mood, moodEmoji } from "../../domain/mood.ts";
import type { Message } from "../../domain/message.ts";
import { clockIn } from "../../domain/words/dates.ts";
import { Icon } from "../icon.tsx";
import { foreign } from "./script.ts";
import type { Sending } from "./state.ts";
import { type View, ViewContext } from "./view.ts";

type LineProps = { message: Message; cont: boolean; mine: boolean; still: boolean; view: View };

/** A buzz that is in the log. Drawn again only when something about it has changed. */
export class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return (Object.keys(next) as (keyof LineProps)[]).some((name) => next[name] !== this.props[name]);
  }

  override render({ message, cont, mine, still, view }: LineProps) {
    const { author, kind, text, mood } = message;
    if (kind === "admin") return <Notice message={message} view={view} />;
    const lang = foreign(text, view.lang);
    return (
      <li
        class={classes("msg", mine && "mine", cont && "cont", still && "still")}
        data-mood={mood}
        data-seq={message.seq}
      >
        {!mine && <Face id={author.id} />}
        {!cont && <By name={mine ? undefined : author.nickname} mood={mood} view={view} role={author.role} />}
        <div class="say">
          {cont && <span class="vh">{mine ? view.words.chat.me : author.nickname}</span>}
          <p class="bubble" lang={lang}>{text}</p>
          <span class="when">
            <Time at={message.at} view={view} />
          </span>
        </div>
      </li>
    );
  }
}

/** What staff say to everybody. */
function Notice({ message, view }: { message: Message; view: View }) {
  const { author, text, at } = message;
  return (
    <li class="msg admin" data-seq={message.seq}>
      <Face id={author.id} />
      <div>
        <div class="by">
          <b lang={foreign(author.nickname, view.lang)}>{author.nickname}</b>
          <span class="badge staff">{view.words.roles.admin}</span>
          <Time at={at} view={view} />
        </div>
        <p class="text" lang={foreign(text, view.lang)}>{text}</p>
      </div>
    </li>
  );
}

function By({ name, mood, role, view }: { name?: string; mood?: Mood; role: Message["author"]["role"]; view: View }) {
  const { words, lang } = view;
  return (
    <div class="by">
      {name === undefined ? <span class="vh">{words.chat.me}</span> : <b lang={foreign(name, lang)}>{name}</b>}
      {role === "moderator" && <span class="badge keeper">{words.roles.moderator}</span>}
      {mood && (
        <span class="mood" data-mood={mood}>
          <span class="e" aria-hidden="true">{moodEmoji[mood]}</span>
          {words.moods[mood]}
        </span>
      )}
    </div>
  );
}

function Face({ id }: { id: string }) {
  const { animal, tint } = faceOf(id);
  return <span class="av" data-mood={tint} aria-hidden="true">{animal}</span>;
}

/** The minute, and on hover the exact time. */
function Time({ at, view: { lang, zone } }: { at: number; view: View }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(lang, zone).format(at)}>{clockIn(at, zone, lang)}</time>
  );
}

/** Made once for each language and zone: to make one takes longer than to draw a line. */
function exactly(lang: string, timeZone: string): Intl.DateTimeFormat {
  const name = `${lang} ${timeZone}`;
  const known = formats.get(name) ??
    new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "medium", timeZone });
  formats.set(name, known);
  return known;
}
const formats = new Map<string, Intl.DateTimeFormat>();

type OutProps = { sending: Sending; offline: boolean; retry(id: string): void; drop(id: string): void };

/** A buzz of mine that is still on its way, or could not go. */
export function Outgoing({ sending, offline, retry, drop }: OutProps) {
  const { words, lang, ...view } = useContext(ViewContext);
  const { clientId, text, mood, failed } = sending;
  const { chat } = words;
  return (
    <li class={classes("msg", "mine", failed === undefined ? "pending" : "failed")} data-mood={mood}>
      <By mood={mood} role="user" view={{ ...view, words, lang }} />
      <div class="say">
        <p class="bubble" lang={foreign(text, lang)}>{text}</p>
        {failed === undefined && <span class="when">{offline ? chat.waiting : chat.pending}</span>}
      </div>
      {failed !== undefined && (
        <div class="acts">
          <span class="err s" role="alert">{chat.failed} {failed}</span>
          <button type="button" class="chip" onClick={() => retry(clientId)}>
            <Icon name="retry" />
            {chat.retry}
          </button>
          <button type="button" class="chip" onClick={() => drop(clientId)}>{chat.drop}</button>
        </div>
      )}
    </li>
  );
}

const classes = (...names: (string | false)[]): string => names.filter(Boolean).join(" ");

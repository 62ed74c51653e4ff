import { type Message, type Reaction, reactions } from "../../domain/message.ts";
import { type Mood, moodEmoji } from "../../domain/mood.ts";
import { clockIn } from "../../domain/words/dates.ts";
import { fill } from "../../domain/words/fill.ts";
import { faceOf } from "../../domain/face.ts";
import { Icon } from "../icon.tsx";
import type { Pressed } from "./rows.ts";
import { foreign } from "./script.ts";
import type { View } from "./view.ts";

/** What both kinds of lines show of a message. What is pressed carries `data-do`; the log hears it for all. */
type Of = { message: Message; view: View };

export function Face({ message: { author, kind }, small }: { message: Message; small?: boolean }) {
  const size = small ? "sm" : "";
  if (kind === "companion") return <span class={`av ai ${size}`} aria-hidden="true">{<Icon name="fire" />}</span>;
  const { animal, tint } = faceOf(author.id);
  return <span class={`av ${size}`} data-mood={tint} aria-hidden="true">{animal}</span>;
}

/** Who speaks for more than themselves. */
export function Badge({ message: { author, kind }, view: { words } }: Of) {
  if (kind === "companion") return <span class="badge ai">AI</span>;
  if (kind === "admin") return <span class="badge staff">{words.roles.admin}</span>;
  return author.role === "moderator" ? <span class="badge keeper">{words.roles.moderator}</span> : null;
}

/** How somebody felt when they wrote it. */
export function MoodTag({ mood, view }: { mood: Mood | undefined; view: View }) {
  if (!mood) return null;
  return (
    <span class="mood" data-mood={mood}>
      <span class="e" aria-hidden="true">{moodEmoji[mood]}</span>
      {view.words.moods[mood]}
    </span>
  );
}

/** The minute, and on hover the exact time. */
export function Time({ at, view: { lang, zone } }: { at: number; view: View }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exactly(lang, zone).format(at)}>{clockIn(at, zone, lang)}</time>
  );
}

/** The text with the names it calls; or who took it away. */
export function Text({ message, view }: Of) {
  const { text, gone, mentions, poll } = message;
  const { chat } = view.words;
  if (gone) return <>{gone === "author" ? chat.goneAuthor : chat.goneKeeper}</>;
  if (poll) {
    return (
      <>
        <Icon name="poll" /> {fill(chat.pollSaid, { q: poll.question })}
      </>
    );
  }
  if (message.photo) return <Shown message={message} view={view} />;
  const companion = view.place.companion;
  if (!text.includes("@") || (!mentions?.length && !companion)) return <>{text}</>;
  return <>{text.split(/(@[^\s@]+)/u).map((part, i) => i % 2 ? <span key={i} class="at">{part}</span> : part)}</>;
}

function Shown({ message: { photo, author }, view }: Of) {
  const { id, width, height } = photo!;
  const alt = fill(view.place.photo?.said ?? "", { name: author.nickname });
  return (
    <a href={`/photos/${id}`}>
      <img class="photo" src={`/photos/${id}`} width={width} height={height} alt={alt} loading="lazy" />
    </a>
  );
}

/** What is answered; leads there. */
export function Quoted({ message: { reply }, view }: Of) {
  if (!reply || view.place.alone) return null;
  const { chat } = view.words;
  return (
    <a class="quote" href={`${view.place.path}?at=${reply.seq}#m${reply.seq}`} data-do="go" data-to={reply.seq}>
      <b>{reply.nickname}</b> <span lang={foreign(reply.text, view.lang)}>{reply.text || chat.quoteGone}</span>
    </a>
  );
}

/** Small things beside the time: edited, a question, answered. */
export function Marks({ message: { editedAt, asks, answered, gone }, view: { words: { chat } } }: Of) {
  if (gone || !(editedAt || asks || answered)) return null;
  return (
    <>
      {editedAt && <span class="muted xs">{chat.edited}</span>}
      {answered ? <span class="badge ok">{chat.answered}</span> : asks && <span class="badge">{chat.asks}</span>}
    </>
  );
}

/** What others felt with it; nothing when nobody did. */
export function Reactions({ message, view, pressed }: Of & { pressed: Pressed }) {
  const counts = reactions.filter((one) => message.reactions?.[one]).map((one) => [one, message.reactions![one]!]);
  if (message.gone || !counts.length) return null;
  return (
    <div class="acts" aria-live="off">
      {(counts as [Reaction, number][]).map(([reaction, n]) => (
        <button
          key={reaction}
          type="button"
          class="chip"
          data-do="react"
          data-reaction={reaction}
          aria-pressed={pressed?.includes(reaction) ?? false}
        >
          {view.words.chat.reactions[reaction]} <span class="num">{n}</span>
        </button>
      ))}
    </div>
  );
}

/** How far an answer of the companion has come, and the way to stop it. */
export function Progress({ message: { state, read, author }, view, asker }: Of & { asker: boolean }) {
  const { chat } = view.words;
  if (!state || (view.place.alone && (state === "done" || state === "streaming"))) return null;
  const n = read ?? 0;
  return (
    <p class="row between s soft">
      <span>
        {state === "streaming"
          ? fill(n ? chat.answering : chat.answeringNone, { n, name: author.nickname })
          : state === "done"
          ? fill(chat.answerRead, { n })
          : state === "stopped"
          ? chat.stopped
          : chat.interrupted}
      </span>
      {state === "streaming" && asker && (
        <button type="button" class="chip" data-do="stop">
          <Icon name="stop" />
          {chat.stop}
        </button>
      )}
    </p>
  );
}

/** Of what is gone, keepers can do one thing: show again what they hid. */
export const hasMenu = ({ gone }: Message, { place: { alone, keeps } }: View): boolean =>
  !alone && (!gone || (gone === "keeper" && keeps));

/** Everything else that one can do. The keyboard opens it from the line itself. */
export function MoreButton({ message, view }: Of) {
  if (!hasMenu(message, view)) return null;
  const { author, gone, seq } = message;
  const same = {
    class: "ico more-of",
    "data-do": "more",
    "aria-haspopup": "menu",
    "aria-label": fill(view.words.chat.more, { name: author.nickname }),
  } as const;
  if (gone) return <button type="button" tabIndex={-1} {...same}>{<Icon name="more" />}</button>;
  const asButton = hasScripts ? { role: "button", tabIndex: -1 } as const : {};
  return <a href={`/said/${view.place.room}/${seq}`} {...asButton} {...same}>{<Icon name="more" />}</a>;
}

const hasScripts = typeof document !== "undefined";

/** Without scripts it is a link, which the keyboard finds; where scripts run, what the server has drawn becomes what it is here. */
export function becomeButton(more: HTMLElement): void {
  more.role = "button";
  more.tabIndex = -1;
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

export const classes = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(" ");

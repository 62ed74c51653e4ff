import type { Excerpt } from "../../domain/excerpt.ts";
import { dateAt } from "../../domain/day.ts";
import { moodEmoji } from "../../domain/mood.ts";
import { permalink } from "../../domain/permalink.ts";
import { PLAZA, type Room, type RoomKind } from "../../domain/room.ts";
import { clockIn, inWords } from "../../domain/words/dates.ts";
import type { Words } from "../../domain/words/words.ts";
import { foreign } from "../../islands/chat/script.ts";
import { Icon } from "../../islands/icon.tsx";
import type { AppContext } from "../context.ts";
import type { Hit as Found } from "../find.ts";

const icons: Partial<Record<RoomKind, string>> = { plaza: "plaza", roleplay: "play", practice: "practice" };

/** A message that was found: where, who, when, and its words with what was looked for marked. It leads into the room. */
export function Hit({ c, hit: { room, message, excerpt }, zone }: { c: AppContext; hit: Found; zone: string }) {
  const { words, lang } = c.var;
  const { author, at, mood } = message;
  return (
    <li class="hist">
      <span class="s muted">
        <Icon name={icons[room.kind] ?? "live"} /> {nameOf(room, words)} · <b>{author.nickname}</b>{" "}
        <time dateTime={new Date(at).toISOString()}>
          {inWords(dateAt(at, zone), "day", lang)} {clockIn(at, zone, lang)}
        </time>
      </span>
      <a class="said" href={permalink(room.id, message.seq, room.kind)} lang={foreign(message.text, lang)}>
        <Marked excerpt={excerpt} />
      </a>
      {mood && (
        <span class="mood" data-mood={mood}>
          <span class="e" aria-hidden="true">{moodEmoji[mood]}</span>
          {words.moods[mood]}
        </span>
      )}
    </li>
  );
}

function Marked({ excerpt: { text, marks } }: { excerpt: Excerpt }) {
  return (
    <>
      {marks.map(([from, to], i) => (
        <>
          {text.slice(marks[i - 1]?.[1] ?? 0, from)}
          <mark>{text.slice(from, to)}</mark>
        </>
      ))}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  );
}

export function nameOf({ id, kind, title }: Room, { search, live, practice }: Words): string {
  if (id === PLAZA) return search.plaza;
  return title ?? (kind === "practice" ? practice.title : live.streaming);
}

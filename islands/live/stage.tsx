import type { Message } from "../../domain/message.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Hands } from "../chat/hands.ts";
import { foreign } from "../chat/script.ts";
import type { Chat } from "../chat/state.ts";
import { Icon } from "../icon.tsx";
import { Views } from "./count.tsx";
import type { LiveData } from "./data.ts";
import { Level } from "./level.tsx";
import { Missed } from "./missed.tsx";
import { People } from "./people.tsx";
import { NewPoll, Poll } from "./poll.tsx";
import { Settings } from "./settings.tsx";

export type StageProps = {
  chat: Chat;
  hands: Hands;
  data: LiveData;
  /** What this reader keeps on the own device: the choice in a poll, whether coming and going is shown. */
  note(name: string, value?: string): string;
};

/** What stands beside the talk: the pin, the poll, the questions, who is here. On a phone these are chips, and the views with them. */
export function Stage({ chat, hands, data, note }: StageProps) {
  const { words, may, place } = data;
  const everything = [...chat.kept, ...chat.items];
  const newest = (is: (message: Message) => boolean) => everything.filter((one) => !one.gone && is(one)).at(-1);
  const pinned = chat.terms.pinned === undefined ? undefined : newest(({ seq }) => seq === chat.terms.pinned);
  const poll = newest(({ poll }) => poll != null);
  const asked = [...new Map(everything.map((one) => [one.seq, one])).values()];
  const questions = asked.filter(({ asks, answered, gone }) => asks && !answered && !gone);
  return (
    <>
      {chat.left && <p class="notice warn">{words.live.left}</p>}
      {chat.about?.closedAt !== undefined && <p class="notice">{words.live.closed}</p>}
      {pinned && <Pinned message={pinned} data={data} />}
      {poll && <Poll key={poll.id} message={poll} hands={hands} data={data} chat={chat} note={note} />}
      {chat.me && may.keep && (!poll || poll.poll!.closed) && <NewPoll hands={hands} data={data} />}
      <details class="fold" name="fold">
        <summary>
          <Icon name="ask" />
          {words.live.questions} <span class="num">{questions.length}</span>
        </summary>
        <div class="stack tight">
          {!questions.length && <p class="s muted">{words.live.noQuestions}</p>}
          <ul class="stack tight">
            {questions.map((one) => (
              <li key={one.id}>
                <a href={`${place.path}?at=${one.seq}#m${one.seq}`} lang={foreign(one.text, data.lang)}>{one.text}</a>
                {" "}
                <span class="s muted">
                  {one.author.nickname}
                  {one.reactions?.metoo ? ` · ${words.chat.reactions.metoo} ${one.reactions.metoo}` : ""}
                </span>
              </li>
            ))}
          </ul>
          {chat.me && (
            <button type="button" class="btn sm" onClick={() => hands.aim({ kind: "question" })}>
              {words.live.ask}
            </button>
          )}
        </div>
      </details>
      <Missed data={data} head={chat.head} note={note} />
      <People data={data} hands={hands} note={note} />
      {data.level && <Level data={data} level={data.level} hands={hands} />}
      {may.keep && <Settings chat={chat} hands={hands} data={data} />}
      {chat.me && place.companion && (
        <p class="ask-ai">
          <button type="button" class="btn sm" onClick={() => hands.aim({ kind: "companion" })}>
            <Icon name="fire" /> {fill(words.live.askCompanion, { name: place.companion })}
          </button>
        </p>
      )}
      <Views chat={chat} hands={hands} words={words} />
    </>
  );
}

function Pinned({ message, data: { words, place, lang } }: { message: Message; data: LiveData }) {
  return (
    <p class="notice warn pinned">
      <Icon name="pin" />
      <span>
        <b class="vh">{words.live.pinned}</b>
        <a href={`${place.path}?at=${message.seq}#m${message.seq}`} lang={foreign(message.text, lang)}>
          {message.text || message.poll?.question}
        </a>{" "}
        <span class="s">{message.author.nickname}</span>
      </span>
    </p>
  );
}

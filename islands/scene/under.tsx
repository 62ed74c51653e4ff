import type { ComponentChildren } from "preact";
import type { Message } from "../../domain/message.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Chat } from "../chat/chat.ts";
import type { View } from "../chat/view.ts";
import { Icon } from "../icon.tsx";
import { languageOf, type SceneData } from "./data.ts";
import type { SceneHands } from "./hands.ts";
import { Listen } from "./listen.tsx";
import { Note } from "./note.tsx";

type Props = { message: Message; last: boolean; chat: Chat; view: View; data: SceneData; hands: SceneHands };

/** What stands under a message of an AI room: notes on mine, what to do with the companion's, other versions. */
export function Under(props: Props) {
  const { message, view, data } = props;
  if (message.gone || message.state === "streaming") return null;
  const mine = message.author.id === data.me.id;
  return (
    <>
      {mine &&
        message.corrections?.map((one) => <Note key={one.said} correction={one} view={view} words={data.words} />)}
      {message.event?.type === "question" && <Asked message={message} data={data} />}
      <div class={props.last ? "acts" : "acts faint"}>
        {mine ? !isInterview(data) && !isForSeveral(data) && <Rerun {...props} /> : <Answered {...props} />}
        <Versions {...props} />
      </div>
    </>
  );
}

function Asked({ message: { event }, data: { words: { practice } } }: { message: Message; data: SceneData }) {
  if (event?.type !== "question") return null;
  return (
    <p class="s muted">
      {fill(practice.questions, { n: event.n, of: event.of })}
      {event.followUp && ` · ${practice.followUp}`}
    </p>
  );
}

function Answered({ message, last, data, hands }: Props) {
  const { words: { roleplay }, place, about, model } = data;
  const { sound } = hands;
  return (
    <>
      {sound && message.text && (
        <Listen
          message={message}
          room={place.room}
          reader={sound.reader}
          language={languageOf(about)}
          speed={sound.choice().speed}
          voice={model}
          words={roleplay.speech}
          tell={hands.tell}
        />
      )}
      {last && message.reply && !isForSeveral(data) && !(isInterview(data) && isWhole(message)) && (
        <Press
          action={`${place.path}/regenerate`}
          seq={message.seq}
          press={() => hands.regenerate(message.seq)}
        >
          <Icon name="retry" /> {message.state === "done" ? roleplay.room.regenerate : roleplay.room.again}
        </Press>
      )}
    </>
  );
}

const isInterview = ({ about }: SceneData): boolean => about.practice?.mode === "interview";
/** A scene for several is told straight on. */
const isForSeveral = ({ about }: SceneData): boolean => about.scene?.cast !== undefined;
const isWhole = ({ state }: Message): boolean => state === "done" || state === "stopped";

function Rerun({ message, data: { words, place }, hands }: Props) {
  return (
    <a
      class="chip"
      href={`${place.path}?rerun=${message.seq}#say`}
      onClick={(event) => {
        event.preventDefault();
        hands.aim({ kind: "edit", message });
      }}
    >
      <Icon name="pen" /> {words.roleplay.room.rerun}
    </a>
  );
}

/** To the version before and after this one. */
function Versions({ message, chat, data: { words: { roleplay: { room } }, place }, hands }: Props) {
  const first = chat.items.find(({ seq }) => seq === (message.version ?? message.seq));
  const all = first?.versions ?? [];
  if (all.length < 2) return null;
  const at = all.indexOf(message.seq);
  const step = (to: number | undefined, label: string, icon: string) => (
    <Press
      action={`${place.path}/switch`}
      seq={to}
      press={() => hands.switchTo(to!)}
      label={label}
    >
      <Icon name={icon} />
    </Press>
  );
  return (
    <span class="row versions" role="group" aria-label={room.versions}>
      {step(all[at - 1], room.before, "back")}
      <span class="num">{fill(room.version, { n: at + 1, of: all.length })}</span>
      {step(all[at + 1], room.after, "next")}
    </span>
  );
}

type PressProps = {
  action: string;
  /** Absent: there is nothing to do. */
  seq?: number;
  press(): void;
  label?: string;
  children: ComponentChildren;
};

/** A button that is a form where there are no scripts. */
function Press({ action, seq, press, label, children }: PressProps) {
  return (
    <form
      method="post"
      action={action}
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      <input type="hidden" name="seq" value={seq} />
      <button type="submit" class="chip" aria-label={label} disabled={seq === undefined}>{children}</button>
    </form>
  );
}

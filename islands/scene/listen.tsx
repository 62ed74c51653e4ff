import { useEffect, useState } from "preact/hooks";
import type { Message } from "../../domain/message.ts";
import type { Lang } from "../../domain/person.ts";
import { Icon } from "../icon.tsx";
import { canSpeak, type Reader, type Speed } from "../speech/aloud.ts";
import type { SceneWords } from "./data.ts";

type Props = {
  message: Message;
  room: string;
  reader: Reader;
  language: Lang;
  speed: Speed;
  /** The server has a voice of its own. */
  voice: boolean;
  words: SceneWords["roleplay"]["speech"];
  tell(text: string, bad?: boolean): void;
};

/** Reads one answer aloud; pressed again it is silent. Nothing where there is no voice at all. */
export function Listen({ message: { seq }, room, reader, language, speed, voice, words, tell }: Props) {
  const [can, setCan] = useState(voice);
  const [on, setOn] = useState(false);
  useEffect(() => setCan(voice || canSpeak()), []);
  if (!can) return null;

  async function press(): Promise<void> {
    if (on) return reader.stop();
    const element = document.querySelector<HTMLElement>(`#m${seq} .bubble`);
    if (!element) return;
    setOn(true);
    const recorded = voice ? `/api/rooms/${room}/messages/${seq}/speech` : undefined;
    const ended = await reader.read({ element, lang: language, speed, voice: recorded });
    setOn(false);
    if (ended === "mute") tell(words.mute, true);
  }

  return (
    <button type="button" class="chip" aria-pressed={on} onClick={press}>
      <Icon name={on ? "stop" : "sound"} />
      {on ? words.hush : words.listen}
    </button>
  );
}

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Lang } from "../../domain/person.ts";
import { Icon } from "../icon.tsx";
import { canDictate, dictate } from "../speech/dictate.ts";
import type { SceneWords } from "./data.ts";

type Props = {
  box: RefObject<HTMLTextAreaElement | null>;
  language: Lang;
  words: SceneWords["roleplay"]["speech"];
  tell(text: string, bad?: boolean): void;
};

/** Writes by speaking; nothing where the browser can't. What it hears stays in the field until it is sent by hand. */
export function Dictate({ box, language, words, tell }: Props) {
  const [can, setCan] = useState(false);
  const [on, setOn] = useState(false);
  const ear = useRef<{ stop(): void } | null>(null);
  useEffect(() => {
    setCan(canDictate());
    return () => ear.current?.stop();
  }, []);
  if (!can) return null;

  function press(): void {
    if (on) return ear.current?.stop();
    ear.current = dictate(box.current!, language, (refused) => {
      setOn(false);
      box.current?.focus();
      if (refused) tell(words.refused, true);
    });
    setOn(true);
  }

  return (
    <button
      type="button"
      class={on ? "ico hearing" : "ico"}
      aria-pressed={on}
      aria-label={on ? words.dictating : words.dictate}
      onClick={press}
    >
      <Icon name="mic" />
    </button>
  );
}

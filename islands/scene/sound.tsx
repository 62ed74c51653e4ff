import { useEffect, useState } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { canSpeak, type Speed, speeds } from "../speech/aloud.ts";
import { canDictate } from "../speech/dictate.ts";
import type { SceneWords } from "./data.ts";

/** How what is said sounds here: kept on this device. */
export type SoundChoice = { speed: Speed; auto: boolean };
type Props = {
  words: SceneWords["roleplay"]["speech"];
  choice: SoundChoice;
  voice: boolean;
  choose(choice: SoundChoice): void;
};

/** How fast and when it is read aloud; and what this browser can't. Drawn once it is known what it can. */
export function Sound({ words, choice, voice, choose }: Props) {
  const [can, setCan] = useState<{ speak: boolean; dictate: boolean } | null>(null);
  useEffect(() => setCan({ speak: canSpeak(), dictate: canDictate() }), []);
  if (!can) return null;
  const speaks = can.speak || voice;
  return (
    <details class="fold">
      <summary>
        <Icon name="sound" />
        {words.title}
      </summary>
      <div class="stack tight">
        {speaks && (
          <>
            <fieldset>
              <legend class="label">{words.speed}</legend>
              <div class="row">
                {speeds.map((speed) => (
                  <label key={speed} class="chip pick">
                    <input
                      type="radio"
                      name="speed"
                      checked={choice.speed === speed}
                      onChange={() => choose({ ...choice, speed })}
                    />
                    {speed}×
                  </label>
                ))}
              </div>
            </fieldset>
            <label class="switch s">
              <span>{words.auto}</span>
              <input
                type="checkbox"
                checked={choice.auto}
                onChange={() => choose({ ...choice, auto: !choice.auto })}
              />
            </label>
          </>
        )}
        <p class="s muted">{speaks ? voice ? words.model : words.browser : words.noVoice}</p>
        <p class="s muted">{can.dictate ? words.elsewhere : words.noDictation}</p>
      </div>
    </details>
  );
}

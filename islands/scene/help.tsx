import { useState } from "preact/hooks";
import type { HintSize } from "../../domain/practice.ts";
import { Icon } from "../icon.tsx";
import { foreign } from "../chat/script.ts";
import type { Lang } from "../../domain/person.ts";
import type { SceneWords } from "./data.ts";

type Props = {
  words: SceneWords["roleplay"]["hints"];
  lang: Lang;
  ask(size: HintSize): Promise<string | null>;
  put(text: string): void;
};

/** As `domain/practice.ts` names them, without the schema library. */
const sizes: HintSize[] = ["word", "frame", "sentence"];

/** When stuck: a word, a frame or a sentence. Free; it waits until it is wanted, and goes into the field by a press. */
export function Help({ words, lang, ask, put }: Props) {
  const [busy, setBusy] = useState<HintSize | null>(null);
  const [hint, setHint] = useState<string | null>(null);

  async function want(size: HintSize): Promise<void> {
    if (busy) return;
    setBusy(size);
    setHint(await ask(size) ?? words.failed);
    setBusy(null);
  }

  return (
    <div class="help stack tight">
      <div class="row" role="group" aria-label={words.title}>
        <span class="s muted" aria-hidden="true">
          <Icon name="bulb" /> {words.title}
        </span>
        {sizes.map((size) => (
          <button
            key={size}
            type="button"
            class="chip"
            aria-busy={busy === size}
            onClick={() => want(size)}
          >
            {words[size]}
          </button>
        ))}
      </div>
      <div role="status">
        {hint && (
          <p class="row hinted s">
            <span class="grow" lang={foreign(hint, lang)}>{hint}</span>
            {hint !== words.failed && (
              <button
                type="button"
                class="chip"
                onClick={() => {
                  put(hint);
                  setHint(null);
                }}
              >
                {words.use}
              </button>
            )}
            <button type="button" class="ico" aria-label={words.close} onClick={() => setHint(null)}>
              <Icon name="x" />
            </button>
          </p>
        )}
      </div>
    </div>
  );
}

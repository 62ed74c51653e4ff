import { useState } from "preact/hooks";
import type { HintSize } from "../../domain/practice.ts";
import { Icon } from "../icon.tsx";
import { foreign } from "../chat/script.ts";
import type { Lang } from "../../domain/person.ts";
import type { Hint } from "./acts.ts";
import type { SceneWords } from "./data.ts";

type Props = {
  words: SceneWords["roleplay"]["hints"];
  lang: Lang;
  ask(size: HintSize): Promise<Hint | null>;
  put(text: string): void;
};

/** As `domain/practice.ts` names them, without the schema library. */
const sizes: HintSize[] = ["word", "frame", "sentence"];

/** When stuck: a word, a frame or a sentence. Free; it waits until it is wanted, and goes into the field by a press. */
export function Help({ words, lang, ask, put }: Props) {
  const [busy, setBusy] = useState<HintSize | null>(null);
  const [hint, setHint] = useState<Hint | "none" | null>(null);

  async function want(size: HintSize): Promise<void> {
    if (busy) return;
    setBusy(size);
    setHint(await ask(size) ?? "none");
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
            {hint === "none" ? <span class="grow">{words.failed}</span> : (
              <>
                <span class="grow">
                  <span lang={foreign(hint.text, lang)}>{hint.text}</span>
                  <span class="block soft">{hint.meaning}</span>
                </span>
                <button
                  type="button"
                  class="chip"
                  onClick={() => {
                    put(hint.text);
                    setHint(null);
                  }}
                >
                  {words.use}
                </button>
              </>
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

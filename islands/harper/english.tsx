import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { CorrectionLevel } from "../../domain/mistake.ts";
import { fill } from "../../domain/words/fill.ts";
import type { Words } from "../../domain/words/words.ts";
import { type Harper, type HarperFiles, openHarper } from "./harper.ts";
import { type Note, notesOf } from "./notes.ts";
import { Notes } from "./note_list.tsx";

export type EnglishWords = Words["cards"]["english"] & Pick<Words["cards"], "kinds" | "said" | "better">;
/** `text` is what the reader wrote last; each new one is looked at once while the switch is on. */
type Props = {
  files: HarperFiles;
  words: EnglishWords;
  level: CorrectionLevel;
  text: string;
  /** Between the switch and what is said of the text. */
  children?: ComponentChildren;
};
type State = "off" | "loading" | "ready" | "failed";

/** The switch that loads Harper, and what Harper says of the reader's own English. Nothing is loaded before. */
export function English({ files, words, level, text, children }: Props) {
  const [state, set] = useState<State>("off");
  const [harper, hold] = useState<Harper | null>(null);
  const [looked, show] = useState<{ text: string; notes: Note[] } | null>(null);
  const on = state === "loading" || state === "ready";

  useEffect(() => {
    if (!on) return;
    let left = false, opened: Harper | null = null;
    const failed = () => !left && set("failed");
    openHarper(files).then((fresh) => {
      opened = fresh;
      if (left) return fresh.close();
      hold(fresh);
      set("ready");
    }, failed);
    return () => {
      left = true;
      hold(null);
      opened?.close();
    };
  }, [on]);

  useEffect(() => {
    if (!harper || !text.trim()) return;
    let left = false;
    harper.look(text).then(
      (found) => left || show({ text, notes: notesOf(text, found, level) }),
      () => left || set("failed"),
    );
    return () => void (left = true);
  }, [harper, text, level]);

  const notes = looked?.text === text ? looked.notes : null;
  return (
    <div class="stack tight">
      <label class="switch">
        <span>
          {words.turnOn}
          <span class="s muted">{words.size}</span>
        </span>
        <input type="checkbox" role="switch" checked={on} onChange={() => set(on ? "off" : "loading")} />
      </label>
      {children}
      <p class={state === "failed" ? "s err" : "s soft"} role="status">{tell(words, state, text, notes)}</p>
      {notes && <Notes key={text} notes={notes} words={words} />}
    </div>
  );
}

function tell(words: EnglishWords, state: State, text: string, notes: Note[] | null): string {
  if (state === "failed") return words.failed;
  if (state === "loading") return words.loading;
  if (state === "off") return text && words.first;
  if (!notes) return words.ready;
  return notes.length ? fill(words.found, { n: notes.length }) : words.none;
}

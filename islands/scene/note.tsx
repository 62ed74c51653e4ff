import type { Correction } from "../../domain/correction.ts";
import { foreign } from "../chat/script.ts";
import type { View } from "../chat/view.ts";
import type { SceneWords } from "./data.ts";

type Part = { text: string; how: "same" | "gone" | "new" };

/** What would be better, beside the sentence: what goes, what comes, and why. */
export function Note({ correction, view, words }: { correction: Correction; view: View; words: SceneWords }) {
  const { said, better, why } = correction;
  return (
    <div class="fix" role="note" aria-label={words.practice.fix}>
      <p lang={foreign(better, view.lang)}>
        {partsOf(said, better).map(({ text, how }, i) =>
          how === "same" ? text : how === "gone" ? [<del key={i}>{text}</del>, " "] : <ins key={i}>{text}</ins>
        )}
      </p>
      <p class="soft">{why}</p>
    </div>
  );
}

/** Two sentences as what they share at both ends, and what differs between. Words stay whole. */
export function partsOf(said: string, better: string): Part[] {
  const a = words(said), b = words(better);
  let from = 0, behind = 0;
  while (from < Math.min(a.length, b.length) && a[from] === b[from]) from++;
  while (behind < Math.min(a.length, b.length) - from && a.at(-1 - behind) === b.at(-1 - behind)) behind++;
  const part = (list: string[], how: Part["how"], start: number, end: number) => ({
    text: list.slice(start, end).join(""),
    how,
  });
  return [
    part(a, "same", 0, from),
    part(a, "gone", from, a.length - behind),
    part(b, "new", from, b.length - behind),
    part(a, "same", a.length - behind, a.length),
  ].filter(({ text }) => text !== "") as Part[];
}

const words = (text: string): string[] => text.match(/\s+|[\p{L}\p{N}\p{M}'’]+|./gu) ?? [];

import type { Mood } from "../../domain/mood.ts";
import type { Theme } from "../../domain/theme.ts";

type Verse = { title: string; body: string };

/** The hand-written letters of one language. `{writers}`, `{buzzes}`, `{themes}` are filled in; see `fill.ts`. */
export type LetterWords = {
  themes: Record<Theme, string>;
  /** Between two themes. */
  comma: string;
  openings: string[];
  told: string[];
  /** For the mood that stood out. */
  moods: Record<Mood, Verse[]>;
  /** When none stood out. */
  mixed: Verse[];
  /** One sentence for the mood next to it. */
  beside: Record<Mood, string>;
  closings: string[];
  /** Fewer than five wrote: what they wrote is left alone. */
  few: Verse[];
  /** Nobody wrote. */
  quiet: Verse[];
  honest: { many: string; few: string; quiet: string };
};

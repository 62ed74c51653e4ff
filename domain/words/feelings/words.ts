import type { Mood } from "../../mood.ts";
import type { Lang } from "../../person.ts";
import type { Theme } from "../../theme.ts";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";

/** Where somebody talks, and with whom. */
type Place = { place: string; who: string };
/** What a scene about a feeling is made of, in one language. */
export type Feelings = {
  me: string;
  situation: string;
  /** For a text without a theme. */
  other: Place;
  places: Record<Theme, Place>;
  moods: Record<Mood, { title: string; wish: string; goals: [string, string, string] }>;
};

const all: Record<Lang, Feelings> = { ko, en, ja };
export const feelingsIn = (lang: Lang): Feelings => all[lang];

import type { Mood } from "./mood.ts";
import type { Lang } from "./person.ts";
import type { Theme } from "./theme.ts";
import { feelingsIn } from "./words/feelings/words.ts";
import { fill } from "./words/fill.ts";

/** The role-play's form filled in, as a draft of a scene without its language. */
export type FeltScene = {
  title: string;
  situation: string;
  myRole: string;
  aiRole: string;
  level: "normal";
  goals: string[];
};
/** Characters of the buzz that the situation quotes: the form's field holds 600. */
const QUOTED = 300;

/** A scene made of a buzz at once, in the reader's language: its first theme is the place, its mood the wish and goals. */
export function sceneOf(
  { text, mood, themes }: { text: string; mood: Mood; themes: Theme[] },
  lang: Lang,
): FeltScene {
  const words = feelingsIn(lang);
  const { place, who } = themes.length ? words.places[themes[0]] : words.other;
  const { title, wish, goals } = words.moods[mood];
  const said = [...text.replace(/\s+/gu, " ").trim()];
  const quoted = said.length > QUOTED ? `${said.slice(0, QUOTED).join("")}…` : said.join("");
  return {
    title,
    situation: fill(words.situation, { place, wish, text: quoted }),
    myRole: words.me,
    aiRole: who,
    level: "normal",
    goals: [...goals],
  };
}

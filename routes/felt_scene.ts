import { moodOf, themesOf } from "../ai/lexicon.ts";
import { type FeltScene, sceneOf } from "../domain/feeling.ts";
import { mayPractise } from "../domain/may_practise.ts";
import { PLAZA } from "../domain/room.ts";
import type { AppContext, Parts } from "./context.ts";
import { me } from "./guard.ts";

/** The scene of one's own buzz that `from` names, as in "plaza:12"; `null` when there is none to practise with. */
export async function feltScene({ log }: Pick<Parts, "log">, c: AppContext, from: string): Promise<FeltScene | null> {
  const seq = Number(/^plaza:(\d{1,15})$/.exec(from)?.[1] ?? 0);
  if (!seq) return null;
  const [buzz] = await log.messages(PLAZA, [seq]);
  if (!buzz || !mayPractise(buzz, me(c).id)) return null;
  const { text } = buzz;
  return sceneOf({ text, mood: buzz.mood ?? moodOf(text) ?? "calm", themes: themesOf(text) }, c.var.lang);
}

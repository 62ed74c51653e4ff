import { faceOf } from "../../domain/face.ts";
import { fill } from "../../domain/words/fill.ts";
import type { AppContext } from "../context.ts";

type Props = { c: AppContext; person: { id: string; nickname: string; photo?: string }; size?: "lg" };

/** Somebody's picture; without one, their animal. */
export function Portrait({ c, person: { id, nickname, photo }, size }: Props) {
  const { animal, tint } = faceOf(id);
  if (!photo) return <span class={`av ${size ?? ""}`} data-mood={tint} aria-hidden="true">{animal}</span>;
  const alt = fill(c.var.words.matching.profile.photoOf, { name: nickname });
  return <img class={`av ${size ?? ""}`} src={`/photos/${photo}`} alt={alt} width="64" height="64" />;
}

import { z } from "zod";
import type { Message } from "./message.ts";
import type { Apart } from "./veil.ts";

export const MOST_ROLES = 4;
export const castRole = z.object({
  name: z.string(),
  /** Who plays it; absent: the companion does. */
  player: z.object({ id: z.string(), nickname: z.string() }).optional(),
  /** Off stage it neither speaks nor hears. */
  off: z.boolean().optional(),
});
export type CastRole = z.infer<typeof castRole>;
/** The roles of a scene for several, by their places: the owner's first. */
export type Cast = CastRole[];
type Person = { id: string; nickname: string };

/** Names that tell the roles apart: one that stood before gets a number. */
export const namesApart = (names: string[]): string[] =>
  names.map((name, n) => names.indexOf(name) === n ? name : `${name} ${n + 1}`);

export const newCast = (names: string[], { id, nickname }: Person): Cast =>
  namesApart(names).map((name, n) => n ? { name } : { name, player: { id, nickname } });

/** As somebody sees it who is apart from these people: a role of theirs is played, and by whom is not said. */
export const veiledCast = (cast: Cast, apart: Apart): Cast =>
  cast.map((role) => role.player && apart?.has(role.player.id) ? { ...role, player: { id: "", nickname: "…" } } : role);

/** The place of what a person plays; -1 for nothing. */
export const placeOf = (cast: Cast, user: string): number => cast.findIndex(({ player }) => player?.id === user);

/**
 * Which roles of the companion answer a line, in this order. The roles on stage that the line names answer, or all: in
 * the order of the cast. One that names only people is for them, and whoever speaks does not call themselves.
 */
export function answering(cast: Cast, speaker: number, text: string): number[] {
  const others = cast.map((_, n) => n).filter((n) => n !== speaker && !cast[n].off);
  const named = others.filter((n) => names(text, cast[n].name));
  return (named.length ? named : others).filter((n) => !cast[n].player);
}

/** As a word of its own, with what Korean and Japanese put behind a name. */
function names(text: string, name: string): boolean {
  const plain = name.normalize("NFKC").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{Script=Latin}\\p{N}])`, "iu").test(text.normalize("NFKC"));
}

/** What was said while the role in this place was on stage, of a talk's newest entries, oldest first. */
export function heardBy<M extends Pick<Message, "event">>(entries: readonly M[], cast: Cast, place: number): M[] {
  const turned = entries.map(({ event }) => event?.type === "stage" && event.role === place ? event.on : undefined);
  const first = turned.find((on) => on !== undefined);
  let on = first === undefined ? !cast[place].off : !first;
  return entries.filter((_, n) => (on = turned[n] ?? on));
}

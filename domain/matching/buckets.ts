import { hash32 } from "../hash.ts";
import type { Portrait } from "./portrait.ts";
import { cellsOf } from "./vector.ts";

/** Where everybody stands who may be found: looked through only to say why nobody is left. */
export const EVERYBODY = "all";
/** How many people of a bucket are looked at, and of all together: who has more buckets looks at fewer of each. */
const LOOK = { ground: 120, cell: 80, meaning: 60, interest: 60 };
const MOST_LOOKED_AT = 600;
/** Of a person who seeks everything in many languages; the nearest are kept. */
const MOST_PLACES = 200;

/** Where this person is found. A ground is what both must have: an intention, and a language or a pair of them. */
export function standsIn(portrait: Portrait): string[] {
  return [EVERYBODY, ...placesOn(groundsOf(portrait), portrait, 2).map(({ bucket }) => bucket)];
}

/** Where to look for people for this one, and how many there. */
export function looksIn(portrait: Portrait): { bucket: string; limit: number }[] {
  const { speaks, learns } = portrait;
  const places = placesOn(groundsOf({ ...portrait, speaks: learns, learns: speaks }, speaks), portrait, 3);
  const share = Math.min(1, MOST_LOOKED_AT / places.reduce((sum, { limit }) => sum + limit, 0));
  return places.map(({ bucket, limit }) => ({ bucket, limit: Math.ceil(limit * share) }));
}

/** People of one bucket stand in this order; everybody begins to look elsewhere, so that nobody is always first. */
export const spreadOf = (id: string): number => hash32(id);

function placesOn(grounds: string[], { text, meaning, interests }: Portrait, cells: number) {
  const near = [
    { name: "", limit: LOOK.ground },
    ...cellsOf(text, cells).map((cell) => ({ name: ` w${cell}`, limit: LOOK.cell })),
    ...(meaning ? cellsOf(meaning.vector, cells).map((cell) => ({ name: ` m${cell}`, limit: LOOK.meaning })) : []),
    ...interests.map((one) => ({ name: ` i:${one}`, limit: LOOK.interest })),
  ];
  return near.flatMap(({ name, limit }) => grounds.map((ground) => ({ bucket: ground + name, limit })))
    .slice(0, MOST_PLACES);
}

function groundsOf(
  { intentions, speaks, learns }: Pick<Portrait, "intentions" | "speaks" | "learns">,
  common = speaks,
): string[] {
  return intentions.flatMap((one) => {
    if (one !== "language") return common.map((tongue) => `${one} ${tongue}`);
    return speaks.flatMap((mine) => learns.map((theirs) => `${one} ${mine}>${theirs}`));
  });
}

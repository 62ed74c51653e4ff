import type { Day } from "./calendar.ts";
import { isLeaf, type Mood, moods } from "./mood.ts";

/** One buzz on the tree: its mood and the path of its leaf or root. */
export type Mark = { mood: Mood; path: string };
/**
 * A day of the tree, 24 units wide. `stem` is its twig, "" for a bare day; `bud` says that something was written
 * without a mood; `above` and `below` are how many leaves and roots more there are than there is room for.
 */
export type Twig = { x: number; stem: string; marks: Mark[]; bud: boolean; above: number; below: number };

/** One row of the tree: its twigs, and how far the drawing reaches (top, height, two lines of labels). */
export type TreeRow = { twigs: Twig[]; width: number; top: number; height: number; labels: [number, number] };

/** Sizes in units of the drawing. `cap` leaves or roots fit on a day. */
export const tree = { column: 24, ground: 66, step: 9, cap: 5 } as const;

/** Leaves rise from the ground line in the moods' order, roots go down, sides taking turns. */
export function growTree(days: Day[]): TreeRow {
  const twigs = days.map((day, i) => grow(day, i * tree.column + tree.column / 2));
  const most = (leafy: boolean) =>
    Math.max(3, ...twigs.map((twig) => twig.marks.filter(({ mood }) => isLeaf(mood) === leafy).length));
  const more = (side: "above" | "below") => twigs.some((twig) => twig[side] > 0) ? 15 : 0;
  const top = tree.ground - 9 - tree.step * most(true) - more("above");
  const under = tree.ground + 4 + tree.step * most(false) + more("below");
  return { twigs, width: days.length * tree.column, top, height: under + 38 - top, labels: [under + 18, under + 32] };
}

/** The wavy ground line under so many days. */
export function groundLine(days: number): string {
  const waves = Math.ceil(days * tree.column / 56);
  return `M0 ${tree.ground}q28-3 56 0${"t56 0".repeat(Math.max(0, waves - 1))}`;
}

function grow(day: Day, x: number): Twig {
  const felt = moods.flatMap((mood) => Array<Mood>(day.moods[mood] ?? 0).fill(mood));
  const leaves = felt.filter(isLeaf), roots = felt.filter((mood) => !isLeaf(mood));
  const up = Math.min(leaves.length, tree.cap), down = Math.min(roots.length, tree.cap);
  const top = up > 0 ? tree.ground - 1 - tree.step * up : tree.ground;
  const bottom = down > 0 ? tree.ground + 1 + tree.step * down : tree.ground;
  return {
    x,
    stem: up + down > 0 ? `M${x} ${top}V${bottom}` : "",
    marks: [
      ...leaves.slice(0, up).map((mood, i) => ({ mood, path: leaf(x, tree.ground - 1 - tree.step * i, i) })),
      ...roots.slice(0, down).map((mood, i) => ({ mood, path: root(x, tree.ground + 1 + tree.step * i, i) })),
    ],
    bud: day.total > felt.length,
    above: leaves.length - up,
    below: roots.length - down,
  };
}

const leaf = (x: number, y: number, i: number): string =>
  i % 2 === 0 ? `M${x} ${y}q-11 0-11-12 11 0 11 12z` : `M${x} ${y}q11 0 11-12-11 0-11 12z`;

const root = (x: number, y: number, i: number): string =>
  i % 2 === 0 ? `M${x} ${y}c-9 0-12 5-9 11 6 2 9-3 9-11z` : `M${x} ${y}c9 0 12 5 9 11-6 2-9-3-9-11z`;

import {
  type FigureName,
  figureNames,
  HOUR,
  join,
  noPoint,
  type Point,
  SLOT,
  type Slot,
  SLOTS,
} from "../domain/figures.ts";
import { type HourRecord, keys } from "./keys.ts";
import type { Store } from "./store.ts";

const hourAt = (time: number): number => Math.floor(time / HOUR);

/** Overwrites what this isolate said of an hour before. Nobody else writes this key. */
export async function writeHour(store: Store, hour: number, isolate: string, record: HourRecord): Promise<void> {
  await store.commit((atomic) => atomic.set(keys.figures(hour, isolate), record));
}

/** All isolates together, from `from` to `to` (epoch milliseconds), oldest first; moments without figures are left out. */
export async function readFigures(store: Store, from: number, to: number): Promise<Slot[]> {
  const range = { start: keys.figuresOf(hourAt(from)), end: keys.figuresOf(hourAt(to) + 1) };
  const slots = new Map<number, Point>();
  for (const { key, value } of await store.list(keys.allFigures(), range)) {
    for (let i = 0; i < SLOTS; i++) {
      const at = (key[1] as number) * HOUR + i * SLOT;
      if (at + SLOT <= from || at >= to || !figureNames.some((name) => value[name]?.[i])) continue;
      const point = slots.get(at) ?? noPoint();
      join(point, pointOf(value, i), "isolates");
      slots.set(at, point);
    }
  }
  return [...slots].map(([at, point]) => ({ at, point })).sort((a, b) => a.at - b.at);
}

/** People who follow any room on any isolate: tabs of one person count once. */
export async function peopleOnline(store: Store, now: number): Promise<number> {
  const all = new Set<number>();
  for (const { value } of await store.list(keys.allPresences())) {
    if (value.expiresAt > now) { for (const person of value.people) all.add(person); }
  }
  return all.size;
}

const pointOf = (record: HourRecord, slot: number): Partial<Point> =>
  Object.fromEntries(figureNames.map((name: FigureName) => [name, record[name]?.[slot] ?? 0]));

import { hash32 } from "../hash.ts";

/** A direction in `DIMENSIONS` numbers from -127 to 127; all zero where nothing is known. */
export type Vector = Int8Array;
const DIMENSIONS = 128;

/** A bag of words as a direction: each word falls on one number and one sign, the same on every isolate. */
export function vectorOf(weights: ReadonlyMap<string, number>): Vector {
  const sum = new Float64Array(DIMENSIONS);
  for (const [term, weight] of weights) {
    const hash = hash32(term);
    sum[hash % DIMENSIONS] += hash >>> 16 & 1 ? weight : -weight;
  }
  return directed(sum);
}

/** A model's longer vector, folded: sketches keep what is near near. */
export function meant(numbers: readonly number[]): Vector {
  const sum = new Float64Array(DIMENSIONS);
  for (const [i, number] of numbers.entries()) {
    sum[i % DIMENSIONS] += i < DIMENSIONS || hash32(`fold ${i}`) & 1 ? number : -number;
  }
  return directed(sum);
}

/** From -1 to 1; 0 when one of them knows nothing. */
export function cosine(a: Vector, b: Vector): number {
  let dot = 0, one = 0, other = 0;
  for (let i = 0; i < DIMENSIONS; i++) {
    dot += a[i] * b[i];
    one += a[i] * a[i];
    other += b[i] * b[i];
  }
  return one && other ? dot / Math.sqrt(one * other) : 0;
}

const CELLS = 256;
let anchors: Int8Array[] | undefined;

/** The `count` regions that a direction lies nearest to, nearest first: those who lie near share some of theirs. */
export function cellsOf(vector: Vector, count: number): number[] {
  if (vector.every((n) => n === 0)) return [];
  anchors ??= Array.from({ length: CELLS }, (_, cell) => {
    return Int8Array.from({ length: DIMENSIONS }, (_, i) => hash32(`anchor ${cell} ${i}`) >>> 13 & 1 ? 1 : -1);
  });
  const near = anchors.map((anchor, cell) => {
    let dot = 0;
    for (let i = 0; i < DIMENSIONS; i++) dot += anchor[i] * vector[i];
    return { cell, dot };
  });
  return near.sort((a, b) => b.dot - a.dot || a.cell - b.cell).slice(0, count).map(({ cell }) => cell);
}

function directed(sum: Float64Array): Vector {
  const length = Math.hypot(...sum);
  const most = Math.max(...sum.map(Math.abs));
  return Int8Array.from(sum, (n) => length ? Math.round(n / most * 127) : 0);
}

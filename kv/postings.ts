/**
 * Which messages have a gram: their numbers in blocks of this many, a block as the sorted distances from its start.
 * At most 32 kB, so that a block is one value, and few, so that a gram's blocks are few keys.
 */
export const BLOCK = 16_384;
export type Posting = Uint16Array<ArrayBuffer>;

export const blockOf = (seq: number): number => Math.floor(seq / BLOCK);

/** The block with these numbers (in any order) in it, each once; the same object when all were there. */
export function withSeqs(posting: Posting | null, seqs: number[]): Posting {
  const there = posting ?? new Uint16Array(0);
  const fresh = [...new Set(seqs.map((seq) => seq % BLOCK))].filter((offset) => !has(there, offset));
  if (posting && !fresh.length) return posting;
  const all = new Uint16Array(there.length + fresh.length);
  all.set(there);
  all.set(fresh.sort((a, b) => a - b), there.length);
  return there.length && fresh[0] < there[there.length - 1] ? all.sort() : all; // nearly always they come last
}

function has(posting: Posting, offset: number): boolean {
  let low = 0, high = posting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (posting[middle] < offset) low = middle + 1;
    else high = middle;
  }
  return posting[low] === offset;
}

/** The numbers below `before` that all these postings of one block have, newest first. */
export function common(block: number, postings: Posting[], before: number): number[] {
  const [first, ...others] = postings.toSorted((a, b) => a.length - b.length);
  const rest = others.map((posting) => new Set(posting));
  const found: number[] = [];
  for (let i = first.length - 1; i >= 0; i--) {
    const seq = block * BLOCK + first[i];
    if (seq < before && rest.every((posting) => posting.has(first[i]))) found.push(seq);
  }
  return found;
}

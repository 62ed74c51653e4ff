import type { Kept } from "./photo.ts";

const [SOI, EOI, SOS, ADOBE] = [0xd8, 0xd9, 0xda, 0xee];
/** Frames and Huffman or arithmetic tables, restart intervals, quantization tables, the Adobe colour transform. */
const needed = (marker: number): boolean => isFrame(marker) || [0xc4, 0xcc, 0xdb, 0xdd, SOS, ADOBE].includes(marker);
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

export function stripJpeg(file: Uint8Array): Kept | null {
  if (file[0] !== 0xff || file[1] !== SOI) return null;
  const parts = [file.subarray(0, 2)];
  let width = 0, height = 0, scans = 0;
  for (let at = 2; at + 1 < file.length;) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1];
    if (marker === 0xff) {
      at++; // fill bytes may stand before a marker
      continue;
    }
    if (marker === EOI) {
      parts.push(file.subarray(at, at + 2));
      return scans && width ? { width, height, parts } : null;
    }
    const length = number(file, at + 2), end = at + 2 + length;
    if (marker < 0xc0 || length < 2 || end > file.length) return null;
    if (isFrame(marker)) [height, width] = [number(file, at + 5), number(file, at + 7)];
    const to = marker === SOS ? scanEnd(file, end) : end;
    if (marker === SOS) scans++;
    if (needed(marker) && (marker !== ADOBE || length === 14)) parts.push(file.subarray(at, to));
    at = to;
  }
  return null;
}

/** The next marker that is neither a stuffed 0xff nor a restart. */
function scanEnd(file: Uint8Array, from: number): number {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== 0xff) continue;
    const next = file[at + 1];
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return file.length;
}

const number = (file: Uint8Array, at: number): number => (file[at] << 8 | file[at + 1]) || 0;

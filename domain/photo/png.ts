import type { Kept } from "./photo.ts";

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** The picture, its palette and transparency, and how bright its colours are. Animations lose their later frames. */
const needed = ["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "IDAT", "IEND"];

export function stripPng(file: Uint8Array): Kept | null {
  if (!signature.every((byte, i) => file[i] === byte)) return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts = [file.subarray(0, 8)];
  let width = 0, height = 0, data = 0;
  for (let at = 8; at + 12 <= file.length;) {
    const length = view.getUint32(at), end = at + 12 + length;
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (end > file.length || (at === 8) !== (name === "IHDR")) return null;
    if (name === "IHDR") [width, height] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (name === "IDAT") data += length;
    if (needed.includes(name)) parts.push(file.subarray(at, end));
    if (name === "IEND") return data ? { width, height, parts } : null;
    at = end;
  }
  return null;
}

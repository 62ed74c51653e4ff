import type { Kept } from "./photo.ts";

/** Of the extended header's flags only "has transparency" stays. */
const ALPHA = 0x10, ANIMATION = 0x02;

export function stripWebp(file: Uint8Array): Kept | null {
  if (text(file, 0) !== "RIFF" || text(file, 8) !== "WEBP") return null;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: Uint8Array[] = [];
  let size: [width: number, height: number] | null = null, pictures = 0;
  for (let at = 12; at + 8 <= file.length;) {
    const name = text(file, at), length = view.getUint32(at + 4, true), end = at + 8 + length + length % 2;
    if (end > file.length) return null;
    const chunk = file.slice(at, end), body = chunk.subarray(8);
    if (name === "VP8X") {
      if (length !== 10 || body[0] & ANIMATION) return null;
      body[0] &= ALPHA;
      size = [1 + threeBytes(body, 4), 1 + threeBytes(body, 7)];
    }
    if (name === "VP8 " || name === "VP8L") {
      const found = name === "VP8 " ? lossy(body) : lossless(body);
      if (!found || pictures++) return null;
      size ??= found;
    }
    if (["VP8X", "ALPH", "VP8 ", "VP8L"].includes(name)) chunks.push(chunk);
    at = end;
  }
  return size && pictures ? { width: size[0], height: size[1], parts: [header(chunks), ...chunks] } : null;
}

function header(chunks: Uint8Array[]): Uint8Array {
  const head = new TextEncoder().encode("RIFF....WEBP");
  new DataView(head.buffer).setUint32(4, 4 + chunks.reduce((sum, { length }) => sum + length, 0), true);
  return head;
}

function lossy(body: Uint8Array): [number, number] | null {
  if (body[3] !== 0x9d || body[4] !== 0x01 || body[5] !== 0x2a) return null;
  return [(body[6] | body[7] << 8) & 0x3fff, (body[8] | body[9] << 8) & 0x3fff];
}

function lossless(body: Uint8Array): [number, number] | null {
  if (body[0] !== 0x2f || body.length < 5) return null;
  const bits = body[1] | body[2] << 8 | body[3] << 16 | body[4] << 24;
  return [1 + (bits & 0x3fff), 1 + (bits >>> 14 & 0x3fff)];
}

const threeBytes = (body: Uint8Array, at: number): number => body[at] | body[at + 1] << 8 | body[at + 2] << 16;
const text = (file: Uint8Array, at: number): string => String.fromCharCode(...file.subarray(at, at + 4));

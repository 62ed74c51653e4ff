import { stripJpeg } from "./jpeg.ts";
import { stripPng } from "./png.ts";
import { stripWebp } from "./webp.ts";

export const photoTypes = ["image/jpeg", "image/png", "image/webp"] as const;
export type PhotoType = (typeof photoTypes)[number];
/** A photo without anything that a camera or a program wrote beside the picture. */
export type Stripped = { type: PhotoType; width: number; height: number; bytes: Uint8Array<ArrayBuffer> };
/** The picture's size, and the parts of the file that stay. */
export type Kept = { width: number; height: number; parts: Uint8Array[] };

/** Pixels of a side: more would be a bomb for whoever looks at it. */
export const MOST_SIDE = 4096;

/**
 * The same picture with only the segments that a decoder needs: no EXIF, no place, no comment, no profile, no preview,
 * nothing behind the end. What a file is, its bytes say. `null` for what is no whole still JPEG, PNG or WebP.
 */
export function strip(file: Uint8Array): Stripped | null {
  const kinds = { "image/jpeg": stripJpeg, "image/png": stripPng, "image/webp": stripWebp } as const;
  for (const type of photoTypes) {
    const kept = kinds[type](file);
    if (!kept) continue;
    const { width, height, parts } = kept;
    if (Math.min(width, height) < 1 || Math.max(width, height) > MOST_SIDE) return null;
    return { type, width, height, bytes: joined(parts) };
  }
  return null;
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

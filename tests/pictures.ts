/** Stands in every place where a camera may write, until it is stripped. */
export const SECRET = "GPS 37.5665N";
const text = (said: string) => new TextEncoder().encode(said);
const join = (...parts: Uint8Array[]) => new Uint8Array(parts.flatMap((part) => [...part]));
const big = (n: number, bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => n >>> 8 * (bytes - 1 - i));
const little = (n: number, bytes: number) => big(n, bytes).toReversed();

type Made = { plain?: boolean; width?: number; data?: number };

/** A picture of 3 × 2 pixels as far as its headers say. Without `plain` it carries a place, a preview and a comment. */
export function jpeg({ plain }: Made = {}): Uint8Array<ArrayBuffer> {
  const segment = (marker: number, body: Uint8Array) =>
    join(Uint8Array.of(0xff, marker), big(body.length + 2, 2), body);
  const beside = plain ? [] : [
    segment(0xe0, text(`JFIF\0 with a preview ${SECRET}`)),
    segment(0xe1, text(`Exif\0\0${SECRET}`)),
    segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0XMP ${SECRET}`)),
    segment(0xe2, text(`ICC_PROFILE ${SECRET}`)),
    segment(0xed, text(`Photoshop ${SECRET}`)),
    segment(0xfe, text(`comment ${SECRET}`)),
  ];
  return join(
    Uint8Array.of(0xff, 0xd8),
    ...beside,
    segment(0xdb, new Uint8Array(65)),
    segment(0xc0, join(Uint8Array.of(8), big(2, 2), big(3, 2), Uint8Array.of(1, 1, 0x11, 0))),
    segment(0xc4, new Uint8Array(20)),
    segment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    Uint8Array.of(1, 2, 0xff, 0, 3, 0xff, 0xd0, 4),
    Uint8Array.of(0xff, 0xd9),
    plain ? new Uint8Array() : text(SECRET),
  );
}

export function png({ plain, width = 3, data = 20 }: Made = {}): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, body: Uint8Array) => join(big(body.length, 4), text(name), body, new Uint8Array(4));
  const beside = plain ? [] : [
    chunk("eXIf", text(`Exif ${SECRET}`)),
    chunk("tEXt", text(`comment\0${SECRET}`)),
    chunk("iTXt", text(`XML:com.adobe.xmp XMP ${SECRET}`)),
    chunk("iCCP", text(`ICC ${SECRET}`)),
  ];
  return join(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", join(big(width, 4), big(2, 4), Uint8Array.of(8, 2, 0, 0, 0))),
    ...beside,
    chunk("IDAT", new Uint8Array(data)),
    chunk("IEND", new Uint8Array()),
    plain ? new Uint8Array() : text(SECRET),
  );
}

export function webp({ plain }: Made = {}): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, body: Uint8Array) =>
    join(text(name), little(body.length, 4), body, new Uint8Array(body.length % 2));
  const frame = join(new Uint8Array(3), Uint8Array.of(0x9d, 0x01, 0x2a), little(3, 2), little(2, 2), new Uint8Array(7));
  const flags = plain ? 0x10 : 0x10 | 0x20 | 0x08 | 0x04;
  const chunks = join(
    chunk("VP8X", join(Uint8Array.of(flags, 0, 0, 0), little(2, 3), little(1, 3))),
    plain ? new Uint8Array() : chunk("ICCP", text(`ICC ${SECRET}`)),
    chunk("VP8 ", frame),
    plain ? new Uint8Array() : join(chunk("EXIF", text(`Exif ${SECRET}`)), chunk("XMP ", text(`XMP ${SECRET}`))),
  );
  return join(text("RIFF"), little(chunks.length + 4, 4), text("WEBP"), chunks);
}

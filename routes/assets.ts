import { z } from "zod";

/** The built files of the browser by their plain names: `url("plaza.js")` is `/static/build/plaza.ab12cd.js`. */
export type Assets = {
  url(name: string): string;
  /** Another one for other files. */
  version: string;
};

const manifest = z.record(z.string(), z.string());

/** Reads `root/build/manifest.json`, which `deno task build` writes. Without it names stand for themselves. */
export async function openAssets(root: string): Promise<Assets> {
  const text = await Deno.readTextFile(`${root}/build/manifest.json`).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return "{}";
    throw error;
  });
  const files = manifest.parse(JSON.parse(text));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const version = new Uint8Array(digest, 0, 8).toHex();
  return { version, url: (name) => name in files ? `/static/build/${files[name]}` : `/static/${name}` };
}

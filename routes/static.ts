import { Hono } from "hono";
import { Problem } from "../domain/problems.ts";
import type { AppContext, AppEnv } from "./context.ts";

type Kept = { bytes: Uint8Array<ArrayBuffer>; gzip?: Uint8Array<ArrayBuffer>; etag: string; changed: number };

/** `/static/*` from the folder `root`. What `deno task build` named by its content is good for a year. */
export function staticRoutes(root: string): Hono<AppEnv> {
  const kept = new Map<string, Kept>();

  async function find(path: string): Promise<Kept> {
    const { mtime, isFile } = await Deno.stat(`${root}/${path}`);
    if (!isFile) throw new Deno.errors.NotFound();
    const changed = mtime?.getTime() ?? 0;
    const known = kept.get(path);
    if (known?.changed === changed) return known;
    const fresh = await read(`${root}/${path}`, changed);
    kept.set(path, fresh);
    return fresh;
  }

  return new Hono<AppEnv>().get("/static/*", async (c) => {
    const path = c.req.path.slice("/static/".length);
    if (!plain.test(path)) throw new Problem("not_found");
    try {
      return hashed.test(path) && path.endsWith(".wasm")
        ? await pour(c, `${root}/${path}`)
        : answer(c, path, await find(path));
    } catch (error) {
      throw error instanceof Deno.errors.NotFound ? new Problem("not_found") : error;
    }
  });
}

/** Names of letters, digits, `.`, `_` and `-`, none of them beginning with a dot. */
const plain = /^[\w-][\w.-]*(\/[\w-][\w.-]*){0,3}$/;
const hashed = /^build\/.*\.[0-9a-zA-Z_-]{6,}\.\w+(\.map)?$/;
const FOREVER = "public, max-age=31536000, immutable";
const types: Record<string, string> = {
  css: "text/css; charset=UTF-8",
  html: "text/html; charset=UTF-8",
  ico: "image/x-icon",
  js: "text/javascript; charset=UTF-8",
  json: "application/json; charset=UTF-8",
  map: "application/json; charset=UTF-8",
  png: "image/png",
  svg: "image/svg+xml; charset=UTF-8",
  wasm: "application/wasm",
  txt: "text/plain; charset=UTF-8",
  webmanifest: "application/manifest+json; charset=UTF-8",
  webp: "image/webp",
  woff2: "font/woff2",
};

async function read(path: string, changed: number): Promise<Kept> {
  const bytes = await Deno.readFile(path);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 12);
  const small = bytes.length < 1024 || /\.(png|webp|woff2|ico)$/.test(path);
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  const gzip = small ? undefined : new Uint8Array(await new Response(stream).arrayBuffer());
  return { bytes, gzip, etag: digest.toBase64({ alphabet: "base64url" }), changed };
}

function answer(c: AppContext, path: string, { bytes, gzip, etag }: Kept): Response {
  const packed = gzip && /\bgzip\b/.test(c.req.header("Accept-Encoding") ?? "");
  const tag = `"${etag}${packed ? "-gzip" : ""}"`;
  c.header("ETag", tag);
  c.header("Vary", "Accept-Encoding");
  c.header("Cache-Control", hashed.test(path) ? FOREVER : "public, max-age=300");
  if (c.req.header("If-None-Match")?.split(/,\s*/).includes(tag)) return c.body(null, 304);
  c.header("Content-Type", types[path.split(".").at(-1) ?? ""] ?? "application/octet-stream");
  if (packed) c.header("Content-Encoding", "gzip");
  const body = packed ? gzip : bytes;
  c.header("Content-Length", String(body.length)); // says that it needs no more compressing
  return c.body(body);
}

/** Too large to be kept in memory: from the disk each time, packed as `deno task build` laid it beside the file. */
async function pour(c: AppContext, file: string): Promise<Response> {
  const packed = /\bgzip\b/.test(c.req.header("Accept-Encoding") ?? "");
  const name = packed ? `${file}.gz` : file;
  const { size } = await Deno.stat(name);
  c.header("Vary", "Accept-Encoding");
  c.header("Cache-Control", FOREVER);
  c.header("Content-Type", types.wasm);
  if (packed) c.header("Content-Encoding", "gzip");
  c.header("Content-Length", String(size));
  return c.req.method === "HEAD" ? c.body(null) : c.body((await Deno.open(name)).readable);
}

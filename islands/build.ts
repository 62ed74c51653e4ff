import { buildHarper } from "./build_harper.ts";

/** `deno task build`: islands and styles into `static/build/`, named by their content. Never at a request. */
const root = new URL("..", import.meta.url);
const source = new URL("static/", root);
const target = new URL("static/build/", root);

type File = { name: string; bytes: Uint8Array<ArrayBuffer> };
/** Logical names, such as `plaza.js`, and the hashed files that hold them. */
type Manifest = Record<string, string>;

/** Builds everything; returns the manifest. Twice gives the same twice, and what is old goes. */
export async function build(): Promise<Manifest> {
  const islands = await bundleIslands();
  const others = await Promise.all([
    styles("app.css"),
    ...["icons.svg", "favicon.svg", "manifest.webmanifest"].map(copy),
  ]);
  const harper = await buildHarper();
  const manifest: Manifest = {};
  const files = [...islands.chunks];
  for (const { name, bytes } of [...islands.entries, ...others, ...harper]) {
    const hashed = name.replace(/(\.\w+)$/, `.${await digest(bytes)}$1`);
    manifest[name] = hashed;
    files.push({ name: hashed, bytes });
  }
  const sorted = Object.fromEntries(Object.entries(manifest).sort(([a], [b]) => a < b ? -1 : 1));
  await replace(files, { name: "manifest.json", bytes: encode(JSON.stringify(sorted, null, 2)) });
  return sorted;
}

async function bundleIslands(): Promise<{ entries: File[]; chunks: File[] }> {
  const folder = new URL("islands/", root);
  const entrypoints: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (/\.entry\.tsx?$/.test(name)) entrypoints.push(new URL(name, folder).pathname);
  }
  if (!entrypoints.length) return { entries: [], chunks: [] };
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: entrypoints.sort(),
    outputDir: target.pathname,
    platform: "browser",
    minify: true,
    codeSplitting: true,
    write: false,
  });
  if (!success) throw new Error(errors.map(({ text }) => text).join("\n"));
  const files = outputFiles.map((file) => ({ name: file.path.split("/").at(-1)!, text: dotted(file.text()) }))
    .map(({ name, text }) => ({ name: dotted(name), bytes: encode(text) }));
  const isChunk = ({ name }: File) => name.startsWith("chunk.");
  return {
    entries: files.filter((file) => !isChunk(file)).map(({ name, bytes }) => ({
      name: name.replace(".entry.", "."),
      bytes,
    })),
    chunks: files.filter(isChunk),
  };
}

/** `chunk-AB12CD34.js` to `chunk.AB12CD34.js`, the shape by which `routes/static.ts` knows what never changes. */
const dotted = (text: string): string => text.replace(/\bchunk-([A-Z0-9]{8})\.js/g, "chunk.$1.js");

/** One stylesheet of all that it imports, without comments and indentation. */
async function styles(name: string): Promise<File> {
  const text = await Deno.readTextFile(new URL(name, source));
  const imported = [...text.matchAll(/^@import "([\w-]+\.css)";$/gm)].map(([, file]) => file);
  const parts = await Promise.all(imported.map((file) => Deno.readTextFile(new URL(file, source))));
  const small = parts.join("\n").replace(/\/\*[^]*?\*\//g, "").replace(/\s*\n\s*/g, "\n").replace(/^\n/, "");
  return { name, bytes: encode(small) };
}

const copy = async (name: string): Promise<File> => ({ name, bytes: await Deno.readFile(new URL(name, source)) });

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 5).toHex();
}

/** What is named by its content is never written twice; the manifest comes last, at once: a reader finds all it names. */
async function replace(files: File[], manifest: File): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for (const { name, bytes } of files) {
    const there = await Deno.stat(new URL(name, target)).catch(() => null);
    if (there?.size === bytes.length) continue;
    if (name.endsWith(".wasm")) await put(`${name}.gz`, await packed(bytes));
    await put(name, bytes);
  }
  await put(manifest.name, manifest.bytes);
  const known = new Set([...files, manifest].map(({ name }) => name));
  for await (const { name } of Deno.readDir(target)) {
    if (!known.has(name.replace(/\.gz$/, "")) && !name.startsWith(".new-")) {
      await Deno.remove(new URL(name, target)).catch(() => {});
    }
  }
}

async function put(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const fresh = await Deno.makeTempFile({ dir: target.pathname, prefix: ".new-" });
  await Deno.writeFile(fresh, bytes);
  await Deno.chmod(fresh, 0o644);
  await Deno.rename(fresh, new URL(name, target));
}

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(
    await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer(),
  );
}

if (import.meta.main) {
  const manifest = await build();
  for (const [name, file] of Object.entries(manifest)) {
    console.log(
      `${name.padEnd(24)} ${file.padEnd(40)} ${
        ((await packed(await Deno.readFile(new URL(file, target)))).length / 1024).toFixed(1)
      } kB gzip`,
    );
  }
}

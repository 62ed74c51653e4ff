import assert from "node:assert/strict";
import { build } from "../islands/build.ts";

const folder = "static/build";

Deno.test("building twice gives the same files, all of them in the manifest or imported", async () => {
  const first = await build();
  const files = (await names()).sort();
  const second = await build();
  assert.deepEqual(second, first);
  assert.deepEqual((await names()).sort(), files);
  assert.deepEqual(JSON.parse(await Deno.readTextFile(`${folder}/manifest.json`)), first);
  const imported = (await Promise.all(files.filter((name) => name.endsWith(".js")).map(importsOf))).flat();
  const packed = `${first["harper.wasm"]}.gz`;
  const known = new Set([...Object.values(first), ...imported, packed, "manifest.json"]);
  assert.deepEqual(files.filter((name) => !known.has(name)), []);
});

Deno.test("each page's scripts are at most 40 kB with gzip, and no schema library is among them", async () => {
  const manifest = await build();
  for (const [name, file] of Object.entries(manifest).filter(([name]) => /^\w+\.js$/.test(name))) {
    const all = [file, ...await importsOf(file)];
    const sizes = await Promise.all(all.map(gzipped));
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) <= 40 * 1024, `${name}: ${sizes}`);
    for (const one of all) assert.doesNotMatch(await Deno.readTextFile(`${folder}/${one}`), /ZodError/);
  }
});

Deno.test("Harper is a worker and its WebAssembly, named by their content; no page's script brings them along", async () => {
  const manifest = await build();
  assert.match(manifest["harper.worker.js"], /^harper\.worker\.\w{10}\.js$/);
  const { size } = await Deno.stat(`${folder}/${manifest["harper.wasm"]}`);
  assert.ok(size > 10 << 20, "the real one");
  const all = [manifest["progress.js"], ...await importsOf(manifest["progress.js"])];
  for (const one of all) assert.doesNotMatch(await Deno.readTextFile(`${folder}/${one}`), /harper_wasm|LocalLinter/);
});

Deno.test("the stylesheet is one file, and holds every layer", async () => {
  const css = await Deno.readTextFile(`${folder}/${(await build())["app.css"]}`);
  assert.doesNotMatch(css, /@import|\/\*/);
  for (const layer of ["tokens", "base", "roles", "layout", "parts", "pages"]) {
    assert.match(css, new RegExp(`@layer ${layer} ?{`));
  }
});

/** What is being written at this moment by another build does not count. */
async function names(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.map(({ name }) => name).filter((name) => !name.startsWith(".new-"));
}

async function importsOf(name: string): Promise<string[]> {
  const text = await Deno.readTextFile(`${folder}/${name}`);
  return [...text.matchAll(/"\.\/(chunk\.\w+\.js)"/g)].map(([, chunk]) => chunk);
}

async function gzipped(name: string): Promise<number> {
  const { readable } = await Deno.open(`${folder}/${name}`);
  return (await new Response(readable.pipeThrough(new CompressionStream("gzip"))).arrayBuffer()).byteLength;
}

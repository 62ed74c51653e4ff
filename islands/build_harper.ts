const worker = new URL("harper/harper.worker.ts", import.meta.url);

type File = { name: string; bytes: Uint8Array<ArrayBuffer> };

/** Harper's worker as one file, and its WebAssembly as the package has it. Nothing of it is loaded here. */
export async function buildHarper(): Promise<File[]> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [worker.pathname],
    platform: "browser",
    minify: true,
    write: false,
  });
  if (!success) throw new Error(errors.map(({ text }) => text).join("\n"));
  const { slimBinary } = await import("harper.js/slimBinary");
  return [
    { name: "harper.worker.js", bytes: new TextEncoder().encode(outputFiles[0].text()) },
    { name: "harper.wasm", bytes: await Deno.readFile(new URL(slimBinary.url)) },
  ];
}

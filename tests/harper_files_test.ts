import assert from "node:assert/strict";
import { build } from "../islands/build.ts";
import { openRig } from "./rig.ts";

Deno.test("Harper's files: packed and whole, for a year; only its worker may compile WebAssembly", async () => {
  const manifest = await build();
  await using rig = await openRig();
  const wasm = `${rig.base}/static/build/${manifest["harper.wasm"]}`;
  const packed = await fetch(wasm); // unpacked again on the way
  assert.equal(packed.headers.get("Content-Type"), "application/wasm");
  assert.match(packed.headers.get("Cache-Control") ?? "", /immutable/);
  const bytes = new Uint8Array(await packed.arrayBuffer());
  assert.deepEqual([...bytes.slice(0, 4)], [0, 0x61, 0x73, 0x6d]);
  const whole = await fetch(wasm, { headers: { "Accept-Encoding": "identity" } });
  assert.equal(whole.headers.get("Content-Encoding"), null);
  assert.equal((await whole.arrayBuffer()).byteLength, bytes.length);
  const head = await fetch(wasm, { method: "HEAD", headers: { "Accept-Encoding": "gzip" } });
  assert.equal(await head.text(), "");
  assert.ok(Number(head.headers.get("Content-Length")) < bytes.length * 0.6);
  const missing = wasm.replace(/\.\w+\.wasm$/, ".0123456789.wasm");
  assert.equal((await rig.get(new URL(missing).pathname)).status, 404);

  const policy = async (path: string) => (await rig.get(path)).headers.get("Content-Security-Policy") ?? "";
  assert.match(await policy(`/static/build/${manifest["harper.worker.js"]}`), /script-src [^;]*'wasm-unsafe-eval'/);
  for (
    const path of ["/", "/progress", `/static/build/${manifest["progress.js"]}`, "/static/build/harper.worker.js/x"]
  ) {
    assert.doesNotMatch(await policy(path), /unsafe/, path);
  }
});

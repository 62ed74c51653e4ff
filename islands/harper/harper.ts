import type { Found, Heard } from "./harper.worker.ts";

/** Where the built files are: the worker's script, and the WebAssembly it loads. */
export type HarperFiles = { worker: string; wasm: string };
/** `look` rejects when Harper has failed. */
export type Harper = { look(text: string): Promise<Found[]>; close(): void };

const PATIENCE = 120_000;

/** Starts Harper in a worker; rejects when it cannot be loaded or is not ready in two minutes. */
export function openHarper({ worker: script, wasm }: HarperFiles): Promise<Harper> {
  const worker = new Worker(trusted(script), { type: "module" });
  const waiting = new Map<number, { done(found: Found[]): void; fail(error: Error): void }>();
  const { promise, resolve, reject } = Promise.withResolvers<Harper>();
  const fail = () => {
    worker.terminate();
    clearTimeout(timer);
    reject(new Error("Harper failed"));
    for (const { fail } of waiting.values()) fail(new Error("Harper failed"));
    waiting.clear();
  };
  const timer = setTimeout(fail, PATIENCE);
  const harper: Harper = {
    look(text) {
      const { promise, resolve, reject } = Promise.withResolvers<Found[]>();
      const id = waiting.size ? Math.max(...waiting.keys()) + 1 : 0;
      waiting.set(id, { done: resolve, fail: reject });
      worker.postMessage({ id, text });
      return promise;
    },
    close: fail,
  };
  worker.onerror = fail;
  worker.onmessage = ({ data }: MessageEvent<Heard>) => {
    if ("failed" in data) return fail();
    if ("found" in data) {
      waiting.get(data.id)?.done(data.found);
      return void waiting.delete(data.id);
    }
    clearTimeout(timer);
    resolve(harper);
  };
  worker.postMessage({ wasm: new URL(wasm, location.href).href });
  return promise;
}

/** Our policy lets no plain text become a script's address; this one is of our own build. */
function trusted(script: string): string {
  type Policies = { createPolicy(name: string, rules: object): { createScriptURL(url: string): string } };
  const { trustedTypes } = globalThis as unknown as { trustedTypes?: Policies };
  return trustedTypes?.createPolicy("harper", { createScriptURL: (url: string) => url }).createScriptURL(script) ??
    script;
}

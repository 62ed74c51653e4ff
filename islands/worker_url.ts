type Policies = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };
type Policy = { createScriptURL(url: string): unknown };

/** The worker's address, as Trusted Types want it where a browser has them. */
export function workerUrl(): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: Policies };
  return trustedTypes?.createPolicy("worker", { createScriptURL: (url) => url }).createScriptURL("/sw.js") ?? "/sw.js";
}

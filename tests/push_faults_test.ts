import assert from "node:assert/strict";
import { createECDH, randomBytes } from "node:crypto";
import "web-push"; // loaded before the clock runs: the app loads it with its first push
import { openPush } from "../adapters/push.ts";
import type { PushSubscriptionRecord } from "../domain/notification.ts";
import { until } from "./until.ts";

const HOUR = 3_600_000;

/** A push service that does nothing but `answer`, and a browser's subscription there. */
function serving(answer: (request: Request) => Response | Promise<Response>) {
  const ending = new AbortController();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", signal: ending.signal, onListen() {} }, answer);
  const keys = {
    p256dh: createECDH("prime256v1").generateKeys().toString("base64url"),
    auth: randomBytes(16).toString("base64url"),
  };
  return {
    to: { endpoint: `http://127.0.0.1:${server.addr.port}/phone`, keys },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await server.finished;
    },
  };
}

const push = openPush({
  secret: randomBytes(32),
  subject: "mailto:keeper@example.org",
  allowed: () => true,
  patience: 300,
});
const send = (to: PushSubscriptionRecord) => push.send(to, "안녕", { life: HOUR, topic: "one" });

type Fault = (there: string) => Response | Promise<Response>;
const faults: Record<string, Fault> = {
  "never answers": () => new Promise(() => {}),
  "sends us somewhere else": (there) => new Response(null, { status: 307, headers: { location: `${there}/inside` } }),
  "asks for a year": () => new Response(null, { status: 429, headers: { "retry-after": "31536000" } }),
  "asks for a wait that is none": () => new Response(null, { status: 503, headers: { "retry-after": "soon" } }),
};
for (const [what, fault] of Object.entries(faults)) {
  Deno.test(`a push service that ${what}: left within the patience, tried later, and followed nowhere`, async () => {
    const asked: string[] = [];
    await using service = serving((request) => {
      const { pathname, origin } = new URL(request.url);
      asked.push(pathname);
      return fault(origin);
    });
    const begun = performance.now();
    const result = await send(service.to);
    assert.ok(performance.now() - begun < 5_000);
    assert.ok(result.state === "later" && result.wait >= 60_000 && result.wait <= 6 * HOUR, JSON.stringify(result));
    assert.deepEqual(asked, ["/phone"]);
  });
}

Deno.test("a push service that pours without end is believed at its first word, and not listened to", async () => {
  let open = true, poured = 0;
  await using service = serving(() => {
    const pour = (control: ReadableStreamDefaultController) => {
      poured++;
      control.enqueue(new Uint8Array(65_536));
    };
    return new Response(new ReadableStream({ pull: pour, cancel: () => void (open = false) }), { status: 201 });
  });
  assert.deepEqual(await send(service.to), { state: "sent" });
  await until(() => !open);
  assert.ok(poured < 200, `${poured} pieces of 64 KiB`);
});

import { Buffer } from "node:buffer";
import { createECDH, randomBytes } from "node:crypto";
import ece from "http_ece";
import "web-push"; // loaded before the clock runs: the app loads it with its first push
import { openPush } from "../adapters/push.ts";
import { openNotifier } from "../cron/notifier.ts";
import type { PushText } from "../cron/tell_due.ts";
import { openRig } from "./rig.ts";

type Got = { told: PushText; headers: Headers };
type Answer = (browser: string) => Response | undefined | Promise<Response | undefined>;

/** A push service: takes what is pushed to `/<browser>`, opens it as that browser would, and answers what it shall. */
export function openPushService() {
  const browsers = new Map<string, { curve: ReturnType<typeof createECDH>; auth: Buffer; got: Got[] }>();
  const answers: Answer[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const name = new URL(request.url).pathname.slice(1), browser = browsers.get(name);
    const bytes = Buffer.from(await request.arrayBuffer());
    if (!browser) return new Response(null, { status: 410 });
    const said = await answers.at(0)?.(name);
    if (said) return said;
    const opened = ece.decrypt(bytes, { version: "aes128gcm", privateKey: browser.curve, authSecret: browser.auth });
    browser.got.push({ told: JSON.parse(opened.toString()), headers: request.headers });
    return new Response(null, { status: 201 });
  });
  return {
    /** Every push is answered so until this is called with nothing. */
    answer(how?: Answer) {
      answers.length = 0;
      if (how) answers.push(how);
    },
    forget: (name: string) => browsers.delete(name),
    /** What a browser sends to our server when it subscribes, and what arrives in it. */
    browser(name: string) {
      const curve = createECDH("prime256v1"), auth = randomBytes(16), got: Got[] = [];
      const p256dh = curve.generateKeys().toString("base64url");
      browsers.set(name, { curve, auth, got });
      const endpoint = `http://127.0.0.1:${server.addr.port}/${name}`;
      return { got, subscription: { endpoint, keys: { p256dh, auth: auth.toString("base64url") } } };
    },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The app with its notifier, on a clock that the test turns. It stands at noon in Seoul. */
export async function openNotifying() {
  const service = openPushService();
  const push = openPush({ secret: randomBytes(32), subject: "mailto:keeper@example.org", allowed: () => true });
  const rig = await openRig({ push });
  const notifier = openNotifier({ ...rig.parts, isolate: "here", zone: "Asia/Seoul" });
  const stop = notifier.start();
  return {
    ...rig,
    service,
    notifier,
    /** A second sender on the same store. */
    another: () => openNotifier({ ...rig.parts, isolate: "there", zone: "Asia/Seoul" }),
    async subscribe(token: string, name: string) {
      const browser = service.browser(name);
      const { status } = await rig.ask("PUT", "/api/notifications/devices", { body: browser.subscription, token });
      if (status !== 204) throw new Error(`${status}`);
      return browser.got;
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rig[Symbol.asyncDispose]();
      await service[Symbol.asyncDispose]();
    },
  };
}

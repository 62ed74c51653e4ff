import { createECDH } from "node:crypto";
import type { PushSubscriptionRecord } from "../domain/notification.ts";

/** What became of a push. `gone`: the browser does not want any more; `later` is in milliseconds. */
export type Pushed = { state: "sent" | "gone" } | { state: "later"; wait: number };
export type Push = {
  /** What browsers subscribe with (VAPID, base64url). */
  publicKey: string;
  /** Whether we knock at such an address. */
  allowed(endpoint: string): boolean;
  /** Never throws: whoever cannot be reached is tried later. `life` is how long the service may keep it, milliseconds. */
  send(to: PushSubscriptionRecord, text: string, options: { life: number; topic: string }): Promise<Pushed>;
};

const PATIENCE = 10_000;
const LATER = 5 * 60_000;
const LONGEST = 6 * 3_600_000;

type Options = {
  secret: Uint8Array;
  subject: string;
  allowed: (endpoint: string) => boolean;
  patience?: number;
};

/**
 * `secret` (32 bytes) is the private key on P-256; `subject` is whom a push service may write to, a URL; `patience` with
 * it in milliseconds.
 */
export function openPush({ secret, subject, allowed, patience = PATIENCE }: Options): Push {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(secret);
  const vapid = {
    subject,
    publicKey: curve.getPublicKey().toString("base64url"),
    privateKey: curve.getPrivateKey().toString("base64url"),
  };

  async function send(
    to: PushSubscriptionRecord,
    text: string,
    { life, topic }: { life: number; topic: string },
  ): Promise<Pushed> {
    if (!allowed(to.endpoint)) return { state: "gone" };
    const options = { vapidDetails: vapid, TTL: Math.floor(life / 1000), topic, contentEncoding: "aes128gcm" } as const;
    const { default: webpush } = await import("web-push");
    const { endpoint, method, headers, body } = webpush.generateRequestDetails(to, text, options);
    try {
      const answer = await fetch(endpoint, {
        method,
        headers: headers as Record<string, string>,
        body: new Uint8Array(body!),
        redirect: "error",
        signal: AbortSignal.timeout(patience),
      });
      await answer.body?.cancel();
      return outcome(answer);
    } catch {
      return { state: "later", wait: LATER };
    }
  }

  return { publicKey: vapid.publicKey, allowed, send };
}

/** RFC 8030: 201 is taken; 404 and 410 are for ever; what is wrong with the request is wrong the next time, too. */
function outcome({ status, headers }: Response): Pushed {
  if (status === 201 || status === 202) return { state: "sent" };
  if (status === 404 || status === 410 || status === 400 || status === 403) return { state: "gone" };
  const wait = Number(headers.get("retry-after")) * 1000;
  return { state: "later", wait: wait > 0 ? Math.min(wait, LONGEST) : LATER };
}

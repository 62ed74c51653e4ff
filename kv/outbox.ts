import { limits } from "../domain/limits.ts";
import type { Mail, Mailer } from "../domain/mail.ts";
import { type KeptMail, keys } from "./keys.ts";
import type { Store } from "./store.ts";

/** Where there is no mail server: keeps what one would have got. The same mail again replaces itself. */
export function outboxMailer(store: Store, now: () => number): Mailer {
  async function send(mail: Mail): Promise<void> {
    const kept = { ...mail, at: now(), expiresAt: now() + limits.outbox };
    await store.commit((atomic) => atomic.set(keys.outbox(mail.id), kept));
  }
  return { send, close() {} };
}

/** Newest first. */
export async function keptMails(store: Store, limit: number): Promise<KeptMail[]> {
  return (await store.list(keys.outboxes(), { limit, reverse: true })).map(({ value }) => value);
}

import type { Notification } from "./notification.ts";
import type { Lang } from "./person.ts";

/** A mail that waits to be written and sent. `user` is an id; languages are for who has chosen none. */
export type MailJob =
  | { kind: "verify" | "address_changed"; user: string; to: string; lang: Lang }
  | { kind: "reset"; asked: string; lang: Lang }
  | { kind: "password_changed" | "letter_confirm"; user: string; lang: Lang }
  | { kind: "letter" | "digest"; user: string; date: string }
  | { kind: "news"; user: string; news: Notification[] };

/** A mail as it goes out. `id` is its Message-ID: the same job has the same, so that a repeat is known as one. */
export type Mail = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Where one POST ends these mails (RFC 8058). */
  unsubscribe?: string;
};

/** Sends a mail, or throws a `MailFault`. Resolved means that the server took it over, not that it was delivered. */
export type Mailer = { send(mail: Mail): Promise<void>; close(): void };

/**
 * Why a mail did not go: "server" is down, slow or refuses us; "later" and "never" are what it said to this one mail.
 */
export class MailFault extends Error {
  constructor(readonly kind: "server" | "later" | "never", reason: string) {
    super(reason);
    this.name = "MailFault";
  }
}

/** From the first, a minute, doubled up to six hours. `tries` is how often the server has said "later". */
export const retryAfter = (tries: number): number => Math.min(60_000 * 2 ** tries, 6 * 3_600_000);

/** One line that nothing can end early: what follows a line break would be a header of its own. */
export const oneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ").replace(/\s+/gu, " ").trim();

import { ulid } from "ulid";
import { limits } from "../domain/limits.ts";
import { faultOf, type LogLine } from "../domain/logger.ts";
import { type Mailer, MailFault, type MailJob, retryAfter } from "../domain/mail.ts";
import type { Blocks } from "../kv/blocks.ts";
import { keys } from "../kv/keys.ts";
import { claimMail, dueMails, endMail, putBack, type Waiting } from "../kv/mails.ts";
import type { Signer } from "../kv/signing.ts";
import type { Store } from "../kv/store.ts";
import type { OwnLetters } from "../realtime/own_letters.ts";
import { writeMail } from "./write_mail.ts";

export type PostParts = {
  store: Store;
  mailer: Mailer;
  signer: Signer;
  ownLetters: Pick<OwnLetters, "sentences">;
  /** Whom one blocks, or is blocked by, no mail tells of. */
  areApart: Blocks["areApart"];
  /** The origin that links in mails lead to. */
  home: string;
  zone: string;
  now: () => number;
  /** Multiplies the limits on mails that somebody asked for; 0 turns them off. */
  scale: number;
  line: LogLine;
  /** How many mails are on their way at once. */
  atOnce?: number;
  /** How long a mail may be on its way before somebody else takes it over. Milliseconds. */
  lease?: number;
};

export type Post = {
  /**
   * Puts a mail into the queue. What is sent, and whether, is found out seconds later: so that the time of the request
   * tells nothing.
   */
  add(job: MailJob): Promise<void>;
  /** Sends what is due; never rejects. Who calls while it works waits for what is due by then. */
  tick(): Promise<void>;
  /** Sends now and every few seconds. The returned function lets what is on its way arrive. */
  start(): () => Promise<void>;
};

const SECOND = 1_000;
const PAGE = 25;

/**
 * The one place that sends mail. A mail is claimed, written, sent, and taken out of the queue. Who dies between the
 * server's 250 and the last of these leaves a mail of which nobody can know whether it went: it goes again under the
 * same Message-ID, and mailboxes that know their mail keep one.
 */
export function openPost(parts: PostParts): Post {
  const { store, mailer, now, line, atOnce = 5, lease = limits.mailLease } = parts;
  let pausedUntil = 0, faults = 0, stopping = false, asked = 0;
  let work: Promise<void> | undefined;

  async function add(job: MailJob): Promise<void> {
    const expiresAt = now() + lifetime[job.kind];
    await store.commit((atomic) => atomic.set(keys.mail(0, now(), ulid(now())), { job, tries: 0, expiresAt }));
  }

  function tick(): Promise<void> {
    asked++;
    return work ??= run().finally(() => work = undefined);
  }

  async function run(): Promise<void> {
    for (let done = 0; done < asked;) {
      done = asked;
      try {
        while (!resting() && await sendPage());
      } catch (error) {
        failed(error);
      }
    }
  }

  /** A mail that fails in our own hands is due again when its claim runs out, and holds no other up. */
  function failed(error: unknown): false {
    line("error", "post_failed", faultOf(error));
    return false;
  }

  const resting = () => stopping || now() < pausedUntil;

  /** `false` when nothing was there to be sent by this isolate. */
  async function sendPage(): Promise<boolean> {
    const page = await dueMails(store, now(), PAGE);
    let sent = 0;
    await Promise.all(Array.from({ length: atOnce }, async () => {
      for (let mail = page.shift(); mail && !resting(); mail = page.shift()) {
        if (await deliver(mail).catch(failed)) sent++;
      }
    }));
    return sent > 0;
  }

  async function deliver(waiting: Waiting): Promise<boolean> {
    const mail = await claimMail(store, waiting, now() + lease);
    if (!mail) return false;
    const { job: { kind }, claimed, expiresAt } = waiting.value;
    if (claimed) line("warn", "mail_in_doubt", { mail: mail.id, kind });
    if (expiresAt <= now()) return await end(mail, "mail_given_up");
    const written = await writeMail(parts, waiting);
    if (!written) return await end(mail, "mail_dropped");
    try {
      await mailer.send(written);
    } catch (error) {
      await refused(mail, error, claimed ?? false);
      return true;
    }
    faults = 0;
    return await end(mail, "mail_sent");
  }

  async function end(mail: Waiting, event: string): Promise<boolean> {
    await endMail(store, mail);
    const level = event === "mail_given_up" ? "warn" : "debug";
    line(level, event, { mail: mail.id, kind: mail.value.job.kind });
    return true;
  }

  /** A server that fails is left alone for a while, longer each time, up to five minutes; a mail that it refuses, too. */
  async function refused(mail: Waiting, error: unknown, mayHave: boolean): Promise<void> {
    const fault = error instanceof MailFault ? error : new MailFault("server", String(error));
    line("warn", "mail_refused", { mail: mail.id, kind: mail.value.job.kind, how: fault.kind, reason: fault.message });
    if (fault.kind === "never") return void await endMail(store, mail);
    const { tries } = mail.value;
    if (fault.kind === "later") return await putBack(store, mail, now() + retryAfter(tries), tries + 1, mayHave);
    if (now() >= pausedUntil) pausedUntil = now() + Math.min(SECOND * 2 ** faults++, 300 * SECOND);
    await putBack(store, mail, pausedUntil, tries, true);
  }

  function start(): () => Promise<void> {
    void tick();
    const timer = setInterval(tick, 2 * SECOND);
    return async () => {
      clearInterval(timer);
      stopping = true;
      await Promise.race([work, new Promise((go) => Deno.unrefTimer(setTimeout(go, SECOND)))]);
      mailer.close();
    };
  }

  return { add, tick, start };
}

/** Where links in mails lead: never what a request says of its host, since that is anybody's to say. */
export const homeOf = ({ publicUrl, port }: { publicUrl?: string; port: number }): string =>
  publicUrl ?? `http://localhost:${port}`;

/** How long each kind is worth sending. */
const lifetime: Record<MailJob["kind"], number> = {
  verify: limits.verifyToken,
  reset: limits.resetToken,
  letter_confirm: limits.verifyToken,
  password_changed: limits.notice,
  address_changed: limits.notice,
  letter: limits.letterMail,
  digest: limits.letterMail,
  news: limits.letterMail,
};

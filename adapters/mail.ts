import { connect } from "node:net";
import { type Mail, type Mailer, MailFault, oneLine } from "../domain/mail.ts";

type Options = {
  url: string;
  from: string;
  /** How long one mail may take, in milliseconds. */
  patience?: number;
};

/** How many mails are on their way at once: what a death in the middle leaves in doubt. */
export const AT_ONCE = 5;

/** A mail server by `SMTP_URL`. Its twin without one keeps mails in the store (`kv/outbox.ts`). */
export function openSmtp({ url, from, patience = 60_000 }: Options): Mailer {
  let opened: ReturnType<typeof open> | undefined;

  async function open() {
    const { createTransport } = await import("nodemailer");
    const { hostname, port, protocol, username, password, searchParams } = new URL(url);
    const secure = protocol === "smtps:";
    return createTransport({
      pool: true,
      maxConnections: AT_ONCE,
      maxRequeues: 0, // whether a mail goes again is for its job to say
      host: hostname,
      port: Number(port) || (secure ? 465 : 587),
      secure,
      requireTLS: searchParams.get("tls") === "required",
      auth: username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined,
      name: domainOf(from),
      getSocket: dial,
      connectionTimeout: patience / 4,
      greetingTimeout: patience / 4,
      socketTimeout: patience / 2,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async function send(mail: Mail): Promise<void> {
    if (oneLine(mail.to) !== mail.to) throw new MailFault("never", "not an address");
    const transport = await (opened ??= open());
    const patient = new AbortController();
    const timer = setTimeout(() => patient.abort(), patience);
    try {
      await transport.sendMail({ ...messageOf(mail), signal: patient.signal });
    } catch (error) {
      throw faultOf(error);
    } finally {
      clearTimeout(timer);
    }
  }

  function messageOf({ id, to, subject, text, html, unsubscribe }: Mail) {
    return {
      from,
      to: { name: "", address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${domainOf(from)}>`,
      headers: {
        "Auto-Submitted": "auto-generated",
        ...(unsubscribe && {
          "List-Unsubscribe": `<${unsubscribe}>`,
          "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }),
      },
    };
  }

  async function close(): Promise<void> {
    (await opened?.catch(() => null))?.close({ force: true });
  }

  return { send, close: () => void close() };
}

/** Dials by name: the app may connect to the server's name and port, and to nothing else. */
function dial(
  { host, port }: { host?: string; port?: number | string },
  done: (error: Error | null, socket?: { connection: ReturnType<typeof connect> }) => void,
): void {
  const connection = connect({ host: host!, port: Number(port) });
  const failed = (error: Error) => done(error);
  connection.once("error", failed);
  connection.once("connect", () => {
    connection.off("error", failed);
    done(null, { connection });
  });
}

/** 5xx to a recipient or a text is for ever, 4xx for a while; all else (login, connection, time) is the server's. */
function faultOf(error: unknown): MailFault {
  if (error instanceof MailFault) return error;
  const { code = "", command, responseCode = 0 } = error as { code?: string; command?: string; responseCode?: number };
  const toThisMail = (code === "EMESSAGE" || command === "RCPT TO") && responseCode !== 421;
  const kind = !toThisMail ? "server" : responseCode >= 400 && responseCode < 500 ? "later" : "never";
  return new MailFault(kind, `${code} ${responseCode}`);
}

const domainOf = (from: string): string => /@([\w.-]+)>?$/.exec(from)?.[1] ?? "localhost";

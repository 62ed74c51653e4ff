import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail as it came over the wire. `name` of a header in small letters; folded lines are one. */
export type Arrived = { to: string; raw: string; headers: Map<string, string>; text: string; html: string };

/** What the server does with a mail: take it, or say this, or hang, or cut the line after having taken it. */
export type Mood = "take" | "hang" | "cut" | { at: "mail" | "rcpt" | "data"; code: number };

/** A real SMTP server on a port of its own. */
export async function startMailServer(mood: (to: string) => Mood = () => "take") {
  const arrived: Arrived[] = [];
  const refusal = (code: number) => Object.assign(new Error("not now"), { responseCode: code });
  const refuses = (at: string, to: string, done: (error?: Error | null) => void) => {
    const now = mood(to);
    if (now === "hang") return; // no answer at all
    return typeof now === "object" && now.at === at ? done(refusal(now.code)) : done();
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onMailFrom: ({ address }, _, done) => void refuses("mail", address, done),
    onRcptTo: ({ address }, _, done) => void refuses("rcpt", address, done),
    async onData(stream, session, done) {
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of stream) chunks.push(chunk);
      } catch (error) { // its client died in the middle: this mail never came
        return done(error as Error);
      }
      const raw = new TextDecoder().decode(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      const to = session.envelope.rcptTo.map(({ address }) => address).join();
      const now = mood(to);
      if (typeof now === "object") return done(now.at === "data" ? refusal(now.code) : null);
      arrived.push({ to, raw, ...parse(raw) });
      if (now === "cut") return server.connections.forEach((one) => one.close());
      done();
    },
  });
  server.on("error", () => {}); // a client that is killed resets its line
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    arrived,
    stop: () => new Promise<void>((done) => server.close(done)),
  };
}

function parse(raw: string): Pick<Arrived, "headers" | "text" | "html"> {
  const [head, body] = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map(split) : [];
  const part = (type: string) => {
    const [partHead = "", content = ""] = parts.find(([head]) => head.includes(type)) ?? [];
    return decode(content.trim(), partHead).replaceAll("\r\n", "\n");
  };
  return { headers: headersOf(head), text: part("text/plain"), html: part("text/html") };
}

function split(part: string): [head: string, body: string] {
  const end = part.indexOf("\r\n\r\n");
  return [part.slice(0, end), part.slice(end + 4)];
}

export function headersOf(head: string): Map<string, string> {
  const rows = head.replace(/\r\n[ \t]+/g, " ").split("\r\n").map((row) => /^([\w-]+): (.*)$/.exec(row));
  return new Map(rows.flatMap((row) => row ? [[row[1].toLowerCase(), decodeWords(row[2])]] : []));
}

const decodeWords = (value: string): string =>
  value.replace(/\?= +=\?/g, "?==?").replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind, text) => {
    return decode(
      kind.toLowerCase() === "b" ? text : text.replaceAll("_", " "),
      kind.toLowerCase() === "b" ? "base64" : "quoted",
    );
  });

function decode(content: string, head: string): string {
  if (/base64/i.test(head)) return new TextDecoder().decode(Uint8Array.fromBase64(content.replace(/\s/g, "")));
  if (!/quoted/i.test(head)) return content;
  const bytes = content.replace(/=\r\n/g, "").replace(
    /=([0-9A-F]{2})/g,
    (_, hex) => String.fromCharCode(parseInt(hex, 16)),
  );
  return new TextDecoder().decode(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)));
}

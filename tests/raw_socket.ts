/** A WebSocket by hand over TCP, for what no well-behaved client would send. */
export type RawSocket = Disposable & {
  /** One frame, masked. `opcode`: 1 text, 2 binary, 8 close, 9 ping; 0 continues. */
  frame(payload: Uint8Array | string, options?: { opcode?: number; fin?: boolean; masked?: boolean }): Promise<boolean>;
  /** Bytes as they are. */
  bytes(bytes: Uint8Array): Promise<boolean>;
  /** Reads on until a close frame, and says its code; null when the line just went dead. */
  untilClosed(): Promise<{ code: number | null; texts: string[] }>;
  /** Reads whatever comes and throws it away, so that the server never has to wait. */
  swallow(): void;
  /** After `swallow`: resolves when the line is dead or a close frame has come; also after two seconds of neither. */
  gone(): Promise<void>;
};

const encoder = new TextEncoder();

/** Resolves when the server has said 101; throws with its answer when it said something else. */
export async function openRaw(url: string, headers: Record<string, string> = {}): Promise<RawSocket> {
  const { hostname, port } = new URL(url);
  const conn = await Deno.connect({ hostname, port: Number(port) });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`).join("");
  await writeAll(
    conn,
    encoder.encode(
      `GET /ws HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${lines}\r\n`,
    ),
  );
  const { head, rest } = await readHead(conn);
  if (!head.startsWith("HTTP/1.1 101")) {
    conn.close();
    throw new Error(head.split("\r\n")[0]);
  }
  let closed = false, ended: Promise<void> | undefined;
  const close = () => {
    if (!closed) conn.close();
    closed = true;
  };
  const write = (bytes: Uint8Array) => closed ? Promise.resolve(false) : writeAll(conn, bytes);
  return {
    frame: (payload, options) => write(frameOf(payload, options)),
    bytes: write,
    async untilClosed() {
      const frames = new Frames();
      frames.take(rest);
      const buffer = new Uint8Array(65_536);
      while (frames.code === null) {
        const n = await conn.read(buffer).catch(() => null);
        if (n === null) break;
        frames.take(buffer.subarray(0, n));
      }
      return { code: frames.code, texts: frames.texts };
    },
    swallow() {
      const buffer = new Uint8Array(65_536);
      const frames = new Frames();
      ended = (async () => {
        while (frames.code === null && !closed) {
          const n = await conn.read(buffer).catch(() => null);
          if (n === null) break;
          frames.take(buffer.subarray(0, n));
        }
        close();
      })();
    },
    async gone() {
      let timer: ReturnType<typeof setTimeout>;
      await Promise.race([ended, new Promise<void>((done) => timer = setTimeout(done, 2_000))]);
      clearTimeout(timer!);
    },
    [Symbol.dispose]: close,
  };
}

/** False when the other side has gone. */
async function writeAll(conn: Deno.Conn, bytes: Uint8Array): Promise<boolean> {
  try {
    for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
    return true;
  } catch {
    return false;
  }
}

export function frameOf(
  payload: Uint8Array | string,
  { opcode = 1, fin = true, masked = true }: { opcode?: number; fin?: boolean; masked?: boolean } = {},
): Uint8Array {
  const data = typeof payload === "string" ? encoder.encode(payload) : payload;
  const long = data.length < 126 ? 0 : data.length < 65_536 ? 2 : 8;
  const frame = new Uint8Array(2 + long + (masked ? 4 : 0) + data.length);
  frame[0] = (fin ? 0x80 : 0) | opcode;
  frame[1] = (masked ? 0x80 : 0) | (long === 0 ? data.length : long === 2 ? 126 : 127);
  const view = new DataView(frame.buffer);
  if (long === 2) view.setUint16(2, data.length);
  if (long === 8) view.setBigUint64(2, BigInt(data.length));
  frame.set(data, frame.length - data.length); // the mask is four zeros: the bytes stay as they are
  return frame;
}

async function readHead(conn: Deno.Conn): Promise<{ head: string; rest: Uint8Array }> {
  let text = "";
  const buffer = new Uint8Array(4096);
  for (;;) {
    const n = await conn.read(buffer);
    if (n === null) throw new Error(`no answer: ${text}`);
    text += new TextDecoder("latin1").decode(buffer.subarray(0, n));
    const end = text.indexOf("\r\n\r\n");
    if (end >= 0) {
      return {
        head: text.slice(0, end),
        rest: Uint8Array.from(text.slice(end + 4), (c) => c.charCodeAt(0)),
      };
    }
  }
}

/** Takes a server's stream apart, which is not masked; remembers texts and the code of a close frame. */
class Frames {
  readonly texts: string[] = [];
  code: number | null = null;
  #rest = new Uint8Array(0);

  take(chunk: Uint8Array): void {
    const all = new Uint8Array(this.#rest.length + chunk.length);
    all.set(this.#rest);
    all.set(chunk, this.#rest.length);
    const view = new DataView(all.buffer);
    let at = 0;
    while (at + 2 <= all.length) {
      const short = all[at + 1] & 0x7f;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > all.length) break;
      const size = short < 126 ? short : short === 126 ? view.getUint16(at + 2) : Number(view.getBigUint64(at + 2));
      if (at + head + size > all.length) break;
      this.#frame(all[at] & 0x0f, all.subarray(at + head, at + head + size));
      at += head + size;
    }
    this.#rest = all.slice(at);
  }

  #frame(opcode: number, body: Uint8Array): void {
    if (opcode === 8 && body.length >= 2) this.code = body[0] * 256 + body[1];
    if (opcode === 1) this.texts.push(new TextDecoder().decode(body));
  }
}

import { closeCodes, staysAway } from "../../domain/codes.ts";
import type { ClientFrame, ServerFrame } from "../../domain/wire.ts";

const PING_EVERY = 20_000;
const PATIENCE = 10_000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** A frame as this page writes it: what the server fills in by itself may be left out. */
export type Said = Partial<ClientFrame> & Pick<ClientFrame, "type">;

/** A connection that comes back by itself, until it is closed or told to stay away. */
export type Line = {
  /** False when there is no connection; nothing is kept. */
  say(frame: Said): boolean;
  /** Connects now, or asks whether the connection still lives. */
  wake(): void;
  /** Another connection in place of this one, now. */
  renew(): void;
  close(): void;
};

export type LineParts = {
  url: string;
  /** The first frames of each connection. */
  hello(): Said[];
  hear(frame: ServerFrame): void;
  lost(): void;
  /** The server asked this page to stay away: it does not come back by itself. */
  away(): void;
  /** The login of this connection has ended; settles when it has been renewed, or when the page is a guest's. */
  ended(): Promise<void>;
};

/** Where a page of this place connects. */
export const socketUrl = (visitor: string): string => `${location.origin.replace(/^http/, "ws")}/ws?visitor=${visitor}`;

export function openLine({ url, hello, hear, lost, away, ended }: LineParts): Line {
  let socket: WebSocket | null = null;
  let closed = false;
  let tries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;

  function connect(): void {
    clearTimeout(retry);
    if (closed) return;
    const mine = new WebSocket(url);
    socket = mine;
    expect(PATIENCE);
    mine.onopen = () => mine === socket && hello().forEach(say);
    mine.onmessage = ({ data }) => mine === socket && read(String(data));
    mine.onclose = ({ code }) => mine === socket && down(code);
  }

  function read(data: string): void {
    const frame: ServerFrame = JSON.parse(data);
    if (frame.type === "joined" || frame.type === "lobby") tries = 0;
    rest();
    hear(frame);
  }

  /** After a while of silence: a ping, and if nothing answers, the end. */
  function rest(): void {
    clearTimeout(deadline);
    deadline = setTimeout(ping, PING_EVERY);
  }

  function ping(): void {
    say({ type: "ping" });
    expect(PATIENCE);
  }

  function expect(patience: number): void {
    clearTimeout(deadline);
    deadline = setTimeout(() => down(0), patience);
  }

  async function down(code: number): Promise<void> {
    drop();
    if (staysAway(code)) {
      closed = true;
      return away();
    }
    lost();
    if (code === closeCodes.session_ended.code) await ended();
    if (closed || socket) return;
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries++);
    clearTimeout(retry);
    retry = setTimeout(connect, wait * (0.5 + Math.random() / 2));
  }

  /** A dead connection's close may take minutes: it is forgotten, not waited for. */
  function drop(): void {
    clearTimeout(deadline);
    const old = socket;
    socket = null;
    old?.close();
  }

  function say(frame: Said): boolean {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  connect();
  return {
    say,
    wake() {
      if (closed || socket?.readyState === WebSocket.CONNECTING) return;
      if (socket) return ping();
      tries = 0;
      connect();
    },
    renew() {
      drop();
      connect();
    },
    close() {
      closed = true;
      clearTimeout(retry);
      drop();
    },
  };
}

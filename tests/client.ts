import type { Message } from "../domain/message.ts";
import { PLAZA } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { type Caller, until } from "./processes.ts";

type Joined = Extract<ServerFrame, { type: "joined" }>;
type Refused = Extract<ServerFrame, { type: "refused" }>;
type Sending = { room: string; text: string; done(message: Message): void; fail(error: unknown): void };

/** Refused by the server, with the frame that says why. */
export class RefusedError extends Error {
  constructor(readonly frame: Refused) {
    super(`refused: ${frame.code}`);
  }
}

/**
 * A plain WebSocket client that keeps what it reads for as long as it lives, over any number of connections:
 * all messages of each room in the order they came, and every breach of that order.
 */
export class Client implements Disposable {
  readonly rooms = new Map<string, Message[]>();
  readonly frames: ServerFrame[] = [];
  /** What should never be: a number twice, a number missing, an order turned round. */
  readonly breaches: string[] = [];
  readonly refused: Refused[] = [];
  /** Sent and not yet seen in a room, by client id. */
  readonly pending = new Map<string, Sending>();
  socket!: WebSocket;
  closed: { code: number; reason: string } | null = null;
  epoch: string | undefined;

  constructor(readonly url: string, readonly who?: Caller) {}

  /** Opens a connection, here or at another isolate; what was read before stays. */
  async connect(url = this.url): Promise<this> {
    const headers: Record<string, string> = this.who ? { authorization: `Bearer ${this.who.token}` } : {};
    // The browser's types do not know that Deno's client can send headers.
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers } as unknown as string[]);
    this.socket = socket;
    this.closed = null;
    socket.onmessage = ({ data }) => this.#read(JSON.parse(data));
    await new Promise<void>((done, fail) => {
      socket.onopen = () => done();
      socket.onerror = (event) => fail(new Error(`no socket: ${(event as ErrorEvent).message}`));
      socket.onclose = ({ code, reason }) => {
        if (this.socket === socket) this.closed = { code, reason };
        fail(new Error(`closed with ${code}`));
      };
    });
    return this;
  }

  /** Joins, from where it stands when it was there before. */
  async join(room = PLAZA): Promise<Joined> {
    const heard = this.frames.length;
    const since = this.rooms.get(room)?.at(-1)?.seq;
    this.say({ type: "join", room, ...(since === undefined ? {} : { since, epoch: this.epoch }) });
    const joined = () => this.frames.slice(heard).find((f) => f.type === "joined" && f.room === room);
    await until(`joined ${room}`, () => joined() !== undefined || this.closed !== null);
    if (!joined()) throw new Error(`closed with ${this.closed?.code} while joining`);
    return joined() as Joined;
  }

  /** Resolves with the message as it came back in the room, which is its acknowledgement. */
  send(text: string, clientId: string = crypto.randomUUID(), room = PLAZA): Promise<Message> {
    const sent = new Promise<Message>((done, fail) => this.pending.set(clientId, { room, text, done, fail }));
    sent.catch(() => {});
    this.say({ type: "send_chat", room, text, clientId });
    return sent;
  }

  /** Sends again what was never acknowledged, under the same client ids. */
  resend(): void {
    for (const [clientId, { room, text }] of this.pending) {
      this.say({ type: "send_chat", room, text, clientId });
    }
  }

  say(frame: unknown): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(frame));
  }

  messages(room = PLAZA): Message[] {
    return this.rooms.get(room) ?? [];
  }

  /** Waits until it has read as far as `seq`. */
  read(seq: number, room = PLAZA, within = 20_000): Promise<void> {
    return until(`read up to ${seq}`, () => (this.messages(room).at(-1)?.seq ?? 0) >= seq, within);
  }

  close(): void {
    this.socket?.close();
  }

  [Symbol.dispose](): void {
    for (const { fail } of this.pending.values()) fail(new Error("the client went away"));
    this.close();
  }

  #read(frame: ServerFrame): void {
    if (frame.type !== "messages") this.frames.push(frame);
    if (frame.type === "joined") this.#begin(frame);
    if (frame.type === "messages") this.#take(frame.room, frame.items);
    if (frame.type === "refused") this.#refuse(frame);
  }

  #begin(joined: Joined): void {
    if (joined.gap) this.breaches.push(`${joined.room}: a gap after ${this.rooms.get(joined.room)?.at(-1)?.seq}`);
    this.epoch = joined.epoch;
    this.#take(joined.room, joined.items);
  }

  #take(room: string, items: Message[]): void {
    const known = this.rooms.get(room) ?? [];
    this.rooms.set(room, known);
    for (const message of items) {
      const last = known.at(-1)?.seq;
      const answer = this.pending.get(message.clientId);
      this.pending.delete(message.clientId);
      answer?.done(message);
      // The answer to what was sent again may be a message that has come by meanwhile: known, and of its own.
      if (last !== undefined && message.seq <= last && message.author.id === this.who?.id) {
        const first = known.find(({ seq }) => seq === message.seq);
        if (first && JSON.stringify(first) === JSON.stringify(message)) continue;
      }
      if (last !== undefined && message.seq !== last + 1) this.breaches.push(`${room}: ${message.seq} after ${last}`);
      known.push(message);
    }
  }

  #refuse(frame: Refused): void {
    this.refused.push(frame);
    const sending = frame.clientId === undefined ? undefined : this.pending.get(frame.clientId);
    if (!sending) return;
    this.pending.delete(frame.clientId!);
    sending.fail(new RefusedError(frame));
  }
}

/** Registers by HTTP, as a person would. */
export async function register(url: string, username: string, nickname = username): Promise<Caller> {
  const answer = await fetch(`${url}/api/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password: "jungle-2026", nickname }),
  });
  const body = await answer.json();
  if (answer.status !== 201) throw new Error(`register: ${answer.status} ${JSON.stringify(body)}`);
  return { id: body.user.id, nickname: body.user.nickname, token: body.accessToken };
}

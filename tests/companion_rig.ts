import { openModel } from "../ai/model.ts";
import type { Message } from "../domain/message.ts";
import type { Who } from "../domain/person.ts";
import { type Room, STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { keys } from "../kv/keys.ts";
import { openRooms } from "../kv/rooms.ts";
import { type Store, wrap } from "../kv/store.ts";
import { openActs } from "../realtime/acts.ts";
import { openCatchUps } from "../realtime/catch_up.ts";
import { openCompanion } from "../realtime/companion.ts";
import type { Conn } from "../realtime/conn.ts";
import { openOrder } from "../realtime/order.ts";
import { openSendLimit } from "../realtime/send_limit.ts";
import { openSpine } from "../realtime/spine.ts";
import type { TurnPace } from "../realtime/turns.ts";
import { chunk, type Reply, say, startModelServer } from "./model_server.ts";

export const room: Room = { id: STREAMING, kind: "live", access: "public", createdAt: 0 };
export const who = (id: string, role: Who["role"] = "user"): Who => ({ id, nickname: `${id} 님`, role, session: id });
const PACE: TurnPace = { lease: 1_000, save: 50, look: 50 };

export type Isolate = Awaited<ReturnType<typeof openIsolate>>;
type Options = {
  channel?: boolean;
  reply?: Reply | null;
  scale?: number;
  patience?: number;
  window?: number;
  pace?: TurnPace;
};

/** Isolates of one house on one KV, and the real openai package before a server of ours; `reply` null: no key. */
export async function openHouse(count: number, options: Options = {}) {
  const kv = await Deno.openKv(":memory:");
  const server = startModelServer(options.reply ?? (() => say("네.")));
  const name = crypto.randomUUID();
  const isolates = await Promise.all(
    Array.from({ length: count }, (_, n) => openIsolate(kv, `isolate-${n}`, name, server.url, options)),
  );
  const store = wrap(kv);
  return {
    store,
    server,
    isolates,
    first: isolates[0],
    /** What a person sees of the room, from the store. */
    seen: () => isolates.at(-1)!.log.page(STREAMING, {}, 500),
    answers: async () =>
      (await isolates.at(-1)!.log.page(STREAMING, {}, 500)).filter(({ kind }) => kind === "companion"),
    turn: async () => (await store.get(keys.turn(STREAMING))).value,
    async [Symbol.asyncDispose]() {
      await Promise.all(isolates.map((isolate) => isolate.stop()));
      await server.stop();
      kv.close();
    },
  };
}

async function openIsolate(kv: Deno.Kv, isolate: string, name: string, baseUrl: string, options: Options) {
  const { scale = 0, channel: wired = true, patience = 5_000, window, pace = PACE } = options;
  const channel = wired ? new BroadcastChannel(name) : null;
  const lines: string[] = [];
  const line = (...said: unknown[]) => void lines.push(JSON.stringify(said));
  const now = Date.now, { store, cut } = mortal(wrap(kv));
  const spine = openSpine({ store, now, isolate, line, channel, bells: false, heal: 50 });
  const rooms = openRooms({ store, now, announce: () => Promise.resolve() });
  const order = openOrder({ store, ...spine, now, scale, line });
  const acts = openActs({ store, ...spine, order, sends: openSendLimit(0, now), now });
  const key = options.reply === null ? undefined : "k";
  const model = openModel({
    key,
    baseUrl,
    name: "model",
    now,
    line,
    window,
    patience: { request: patience, total: patience },
  });
  const companion = openCompanion({ ...spine, store, rooms, acts, model, isolate, now, scale, line, pace });
  const stopCompanion = companion.start();
  await rooms.get(STREAMING);
  return {
    ...spine,
    isolate,
    acts,
    companion,
    catchUps: openCatchUps({ store, ...spine, model, now, scale, line }),
    lines,
    /** Nothing that it does reaches anybody any more, and it says no word about it. */
    kill() {
      cut();
      if (channel) channel.postMessage = () => {};
    },
    leave: stopCompanion,
    async stop() {
      await stopCompanion();
      await spine.stop();
    },
    ask: (text: string, person = who("asker")) =>
      companion.ask(room, person, { text, clientId: crypto.randomUUID() }, "ko"),
    say: async (text: string, person = who("talker")): Promise<Message> =>
      (await acts.say(room, person, { text, clientId: crypto.randomUUID() })).message,
  };
}

/** A store that can be cut off for ever. */
function mortal(store: Store) {
  let dead = false;
  const alive = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => (...given: A): Promise<R> =>
    dead ? Promise.reject(new Error("cut off")) : work(...given);
  const parts = { get: alive(store.get), getMany: alive(store.getMany), list: alive(store.list) } as Partial<Store>;
  return {
    store: { ...store, ...parts, commit: alive(store.commit) } as Store,
    cut: () => void (dead = true),
  };
}

/** A reader who keeps the promise of the frames: what is there is put together from them, and a hole is a breach. */
export class Reader implements Conn {
  readonly messages = new Map<number, Message>();
  readonly deltas: Extract<ServerFrame, { type: "delta" }>[] = [];
  readonly breaches: string[] = [];
  stuck = 0;
  #feed: Awaited<ReturnType<Isolate["hub"]["join"]>> | undefined;

  async join(isolate: Isolate, id = crypto.randomUUID()): Promise<this> {
    this.#feed = await isolate.hub.join(STREAMING, this, id, {});
    return this;
  }
  send(text: string): void {
    const frame = JSON.parse(text) as ServerFrame;
    if (frame.type === "joined" || frame.type === "messages" || frame.type === "changed") {
      frame.items.forEach(this.#take);
    }
    if (frame.type === "delta") this.#pour(frame);
  }
  close = (reason: string): void => void this.breaches.push(`closed: ${reason}`);
  buffered = (): number => this.stuck;
  /** The newest answer of the companion, as it stands there. */
  get answer(): Message | undefined {
    return [...this.messages.values()].findLast(({ kind }) => kind === "companion");
  }
  #take = (message: Message): void => {
    const { change } = message;
    if (!change) return void this.messages.set(message.seq, message);
    const before = this.messages.get(change.of);
    if (before) this.messages.set(change.of, { ...before, ...change });
  };
  #pour(delta: Extract<ServerFrame, { type: "delta" }>): void {
    this.deltas.push(delta);
    const message = [...this.messages.values()].find(({ id }) => id === delta.messageId);
    if (!message) return void this.breaches.push("a delta before its message");
    if (message.state !== "streaming") return void this.breaches.push("a delta after the end");
    if (delta.from !== message.text.length) {
      return void this.breaches.push(`from ${delta.from}, had ${message.text.length}`);
    }
    this.messages.set(message.seq, { ...message, text: message.text + delta.text });
  }
}

/** A model whose answers the test lets go piece by piece. */
export function slowModel() {
  const encoder = new TextEncoder();
  let out: ReadableStreamDefaultController<Uint8Array> | undefined;
  const put = (text: string) => out!.enqueue(encoder.encode(text));
  return {
    reply: (): Response => {
      const body = new ReadableStream<Uint8Array>({ start: (controller) => void (out = controller) });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
    asked: () => out !== undefined,
    say: (text: string) => put(chunk(text)),
    end() {
      put(chunk("", "stop") + "data: [DONE]\n\n");
      out!.close();
      out = undefined;
    },
  };
}

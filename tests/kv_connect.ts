import protobuf from "protobufjs";

/** What goes wrong, each a probability from 0 to 1 a call. `random` is injectable, so that a run can be replayed. */
export type Faults = {
  /** The write is done, its answer never arrives. */
  dropAfter: number;
  /** The call never arrives. */
  dropBefore: number;
  /** How often a lost answer arrives as rubbish, which the client throws; else it is a gateway's 502, which it retries. */
  garbled: number;
  /** Every data call answers 503 while this is true. */
  down: boolean;
  /** Milliseconds that each data call waits first. */
  delay: number;
  /** Watches tell their first state and then nothing, as on a store whose bells are lost. */
  deaf: boolean;
  random: () => number;
};

export type KvConnect = AsyncDisposable & {
  url: string;
  faults: Faults;
  /** How often each call arrived, and how many answers were dropped. */
  calls: { metadata: number; snapshot_read: number; atomic_write: number; watch: number; dropped: number };
  close(): Promise<void>;
};

type Entry = { value: Uint8Array; encoding: number; versionstamp: Uint8Array };

/**
 * A KV Connect server (protocol 1 to 3 of denokv) in memory on a free port: one writer, strictly serial.
 * The process that opens it needs `DENO_KV_ACCESS_TOKEN`, any value.
 */
export function startKvConnect(faults: Partial<Faults> = {}): KvConnect {
  const switches: Faults = {
    dropAfter: 0,
    dropBefore: 0,
    garbled: 0.5,
    down: false,
    delay: 0,
    deaf: false,
    random: Math.random,
    ...faults,
  };
  const calls = { metadata: 0, snapshot_read: 0, atomic_write: 0, watch: 0, dropped: 0 };
  const table = openTable();
  const watches = new Set<() => void>();

  // The client speaks HTTP/2 from the first byte, which Deno.serve understands and node:http does not.
  const stop = new AbortController();
  const options = { port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen: () => {} };
  const server = Deno.serve(options, async (request) => {
    const body = new Uint8Array(await request.arrayBuffer());
    const method = new URL(request.url).pathname.slice("/v2/".length);
    if (!method) return metadata();
    calls[method as "snapshot_read"]++;
    if (switches.delay > 0) await new Promise((done) => setTimeout(done, switches.delay));
    if (switches.down) return new Response("down for a while", { status: 503 });
    if (method === "watch") return watch(body);
    if (switches.random() < switches.dropBefore) return lost();
    try {
      const out = method === "atomic_write" ? atomicWrite(body) : snapshotRead(body);
      return switches.random() < switches.dropAfter ? lost() : protobufAnswer(out);
    } catch (error) {
      return new Response(String(error), { status: 400 });
    }
  });

  function metadata(): Response {
    calls.metadata++;
    return Response.json({
      version: 3,
      databaseId: "7b1c3d1e-0000-4000-8000-000000000001",
      endpoints: [{ url: "/v2", consistency: "strong" }],
      token: "test",
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
  }

  function lost(): Response {
    calls.dropped++;
    if (switches.random() >= switches.garbled) return new Response("the answer was lost", { status: 502 });
    return protobufAnswer(new Uint8Array(20).fill(0xff));
  }

  function snapshotRead(body: Uint8Array): Uint8Array {
    const { ranges } = decode<{ ranges: ReadRange[] }>(SnapshotRead, body);
    return encode(SnapshotReadOutput, {
      ranges: ranges.map((range) => ({ values: table.read(range) })),
      readIsStronglyConsistent: true,
      status: 1,
    });
  }

  function atomicWrite(body: Uint8Array): Uint8Array {
    const write = decode<{ checks: Check[]; mutations: Mutation[] }>(AtomicWrite, body);
    const versionstamp = table.write(write.checks, write.mutations);
    if (!versionstamp) return encode(AtomicWriteOutput, { status: 2 });
    if (!switches.deaf) { for (const tell of watches) tell(); }
    return encode(AtomicWriteOutput, { status: 1, versionstamp });
  }

  function watch(body: Uint8Array): Response {
    const watched = decode<{ keys: { key: Uint8Array }[] }>(Watch, body).keys.map(({ key }) => key);
    const told = new Map<Uint8Array, string>();
    let tell: () => void;
    return protobufAnswer(
      new ReadableStream({
        start(controller) {
          tell = () => {
            const output = watched.map((key) => news(key, told));
            if (!output.some((o) => o.changed)) return;
            controller.enqueue(framed(encode(WatchOutput, { status: 1, keys: output })));
          };
          watches.add(tell);
          tell();
        },
        cancel: () => void watches.delete(tell),
      }),
    );
  }

  function news(key: Uint8Array, told: Map<Uint8Array, string>) {
    const entry = table.get(key);
    const stamp = entry ? latin(entry.versionstamp) : "none";
    if (told.get(key) === stamp) return { changed: false };
    told.set(key, stamp);
    return { changed: true, entryIfChanged: entry && { key, ...entry } };
  }

  const close = () => {
    stop.abort();
    return server.finished;
  };
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    faults: switches,
    calls,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const protobufAnswer = (body: Uint8Array | ReadableStream<Uint8Array>): Response =>
  new Response(body as BodyInit, { headers: { "content-type": "application/x-protobuf" } });

type ReadRange = { start: Uint8Array; end: Uint8Array; limit: number; reverse: boolean };
type Check = { key: Uint8Array; versionstamp: Uint8Array };
type Mutation = { key: Uint8Array; value: { data: Uint8Array; encoding: number }; mutationType: number };

/** Keys in byte order (as Latin-1 strings, which compare like bytes), and one counter for versionstamps. */
function openTable() {
  const entries = new Map<string, Entry>();
  const order: string[] = [];
  let version = 0n;

  /** Where `key` is, or would be. */
  const place = (key: string): number => {
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle] < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const apply = ({ key, value, mutationType }: Mutation, versionstamp: Uint8Array) => {
    const name = latin(key);
    if (mutationType === 1) {
      if (!entries.has(name)) order.splice(place(name), 0, name);
      entries.set(name, { value: value.data.slice(), encoding: value.encoding, versionstamp });
    } else if (entries.delete(name)) order.splice(place(name), 1);
  };

  return {
    get: (key: Uint8Array) => entries.get(latin(key)),
    read({ start, end, limit, reverse }: ReadRange) {
      const [from, to] = [place(latin(start)), place(latin(end))];
      const names = reverse
        ? order.slice(Math.max(from, to - limit), to).reverse()
        : order.slice(from, to).slice(0, limit);
      return names.map((name) => ({ key: bytes(name), ...entries.get(name)! }));
    },
    write(checks: Check[], mutations: Mutation[]): Uint8Array | null {
      const wrong = mutations.find((m) => m.mutationType !== 1 && m.mutationType !== 2);
      if (wrong) throw new TypeError("only set and delete are served here");
      const fine = checks.every((c) =>
        latin(c.versionstamp) === latin(entries.get(latin(c.key))?.versionstamp ?? NONE)
      );
      if (!fine) return null;
      const versionstamp = new Uint8Array(10);
      new DataView(versionstamp.buffer).setBigUint64(0, ++version);
      for (const mutation of mutations) apply(mutation, versionstamp);
      return versionstamp;
    },
  };
}

const NONE = new Uint8Array();
const latin = (b: Uint8Array): string => {
  let text = "";
  for (let i = 0; i < b.length; i += 4096) text += String.fromCharCode(...b.subarray(i, i + 4096));
  return text;
};
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

function framed(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + message.length);
  new DataView(frame.buffer).setUint32(0, message.length, true);
  frame.set(message, 4);
  return frame;
}

/** The part of denokv's `datapath.proto` that a store without queues and sums needs. */
const { root } = protobuf.parse(`syntax = "proto3";
  message ReadRange { bytes start = 1; bytes end = 2; int32 limit = 3; bool reverse = 4; }
  message SnapshotRead { repeated ReadRange ranges = 1; }
  message KvEntry { bytes key = 1; bytes value = 2; int32 encoding = 3; bytes versionstamp = 4; }
  message ReadRangeOutput { repeated KvEntry values = 1; }
  message SnapshotReadOutput {
    repeated ReadRangeOutput ranges = 1; bool read_is_strongly_consistent = 4; int32 status = 8;
  }
  message Check { bytes key = 1; bytes versionstamp = 2; }
  message KvValue { bytes data = 1; int32 encoding = 2; }
  message Mutation { bytes key = 1; KvValue value = 2; int32 mutation_type = 3; }
  message AtomicWrite { repeated Check checks = 1; repeated Mutation mutations = 2; }
  message AtomicWriteOutput { int32 status = 1; bytes versionstamp = 2; }
  message WatchKey { bytes key = 1; }
  message Watch { repeated WatchKey keys = 1; }
  message WatchKeyOutput { bool changed = 1; KvEntry entry_if_changed = 2; }
  message WatchOutput { int32 status = 1; repeated WatchKeyOutput keys = 2; }`);
const [SnapshotRead, SnapshotReadOutput, AtomicWrite, AtomicWriteOutput, Watch, WatchOutput] = [
  "SnapshotRead",
  "SnapshotReadOutput",
  "AtomicWrite",
  "AtomicWriteOutput",
  "Watch",
  "WatchOutput",
].map((name) => root.lookupType(name));

const encode = (type: protobuf.Type, value: object): Uint8Array => type.encode(type.fromObject(value)).finish();
const decode = <T>(type: protobuf.Type, body: Uint8Array): T =>
  type.toObject(type.decode(body), { arrays: true, defaults: true }) as T;

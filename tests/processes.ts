import { readEnv } from "../adapters/env.ts";
import { argumentsFor } from "../adapters/serve.ts";
import { keys } from "../kv/keys.ts";
import { secretOf } from "../kv/secrets.ts";
import { openStore } from "../kv/store.ts";
import { tokenKeys, writeAccess } from "../kv/tokens.ts";

const root = new URL("../", import.meta.url);
const SECRET = "the secret of the proving ground";

export type App = AsyncDisposable & {
  url: string;
  pid: number;
  kvPath: string;
  /** What it wrote on stdout and stderr so far, line by line. */
  lines: string[];
  /** Sends the signal and waits for the end. `took` is in milliseconds. */
  kill(signal?: Deno.Signal): Promise<Deno.CommandStatus & { took: number }>;
  ended: Promise<Deno.CommandStatus>;
};

export type AppOptions = {
  /** A file, or the URL of a KV Connect server. */
  kvPath: string;
  env?: Record<string, string>;
  /** Workers of `deno serve --parallel`; without it there is one isolate. */
  workers?: number;
  port?: number;
};

/**
 * Starts the real app as `deno task start` would, with the permissions that it would get, on a free port, without limits
 * on rates, and waits until it answers.
 */
export async function startApp({ kvPath, env, workers = 1, port = freePort() }: AppOptions): Promise<App> {
  const given: Record<string, string> = {
    KV_PATH: kvPath,
    JWT_SECRET: SECRET,
    RATE_LIMIT_SCALE: "0",
    LOG_LEVEL: "warn",
    PORT: String(port),
    HOST: "127.0.0.1",
    WEB_CONCURRENCY: String(workers),
    ...env,
  };
  const child = new Deno.Command(Deno.execPath(), {
    args: ["serve", ...argumentsFor(readEnv((name) => given[name])), "main.ts"],
    cwd: root,
    env: { ...given, DENO_KV_ACCESS_TOKEN: "test", NO_COLOR: "1", DENO_JOBS: String(workers) },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const lines: string[] = [];
  const reading = [collect(child.stdout, lines), collect(child.stderr, lines)];
  const ended = Promise.all([child.status, ...reading]).then(([status]) => status);
  const kill = async (signal: Deno.Signal = "SIGKILL") => {
    const started = performance.now();
    try {
      child.kill(signal);
    } catch { /* it has ended by itself */ }
    return { ...await ended, took: performance.now() - started };
  };
  const app: App = {
    url: `http://127.0.0.1:${port}`,
    kvPath,
    pid: child.pid,
    lines,
    ended,
    kill,
    [Symbol.asyncDispose]: async () => void await kill(),
  };
  await healthy(app);
  return app;
}

/** Two SIGKILLs at worst: what starts must not outlive a test that failed to start it. */
async function healthy(app: App): Promise<void> {
  let over = false;
  void app.ended.then(() => over = true);
  const deadline = Date.now() + 30_000;
  while (!over && Date.now() < deadline) {
    const answer = await fetch(`${app.url}/healthz`).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await pause(15);
  }
  await app.kill();
  throw new Error(`the app did not start:\n${app.lines.join("\n")}`);
}

async function collect(stream: ReadableStream<Uint8Array<ArrayBuffer>>, lines: string[]): Promise<void> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts);
  }
  if (rest) lines.push(rest);
}

export function freePort(): number {
  using listener = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  return listener.addr.port;
}

/** A place for a KV file of its own; it is removed at the end. */
export async function kvFile(): Promise<AsyncDisposable & { path: string }> {
  const folder = await Deno.makeTempDir({ prefix: "jungle-" });
  return { path: `${folder}/kv.db`, [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }) };
}

export type Caller = { id: string; nickname: string; token: string };

/**
 * People who are logged in at the apps on this KV, with access tokens signed here: a password hash a person is slow.
 * `kvPath`: a file, or the URL of a KV Connect server.
 */
export async function people(kvPath: string, count: number, prefix = "p"): Promise<Caller[]> {
  Deno.env.set("DENO_KV_ACCESS_TOKEN", "test");
  const store = await openStore(kvPath);
  const now = Date.now(), keep = 24 * 3_600_000;
  const signing = await tokenKeys(await secretOf(store, "tokens", SECRET));
  const callers = await Promise.all(Array.from({ length: count }, async (_, i) => {
    const id = `${prefix}${i}`, nickname = `사람${i}`, session = `s${id}`;
    const user = { id, username: id, nickname, role: "user" as const, createdAt: now };
    const login = { userId: id, generation: 1, rotation: "", rotatedAt: now, createdAt: now, expiresAt: now + keep };
    await store.commit((atomic) => atomic.set(keys.user(id), user).set(keys.session(session), login));
    return { id, nickname, token: await writeAccess(signing, { id, nickname, role: "user", session }, now) };
  }));
  store.close();
  return callers;
}

/** Processor seconds that a process used, all threads, from `/proc` (100 ticks a second). */
export function cpuSeconds(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident memory in bytes. */
export function rss(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`))![1]) * 1024;
}

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Polls until something holds; says what, when it never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, within = 10_000): Promise<void> {
  const deadline = Date.now() + within;
  while (!await holds()) {
    if (Date.now() > deadline) throw new Error(`never: ${what}`);
    await pause(5);
  }
}

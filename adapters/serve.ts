import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { envNames, readDotEnv, readEnv, type Settings } from "./env.ts";
import { oauthServers } from "./oauth.ts";
import { rebuildOnChange } from "./rebuild.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
/** A server that ran this long had a good start: the next death is a new story. Milliseconds. */
const STEADY = 60_000;
const PATIENCE = 6_000;

/** What `deno task start` and `dev` run: the app as a child with the least permissions, kept alive. */
async function main(dev: boolean): Promise<number> {
  const fromFile = readDotEnv();
  let settings: Settings;
  try {
    settings = readEnv((name) => Deno.env.get(name) || fromFile[name]);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 2;
  }
  const folder = kvFolder(settings);
  if (folder) Deno.mkdirSync(folder, { recursive: true });
  if (!settings.openai.key) console.log("No OPENAI_API_KEY: the companion works offline, from its own texts.");
  if (dev) rebuildOnChange(root);
  return await keepAlive(() => start(settings, fromFile, dev), dev);
}

/** Restarts a server that died of itself; a server that never listened, or was told to stop, is let go. */
async function keepAlive(start: () => Server, dev: boolean): Promise<number> {
  let server: Server | undefined, stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    server?.stop(dev ? "SIGINT" : "SIGTERM"); // `--watch` outlives its first SIGTERM
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);

  for (let wait = 500;; wait = Math.min(wait * 2, 30_000)) {
    const began = Date.now();
    server = start();
    const { code, listened } = await server.ended;
    if (stopping || code === 0 || !listened) return code;
    if (Date.now() - began > STEADY) wait = 500;
    console.error(`The server died with code ${code}. It starts again in ${wait / 1000} s.`);
    await new Promise((go) => setTimeout(go, wait));
    if (stopping) return code;
  }
}

type Server = { ended: Promise<{ code: number; listened: boolean }>; stop(signal: Deno.Signal): void };

function start(settings: Settings, fromFile: Record<string, string>, dev: boolean): Server {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["serve", ...argumentsFor(settings, dev), "main.ts"],
    cwd: root,
    env: {
      ...Object.fromEntries(Object.entries(fromFile).filter(([name]) => !Deno.env.get(name))),
      DENO_JOBS: String(settings.webConcurrency),
      ...(dev ? { JUNGLE_DEV: "1" } : {}),
    },
    stdin: "null",
    stdout: "inherit",
    stderr: "piped",
  }).spawn();
  const heard = passOn(child.stderr, settings);
  const ended = Promise.all([child.status, heard]).then(([{ code }, listened]) => ({ code, listened }));
  const stop = (signal: Deno.Signal) => {
    child.kill(signal);
    Deno.unrefTimer(setTimeout(() => child.kill("SIGKILL"), PATIENCE));
  };
  return { ended, stop };
}

/** The least that the server needs: its port is granted, the rest is named. */
export function argumentsFor(settings: Settings, dev = false): string[] {
  const folder = kvFolder(settings);
  const remote = settings.kvPath?.match(/^https?:/) ? new URL(settings.kvPath) : undefined;
  const { openai, smtp } = settings;
  const model = openai.key ? new URL(openai.baseUrl) : undefined;
  const hosts = [model, remote, smtp && new URL(smtp.url), ...oauthServers(settings)]
    .flatMap((url) => url ? [`${url.hostname}:${url.port || ports[url.protocol]}`] : []);
  const names = [...envNames, ...(remote ? ["DENO_KV_ACCESS_TOKEN"] : [])];
  return [
    "--no-prompt",
    `--port=${settings.port}`,
    `--host=${settings.host}`,
    ...(settings.webConcurrency > 1 && !dev ? ["--parallel"] : []),
    ...(hosts.length ? [`--allow-net=${hosts.join(",")}`] : []),
    `--allow-read=${["static", "adapters/password_worker.ts", ...(folder ? [folder] : [])].join(",")}`,
    ...(folder ? [`--allow-write=${folder}`] : []),
    `--allow-env=${names.join(",")}`,
    ...(dev ? ["--watch=static/build/manifest.json"] : []),
  ];
}

const ports: Record<string, number> = { "http:": 80, "https:": 443, "smtp:": 587, "smtps:": 465 };

function kvFolder({ kvPath }: Settings): string | undefined {
  return kvPath && kvPath !== ":memory:" && !/^https?:/.test(kvPath) ? dirname(kvPath) : undefined;
}

/** Passes the server's own words on, and says in ours where the app is. */
async function passOn(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  { port, publicUrl }: Settings,
): Promise<boolean> {
  let listened = false, rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const found = /Listening on \S+:(\d+)/.exec(line);
      if (!found) console.error(line.includes("AddrInUse") ? `Port ${port} is taken. Set PORT to another one.` : line);
      else if (!listened) console.log(`Jungle Buzz is at ${publicUrl ?? `http://localhost:${found[1]}`}`);
      listened ||= found !== null;
    }
  }
  if (rest) console.error(rest);
  return listened;
}

if (import.meta.main) Deno.exit(await main(Deno.args.includes("--dev")));

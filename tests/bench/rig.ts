/** What all benchmarks share: a row of the table, processes that are no app of ours, and numbers. */
export type Row = { part: string; what: string; result: string; bar?: string; met?: boolean };

const here = new URL("./", import.meta.url);

export type Process = AsyncDisposable & { pid: number; lines: AsyncIterator<string>; say(line: string): Promise<void> };

/** A child that speaks in lines. It is killed at the end. */
export function spawn(command: string, args: string[], cwd?: string): Process {
  const child = new Deno.Command(command, { args, cwd, stdin: "piped", stdout: "piped", stderr: "inherit" }).spawn();
  const writer = child.stdin.getWriter();
  return {
    pid: child.pid,
    lines: linesOf(child.stdout),
    say: (line) => writer.write(new TextEncoder().encode(line + "\n")),
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch { /* it ended before */ }
      await child.status;
      await writer.abort().catch(() => {});
    },
  };
}

async function* linesOf(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    yield* parts;
  }
}

/** Node with the peers' packages, their home ground; without Node, Deno runs them. */
export async function peerRuntime(): Promise<{ name: string; run(script: string, args: string[]): Process }> {
  const folder = new URL("../../data/bench/", here).pathname;
  try {
    const { success, stdout } = await new Deno.Command("node", { args: ["--version"] }).output();
    if (!success) throw new Error("no node");
    await install(folder);
    const name = `Node ${new TextDecoder().decode(stdout).trim()}`;
    return { name, run: (script, args) => spawn("node", [`${folder}${script}`, ...args], folder) };
  } catch {
    const run = (script: string, args: string[]) =>
      spawn(Deno.execPath(), ["run", "-A", new URL(`peers/${script}`, here).pathname, ...args]);
    return { name: `Deno ${Deno.version.deno}`, run };
  }
}

async function install(folder: string): Promise<void> {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("../../deno.json", here)));
  const wanted = ["ws", "socket.io"].map((name) => (imports[name] as string).replace("npm:", ""));
  await Deno.mkdir(folder, { recursive: true });
  for (const script of ["ws.mjs", "socketio.mjs"]) {
    await Deno.copyFile(new URL(`peers/${script}`, here), folder + script);
  }
  const there = await Deno.readTextFile(`${folder}installed`).catch(() => "");
  if (there === wanted.join(" ")) return;
  const npm = new Deno.Command("npm", { args: ["install", "--prefix", folder, "--no-audit", "--no-fund", ...wanted] });
  if (!(await npm.output()).success) throw new Error("npm could not install the peers");
  await Deno.writeTextFile(`${folder}installed`, wanted.join(" "));
}

export type Phase = { rate: number; seconds: number; drain: number };
export type Load = {
  sent: number;
  delivered: number;
  expected: number;
  took: number;
  breaches: number;
  refused: number;
  lost: number;
  p50: number;
  p99: number;
  max: number;
  loadCpu: number;
};

/** The load generator, connected and joined. */
export async function startLoad(
  config: { port: number; dialect: "jungle" | "ws" | "socketio"; sockets: number; tokens: string[] },
): Promise<AsyncDisposable & { pid: number; run(phase: Phase): Promise<Load> }> {
  const script = new URL("load.mjs", here).pathname;
  const node = await new Deno.Command("node", { args: ["--version"] }).output().then((o) => o.success, () => false);
  const args = [script, JSON.stringify(config)];
  const child = node ? spawn("node", args) : spawn(Deno.execPath(), ["run", "-A", ...args]);
  const next = async () => JSON.parse((await child.lines.next()).value);
  await next();
  return {
    pid: child.pid,
    async run(phase) {
      await child.say(JSON.stringify(phase));
      return await next();
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

/** Waits until something listens there. */
export async function listening(port: number, within = 15_000): Promise<void> {
  const deadline = Date.now() + within;
  while (Date.now() < deadline) {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => null);
    if (conn) return conn.close();
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`nothing listens on ${port}`);
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

export const whole = (n: number): string => Math.round(n).toLocaleString("en");

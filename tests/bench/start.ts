import { freePort, kvFile, startApp } from "../processes.ts";
import { listening, median, type Row, spawn } from "./rig.ts";

const RUNS = 5;

/** (e) From the start of the process to the first whole answer: our front page, and an app that says hello. */
export async function start(): Promise<Row[]> {
  await using file = await kvFile();
  await using first = await startApp({ kvPath: file.path }); // makes the store, fills the caches
  await first.kill("SIGTERM");
  const [ours, empty]: number[][] = [[], []];
  for (let i = 0; i < RUNS; i++) {
    empty.push(await emptyApp());
    ours.push(await ourApp(file.path));
  }
  const [a, b] = [median(ours), median(empty)];
  return [{
    part: "e",
    what: "from start to the first answered page, ours / an empty Hono app",
    result: `${a.toFixed(0)} ms / ${b.toFixed(0)} ms (${(a / b).toFixed(1)}×), medians of ${RUNS}`,
  }];
}

async function ourApp(kvPath: string): Promise<number> {
  const port = freePort();
  const started = performance.now();
  const starting = startApp({ kvPath, port });
  await firstAnswer(port);
  const took = performance.now() - started;
  await (await starting).kill();
  return took;
}

async function emptyApp(): Promise<number> {
  const port = freePort();
  const script = new URL("peers/hono.ts", import.meta.url).pathname;
  const started = performance.now();
  await using _app = spawn(Deno.execPath(), ["serve", "-A", "--quiet", `--port=${port}`, "--host=127.0.0.1", script]);
  await firstAnswer(port);
  return performance.now() - started;
}

async function firstAnswer(port: number): Promise<void> {
  await listening(port);
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  await answer.text();
  if (!answer.ok) throw new Error(`the first answer was ${answer.status}`);
}

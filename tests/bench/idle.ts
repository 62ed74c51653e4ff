import { kvFile, pause, rss, startApp } from "../processes.ts";
import { type Row, startLoad, whole } from "./rig.ts";

const WANTED = 5_000;
const SPARE = 300;

/** (d) What a socket costs that only listens to the plaza. */
export async function idle(): Promise<Row[]> {
  const sockets = Math.min(WANTED, await openFiles() - SPARE);
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path });
  const port = Number(new URL(app.url).port);
  const few = await startLoad({ port, dialect: "jungle", sockets: 50, tokens: [] });
  await pause(500);
  const before = rss(app.pid);
  await using _many = await startLoad({ port, dialect: "jungle", sockets, tokens: [] });
  await pause(3_000);
  const each = (rss(app.pid) - before) / sockets / 1024;
  await few[Symbol.asyncDispose]();
  const fewer = sockets < WANTED ? `, as many as the limit of open files allows` : "";
  return [{
    part: "d",
    what: `idle memory a socket at ${whole(sockets)} sockets in the plaza${fewer}`,
    result: `${each.toFixed(1)} kB (process ${whole(rss(app.pid) / 1024 / 1024)} MB)`,
  }];
}

async function openFiles(): Promise<number> {
  const { stdout } = await new Deno.Command("sh", { args: ["-c", "ulimit -n"] }).output();
  return Number(new TextDecoder().decode(stdout)) || Infinity;
}

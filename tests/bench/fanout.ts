import { cpuSeconds, freePort, kvFile, people, startApp } from "../processes.ts";
import { listening, type Load, peerRuntime, type Phase, type Row, startLoad, whole } from "./rig.ts";

const SOCKETS = 1_000;
const SENDERS = 20;
/** Messages a second that a peer can send to a thousand sockets while they are still news. */
const LIVE = 50;
const warmUp: Phase = { rate: LIVE, seconds: 2, drain: 20 };
const ourPhases: Phase[] = [{ rate: 500, seconds: 10, drain: 10 }, { rate: 1_000, seconds: 10, drain: 10 }];
/** No peer keeps up with 500 a second: it answers late, in larger portions, which makes a delivery cheaper for it. */
const peerPhases: Phase[] = [{ rate: LIVE, seconds: 6, drain: 20 }, { rate: 500, seconds: 3, drain: 60 }];

type Measured = Load & { cpu: number; perDelivery: number };

/** (a) 1,000 sockets, 20 senders: what a delivery costs the server, ours storing every message, the peers none. */
export async function fanout(): Promise<Row[]> {
  const [at500, at1000] = await ours(ourPhases);
  const runtime = await peerRuntime();
  const [wsLive, wsFlood] = await peer(runtime, "ws");
  const [ioLive, ioFlood] = await peer(runtime, "socketio");
  return [
    row("ours, 500/s, every message stored", at500, [
      ["all delivered in order", complete(at500)],
      ["p99 < 100 ms", at500.p99 < 100],
    ]),
    row("ours, 1,000/s, every message stored", at1000, [
      ["all delivered in order", complete(at1000)],
      ["p99 < 150 ms", at1000.p99 < 150],
    ]),
    row(`ws on ${runtime.name}, ${LIVE}/s (what it sustains), nothing stored`, wsLive),
    row(`ws on ${runtime.name}, 500/s, nothing stored`, wsFlood),
    row(`Socket.IO on ${runtime.name}, ${LIVE}/s (what it sustains), nothing stored`, ioLive),
    row(`Socket.IO on ${runtime.name}, 500/s, nothing stored`, ioFlood),
    ratio(`CPU a delivery, ws live / ours at 500/s`, wsLive.perDelivery / at500.perDelivery, 6),
    ratio(`CPU a delivery, ws at 500/s, seconds behind / ours at 500/s`, wsFlood.perDelivery / at500.perDelivery, 6),
    ratio(`CPU a delivery, Socket.IO live / ours at 500/s`, ioLive.perDelivery / at500.perDelivery, 10),
    ratio(
      `CPU a delivery, Socket.IO at 500/s, seconds behind / ours at 500/s`,
      ioFlood.perDelivery / at500.perDelivery,
      10,
    ),
  ];
}

async function ours(phases: Phase[]): Promise<Measured[]> {
  await using file = await kvFile();
  await using app = await startApp({ kvPath: file.path });
  const tokens = (await people(file.path, SENDERS)).map(({ token }) => token);
  const port = Number(new URL(app.url).port);
  const measured = await measure(app.pid, { port, dialect: "jungle", sockets: SOCKETS, tokens }, phases);
  if (app.lines.length) console.error(app.lines.slice(0, 10).join("\n"));
  return measured;
}

async function peer(
  runtime: Awaited<ReturnType<typeof peerRuntime>>,
  dialect: "ws" | "socketio",
): Promise<Measured[]> {
  const port = freePort();
  await using server = runtime.run(`${dialect}.mjs`, [String(port)]);
  await listening(port);
  const tokens = Array<string>(SENDERS).fill("");
  return await measure(server.pid, { port, dialect, sockets: SOCKETS, tokens }, peerPhases);
}

async function measure(pid: number, config: Parameters<typeof startLoad>[0], phases: Phase[]): Promise<Measured[]> {
  await using load = await startLoad(config);
  await load.run(warmUp);
  const measured: Measured[] = [];
  for (const phase of phases) {
    const before = cpuSeconds(pid);
    const result = await load.run(phase);
    const cpu = cpuSeconds(pid) - before;
    measured.push({ ...result, cpu, perDelivery: cpu / result.delivered * 1e6 });
  }
  return measured;
}

const complete = (load: Load): boolean =>
  load.delivered === load.expected && !load.breaches && !load.refused && !load.lost;

function row(what: string, load: Measured, bars: [string, boolean][] = []): Row {
  const share = (load.delivered / load.expected * 100).toFixed(load.delivered === load.expected ? 0 : 1);
  return {
    part: "a",
    what,
    result:
      `${load.perDelivery.toFixed(2)} µs CPU a delivery, p50 ${load.p50.toFixed(0)} ms, p99 ${
        load.p99.toFixed(0)
      } ms, ` +
      `${share} % of ${whole(load.expected)} delivered in ${(load.took / 1000).toFixed(1)} s` +
      ` (load generator ${Math.round(load.loadCpu / load.took * 100_000)} % of a core)` +
      (load.breaches + load.refused + load.lost
        ? `; ${load.breaches} breaches, ${load.refused} refused, ${load.lost} sockets lost`
        : ""),
    ...(bars.length ? { bar: bars.map(([name]) => name).join(", "), met: bars.every(([, met]) => met) } : {}),
  };
}

const ratio = (what: string, times: number, bar: number): Row => ({
  part: "a",
  what,
  result: `${times.toFixed(1)}×`,
  bar: `≥ ${bar}×`,
  met: times >= bar,
});

import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { openStore } from "../kv/store.ts";
import { openSpine } from "../realtime/spine.ts";
import { Client } from "./client.ts";
import { kvFile, people, startApp, until } from "./processes.ts";

Deno.test("an isolate is killed: its people are forgotten by themselves, those who are elsewhere too stay", async () => {
  await using file = await kvFile();
  const pace = { tell: 50, write: 300, change: 50, read: 100, expire: 1_500, grace: 200, burst: 100 };
  const other = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", new URL("isolate.ts", import.meta.url).pathname, file.path, JSON.stringify(pace)]
      .concat("a", "a", "b", "guest-1", "guest-2"),
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  const store = await openStore(file.path);
  const spine = openSpine({
    store,
    now: Date.now,
    isolate: "here",
    line: () => {},
    channel: null,
    bells: false,
    heal: 50,
    presence: pace,
  });
  const frames: ServerFrame[] = [];
  const conn = { send: (frame: string) => void frames.push(JSON.parse(frame)), close() {}, buffered: () => 0 };
  await spine.hub.join(STREAMING, conn, "a", {}, { id: "a", nickname: "a", role: "user" });
  const told = () => frames.findLast((frame) => frame.type === "people")?.count;
  try {
    await until("four people, two of them guests", () => told() === 4, 20_000);
    const before = await spine.presence.people(STREAMING, 10);
    assert.deepEqual([before.members.map(({ id }) => id).sort(), before.guests], [["a", "b"], 2]);
    other.kill("SIGKILL");
    await other.status;
    const killed = performance.now();
    await until("only who is here", () => told() === 1);
    assert.ok(performance.now() - killed < pace.expire + 500);
    assert.deepEqual((await spine.presence.people(STREAMING, 10)).members.map(({ id }) => id), ["a"]);
    await until("their going is told", () => frames.some((frame) => frame.type === "came" && frame.left === 3));
  } finally {
    try {
      other.kill("SIGKILL");
    } catch { /* it is dead already */ }
    await other.status;
    await spine.stop();
    store.close();
  }
});

if (Deno.env.has("CHAOS")) {
  Deno.test("3 tabs of one person in 2 apps count one; kill -9 of one app: right again within 45 s", async () => {
    await using file = await kvFile();
    await using one = await startApp({ kvPath: file.path });
    await using two = await startApp({ kvPath: file.path });
    const [a, b] = await people(file.path, 2);
    const clients = [[one, a], [one, a], [two, a], [two, b], [two, undefined]] as const;
    const tabs = await Promise.all(clients.map(([app, who]) => new Client(app.url, who).connect()));
    for (const tab of tabs) await tab.join(STREAMING);
    const count = async (url: string) => {
      const found = await (await fetch(`${url}/api/rooms/${STREAMING}/people`)).json();
      return [found.members.length, found.more, found.guests].join();
    };
    for (const app of [one, two]) {
      await until("two people and a guest", async () => await count(app.url) === "2,0,1", 20_000);
    }
    await two.kill("SIGKILL");
    const killed = performance.now();
    await until("one person", async () => await count(one.url) === "1,0,0", 45_000);
    console.log(`right after ${Math.round((performance.now() - killed) / 1000)} s`);
    for (const tab of tabs) tab.close();
  });
}

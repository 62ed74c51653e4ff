import assert from "node:assert/strict";
import { assertKept, Burst, wholeLog } from "./burst.ts";
import { kvFile, pause, startApp, until } from "./processes.ts";

const KILLS = Deno.env.has("CHAOS") ? 200 : 20;

Deno.test(`kill -9 in the middle of a burst, ${KILLS} times: nothing acknowledged is lost, nothing is doubled`, async () => {
  await using file = await kvFile();
  using burst = await Burst.of(file.path, 8);
  for (let round = 0; round < KILLS; round++) {
    await using app = await startApp({ kvPath: file.path });
    await burst.connect(() => app.url);
    const before = burst.acked.length;
    burst.write(4);
    await until("the burst is under way", () => burst.acked.length > before + 20);
    await pause(Math.random() * 150);
    assert.equal((await app.kill("SIGKILL")).signal, "SIGKILL");
    await until("the sockets know", () => burst.clients.every((client) => client.closed !== null));
  }
  burst.pause();
  const interrupted = burst.pending;
  await using app = await startApp({ kvPath: file.path });
  await burst.connect(() => app.url);
  await until("all is acknowledged", () => burst.pending === 0);
  await app.kill("SIGKILL");
  const stored = await wholeLog(file.path);
  assertKept(burst, stored);
  assert.equal(burst.acked.length, burst.said.size);
  assert.equal(stored.length, burst.said.size);
  assert.ok(interrupted > 0, "no kill ever hit a message in flight");
});

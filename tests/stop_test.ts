import assert from "node:assert/strict";
import { closeCodes, staysAway } from "../domain/codes.ts";
import { assertKept, Burst, wholeLog } from "./burst.ts";
import { Client } from "./client.ts";
import { type App, kvFile, people, startApp, until } from "./processes.ts";

const SOCKETS = 200;
/** Ours, or the runtime's own "going away" when it was faster. */
const COME_BACK = [closeCodes.leaving.code, 1001] as number[];

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  for (const workers of [undefined, 2]) {
    Deno.test(`${signal} with ${SOCKETS} sockets${workers ? " on two workers" : ""}: told to come back, gone in time, nothing lost`, async () => {
      await using file = await kvFile();
      await using app = await startApp({ kvPath: file.path, workers });
      using burst = await Burst.of(file.path, 8);
      await burst.connect(() => app.url);
      const readers = await watchers(app, SOCKETS - 8);
      burst.write(4);
      await until("the burst is under way", () => burst.acked.length > 50);

      const { code, took } = await app.kill(signal);

      assert.equal(code, 0, app.lines.join("\n"));
      assert.ok(took < 4_000, `it took ${took} ms`);
      await until("all sockets know", () => [...readers, ...burst.clients].every(({ closed }) => closed !== null));
      assert.deepEqual(readers.map(({ closed }) => closed!.code).filter((closed) => !COME_BACK.includes(closed)), []);
      // Who was sending at that moment may find the line cut instead, which means "come back" as well.
      assert.deepEqual(burst.clients.map(({ closed }) => closed!.code).filter(staysAway), []);
      burst.pause();
      assertKept(burst, await wholeLog(file.path));
    });
  }
}

async function watchers({ url, kvPath }: App, count: number): Promise<Client[]> {
  const [who] = await people(kvPath, 1, "watcher");
  return await Promise.all(Array.from({ length: count }, async () => {
    const client = await new Client(url, who).connect();
    await client.join();
    return client;
  }));
}

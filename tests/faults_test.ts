import assert from "node:assert/strict";
import { assertKept, Burst, wholeLog } from "./burst.ts";
import { type KvConnect, startKvConnect } from "./kv_connect.ts";
import { pause, startApp, until } from "./processes.ts";

const LONG = Deno.env.has("CHAOS");
const MESSAGES = LONG ? 20_000 : 3_000;
/** How often, and for how long, the store answers 503. */
const OUTAGES = LONG ? { every: 20_000, lasts: 10_000 } : { every: 1_500, lasts: 400 };

Deno.env.set("DENO_KV_ACCESS_TOKEN", "test");

Deno.test("lost answers and outages of the store: nothing doubled, nothing falsely failed, nothing left hanging", async () => {
  await using server = startKvConnect();
  await using first = await startApp({ kvPath: server.url });
  await using second = await startApp({ kvPath: server.url });
  using burst = await Burst.of(server.url, 16);
  await burst.connect((n) => [first, second][n % 2].url);

  await using storm = breakDown(server);
  burst.write(4, MESSAGES);
  await until("all is answered", () => burst.said.size === MESSAGES && burst.pending === 0, LONG ? 1_200_000 : 60_000);
  await storm.over();

  assert.ok(server.calls.dropped > 50, "the faults did happen");
  const codes = new Set(burst.unknown.map(({ code }) => code));
  assert.deepEqual([...codes].filter((code) => code !== "unavailable" && code !== "busy"), [], "falsely failed");
  assert.ok(burst.unknown.length <= MESSAGES * 0.02, `${burst.unknown.length} of ${MESSAGES} had to be asked about`);
  burst.sayAgain();
  await until("nothing hangs", () => burst.acked.length === MESSAGES);
  for (const client of burst.clients) await client.read(MESSAGES);

  const stored = await wholeLog(server.url);
  assert.equal(stored.length, MESSAGES);
  assertKept(burst, stored);
});

/** One in twenty calls done and not answered, one in twenty never done, and outages; until it is over. */
function breakDown(server: KvConnect) {
  Object.assign(server.faults, { dropAfter: 0.05, dropBefore: 0.05 });
  let raging = true;
  const outages = (async () => {
    while (raging) {
      await pause(OUTAGES.every);
      server.faults.down = raging;
      await pause(OUTAGES.lasts);
      server.faults.down = false;
    }
  })();
  const over = () => {
    raging = false;
    Object.assign(server.faults, { dropAfter: 0, dropBefore: 0 });
    return outages;
  };
  return { over, [Symbol.asyncDispose]: over };
}

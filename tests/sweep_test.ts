import assert from "node:assert/strict";
import { sweep } from "../cron/sweep.ts";
import { limits } from "../domain/limits.ts";
import { type Key, keys, type Session } from "../kv/keys.ts";
import { openLog } from "../kv/log.ts";
import { openStore, type Store } from "../kv/store.ts";

const start = Date.parse("2026-11-20T00:00:00Z");

async function withStore(test: (store: Store, clock: { time: number }) => Promise<void>): Promise<void> {
  const store = await openStore(":memory:");
  await test(store, { time: start }).finally(() => store.close());
}
const clients = (store: Store) => store.list(["client"] as Key<number>);
const quiet = () => {};

Deno.test("client ids go after 24 hours and not before, in any room and number; messages stay", async () => {
  await withStore(async (store, clock) => {
    const now = () => clock.time;
    const log = openLog({ store, now, isolate: "a", line: quiet });
    const author = { id: "u", nickname: "n", role: "user" as const };
    const say = (room: string, count: number) =>
      Promise.all(Array.from({ length: count }, (_, i) => log.append({ room, author, kind: "user", text: `${i}` })));
    await say("plaza", 1_300);
    await say("house", 3);
    clock.time += limits.clientId;
    await say("plaza", 10);
    await sweep({ store, now, line: quiet });
    assert.equal((await clients(store)).length, 1_313);
    clock.time += 1;
    await Promise.all([sweep({ store, now, line: quiet }), sweep({ store, now, line: quiet })]);
    await sweep({ store, now, line: quiet });
    assert.deepEqual((await clients(store)).map((row) => row.value).sort((a, b) => a - b), [
      ...Array.from({ length: 10 }, (_, i) => 1_301 + i),
    ]);
    assert.equal((await log.after("plaza", 0, 5_000)).length, 1_310);
    clock.time += limits.clientId;
    await sweep({ store, now, line: quiet });
    assert.equal((await clients(store)).length, 0);
  });
});

Deno.test("what has run out goes, what has not stays, also beyond a page", async () => {
  await withStore(async (store, clock) => {
    const session = (expiresAt: number): Session => ({
      userId: "u",
      generation: 1,
      rotation: "r",
      rotatedAt: start,
      createdAt: start,
      expiresAt,
    });
    for (let i = 0; i < 1_200; i++) {
      await store.commit((atomic) => atomic.set(keys.session(`s${i}`), session(start + (i % 2 ? 1_000 : 3_000))));
    }
    await store.commit((atomic) =>
      atomic.set(keys.window("login", "old"), { used: 5, endsAt: start + 1_000 })
        .set(keys.window("login", "new"), { used: 5, endsAt: start + 3_000 })
        .set(keys.presence("plaza", "dead"), { people: new Uint32Array(1), expiresAt: start })
        .set(keys.letterClaim("2026-11-20"), { owner: "o", expiresAt: start, tries: 1 })
    );
    clock.time += 2_000;
    await sweep({ store, now: () => clock.time, line: quiet });
    const sessions = await store.list(keys.sessions());
    assert.equal(sessions.length, 600);
    assert(sessions.every((row) => row.value.expiresAt > clock.time));
    assert.deepEqual((await store.list(keys.windows())).map((row) => row.key.at(-1)), ["new"]);
    assert.equal((await store.list(keys.allPresences())).length, 0);
    assert.equal((await store.list(keys.letterClaims())).length, 1);
  });
});

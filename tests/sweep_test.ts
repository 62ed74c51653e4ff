import assert from "node:assert/strict";
import { sweep } from "../cron/sweep.ts";
import { keys, type Session } from "../kv/keys.ts";
import { openStore, type Store } from "../kv/store.ts";

const start = Date.parse("2026-11-20T00:00:00Z");

async function withStore(test: (store: Store, clock: { time: number }) => Promise<void>): Promise<void> {
  const store = await openStore(":memory:");
  await test(store, { time: start }).finally(() => store.close());
}
const quiet = () => {};

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

import assert from "node:assert/strict";
import { sweep } from "../cron/sweep.ts";
import { keys, type Session } from "../kv/keys.ts";
import { openStore, type Store } from "../kv/store.ts";
import { house } from "../realtime/house.ts";
import { draft, makeRoom } from "./ai_rig.ts";
import { openRig } from "./rig.ts";

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

Deno.test("an off-the-record room that nobody writes in is closed, and a deleted room leaves nothing, not even its mark", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("learner_1");
  const idle = await makeRoom(rig, token, "roleplays", { ...draft, offRecord: true });
  const kept = await makeRoom(rig, token, "roleplays");
  const { parts: { store }, clock } = rig;
  const left = async () =>
    (await store.list([] as Deno.KvKey)).filter(({ key }) => JSON.stringify(key).includes(idle)).map(({ key }) =>
      key[0]
    );
  const pass = async (minutes: number) => {
    clock.at += minutes * 60_000;
    await sweep(rig.parts);
  };
  await pass(30);
  assert.ok((await left()).includes("scene"));
  await pass(31);
  assert.deepEqual(await left(), ["erased"]);
  await rig.parts.log.append({ room: idle, author: house, kind: "system", text: "written too late" });
  await pass(61);
  assert.deepEqual(await left(), []);
  assert.ok((await store.get(keys.scene(kept))).value);
});

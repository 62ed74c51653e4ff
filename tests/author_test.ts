import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { ownSince } from "../kv/author.ts";
import { openLog } from "../kv/log.ts";
import { openStore } from "../kv/store.ts";
import { kvFile } from "./processes.ts";

/** Two logs on one file. `hear` lets the first know what the second commits, as a broadcast would. */
async function twoLogs(hear: boolean) {
  const file = await kvFile();
  const stores = await Promise.all([openStore(file.path), openStore(file.path)]);
  const logs = stores.map((store, n) => openLog({ store, now: Date.now, isolate: `i${n}`, line: () => {} }));
  if (hear) logs[1].onCommit((...said) => logs[0].observe(...said));
  return {
    logs,
    write: (n: number, id: string) =>
      logs[n].append({ room: PLAZA, author: { id, nickname: id, role: "user" }, kind: "user", text: "글" }),
    own: async (id: string) => (await ownSince(stores[0], PLAZA, id, 0)).map(({ seq }) => seq),
    async [Symbol.asyncDispose]() {
      await Promise.all(logs.map((log) => log.drain()));
      for (const store of stores) store.close();
      await file[Symbol.asyncDispose]();
    },
  };
}

Deno.test("what one isolate remembers of an author goes with what it believed of the room", async () => {
  await using place = await twoLogs(false);
  const { write, own } = place;
  await write(0, "mina");
  await write(1, "mina");
  await write(0, "joon"); // finds the head moved: what it knew of others is old too
  await write(0, "mina");
  assert.deepEqual(await own("mina"), [1, 2, 4]);
});

for (const hear of [false, true]) {
  Deno.test(`an author's index has each message once and in order, ${hear ? "heard of" : "unheard"} from the other isolate`, async () => {
    await using place = await twoLogs(hear);
    const people = ["a", "b", "c", "d", "e"];
    await Promise.all([0, 1].map(async (n) => {
      for (let i = 0; i < 60; i++) {
        const some = people.filter((_, p) => (i * 7 + p * 3 + n) % 4 === 0);
        await Promise.all(some.map((id) => place.write(n, id)));
      }
    }));
    const all = await place.logs[0].after(PLAZA, 0, 1000);
    assert.ok(all.length > 100);
    for (const id of people) {
      assert.deepEqual(await place.own(id), all.filter(({ author }) => author.id === id).map(({ seq }) => seq));
    }
  });
}

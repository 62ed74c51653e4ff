import assert from "node:assert/strict";
import { openModel } from "../ai/model.ts";
import { keys } from "../kv/keys.ts";
import { openStore, type Store } from "../kv/store.ts";
import { makeRoom, speak, usual } from "./ai_rig.ts";
import { say, startModelServer } from "./model_server.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

/** A talk in which each of `texts` is said when the one before is answered; `bend` is how the store behaves in its room. */
async function talk(texts: string[], bend: (real: Store, room: () => string) => Partial<Store>) {
  const server = startModelServer(() => say(usual.converse));
  const real = await openStore(":memory:");
  const model = openModel({ key: "k", baseUrl: server.url, name: "m", now: Date.now, line: () => {} });
  let room = "";
  {
    await using rig = await openRig({ store: { ...real, ...bend(real, () => room) }, model });
    const { token } = await rig.person("learner_1");
    room = await makeRoom(rig, token, "practices", { corrections: "off" });
    for (const text of texts) {
      let state: unknown;
      void speak(rig, token, `/api/practices/${room}`, text).then(({ answer }) => state = answer.state);
      await until(() => state === "done");
    }
    await until(async () => (await real.get(keys.turn(room))).value === null);
  }
  await server.stop();
  real.close();
  return server.requests.length;
}

Deno.test("a question right after an answer is answered, though the turn before it ends late", async () => {
  const late = Promise.withResolvers<void>();
  let begun = false, isHeld = false;
  await talk(["First", "Second"], (real, room) => ({
    /** The answer to what ends the first turn is held back. */
    async commit(fill) {
      const done = await real.commit(fill);
      const turn = room() && (await real.get(keys.turn(room()))).value;
      if (turn) begun = true;
      else if (begun && !isHeld) await (isHeld = true, late.promise);
      return done;
    },
    /** It comes when the second answer reads what was said, and what follows on it goes first. */
    async list(prefix, options) {
      if (isHeld && prefix[0] === "message") await new Promise((go) => (late.resolve(), setTimeout(go, 10)));
      return await real.list(prefix, options);
    },
  }));
  assert.ok(isHeld);
});

Deno.test("a turn that was taken, though the store said no, is answered once", async () => {
  let isLost = false;
  const asked = await talk(["Hello"], (real, room) => ({
    async commit(fill) {
      const done = await real.commit(fill);
      if (isLost || !room() || !(await real.get(keys.turn(room()))).value) return done;
      isLost = true;
      return null;
    },
  }));
  assert.deepEqual([isLost, asked], [true, 1]);
});

import assert from "node:assert/strict";
import { openModel } from "../ai/model.ts";
import { keys } from "../kv/keys.ts";
import { openStore, type Store } from "../kv/store.ts";
import { makeRoom, speak, usual } from "./ai_rig.ts";
import { say, startModelServer } from "./model_server.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

Deno.test("a question right after an answer is answered, though the turn before it ends late", async () => {
  const server = startModelServer(() => say(usual.converse));
  const real = await openStore(":memory:");
  const late = Promise.withResolvers<void>();
  let room = "", begun = false, isHeld = false;
  const store: Store = {
    ...real,
    /** The answer to what ends the first turn is held back. */
    async commit(fill) {
      const done = await real.commit(fill);
      const turn = room && (await real.get(keys.turn(room))).value;
      if (turn) begun = true;
      else if (begun && !isHeld) await (isHeld = true, late.promise);
      return done;
    },
    /** It comes when the second answer reads what was said, and what follows on it goes first. */
    async list(prefix, options) {
      if (isHeld && prefix[0] === "message") await new Promise((go) => (late.resolve(), setTimeout(go, 10)));
      return await real.list(prefix, options);
    },
  };
  const model = openModel({ key: "k", baseUrl: server.url, name: "m", now: Date.now, line: () => {} });
  {
    await using rig = await openRig({ store, model });
    const { token } = await rig.person("learner_1");
    room = await makeRoom(rig, token, "practices", { corrections: "off" });
    for (const text of ["First", "Second"]) {
      let state: unknown;
      void speak(rig, token, `/api/practices/${room}`, text).then(({ answer }) => state = answer.state);
      await until(() => state === "done");
    }
    assert.ok(isHeld);
  }
  await server.stop();
  real.close();
});

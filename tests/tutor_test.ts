import assert from "node:assert/strict";
import { openModel } from "../ai/model.ts";
import type { Card } from "../domain/card.ts";
import { STREAMING } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { startTutor } from "../realtime/tutor.ts";
import { joins, match } from "./match_rig.ts";
import { type Asked, startModelServer } from "./model_server.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

const textOf = ({ messages }: Asked): string => JSON.parse(messages[1].content).text;
const better = (said: string) => said.replace("She have", "She has");

const LAST = "She have the last look";

/** The streaming room, a learner who asked for it and somebody who did not, and a model that knows "She have". */
async function open(options: { key?: string; scale?: number; held?: Promise<void> } = {}) {
  const server = startModelServer(async (asked) => {
    await options.held;
    const said = textOf(asked), wrong = said.includes("She have");
    const note = { said, better: better(said), why: "She와 has예요.", kind: "grammar" };
    return JSON.stringify({ corrections: wrong ? [note] : [] });
  });
  const rig = await openRig();
  const { store, log, rooms, now, line } = rig.parts;
  const model = openModel({ key: "key" in options ? options.key : "k", baseUrl: server.url, name: "m", now, line });
  const stop = startTutor({ store, log, rooms, model, now, scale: options.scale ?? 0, line });
  const [learner, other] = [await rig.person("learner_1", "배우미"), await rig.person("other_1", "다른이")];
  const choose = (who: Caller, live: boolean, direct = false) =>
    rig.ask("PUT", "/api/cards/settings", { ...who, body: { live, direct } });
  const say = (who: Caller, text: string, room: string = STREAMING) =>
    rig.post(`/api/rooms/${room}/messages`, { text }, who);
  const cards = async (who: Caller) => (await rig.get("/api/cards", who)).json.items as Card[];
  await choose(learner, true);
  return {
    rig,
    server,
    learner,
    other,
    choose,
    say,
    cards,
    /** Whatever was said before this was looked at, when somebody else's card is there. */
    async looked(): Promise<void> {
      const last = await rig.person("last_1", "끝이");
      await choose(last, true);
      await say(last, LAST);
      await until(async () => (await cards(last)).length === 1);
    },
    async [Symbol.asyncDispose]() {
      await stop();
      await rig[Symbol.asyncDispose]();
      await server.stop();
    },
  };
}

Deno.test("what a learner writes in a live room becomes a card of theirs alone, once they asked for it", async () => {
  await using place = await open();
  const { rig, server, learner, other, say, cards } = place;
  await say(other, "She have nobody who asked");
  const { json } = await say(learner, "She have two cats");
  await until(async () => (await cards(learner)).length === 1);
  const [card] = await cards(learner);
  assert.deepEqual([card.better, card.language, card.source], ["She has two cats", "en", {
    from: "live",
    room: STREAMING,
    seq: json.seq,
  }]);
  assert.deepEqual(await cards(other), []);
  assert.deepEqual(server.requests.map(textOf), ["She have two cats"]);
  const shown = (await rig.get(`/api/rooms/${STREAMING}/messages`, other)).text;
  assert.doesNotMatch(shown, /has two cats|corrections/, "nothing of it stands in the room");
  const { items } = (await rig.get("/api/consent/sent", learner)).json as { items: object[] };
  assert.deepEqual(items, [{ at: rig.clock.at, task: "practice", surface: "live", messages: 1 }]);
});

Deno.test("not looked at: one's own language, the plaza, a cry for help, and what is kept from the AI", async () => {
  await using place = await open();
  const { rig, server, learner, say, cards, looked } = place;
  const one = async (text: string, room?: string) => {
    await say(learner, text, room);
    await rig.parts.log.head(room ?? STREAMING);
  };
  await one("그녀는 고양이가 두 마리 있어요");
  await rig.post("/api/send-chat", { text: "She have a plaza" }, learner);
  await one("I want to kill myself, She have");
  await rig.ask("PATCH", "/api/consent", { ...learner, body: { live: false } });
  await one("She have secrets");
  await looked();
  await rig.ask("PATCH", "/api/consent", { ...learner, body: { live: true } });
  await until(async () => {
    await one("She have the last word");
    return (await cards(learner)).length === 1;
  });
  assert.deepEqual([...new Set(server.requests.map(textOf))], [LAST, "She have the last word"]);
});

Deno.test("what was switched off is sent to no model any more, from that moment on", async () => {
  await using place = await open();
  const { server, learner, choose, say, cards, looked } = place;
  await say(learner, "She have a first cat");
  await until(async () => (await cards(learner)).length === 1);
  await choose(learner, false);
  await say(learner, "She have a secret");
  await looked();
  await choose(learner, true);
  await until(async () => {
    await say(learner, "She have a last cat");
    return (await cards(learner)).length === 2;
  });
  assert.deepEqual([...new Set(server.requests.map(textOf))], [
    "She have a first cat",
    LAST,
    "She have a last cat",
  ]);
});

Deno.test("what the order of the room refuses is never looked at", async () => {
  await using place = await open();
  const { rig, server, learner, say, cards } = place;
  await rig.parts.store.commit((atomic) => atomic.set(keys.blockedWords(), ["mango"]));
  assert.equal((await say(learner, "She have a mango")).json.code, "blocked_words");
  await until(async () => {
    await say(learner, "She have a melon");
    return (await cards(learner)).length === 1;
  });
  assert.deepEqual([...new Set(server.requests.map(textOf))], ["She have a melon"]);
});

Deno.test("in 1:1 only with both the switch and the consent of that surface, and never what the other one wrote", async () => {
  await using place = await open();
  const { rig, server, choose, say, cards, looked } = place;
  const [mine, theirs] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, mine, theirs);
  await choose(mine, false, true);
  await say(mine, "She have no consent", room);
  await rig.ask("PATCH", "/api/consent", { ...theirs, body: { direct: true } });
  await say(theirs, "She have somebody else", room);
  await say(mine, "She have still no consent", room);
  await looked();
  await rig.ask("PATCH", "/api/consent", { ...mine, body: { direct: true } });
  await until(async () => {
    await say(mine, "She have a sister", room);
    return (await cards(mine)).length === 1;
  });
  assert.deepEqual([...new Set(server.requests.map(textOf))], [LAST, "She have a sister"]);
  assert.equal((await cards(mine))[0].source.from, "direct");
  assert.deepEqual(await cards(theirs), []);
});

Deno.test("one message of a person at a time, and so many an hour", async () => {
  const held = Promise.withResolvers<void>();
  await using place = await open({ scale: 0.02, held: held.promise });
  const { server, learner, other, choose, say, cards } = place;
  await say(learner, "She have one cat");
  await until(() => server.requests.length === 1);
  await say(learner, "She have a cat in between");
  held.resolve();
  await until(async () => (await cards(learner)).length === 1);
  await until(async () => {
    await say(learner, "She have two cats");
    return (await cards(learner)).length === 2;
  });
  await choose(other, true);
  await say(learner, "She have one cat too many");
  await say(other, "She have a budget of her own");
  await until(async () => (await cards(other)).length === 1);
  assert.deepEqual(server.requests.map(textOf), [
    "She have one cat",
    "She have two cats",
    "She have a budget of her own",
  ]);
});

Deno.test("without a model nothing new is collected, and what is used right counts", async () => {
  await using place = await open({ key: undefined });
  const { rig, server, learner, say, cards } = place;
  const mistake = { said: "I am agree with you.", better: "I agree with you.", why: "동사예요.", kind: "grammar" };
  await rig.post("/api/cards", { language: "en", ...mistake }, learner);
  rig.clock.at += 3 * 24 * 3_600_000;
  const { token } = await rig.enter("learner_1");
  await until(async () => {
    await say({ ...learner, token }, "Well, I agree with that!");
    return (await cards({ ...learner, token }))[0].right > 0;
  });
  assert.deepEqual(server.requests, []);
});

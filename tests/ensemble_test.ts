import assert from "node:assert/strict";
import { answering, heardBy, newCast } from "../domain/cast.ts";
import type { Message } from "../domain/message.ts";
import type { Scene } from "../domain/scene.ts";
import type { Leaver } from "../kv/family.ts";
import { families } from "../kv/families.ts";
import { keys } from "../kv/keys.ts";
import { branch, draft, json, openAiRig, type Rig, speak } from "./ai_rig.ts";
import { openCasts } from "../realtime/casts.ts";
import { Client } from "./client.ts";
import { type Asked, say } from "./model_server.ts";
import type { Caller } from "./rig.ts";
import { until } from "./until.ts";

const several = { ...draft, others: ["cook", "friend"] };
type Sent = { scene: { you: string }; to: string; say: string; messages: { who: string; text: string }[] };
const sent = ({ messages }: Asked): Sent => JSON.parse(messages[1].content);

/** A scene of guest (the owner), clerk, cook and friend, and the word that opens it. */
async function makeScene(rig: Rig, owner: Caller, body: object = several) {
  const { json: made } = await rig.post("/api/roleplays", body, { token: owner.token });
  const room = `/api/roleplays/${made.id}`;
  const invited = await rig.post(`${room}/invitations`, {}, { token: owner.token });
  assert.equal(invited.status, 201, invited.text);
  return { id: String(made.id), room, token: String(invited.json.token) };
}
const claim = (rig: Rig, { room, token }: { room: string; token: string }, who: Caller, role: number) =>
  rig.post(`${room}/claim`, { token, role }, { token: who.token });
const stage = (rig: Rig, room: string, who: Caller, role: number, on: boolean) =>
  rig.ask("PATCH", `${room}/cast/${role}`, { token: who.token, body: { on } });
const spoken = (messages: Message[]) => messages.map(({ as, text }) => `${as}: ${text}`);

Deno.test("who answers: the AI roles on stage in the order of the cast, or those that are called by name", () => {
  const [clerk, cook] = [1, 2];
  const cast = newCast(["guest", "clerk", "cook", "friend"], { id: "a", nickname: "A" });
  cast[3].player = { id: "b", nickname: "B" };
  assert.deepEqual(answering(cast, 0, "Hello everybody"), [clerk, cook]);
  assert.deepEqual(answering(cast, 0, "Cook, what is there?"), [cook]);
  assert.deepEqual(answering(cast, 0, "friend, are you hungry?"), [], "that is for a person");
  assert.deepEqual(answering(cast, 3, "I am the friend of the clerks"), [clerk, cook], "no role is called clerks");
  cast[clerk].off = true;
  assert.deepEqual(answering(cast, 0, "clerk?"), [cook], "who is away does not hear that they are called");
  const korean = newCast(["손님", "점원", "요리사"], { id: "a", nickname: "A" });
  assert.deepEqual(answering(korean, 0, "점원님, 여기요"), [1]);
  assert.deepEqual(newCast(["a", "b", "b"], { id: "x", nickname: "X" }).map(({ name }) => name), ["a", "b", "b 3"]);
});

Deno.test("what a role heard is read from the log, from either side of its entries", () => {
  const cast = newCast(["guest", "clerk"], { id: "a", nickname: "A" });
  const line = (text: string) => ({ text, event: undefined });
  const turn = (role: number, on: boolean) => ({ text: "", event: { type: "stage", role, name: "", on } as const });
  const heard = (entries: (ReturnType<typeof line> | ReturnType<typeof turn>)[]) =>
    heardBy(entries, cast, 1).flatMap(({ text }) => text || []);
  assert.deepEqual(heard([line("1"), turn(1, false), line("2"), turn(1, true), line("3")]), ["1", "3"]);
  assert.deepEqual(heard([line("2"), turn(1, true), line("3")]), ["3"], "it was away where the window begins");
  assert.deepEqual(heard([line("1"), turn(0, false), line("2")]), ["1", "2"], "another's entry is not its own");
  cast[1].off = true;
  assert.deepEqual(heard([line("1"), line("2")]), []);
});

Deno.test("two people and two AI roles finish one scene: turns in order, and each AI role blind to what it missed", async () => {
  let met = false;
  await using house = await openAiRig({
    line: (asked) => say(`${sent(asked).scene.you} answers "${sent(asked).say}"`),
    judge: () =>
      say(
        JSON.stringify({ goals: [{ met, reason: "said" }, { met, reason: "said" }], lost: false, reason: "Well done" }),
      ),
  }, { isolates: 2 });
  const { rig } = house, [here, there] = house.rigs;
  const [ann, ben] = [await rig.person("ann_1", "Ann"), await rig.person("ben_1", "Ben")];
  const made = await makeScene(rig, ann), { id, room } = made;
  assert.equal((await there.get(room, { token: ben.token })).status, 404, "not before he takes a role");
  const shown = await there.get(`${room}/cast?invite=${made.token}`, { token: ben.token });
  assert.deepEqual((shown.json.roles as { player?: string }[]).map(({ player }) => player ?? "free"), [
    "Ann",
    "free",
    "free",
    "free",
  ]);
  assert.ok(!shown.text.includes(ann.id), "nobody's id stands there");
  assert.equal((await claim(there, made, ben, 0)).json.code, "role_taken");
  assert.equal((await claim(there, made, ben, 3)).status, 200);

  using a = await new Client(here.base, ann).connect();
  using b = await new Client(there.base, ben).connect();
  await Promise.all([a.join(id), b.join(id)]);
  const answers = async (n: number) => {
    await until(async () => {
      const said = (await branch(rig, ann.token, room)).filter(({ kind }) => kind === "companion");
      return said.length === n && said.every(({ state }) => state === "done");
    });
  };
  await a.send("Good evening, all", undefined, id);
  await answers(2);
  assert.equal((await stage(rig, room, ann, 2, false)).status, 200);
  await b.send("The cook must not know of the surprise", undefined, id);
  await answers(3);
  await stage(rig, room, ann, 2, true);
  await stage(rig, room, ann, 1, false);
  await a.send("Now to the soup", undefined, id);
  await answers(4);
  await stage(rig, room, ann, 1, true);
  await b.send("Clerk, a quiet room please", undefined, id);
  await answers(5);
  assert.equal((await rig.get(room, { token: ann.token })).json.outcome, undefined);
  await until(() => house.asked("judge").length === 4);
  met = true;
  await a.send("friend, shall we go?", undefined, id);
  await until(async () => (await rig.get(room, { token: ben.token })).json.outcome !== undefined);

  assert.deepEqual(spoken(await branch(there, ben.token, room)), [
    "guest: Good evening, all",
    'clerk: clerk answers "Good evening, all"',
    'cook: cook answers "Good evening, all"',
    "friend: The cook must not know of the surprise",
    'clerk: clerk answers "The cook must not know of the surprise"',
    "guest: Now to the soup",
    'cook: cook answers "Now to the soup"',
    "friend: Clerk, a quiet room please",
    'clerk: clerk answers "Clerk, a quiet room please"',
    "guest: friend, shall we go?",
  ]);
  const of = (you: string) => house.asked("line").map(sent).filter(({ scene }) => scene.you === you);
  assert.deepEqual([of("clerk").length, of("cook").length], [3, 2]);
  for (const request of of("cook")) assert.doesNotMatch(JSON.stringify(request), /surprise/);
  for (const request of of("clerk")) assert.doesNotMatch(JSON.stringify(request), /soup/);
  assert.deepEqual(of("cook").at(-1)!.messages.map(({ who, text }) => `${who}: ${text}`), [
    "guest: Good evening, all",
    'clerk: clerk answers "Good evening, all"',
    'cook: cook answers "Good evening, all"',
  ]);
  assert.deepEqual(of("clerk").at(-1)!.messages.map(({ who }) => who), ["guest", "clerk", "cook", "friend", "clerk"]);
  const last = JSON.parse(house.asked("judge").at(-1)!.messages[1].content);
  assert.deepEqual(last.learners, ["guest", "friend"]);
  assert.match(JSON.stringify(last.messages), /surprise.*soup/s, "the referee sees the scene of all");
  const wire = house.server.requests.map(({ messages }) => JSON.stringify(messages)).join();
  for (const secret of [ann.id, ben.id, "Ann", "Ben"]) assert.ok(!wire.includes(secret), secret);
  await until(() => [a, b].every((one) => one.messages(id).some(({ event }) => event?.type === "ended")));
  const read = (one: Client) => one.messages(id).map(({ seq, as, kind }) => [seq, as, kind]);
  assert.deepEqual(read(a), read(b), "both read the same, in the same order");

  const left = async ({ token }: Caller) => (await rig.get("/api/roleplays", { token })).json.quota as { left: number };
  assert.deepEqual([(await left(ann)).left, (await left(ben)).left], [997, 998], "each pays for their own lines");
});

Deno.test("nobody joins after the first line, by a wrong or closed word, twice, or as a stranger on any verb", async () => {
  await using house = await openAiRig();
  const { rig } = house,
    ann = await rig.person("ann_1"),
    ben = await rig.person("ben_1"),
    eve = await rig.person("eve_1");
  const made = await makeScene(rig, ann), { id, room } = made;
  assert.equal((await claim(rig, { room, token: "x" }, ben, 1)).status, 404);
  assert.equal((await rig.post(`/api/rooms/${id}/join`, { token: made.token }, { token: eve.token })).status, 404);
  assert.equal((await rig.get(room, { token: eve.token })).status, 404, "a scene is no live room");
  const both = await Promise.all([claim(rig, made, ben, 1), claim(rig, made, eve, 1)]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409], "of two one has it");
  const [winner, loser] = both[0].status === 200 ? [ben, eve] : [eve, ben];
  assert.equal((await claim(rig, made, winner, 2)).status, 200);
  const cast = async () => ((await rig.get(room, { token: ann.token })).json as unknown as Scene).cast!;
  assert.deepEqual((await cast()).map(({ player }) => player?.id), [ann.id, winner.id, undefined, undefined]);
  await speak(rig, ann.token, room, "cook, hello");
  assert.equal((await claim(rig, made, loser, 3)).json.code, "scene_begun");
  assert.equal((await rig.post(`${room}/invitations`, {}, { token: ann.token })).json.code, "scene_begun");
  assert.equal((await rig.ask("DELETE", `${room}/invitations`, { token: ann.token })).status, 204);
  assert.equal((await claim(rig, made, loser, 3)).status, 404);
  for (const path of ["", "/messages", "/memory", "/transcript", `/cast?invite=${made.token}`]) {
    assert.equal((await rig.get(room + path, { token: loser.token })).status, 404, path);
  }
  assert.equal((await rig.get(`/roleplay/${id}?invite=${made.token}`, { token: loser.token })).status, 404);
});

Deno.test("of many who take one role at the same moment one has it, and nobody else comes in", async () => {
  await using house = await openAiRig();
  const { rig } = house, ann = await rig.person("ann_1"), made = await makeScene(rig, ann);
  const all = await Promise.all(Array.from({ length: 6 }, (_, n) => rig.person(`p_${n}_x`)));
  const casts = openCasts(rig.parts);
  const whos = await Promise.all(all.map(({ token }) => rig.parts.identity.read(token)));
  const done = await Promise.allSettled(whos.map((who) => casts.claim(made.id, made.token, 1, who!)));
  assert.equal(done.filter(({ status }) => status === "fulfilled").length, 1);
  assert.equal((await house.store.list(keys.members(made.id))).length, 1);
});

Deno.test("a role that leaves the stage while another answers says nothing more", async () => {
  let leave = () => Promise.resolve();
  await using house = await openAiRig({
    line: async () => {
      await leave();
      return say("Good evening.");
    },
  });
  const { rig } = house, ann = await rig.person("ann_1"), { room } = await makeScene(rig, ann);
  leave = async () => void await stage(rig, room, ann, 2, false);
  await speak(rig, ann.token, room, "Hello");
  const last = async () => (await branch(rig, ann.token, room)).at(-1)!;
  await until(async () => (await last()).as === "friend" && (await last()).state === "done");
  assert.deepEqual((await branch(rig, ann.token, room)).map(({ as }) => as), ["guest", "clerk", "friend"]);
});

Deno.test("a player has their lines and nothing of the owner's: no settings, memory, stage, or other versions", async () => {
  await using house = await openAiRig({
    correct: () =>
      say(JSON.stringify({ corrections: [{ said: "I has", better: "I have", why: "w", kind: "grammar" }] })),
  });
  const { rig } = house, ann = await rig.person("ann_1"), ben = await rig.person("ben_1");
  const made = await makeScene(rig, ann, { ...several, tags: ["mine"] }), { room, id } = made;
  await claim(rig, made, ben, 3);
  const { message } = await speak(rig, ben.token, room, "I has a booking");
  const seen = (await rig.get(room, { token: ben.token })).json as unknown as Scene;
  assert.deepEqual([seen.tags, seen.review], [[], []]);
  const { token } = ben;
  const asked = [
    await rig.ask("PATCH", room, { token, body: { situation: "mine now" } }),
    await rig.ask("DELETE", room, { token }),
    await rig.get(`${room}/memory`, { token }),
    await rig.ask("PUT", `${room}/memory`, { token, body: { summary: "x" } }),
    await rig.post(`${room}/invitations`, {}, { token }),
    await stage(rig, room, ben, 1, false),
    await rig.ask("DELETE", `${room}/cast/0`, { token }),
    await rig.post(`/roleplay/${id}/edit`, {}, { token }),
    await rig.post(`/roleplay/${id}/delete`, {}, { token }),
    await rig.get(`/roleplay/${id}/cast`, { token }),
    await rig.post(`${room}/messages/${message.seq}/rerun`, { text: "x" }, json(token)),
    await rig.post(`${room}/messages/${message.seq}/choose`, {}, { token }),
  ];
  assert.deepEqual(asked.map(({ status }) => status), asked.map(() => 403));
  const cards = async (who: Caller) => (await house.store.list(keys.cards(who.id))).length;
  await until(async () => await cards(ben) === 1);
  assert.equal(await cards(ann), 0);
  const { text } = await rig.get(`/api/rooms/${id}/messages`, { token: ann.token });
  assert.ok(!text.includes("I have"), "and notes on it are the speaker's alone");
  assert.deepEqual(house.asked("remember"), []);
});

Deno.test("who leaves, is sent out or deletes the account gives the role back: the AI plays on, and they read no more", async () => {
  await using house = await openAiRig();
  const { rig } = house, ann = await rig.person("ann_1"), ben = await rig.person("ben_1", "Ben");
  const eve = await rig.person("eve_1", "Eve");
  const made = await makeScene(rig, ann), { room, id } = made;
  await claim(rig, made, ben, 1);
  await claim(rig, made, eve, 2);
  using client = await new Client(rig.base, ben).connect();
  await client.join(id);
  await speak(rig, ben.token, room, "Hello from Ben");
  assert.equal((await rig.ask("DELETE", `${room}/cast/1`, { token: eve.token })).status, 403, "that is Ben's");
  assert.equal((await rig.ask("DELETE", `${room}/cast/1`, { token: ben.token })).status, 204);
  await until(() => client.frames.some((frame) => frame.type === "left" && frame.room === id));
  assert.equal((await rig.get(room, { token: ben.token })).status, 404);
  assert.equal(
    (await rig.ask("DELETE", `${room}/cast/2`, { token: ann.token })).status,
    204,
    "the owner sends her out",
  );
  assert.equal((await claim(rig, made, eve, 2)).status, 404);
  const { answer } = await speak(rig, ann.token, room, "clerk, are you there?");
  assert.equal(answer.as, "clerk");
  assert.ok(sent(house.asked("line").at(-1)!).messages.some(({ text }) => text === "Hello from Ben"));

  const fay = await rig.person("fay_1", "Fay");
  const other = await makeScene(rig, ann);
  await claim(rig, other, fay, 1);
  await speak(rig, fay.token, other.room, "Hello from Fay");
  const leaver: Leaver = { id: fay.id, messages: "keep", lang: "ko", left: 1, names: ["Fay"] };
  for (const [, { erases }] of families) await erases?.(house.store, leaver);
  const scene = (await house.store.get(keys.scene(other.id))).value!;
  assert.deepEqual(scene.cast!.map(({ player }) => player?.nickname), ["ann_1", undefined, undefined, undefined]);
  for (const { key, value } of await house.store.list([] as Deno.KvKey)) {
    if (["scene", "member", "played_scene", "message"].includes(String(key[0]))) {
      assert.ok(!JSON.stringify([key, value]).includes(fay.id), JSON.stringify(key));
    }
  }
  assert.equal((await rig.ask("DELETE", other.room, { token: ann.token })).status, 204);
  assert.deepEqual(await house.store.list(["member", other.id] as Deno.KvKey), []);
});

Deno.test("people who are apart are not put together, whoever of the cast it is", async () => {
  await using house = await openAiRig();
  const { rig } = house,
    ann = await rig.person("ann_1"),
    ben = await rig.person("ben_1"),
    eve = await rig.person("eve_1");
  const made = await makeScene(rig, ann);
  await claim(rig, made, ben, 1);
  const block = (by: Caller, whom: Caller) => rig.post("/api/blocks", { userId: whom.id }, { token: by.token });
  await block(eve, ben);
  assert.equal((await claim(rig, made, eve, 2)).status, 404);
  assert.equal((await rig.get(`${made.room}/cast?invite=${made.token}`, { token: eve.token })).status, 404);
  const fay = await rig.person("fay_1");
  await block(ann, fay);
  assert.equal((await claim(rig, made, fay, 2)).status, 404);
  assert.equal((await rig.get(`/roleplay/${made.id}?invite=${made.token}`, { token: fay.token })).status, 404);
  const gus = await rig.person("gus_1");
  assert.equal((await claim(rig, made, gus, 2)).status, 200);
});

Deno.test("two players who part in the middle of a scene are nowhere shown to each other", async () => {
  await using house = await openAiRig();
  const { rig } = house,
    ann = await rig.person("ann_1", "앤이에요"),
    ben = await rig.person("ben_1", "벤이에요"),
    eve = await rig.person("eve_1", "이브예요");
  const made = await makeScene(rig, ann, { ...several, title: "함께하는 저녁" }), { room, id } = made;
  await claim(rig, made, ben, 1);
  await claim(rig, made, eve, 2);
  await speak(rig, ann.token, room, "cook, 앤이 한 말"); // for a person: nobody answers
  await speak(rig, ben.token, room, "cook, 벤이 한 말");
  const shown = async (who: Caller) => {
    const paths = [
      room,
      `/roleplay/${id}`,
      "/roleplay",
      "/api/roleplays",
      `${room}/messages`,
      `${room}/transcript?format=md`,
    ];
    return (await Promise.all(paths.map(async (path) => (await rig.get(path, { token: who.token })).text))).join("\n");
  };
  assert.match(await shown(eve), /벤이에요[\s\S]*벤이 한 말|벤이 한 말[\s\S]*벤이에요/);
  const block = (by: Caller, whom: Caller) => rig.post("/api/blocks", { userId: whom.id }, { token: by.token });
  await block(eve, ben);
  for (const [who, gone] of [[eve, ["벤이에요", "벤이 한 말", ben.id]], [ben, ["이브예요", eve.id]]] as const) {
    const seen = await shown(who);
    for (const one of gone) assert.ok(!seen.includes(one), `${who.nickname} sees ${one}`);
    assert.ok(seen.includes("앤이 한 말"));
  }
  const asked = house.server.requests.length;
  const { answer } = await speak(rig, eve.token, room, "friend, 이브가 묻는 말");
  assert.ok(house.server.requests.length > asked);
  for (const request of house.server.requests.slice(asked)) {
    assert.match(JSON.stringify(request), /앤이 한 말/);
    assert.doesNotMatch(JSON.stringify(request), /벤이 한 말/, "what answers her has not read him");
  }
  assert.ok((await shown(eve)).includes(answer.text), "so she may read it");
  await block(ann, ben); // the owner: the scene is not there for him any more
  const mine = await shown(ann);
  for (const one of ["벤이에요", "벤이 한 말", ben.id]) assert.ok(!mine.includes(one), one);
  assert.doesNotMatch(await shown(ben), /앤이 한 말|앤이에요|함께하는 저녁/);
  assert.equal((await rig.get(room, { token: ben.token })).status, 404);
});

Deno.test("whoever keeps their talk from AI is not read: their line goes to no model, for no role", async () => {
  await using house = await openAiRig();
  const { rig } = house, ann = await rig.person("ann_1"), ben = await rig.person("ben_1");
  const made = await makeScene(rig, ann), { room } = made;
  await claim(rig, made, ben, 3);
  await rig.ask("PATCH", "/api/consent", { token: ben.token, body: { roleplay: false } });
  const { status } = await speak(rig, ben.token, room, "keep this to yourselves");
  assert.equal(status, 200);
  await speak(rig, ann.token, room, "clerk, and you?");
  assert.ok(house.server.requests.length > 0);
  assert.doesNotMatch(JSON.stringify(house.server.requests), /yourselves/);
});

Deno.test("a cry for help in a scene for several gets the calm card at once and goes to no model; off stage nobody speaks", async () => {
  await using house = await openAiRig();
  const { rig } = house, ann = await rig.person("ann_1"), ben = await rig.person("ben_1");
  const made = await makeScene(rig, ann), { room } = made;
  await claim(rig, made, ben, 3);
  await stage(rig, room, ann, 3, false);
  assert.equal((await speak(rig, ben.token, room, "may I?")).json.code, "off_stage");
  assert.equal((await claim(rig, made, await rig.person("eve_1"), 2)).status, 200, "nothing was said yet");
  const { answer } = await speak(rig, ben.token, room, "그냥 죽고 싶어");
  assert.match(answer.text, /109/);
  assert.deepEqual(house.server.requests, []);
});

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { keys } from "../kv/keys.ts";
import { branch, draft, json, listen, makeRoom, openAiRig, speak, taskOf, texts } from "./ai_rig.ts";
import { Client } from "./client.ts";
import { slowModel } from "./companion_rig.ts";
import { say } from "./model_server.ts";
import { until } from "./until.ts";

const roleplay = (id: string) => `/api/roleplays/${id}`;

Deno.test("an answer comes by server-sent events as it is made, and goes on for another device that comes in the middle", async () => {
  const model = slowModel();
  await using house = await openAiRig({ line: model.reply }, { isolates: 2 });
  const { rig } = house, me = await rig.person("learner_1");
  const id = await makeRoom(rig, me.token, "roleplays");
  const events = listen(rig, me.token, `${roleplay(id)}/messages`, { text: "Good evening" });
  const next = async (event: string) => {
    for (let one = await events.next(); !one.done; one = await events.next()) {
      if (one.value.event === event) return one.value.data;
    }
    throw new Error(`no ${event}`);
  };
  const first = next("delta");
  await until(model.asked);
  model.say("Good ");
  assert.equal((await first).text, "Good ");
  using device = new Client(house.rigs[1].base, me);
  await device.connect();
  await device.join(id);
  const heard = () => device.frames.flatMap((frame) => frame.type === "delta" ? [frame] : []);
  await until(() => heard().length > 0);
  assert.deepEqual([heard()[0].from, heard()[0].text], [0, "Good "], "everything from the first character");
  assert.equal((await branch(house.rigs[1], me.token, roleplay(id))).at(-1)!.state, "streaming");
  model.say("evening.");
  model.end();
  const end = await next("end") as { answer: Message; quota: { left: number } };
  assert.deepEqual([end.answer.text, end.answer.state, end.quota.left], ["Good evening.", "done", 999]);
  await until(() =>
    device.frames.some((frame) =>
      frame.type === "changed" && frame.items.some(({ change }) => change?.text === "Good evening.")
    )
  );
});

Deno.test("stop keeps what came, what is written meanwhile waits for its turn, and a reader who goes ends nothing", async () => {
  const model = slowModel();
  await using house = await openAiRig({ line: model.reply });
  const { rig } = house, { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "roleplays"), room = roleplay(id);
  for await (const { event } of listen(rig, token, `${room}/messages`, { text: "One" })) {
    if (event === "messages") break; // it hangs up
  }
  await until(model.asked);
  model.say("Half of ");
  const waiting = speak(rig, token, room, "Two");
  await until(async () => (await branch(rig, token, room)).length === 3);
  const [, answer] = await branch(rig, token, room);
  assert.equal((await rig.post(`/api/rooms/${id}/messages/${answer.seq}/stop`, {}, { token })).status, 200);
  await until(async () => (await rig.parts.log.messages(id, [answer.seq]))[0].state === "stopped");
  assert.equal((await rig.parts.log.messages(id, [answer.seq]))[0].text, "Half of ");
  await until(() => house.asked("line").length === 2);
  model.say("The second.");
  model.end();
  const second = await waiting;
  assert.deepEqual([second.answer.text, second.answer.state], ["The second.", "done"]);
  assert.deepEqual(texts(await branch(rig, token, room)), ["One", "Half of ", "Two", "The second."]);
  const asked = JSON.parse(house.asked("line")[1].messages[1].content);
  assert.deepEqual([asked.say, asked.messages.map(({ text }: Message) => text)], ["Two", ["One", "Half of "]]);
});

Deno.test("versions: regenerated and reworded lines stay, and every device switches between the branches", async () => {
  let n = 0;
  await using house = await openAiRig({ line: () => say(`answer ${++n}`) });
  const { rig } = house, { token } = await rig.person("learner_1");
  const room = roleplay(await makeRoom(rig, token, "roleplays"));
  const shown = async () => texts(await branch(rig, token, room));
  const post = (path: string, body = {}) => rig.post(`${room}/messages/${path}`, body, json(token));
  const first = await speak(rig, token, room, "Hello");
  await speak(rig, token, room, "A room, please");
  const again = await post(`${first.answer.seq}/regenerate`);
  assert.equal(again.status, 200, again.text);
  assert.deepEqual(await shown(), ["Hello", "answer 3"], "the talk goes on from the other version");
  await speak(rig, token, room, "Is it quiet?");
  assert.deepEqual(await shown(), ["Hello", "answer 3", "Is it quiet?", "answer 4"]);
  const context = JSON.parse(house.asked("line").at(-1)!.messages[1].content);
  assert.deepEqual(
    context.messages.map(({ text }: Message) => text),
    ["Hello", "answer 3"],
    "nothing of the branch that was left",
  );

  const [, second] = await branch(rig, token, room);
  assert.deepEqual(second.versions, [first.answer.seq, second.seq]);
  assert.equal((await post(`${first.answer.seq}/choose`)).status, 204);
  assert.deepEqual(await shown(), ["Hello", "answer 1", "A room, please", "answer 2"]);
  const rerun = await post(`${first.message.seq}/rerun`, { text: "Good evening" });
  assert.equal(rerun.status, 200, rerun.text);
  assert.deepEqual(await shown(), ["Good evening", "answer 5"]);
  const [hello] = await branch(rig, token, room);
  assert.deepEqual(hello.versions, [first.message.seq, hello.seq]);
  assert.equal((await post(`${second.seq}/choose`)).status, 204);
  assert.deepEqual(
    await shown(),
    ["Hello", "answer 3", "Is it quiet?", "answer 4"],
    "a branch of a branch, to its end",
  );
  assert.equal(
    (await post(`${second.seq}/rerun`, { text: "I am the clerk" })).status,
    403,
    "the partner's line is not one's own",
  );
  assert.equal((await post("999/choose")).status, 404);
  await speak(rig, token, room, "Thanks");
  assert.deepEqual((await shown()).slice(-2), ["Thanks", "answer 6"]);
});

Deno.test("an edit holds from the next answer on and is marked in the log; words of the scene are data", async () => {
  await using house = await openAiRig();
  const { rig } = house, { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "roleplays"), room = roleplay(id);
  await speak(rig, token, room, "Hello");
  const changed = await rig.ask("PATCH", room, {
    token,
    body: { aiRole: "sleepy owl", goals: ["Wake it"], tags: ["night", "night"] },
  });
  assert.deepEqual([changed.json.aiRole, changed.json.goals, changed.json.tags], ["sleepy owl", ["Wake it"], [
    "night",
  ]]);
  await speak(rig, token, room, "Are you awake?");
  const roles = house.asked("line").map(({ messages }) => JSON.parse(messages[1].content).scene.you);
  assert.deepEqual(roles, ["clerk", "sleepy owl"]);
  const events = (await rig.parts.log.page(id, {}, 50)).flatMap(({ event }) => event ?? []);
  assert.deepEqual(events, [{ type: "begun" }, { type: "edited", fields: ["aiRole", "goals", "tags"] }]);
  const tagged = await rig.get("/api/roleplays?tag=night", { token });
  assert.equal((tagged.json.items as unknown[]).length, 1);
  assert.equal(((await rig.get("/api/roleplays?tag=day", { token })).json.items as unknown[]).length, 0);
});

Deno.test("a long talk is summed up in steps and stays inside the window; what a person forgets is never sent again", async () => {
  const remember = (asked: { messages: { content: string }[] }) => {
    const { messages, summary } = JSON.parse(asked.messages[1].content);
    const secret = messages.find(({ text }: Message) => text.includes("parrot"));
    return say(JSON.stringify({
      summary: `${summary}+`,
      facts: secret ? [{ text: "The guest has a parrot", n: secret.n }, { text: "made up", n: 9_999 }] : [],
    }));
  };
  await using house = await openAiRig({ remember }, { window: 16_000 });
  const { rig } = house, { token } = await rig.person("learner_1");
  const id = await makeRoom(rig, token, "roleplays", { ...draft, goals: [] }), room = roleplay(id);
  const long = "가나다라마바사 ".repeat(60);
  for (let n = 0; n < 26; n++) {
    await speak(rig, token, room, n === 1 ? `My parrot is called Coco. ${long}` : `${n} ${long}`);
  }
  await until(() => house.asked("remember").length >= 2);
  await until(async () => ((await rig.get(`${room}/memory`, { token })).json.summary as string).startsWith("++"));
  const { facts, upTo } = (await rig.get(`${room}/memory`, { token })).json as {
    facts: { text: string; seq: number }[];
    upTo: number;
  };
  assert.deepEqual(facts.map(({ text }) => text), ["The guest has a parrot"]);
  assert.match((await rig.parts.log.messages(id, [facts[0].seq]))[0].text, /^My parrot/, "a fact names its line");
  const last = JSON.parse(house.asked("line").at(-1)!.messages[1].content);
  assert.ok(last.messages.every(({ n }: { n: number }) => n > 0) && last.memory.facts.length === 1);
  for (const { messages } of house.asked("line")) assert.ok(messages[1].content.length < 16_000, "the window holds");
  await speak(rig, token, room, "short");
  const next = JSON.parse(house.asked("line").at(-1)!.messages[1].content);
  assert.ok(next.messages.every(({ n }: { n: number }) => n > upTo), "what is summed up is not sent again");

  const put = await rig.ask("PUT", `${room}/memory`, {
    token,
    body: { summary: "My own words", facts: [{ text: "I like tea" }] },
  });
  assert.equal(put.status, 200, put.text);
  await speak(rig, token, room, "Tea?");
  const after = house.asked("line").at(-1)!.messages[1].content;
  assert.deepEqual(JSON.parse(after).memory, { summary: "My own words", facts: ["I like tea"] });
  assert.doesNotMatch(after, /parrot/i);
  assert.equal((await rig.ask("PUT", `${room}/memory`, { token, body: { facts: [{ text: "" }] } })).status, 422);
});

Deno.test("off the record: nothing is remembered or found, and nothing at all is left when it is closed", async () => {
  const correct = () =>
    say(
      JSON.stringify({
        corrections: [{ said: "I has a booking.", better: "I have a booking.", why: "have", kind: "grammar" }],
      }),
    );
  await using house = await openAiRig({ correct });
  const { rig } = house, me = await rig.person("learner_1");
  const rooms = {
    on: await makeRoom(rig, me.token, "roleplays"),
    off: await makeRoom(rig, me.token, "roleplays", { ...draft, offRecord: true }),
  };
  for (const id of Object.values(rooms)) {
    const { message } = await speak(rig, me.token, roleplay(id), "I has a booking.");
    await until(async () => (await rig.parts.log.messages(id, [message.seq]))[0].corrections?.length === 1);
  }
  const cards = async () => (await house.store.list(keys.cards(me.id))).map(({ value }) => value.source.room);
  await until(async () => (await cards()).length === 1);
  assert.deepEqual(await cards(), [rooms.on]);
  const found = async (id: string) =>
    (await rig.get(`/api/search?q=booking&room=${id}`, { token: me.token })).json.items;
  assert.deepEqual([(await found(rooms.on) as unknown[]).length, await found(rooms.off)], [1, []]);
  const left = async (id: string) => {
    const all: Deno.KvKey[] = [];
    for (const { key } of await house.store.list([] as Deno.KvKey)) if (JSON.stringify(key).includes(id)) all.push(key);
    return all;
  };
  using client = new Client(rig.base, me);
  await client.connect();
  await client.join(rooms.off);
  assert.equal((await rig.ask("DELETE", roleplay(rooms.off), { token: me.token })).status, 204);
  assert.deepEqual(await left(rooms.off), [["erased", rooms.off]], "but a mark for the sweeper");
  await until(() => client.frames.some((frame) => frame.type === "left" && frame.room === rooms.off));
  assert.equal((await rig.get(`/api/rooms/${rooms.off}/messages`, { token: me.token })).status, 404);
  assert.ok((await left(rooms.on)).length > 3, "the other room is whole");
});

Deno.test("a cry for help is answered at once with the calm card, costs nothing, and goes to no model", async () => {
  await using house = await openAiRig({}, { practice: 0 });
  const { rig } = house, { token } = await rig.person("learner_1");
  for (const [base, text] of [["roleplays", "그냥 죽고 싶어"], ["practices", "I want to kill myself"]] as const) {
    const room = `/api/${base}/${await makeRoom(rig, token, base, base === "roleplays" ? draft : {})}`;
    const { answer, status } = await speak(rig, token, room, text);
    assert.equal(status, 200);
    assert.match(answer.text, base === "roleplays" ? /109/ : /988/);
    assert.equal(answer.state, "done");
  }
  assert.deepEqual(house.server.requests.map(taskOf), []);
});

import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { openRig } from "./rig.ts";

const room = "/api/rooms/streaming";

Deno.test("a poll: a keeper asks, members vote once and may change it, a keeper closes", async () => {
  await using rig = await openRig();
  const keeper = await rig.person("keeper_1", "지킴이하나", "moderator");
  const people = await Promise.all(Array.from({ length: 8 }, (_, n) => rig.person(`voter_${n}`)));
  const ask = (token: string, body: unknown) => rig.post(`${room}/polls`, body, { token });
  const poll = { question: "오늘 저녁은?", options: ["김밥", " 라면 ", "굶기"] };
  assert.equal((await ask(people[0].token, poll)).status, 403);
  assert.equal((await ask(keeper.token, { ...poll, options: ["하나"] })).status, 422);
  const { status, json } = await ask(keeper.token, poll);
  const made = json as unknown as Message;
  assert.deepEqual([status, made.poll?.options], [201, ["김밥", "라면", "굶기"].map((text) => ({ text, votes: 0 }))]);

  const vote = (token: string | undefined, option: number) =>
    rig.post(`${room}/messages/${made.seq}/votes`, { option }, { token });
  assert.equal((await vote(undefined, 0)).status, 401);
  assert.equal((await vote(people[0].token, 5)).status, 404);
  await Promise.all([...people, ...people].map(({ token }, i) => vote(token, i % 2)));
  await Promise.all(people.slice(0, 3).map(({ token }) => vote(token, 2)));
  const votes = async () => {
    const items = (await rig.get(`${room}/messages`)).json.items as Message[];
    return items.find(({ seq }) => seq === made.seq)!.poll!.options.map(({ votes }) => votes);
  };
  assert.deepEqual(await votes(), [2, 3, 3]);
  const close = (token: string) => rig.post(`${room}/messages/${made.seq}/close`, undefined, { token });
  assert.equal((await close(people[0].token)).status, 403);
  assert.equal((await close(keeper.token)).status, 200);
  assert.equal((await vote(people[5].token, 0)).status, 404);
  assert.deepEqual(await votes(), [2, 3, 3]);
});

Deno.test("a question leaves the queue when a keeper says that it is answered, and nothing else does", async () => {
  await using rig = await openRig();
  const keeper = await rig.person("keeper_1", "지킴이하나", "moderator");
  const person = await rig.person("asker_1");
  const say = async (body: unknown) => (await rig.post(`${room}/messages`, body, { token: person.token })).json.seq;
  const question = await say({ text: "언제 끝나요?", asks: true }), words = await say({ text: "그냥 말" });
  const answered = (seq: unknown, token: string) => rig.post(`${room}/messages/${seq}/answered`, undefined, { token });
  assert.equal((await answered(question, person.token)).status, 403);
  assert.equal((await answered(words, keeper.token)).status, 404);
  assert.equal((await answered(question, keeper.token)).json.answered, true);
});

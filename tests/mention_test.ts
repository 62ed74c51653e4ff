import assert from "node:assert/strict";
import { calledIn } from "../domain/mention.ts";
import { openStore } from "../kv/store.ts";
import { openRig } from "./rig.ts";

const people = [["1", "하나"], ["2", "하나비"], ["3", "Mina Kim"], ["4", "ゆき"], ["5", "하나"]]
  .map(([id, nickname]) => ({ id, nickname }));

for (
  const [text, called] of [
    ["@하나 안녕", ["1", "5"]],
    ["@하나님, @하나야", ["1", "5"]],
    ["@하나비 안녕", ["2"]],
    ["안녕 @mina kim!", ["3"]],
    ["(@ゆきさん) @하나비", ["4", "2"]],
    ["하나 안녕", []],
    ["@ 하나", []],
    ["me@하나", ["1", "5"]],
    ["@", []],
  ] as const
) {
  Deno.test(`"${text}" calls ${called.join(" and ") || "nobody"}`, () => {
    assert.deepEqual(calledIn(text, people), called);
  });
}

Deno.test("the server alone says whom a message calls: those who spoke or are there", async () => {
  await using rig = await openRig();
  const [mina, joon] = [await rig.person("mina_1", "미나"), await rig.person("joon_1", "준호")];
  await rig.person("sora_1", "소라");
  const said = async (text: string, more = {}) =>
    (await rig.post("/api/rooms/plaza/messages", { text, ...more }, { token: joon.token })).json.mentions;
  assert.equal(await said("@미나 있어요?"), undefined);
  await rig.post("/api/send-chat", { text: "저 왔어요" }, { token: mina.token });
  assert.deepEqual(await said("@미나 반가워요, @소라 님은요?"), [mina.id]);
  assert.equal(await said("미나 님 안녕"), undefined);
  const forged = await rig.post("/api/rooms/plaza/messages", { text: "몰래", mentions: [mina.id] }, {
    token: joon.token,
  });
  assert.equal(forged.status, 422);
});

Deno.test("who spoke on another isolate is called, too, where nobody follows the room", async () => {
  const store = await openStore(":memory:");
  {
    await using here = await openRig({ store });
    await using there = await openRig({ store });
    const [mina, joon] = [await here.person("mina_1", "미나"), await here.person("joon_1", "준호")];
    const { json: room } = await here.post("/api/rooms", { title: "방" }, mina);
    await here.post(`/api/rooms/${room.id}/messages`, { text: "저 왔어요" }, mina);
    const { json } = await there.post(`/api/rooms/${room.id}/messages`, { text: "@미나 안녕" }, joon);
    assert.deepEqual(json.mentions, [mina.id]);
  }
  store.close();
});

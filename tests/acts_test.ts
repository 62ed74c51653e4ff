import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { PLAZA } from "../domain/room.ts";
import type { Key } from "../kv/keys.ts";
import { openRig } from "./rig.ts";

const path = `/api/rooms/${PLAZA}/messages`;

async function openScene() {
  const rig = await openRig();
  const [one, two] = [await rig.person("writer_1", "하나"), await rig.person("writer_2", "둘째")];
  const say = async (text: string, token: string, more = {}) =>
    (await rig.post("/api/send-chat", { text, ...more }, { token })).json as unknown as Message;
  const seen = async () => (await rig.get(path)).json.items as Message[];
  return { rig, one, two, say, seen, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() };
}

Deno.test("what is edited is marked, what is deleted is empty everywhere, and only one's own", async () => {
  await using scene = await openScene();
  const { rig, one, two, say, seen } = scene;
  const { seq } = await say("처음 글", one.token);
  const answer = await say("답이에요", two.token, { reply: seq });
  assert.deepEqual(answer.reply, { seq, of: [one.id], nickname: "하나", text: "처음 글" });

  const edit = (token?: string) => rig.ask("PATCH", `${path}/${seq}`, { body: { text: "고친 글" }, token });
  assert.equal((await edit(two.token)).status, 403);
  assert.equal((await edit()).status, 401);
  assert.equal((await edit(one.token)).json.text, "고친 글");
  let [first, second] = await seen();
  assert.deepEqual([first.text, first.editedAt !== undefined, second.reply?.text], ["고친 글", true, "고친 글"]);

  const remove = (token: string) => rig.ask("DELETE", `${path}/${seq}`, { token });
  assert.equal((await remove(two.token)).status, 403);
  assert.equal((await remove(one.token)).json.gone, "author");
  assert.equal((await remove(one.token)).status, 200);
  assert.equal((await edit(one.token)).status, 404);
  [first, second] = await seen();
  assert.deepEqual([first.text, first.gone, second.reply?.text], ["", "author", ""]);
  assert.doesNotMatch(JSON.stringify((await rig.get("/api/recent-chats")).json), /고친 글|처음 글/);
  assert.equal((await rig.post("/api/send-chat", { text: "x", reply: seq }, { token: two.token })).status, 404);
  assert.equal((await rig.ask("PATCH", `${path}/3`, { body: { text: "x" }, token: one.token })).status, 404);
});

Deno.test("a reaction counts once a person, from whichever side it comes, and is taken back", async () => {
  await using scene = await openScene();
  const { rig, one, say, seen } = scene;
  const { seq } = await say("토닥이 필요해요", one.token);
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => rig.person(`reader_${n}`)));
  const react = (method: string, token: string, kind = "pat") =>
    rig.ask(method, `${path}/${seq}/reactions/${kind}`, { token });
  await Promise.all([...people, ...people].map(({ token }) => react("PUT", token)));
  await Promise.all(people.slice(0, 5).flatMap(({ token }) => [react("DELETE", token), react("DELETE", token)]));
  assert.equal((await react("PUT", one.token, "cheer")).status, 200);
  assert.equal((await react("PUT", one.token, "thumbs")).status, 404);
  assert.deepEqual((await seen())[0].reactions, { pat: 7, cheer: 1 });
});

Deno.test("who was away hears what changed, in its place among the numbers", async () => {
  await using scene = await openScene();
  const { rig, one, say } = scene;
  const { log, hub } = rig.parts;
  const { seq } = await say("하나", one.token);
  await say("둘", one.token);
  await rig.ask("PATCH", `${path}/${seq}`, { body: { text: "하나, 고침" }, token: one.token });
  await say("셋", one.token);
  const raw = await log.after(PLAZA, 0, 10);
  assert.deepEqual(raw.map(({ change, text }) => change?.of ?? text), ["하나, 고침", "둘", 1, "셋"]);
  const frames: { type: string; items: Message[] }[] = [];
  const conn = { send: (text: string) => void frames.push(JSON.parse(text)), close() {}, buffered: () => 0 };
  const feed = await hub.join(PLAZA, conn, "v", { since: 1 });
  assert.deepEqual(frames[0].items.map(({ seq }) => seq), [2, 3, 4]);
  hub.leave(PLAZA, feed);
  const { items } = await hub.recent(PLAZA, 20);
  assert.deepEqual(items.map(({ text }) => text), ["하나, 고침", "둘", "셋"]);
});

Deno.test("what was written anew and then deleted is nowhere: not for who comes back, not on another isolate", async () => {
  await using scene = await openScene();
  const { rig, one, say } = scene;
  const { log, hub, store } = rig.parts;
  await hub.recent(PLAZA, 1);
  const { seq } = await say("첫 비밀", one.token);
  await rig.ask("PATCH", `${path}/${seq}`, { body: { text: "둘째 비밀" }, token: one.token });
  assert.match(JSON.stringify(await log.after(PLAZA, 0, 10)), /둘째 비밀/);
  await rig.ask("DELETE", `${path}/${seq}`, { token: one.token });
  const heard: string[] = [];
  const conn = { send: (text: string) => void heard.push(text), close() {}, buffered: () => 0 };
  const feed = await hub.join(PLAZA, conn, "v", { since: 0 });
  hub.leave(PLAZA, feed);
  const stored = await store.list(["message", PLAZA] as Key<unknown>);
  for (const place of [heard, await log.after(PLAZA, 0, 10), stored]) {
    assert.doesNotMatch(JSON.stringify(place), /비밀/);
  }
  assert.equal(heard.length > 0 && stored.length, 3);
});

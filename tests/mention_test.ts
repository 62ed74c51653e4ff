import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { STREAMING } from "../domain/room.ts";
import { titleWith } from "../islands/chat/calls.ts";
import { calledIn } from "../islands/chat/mention.ts";
import { begin, type Chat, step } from "../islands/chat/state.ts";
import { openRig } from "./rig.ts";

const people = [{ id: "1", nickname: "하나" }, { id: "2", nickname: "하나둘" }, { id: "3", nickname: "하나" }];

Deno.test("who is called: by the whole name, by the longest that fits, and all who have that name", () => {
  assert.deepEqual(calledIn("@하나둘 안녕", people), ["2"]);
  assert.deepEqual(calledIn("@하나야 안녕", people), ["1", "3"]);
  assert.deepEqual(calledIn("@하나둘이랑 @하나", people), ["2", "1", "3"]);
  assert.deepEqual(calledIn("하나, mail@example.org, @아무도", people), []);
});

Deno.test("the server believes only calls that stand in the text, of people who are there", async () => {
  await using rig = await openRig();
  const [one, two] = [await rig.person("caller_1", "하나"), await rig.person("called_2", "둘이")];
  const say = async (text: string, mentions: string[]) =>
    (await rig.post(`/api/rooms/${STREAMING}/messages`, { text, mentions }, one)).json.mentions;
  assert.deepEqual(await say("@둘이 안녕", [two.id, two.id, one.id, "nobody"]), [two.id]);
  assert.equal(await say("안녕", [two.id]), undefined);
  assert.equal((await rig.post(`/api/rooms/${STREAMING}/messages`, { text: "@x", mentions: "all" }, one)).status, 422);
});

const me = { id: "me", nickname: "나", role: "user" } as const,
  other = { id: "other", nickname: "둘이", role: "user" } as const;
const line = (seq: number, more: Partial<Message> = {}): Message => ({
  seq,
  id: `r:${seq}`,
  clientId: `c${seq}`,
  author: other,
  kind: "user",
  text: "@나 여기요",
  at: seq,
  mentions: ["me"],
  ...more,
});
const hear = (chat: Chat, ...items: Message[]) =>
  step(chat, { type: "frame", frame: { type: "messages", room: "r", items }, now: 0 });

Deno.test("a call is noticed once, not by its writer, and not when its words were taken away", () => {
  const start = begin(me, { epoch: "e", head: 0, items: [], people: 2 });
  const called = hear(start, line(1), line(2, { author: me }), line(3, { mentions: ["somebody"] }), line(4));
  assert.deepEqual(called.calls.map(({ seq, nickname }) => [seq, nickname]), [[1, "둘이"], [4, "둘이"]]);
  assert.deepEqual(hear(called, line(1), line(4)).calls, called.calls);
  const hidden = line(5, { mentions: undefined, change: { of: 1, text: "", gone: "keeper" } });
  assert.deepEqual(hear(called, hidden).calls.map(({ seq }) => seq), [4]);
  assert.deepEqual(step(called, { type: "noticed" }).calls, []);
  assert.deepEqual(hear(begin(null, { epoch: "e", head: 0, items: [], people: 2 }), line(1)).calls, []);
});

Deno.test("a title counts calls before it, once", () => {
  assert.equal(titleWith("정글 라이브", 2), "(2) 정글 라이브");
  assert.equal(titleWith("(2) 정글 라이브", 3), "(3) 정글 라이브");
  assert.equal(titleWith("(3) 정글 라이브", 0), "정글 라이브");
});

import assert from "node:assert/strict";
import { type Glimpse, STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { Client } from "./client.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

type Frame = Extract<ServerFrame, { type: "lobby" }>;

/** Somebody who looks at the list of rooms. */
async function watcher(base: string, who?: Caller) {
  const client = await new Client(base, who).connect();
  client.say({ type: "lobby" });
  const frames = () => client.frames.filter((frame): frame is Frame => frame.type === "lobby");
  await until(() => frames().length > 0);
  /** The list as its reader sees it. */
  const list = () => {
    const seen = new Map<string, Glimpse>();
    for (const { whole, rooms } of frames()) {
      if (whole) seen.clear();
      for (const room of rooms) seen.set(room.id, room);
    }
    return seen;
  };
  return { client, frames, list, heard: () => JSON.stringify(frames()), [Symbol.dispose]: () => client.close() };
}

Deno.test("the list follows what happens in rooms within seconds, also on another isolate", async () => {
  await using here = await openRig({ now: Date.now });
  await using there = await openRig({ now: Date.now, store: here.parts.store });
  const one = await here.person("talker_1", "하나");
  using near = await watcher(here.base);
  using far = await watcher(there.base);
  const talker = await new Client(here.base, one).connect();
  await talker.join(STREAMING);
  await talker.send("가장 새 말", crypto.randomUUID(), STREAMING);
  const said = performance.now();
  for (const { list } of [near, far]) {
    await until(() => list().get(STREAMING)?.newest?.text === "가장 새 말" && list().get(STREAMING)?.people === 1);
  }
  assert.ok(performance.now() - said < 4_000);
  talker.close();
  await until(() => [near, far].every(({ list }) => list().get(STREAMING)?.people === 0));

  const { json } = await here.post("/api/rooms", { title: "새 방" }, one);
  await until(() => [near, far].every(({ list }) => list().has(String(json.id))));
  await here.ask("PATCH", `/api/rooms/${json.id}`, { body: { title: "다른 이름" }, token: one.token });
  await until(() => [near, far].every(({ list }) => list().get(String(json.id))?.title === "다른 이름"));
  await here.ask("DELETE", `/api/rooms/${json.id}`, { token: one.token });
  await until(() => [near, far].every(({ list }) => !list().has(String(json.id))));
});

Deno.test("nobody hears of a room that they may not find, nor of one that they were sent out of", async () => {
  await using rig = await openRig({ now: Date.now });
  const [owner, guestOf] = [await rig.person("owner_1", "주인"), await rig.person("other_2", "손님")];
  const make = async (title: string, access: string) =>
    String((await rig.post("/api/rooms", { title, access }, owner)).json.id);
  const [open, members, hidden] = [
    await make("마당", "public"),
    await make("사랑방", "members"),
    await make("안방", "private"),
  ];
  using guest = await watcher(rig.base);
  using other = await watcher(rig.base, guestOf);
  assert.deepEqual([...guest.list().keys()].sort(), [open, STREAMING].sort());
  assert.deepEqual([...other.list().keys()].sort(), [open, members, STREAMING].sort());

  await rig.post(`/api/rooms/${open}/bans`, { userId: guestOf.id, why: "다투어서" }, owner);
  const before = other.frames().length;
  for (const room of [members, hidden, open]) await rig.post(`/api/rooms/${room}/messages`, { text: "비밀" }, owner);
  await until(() => guest.list().get(open)?.newest?.text === "비밀");
  await until(() => other.list().get(members)?.newest?.text === "비밀");
  assert.doesNotMatch(guest.heard(), new RegExp(`${members}|${hidden}`));
  assert.doesNotMatch(JSON.stringify(other.frames().slice(before)), new RegExp(`${open}|${hidden}`));

  await rig.ask("PATCH", `/api/rooms/${open}`, { body: { access: "private" }, token: owner.token });
  await until(() => !guest.list().has(open));
});

Deno.test("a quiet list says nothing, and who has gone is told nothing", async () => {
  await using rig = await openRig({ now: Date.now });
  const one = await rig.person("talker_1");
  using still = await watcher(rig.base);
  const gone = await watcher(rig.base);
  await rig.post(`/api/rooms/${STREAMING}/messages`, { text: "하나" }, one);
  await until(() => gone.list().get(STREAMING)?.newest?.text === "하나");
  gone.client.close();
  const before = [still.frames().length, gone.frames().length];
  await rig.post(`/api/rooms/${STREAMING}/messages`, { text: "둘" }, one);
  await until(() => still.list().get(STREAMING)?.newest?.text === "둘");
  await new Promise((go) => setTimeout(go, 2_500)); // two passes in which nothing happens
  assert.deepEqual([still.frames().length, gone.frames().length], [before[0] + 1, before[1]]);
});

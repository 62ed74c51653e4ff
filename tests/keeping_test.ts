import assert from "node:assert/strict";
import type { Who } from "../domain/person.ts";
import { PLAZA, type Room, STREAMING } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { openStore, type Store } from "../kv/store.ts";
import { createUser } from "../kv/users.ts";
import { openActs } from "../realtime/acts.ts";
import { openOrder } from "../realtime/order.ts";
import { openSendLimit } from "../realtime/send_limit.ts";
import { openSpine } from "../realtime/spine.ts";
import { openStage } from "./powers_rig.ts";
import { until } from "./until.ts";
import { openRig } from "./rig.ts";

const room: Room = { id: STREAMING, kind: "live", access: "public" };
const slow: Room = { ...room, settings: { slow: 30, age: 0, links: false, unique: true, readOnly: false } };

/** An isolate of its own on a store, with a clock that stands still and every call of the store counted. */
function isolate(store: Store, clock: { at: number }, scale = 0) {
  const calls: string[] = [];
  const counted = new Proxy(store, {
    get: (target, name: keyof Store) =>
      typeof target[name] !== "function" ? target[name] : (...given: never[]) => {
        calls.push(name);
        return (target[name] as (...given: never[]) => unknown)(...given);
      },
  });
  const now = () => clock.at, line = () => {};
  const parts = { store: counted, now, line, isolate: crypto.randomUUID(), channel: null, bells: false };
  const spine = openSpine({ ...parts, heal: 20 });
  const order = openOrder({ store: counted, hub: spine.hub, now, scale, line });
  const acts = openActs({ store: counted, ...spine, order, sends: openSendLimit(0, now), now });
  return { spine, order, acts, calls };
}

async function member(store: Store, name: string, now: number): Promise<Who> {
  const user = await createUser(store, { username: name, nickname: name, passwordHash: "-", role: "user" }, now);
  const [login, session] = [{ userId: user.id, generation: 1, rotation: "", rotatedAt: now }, "s"];
  await store.commit((atomic) => atomic.set(keys.session(session), { ...login, createdAt: now, expiresAt: Infinity }));
  return { id: user.id, nickname: name, role: "user", session };
}

Deno.test("in steady state nothing of the store is read for a message", async () => {
  const store = await openStore(":memory:"), clock = { at: 1_000_000 };
  const { spine, order, calls } = isolate(store, clock, 1);
  const who = await member(store, "mango", 0);
  assert.ok(order.check(room, who, { text: "처음", clientId: "0" }) instanceof Promise);
  await order.check(room, who, { text: "처음", clientId: "0" });
  await order.know(who);
  await spine.stop();
  calls.length = 0;
  for (let i = 1; i <= 1_000; i++) {
    clock.at += 2;
    order.forget("somebody else");
    try {
      assert.equal(order.check(room, who, { text: `글 ${i}`, clientId: String(i) }), undefined);
    } catch (error) {
      assert.equal((error as { code: string }).code, "too_many");
    }
    assert.equal(order.know(who), who);
    assert.equal(order.barred(room, who), null);
  }
  assert.deepEqual(calls, []);
  store.close();
});

Deno.test("slow mode, links and unique text hold over two isolates, and a resent message is no second one", async () => {
  const store = await openStore(":memory:"), clock = { at: 1_000_000 };
  const [one, two] = [isolate(store, clock), isolate(store, clock)];
  const who = await member(store, "mango", 0);
  const code = (sent: Promise<unknown>) =>
    sent.then(() => "stored", ({ code, detail }) => `${code} ${detail.wait ?? ""}`.trim());
  await one.spine.log.head(room.id);
  await two.order.check(slow, { ...who, id: "x" }, { text: "먼저", clientId: "x" }); // the room is followed there
  const first = await one.acts.say(slow, who, { text: "하나", clientId: "c1" });
  await until(() => two.spine.hub.rooms().get(room.id)?.ring.head === first.message.seq);
  assert.equal(await code(two.acts.say(slow, who, { text: "둘", clientId: "c2" })), "slow_mode 30");
  assert.ok((await two.acts.say(slow, who, { text: "하나", clientId: "c1" })).repeated, "the same again is the first");
  clock.at += 30_000;
  assert.equal(await code(two.acts.say(slow, who, { text: "하 나!", clientId: "c3" })), "repeated");
  assert.equal(await code(two.acts.say(slow, who, { text: "naver.com", clientId: "c4" })), "links_off");
  assert.equal(await code(two.acts.say(slow, who, { text: "둘", clientId: "c5" })), "stored");
  assert.equal((await one.spine.log.head(room.id)).seq, 2);
  for (const { spine } of [one, two]) await spine.stop();
  store.close();
});

Deno.test("a ban on one isolate closes the sockets of the other at once", async () => {
  await using stage = await openStage();
  await using other = await openRig({
    store: stage.store,
    now: () => stage.rig.clock.at,
    env: { jwtSecret: undefined },
  });
  const headers = { authorization: `Bearer ${stage.token("writer")}` };
  const socket = new WebSocket(`${other.base.replace("http", "ws")}/ws`, { headers } as unknown as string[]);
  let ended = 0;
  socket.onclose = ({ code }) => ended = code;
  await new Promise((open) => socket.onopen = open);
  socket.send(JSON.stringify({ type: "join", room: stage.room }));
  const body = { text: "여기도", clientId: "o1" };
  assert.equal(
    (await other.post(`/api/rooms/${stage.room}/messages`, body, { token: stage.token("writer") })).status,
    201,
  );
  const started = performance.now();
  await stage.ask("admin", "POST", `/api/admin/people/${stage.id("writer")}/ban`, { why: "다툼" });
  await until(() => ended === 4403);
  assert.ok(performance.now() - started < 3_000, "within the healing pass, without bells and broadcast");
  const answer = await other.post("/api/send-chat", { text: "다시" }, { token: stage.token("writer") });
  assert.deepEqual([answer.status, answer.json.code], [403, "banned"]);
});

Deno.test("AutoMod works without a model, by both ways in, and with words of one's own", async () => {
  await using stage = await openStage();
  assert.equal(stage.rig.parts.model.name, null);
  const path = `/api/rooms/${stage.room}/messages`, say = (text: string) => stage.ask("writer", "POST", path, { text });
  using socket = await stage.socket("writer", PLAZA);
  assert.equal((await say("이 병.신아")).json.code, "blocked_words");
  socket.say({ type: "send_chat", text: "이 병신아", clientId: "a1" });
  const refused = await socket.heard(({ type }) => type === "refused");
  assert.deepEqual([refused.code, refused.clientId], ["blocked_words", "a1"]);
  assert.equal((await stage.ask("writer", "PATCH", `${path}/${stage.seq("writer")}`, { text: "병신" })).status, 422);
  assert.equal((await say("망고 주스")).status, 201);
  await stage.ask("admin", "PUT", "/api/admin/words", { words: ["망고"], why: "시험" });
  assert.equal((await say("망 고 주스")).json.code, "blocked_words");
  assert.equal((await say("이 병신아")).status, 201, "the list is theirs");
  assert.equal((await stage.ask("keeper", "POST", path, { text: "망고" })).status, 201, "keepers are exempt");
});

Deno.test("what the room's settings ask is asked by both ways in, with the wait", async () => {
  await using stage = await openStage();
  const path = `/api/rooms/${stage.room}`,
    say = (who: "writer" | "keeper" | "owner", text: string) => stage.ask(who, "POST", `${path}/messages`, { text });
  await stage.ask("owner", "PATCH", path, {
    settings: { slow: 60, age: 0, links: true, unique: false, readOnly: false },
  });
  using socket = await stage.socket("writer", stage.room);
  const { status, json } = await say("writer", "곧");
  assert.deepEqual([status, json.code, json.wait], [429, "slow_mode", 60]);
  socket.say({ type: "send_chat", room: stage.room, text: "곧", clientId: "s1" });
  const refused = await socket.heard(({ type }) => type === "refused");
  assert.deepEqual([refused.code, refused.wait], ["slow_mode", 60]);
  for (const who of ["keeper", "owner"] as const) assert.equal((await say(who, "바로")).status, 201);
  await stage.ask("owner", "PATCH", path, {
    settings: { slow: 0, age: 0, links: true, unique: false, readOnly: true },
  });
  assert.equal((await say("writer", "곧")).json.code, "read_only");
  await stage.ask("owner", "PATCH", path, {
    settings: { slow: 0, age: 48, links: true, unique: false, readOnly: false },
  });
  assert.deepEqual([(await say("writer", "곧")).json.code, (await say("writer", "곧")).json.wait], [
    "young_account",
    48 * 3_600,
  ]);
});

import assert from "node:assert/strict";
import type { Author } from "../domain/message.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { openStore } from "../kv/store.ts";
import type { Conn } from "../realtime/conn.ts";
import { Crowd } from "../realtime/crowd.ts";
import type { Pace } from "../realtime/presence.ts";
import { openSpine } from "../realtime/spine.ts";
import { until } from "./until.ts";

const person = (id: string, role: Author["role"] = "user"): Author => ({ id, nickname: `${id} 님`, role });
const quick: Partial<Pace> = { tell: 20, write: 100, change: 20, read: 40, expire: 400, grace: 300, burst: 100 };

class Reader implements Conn {
  readonly frames: ServerFrame[] = [];
  send(frame: string) {
    this.frames.push(JSON.parse(frame));
  }
  close() {}
  buffered() {
    return 0;
  }
  heard<T extends ServerFrame["type"]>(type: T) {
    return this.frames.filter((frame): frame is Extract<ServerFrame, { type: T }> => frame.type === type);
  }
}

async function openPlace(count: number, pace: Partial<Pace> = quick) {
  const store = await openStore(":memory:");
  const make = (n: number) =>
    openSpine({
      store,
      now: Date.now,
      isolate: `isolate-${n}`,
      line: () => {},
      channel: null,
      bells: false,
      heal: 10,
      presence: pace,
    });
  const spines = Array.from({ length: count }, (_, n) => make(n));
  return {
    store,
    spines,
    async enter(n: number, who: string | Author, room = STREAMING) {
      const conn = new Reader(), { hub } = spines[n];
      const feed =
        await (typeof who === "string" ? hub.join(room, conn, who, {}) : hub.join(room, conn, who.id, {}, who));
      return { conn, go: () => hub.leave(room, feed) };
    },
    /** Who is in the room is known to the others. */
    written: (room = STREAMING) => until(async () => (await store.list(["presence", room])).length > 0),
    async [Symbol.asyncDispose]() {
      await Promise.all(spines.map((spine) => spine.stop()));
      store.close();
    },
  };
}

Deno.test("three tabs of one person in two isolates count one, by name; guests count apart", async () => {
  await using place = await openPlace(2);
  const [one, two] = place.spines;
  const a = person("a", "admin");
  const tabs = [await place.enter(0, a), await place.enter(0, a), await place.enter(1, a)];
  await place.enter(1, person("b"));
  await place.enter(0, "guest-1");
  await place.enter(1, "guest-1");
  await place.enter(1, "a"); // a guest's browser that calls itself like a person is another
  for (const spine of [one, two]) {
    await until(() => spine.hub.people(STREAMING) === 4);
    const { members, more, guests } = await spine.presence.people(STREAMING, 500);
    assert.deepEqual(members.sort((x, y) => x.id < y.id ? -1 : 1), [a, person("b")]);
    assert.deepEqual({ more, guests }, { more: 0, guests: 2 });
  }
  tabs[0].go();
  tabs[2].go();
  await until(() => one.hub.people(STREAMING) === 4 && two.hub.people(STREAMING) === 4);
  tabs[1].go();
  await until(() => one.hub.people(STREAMING) === 3 && two.hub.people(STREAMING) === 3);
  assert.deepEqual((await one.presence.people(STREAMING, 500)).members, [person("b")]);
});

Deno.test("a list names at most as many as asked for, and counts the rest", async () => {
  await using place = await openPlace(1);
  for (let n = 0; n < 30; n++) await place.enter(0, person(`p${n}`));
  const { members, more, guests } = await place.spines[0].presence.people(STREAMING, 12);
  assert.deepEqual([members.length, more, guests], [12, 18, 0]);
});

Deno.test("a room that nobody follows here is looked up, and one that is empty is empty", async () => {
  await using place = await openPlace(2);
  await place.enter(0, person("a"));
  await place.enter(0, "guest");
  await until(async () => await place.spines[1].presence.look("elsewhere") === 0);
  // What was looked up is kept for two seconds: another room each time would be another question.
  await place.written();
  await until(async () => await place.spines[1].presence.look(STREAMING) === 2, 5_000);
  assert.deepEqual((await place.spines[1].presence.people(STREAMING, 5)).members, [person("a")]);
});

Deno.test("who comes and goes is told as one burst, to those who were there", async () => {
  await using place = await openPlace(2);
  const old = await place.enter(0, person("old"));
  await place.written();
  const far = await place.enter(1, person("far"));
  await until(() => place.spines.every((spine) => spine.hub.people(STREAMING) === 2));
  await until(() => old.conn.heard("came").length > 0); // far came, after old
  old.conn.frames.length = 0;
  const fresh = [];
  for (let n = 0; n < 7; n++) fresh.push(await place.enter(n % 2, n === 6 ? "guest" : person(`n${n}`)));
  const told = () => [old, far].map(({ conn }) => conn.heard("came").reduce((sum, { came }) => sum + came, 0));
  await until(() => told().join() === "7,7");
  for (const { conn } of [old, far]) {
    assert.ok(conn.heard("came").length <= 3, "told in few frames");
    assert.ok(conn.heard("came").every(({ names }) => names.length <= 3));
  }
  for (const { go } of fresh) go();
  await until(() => old.conn.heard("came").reduce((sum, { left }) => sum + left, 0) === 7);
});

Deno.test("a reconnect is neither left nor came, not even to the other isolate", async () => {
  await using place = await openPlace(2);
  const reader = await place.enter(0, person("reader"));
  await place.written();
  const back = await place.enter(0, person("back"));
  await until(() => reader.conn.heard("came").length === 1);
  back.go();
  await until(() => place.spines[0].hub.people(STREAMING) === 1);
  await place.enter(1, person("back"));
  await until(() => place.spines[0].hub.people(STREAMING) === 2);
  await new Promise((go) => setTimeout(go, 2 * quick.grace!)); // the silence itself is what is tested
  assert.equal(reader.conn.heard("came").length, 1);
});

Deno.test("the plaza is counted, and never told who came or listed by name", async () => {
  await using place = await openPlace(2);
  const reader = await place.enter(0, person("reader"), PLAZA);
  for (let n = 0; n < 5; n++) await place.enter(n % 2, person(`n${n}`), PLAZA);
  await until(() => reader.conn.heard("people").at(-1)?.count === 6);
  await new Promise((go) => setTimeout(go, 2 * quick.burst!));
  assert.deepEqual(reader.conn.heard("came"), []);
  for (const { value } of await place.store.list<{ names?: unknown }>(["presence", PLAZA])) assert.ok(!value.names);
});

Deno.test("a thousand joins cost what a thousand joins cost, and counts are told at the given pace", async () => {
  await using place = await openPlace(1, { ...quick, tell: 1_000 });
  const first = await place.enter(0, "first");
  let people = 0;
  const joined = async (n: number) => {
    const started = performance.now();
    for (let i = 0; i < n; i++) await place.enter(0, person(`p${people++}`));
    return performance.now() - started;
  };
  await joined(4_000);
  const took = await joined(1_000);
  assert.equal(place.spines[0].hub.people(STREAMING), 5_001);
  assert.ok(took < 250, `a thousand joins among 4,000 people took ${took} ms; counting anew at each took 600`);
  await until(() => first.conn.heard("people").at(-1)?.count === 5_001, 4_000);
  assert.ok(first.conn.heard("people").length <= 4, "at most once a second");
});

Deno.test("a crowd: what isolates say replaces what they said, and is forgotten when they fall silent", () => {
  const heard: [number, boolean][] = [];
  const crowd = new Crowd((mark, came) => heard.push([mark, came]));
  crowd.hears("x", { people: Uint32Array.of(1, 2, 3), expiresAt: 10 });
  crowd.hears("y", { people: Uint32Array.of(3, 5), expiresAt: 20 });
  assert.deepEqual([crowd.count, crowd.members], [4, 3]);
  crowd.expire(10);
  assert.deepEqual([crowd.count, crowd.members], [2, 2]);
  crowd.hears("y", { people: Uint32Array.of(3), expiresAt: 30 });
  assert.deepEqual(heard.slice(4), [[1, false], [2, false], [5, false]]);
  crowd.hears("y", null);
  assert.deepEqual([crowd.count, crowd.members], [0, 0]);
});

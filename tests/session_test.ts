import assert from "node:assert/strict";
import { openModel } from "../ai/model.ts";
import { limits } from "../domain/limits.ts";
import type { Who } from "../domain/person.ts";
import { HOUSE, PLAZA } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { wrap } from "../kv/store.ts";
import type { Conn } from "../realtime/conn.ts";
import { openActs } from "../realtime/acts.ts";
import { openCompanion } from "../realtime/companion.ts";
import { openOrder } from "../realtime/order.ts";
import { openReceipts } from "../realtime/receipts.ts";
import { openSendLimit } from "../realtime/send_limit.ts";
import { openQuotas } from "../kv/quota.ts";
import { openRooms } from "../kv/rooms.ts";
import { openSession } from "../realtime/session.ts";
import { openSpine } from "../realtime/spine.ts";
import { until } from "./until.ts";

const who = (id: string, role: Who["role"] = "user"): Who => ({ id, nickname: `${id} 님`, role, session: `s-${id}` });

async function openPlace(scale = 0) {
  const kv = await Deno.openKv(":memory:");
  const lines: { event: string; request?: unknown }[] = [];
  const clock = { at: 1_000_000 };
  const now = () => clock.at;
  const line = (_: string, event: string, fields = {}) => void lines.push({ event, ...fields });
  const spine = openSpine({ store: wrap(kv), now, isolate: "one", line, channel: null, bells: false, heal: 50 });
  const tokens = new Map<string, Who>();
  const store = wrap(kv);
  const rooms = openRooms({ store, now, announce: () => Promise.resolve() });
  const order = openOrder({ store, ...spine, now, scale, line });
  const acts = openActs({ store, ...spine, order, sends: openSendLimit(scale, now), now });
  const model = openModel({ baseUrl: "", name: "", now, line });
  const quotas = openQuotas({ store, now, limits: { practice: 5, roleplay: 100 }, zone: "Asia/Seoul" });
  const parts = {
    ...spine,
    rooms,
    acts,
    companion: openCompanion({ ...spine, store, rooms, acts, model, quotas, isolate: "one", now, scale, line }),
    matching: { receipts: openReceipts({ store, log: spine.log, tell: spine.tell }) },
    lobby: { watch: () => Promise.resolve(), leave() {} },
    looked() {},
    read: (token: string) => Promise.resolve(tokens.get(token) ?? null),
    scale,
    now,
    line,
  };
  return {
    spine,
    acts: parts.acts,
    tokens,
    lines,
    clock,
    enter(person: Who | null, change: Partial<typeof parts> = {}) {
      const frames: ServerFrame[] = [], closed: string[] = [];
      const conn: Conn = { send: (f) => frames.push(JSON.parse(f)), close: (r) => closed.push(r), buffered: () => 0 };
      const start = { who: person, lang: "ko", visitor: crypto.randomUUID(), requestId: "r-1" } as const;
      const session = openSession({ ...parts, ...change }, conn, start);
      return {
        session,
        frames,
        closed,
        say: (frame: unknown) => session.receive(typeof frame === "string" ? frame : JSON.stringify(frame)),
        async heard(what: (frame: ServerFrame) => boolean) {
          for (const end = Date.now() + 3_000; !frames.some(what);) {
            if (Date.now() > end) throw new Error(`heard only ${JSON.stringify(frames)}`);
            await new Promise((go) => setTimeout(go, 2));
          }
          return frames.find(what)!;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await spine.stop();
      kv.close();
    },
  };
}

const refusal = (code: string) => (frame: ServerFrame) => frame.type === "refused" && frame.code === code;

Deno.test("a member's words reach who follows the room, a guest's reach nobody", async () => {
  await using place = await openPlace();
  const [writer, guest] = [place.enter(who("a", "admin")), place.enter(null)];
  for (const one of [writer, guest]) one.say({ type: "join_main" });
  await guest.heard((f) => f.type === "joined");
  guest.say({ type: "send_chat", text: "몰래", clientId: "g1" });
  const refused = await guest.heard(refusal("unauthenticated"));
  assert.deepEqual(refused, {
    type: "refused",
    clientId: "g1",
    code: "unauthenticated",
    message: "들어온 다음에 할 수 있어요.",
  });
  writer.say({
    type: "send_chat",
    room: PLAZA,
    text: "  안녕  ",
    mood: "joy",
    clientId: "w1",
  });
  const heard = await guest.heard((f) => f.type === "messages");
  assert.ok(heard.type === "messages");
  const [{ at: _, ...message }] = heard.items;
  assert.deepEqual(message, {
    seq: 1,
    id: "plaza:1",
    clientId: "w1",
    author: { id: "a", nickname: "a 님", role: "admin" },
    kind: "admin",
    text: "안녕",
    mood: "joy",
  });
  assert.equal((await place.spine.log.head(PLAZA)).seq, 1);
});

Deno.test("the old clients' events work: connect and send_chat with a token, without room and client id", async () => {
  await using place = await openPlace();
  place.tokens.set("good", who("old"));
  const old = place.enter(null);
  old.say({ type: "connect", token: "bad" });
  await old.heard(refusal("unauthenticated"));
  old.say({ type: "connect" });
  assert.deepEqual(await old.heard((f) => f.type === "connected"), { type: "connected", user: null });
  old.say({ type: "send_chat", text: "옛날처럼", token: "good" });
  const heard = await old.heard((f) => f.type === "messages");
  assert.ok(heard.type === "messages" && heard.items[0].author.id === "old" && heard.items[0].clientId.length > 0);
});

Deno.test("the same client id is answered again, to its sender alone", async () => {
  await using place = await openPlace();
  const [one, other] = [place.enter(who("a")), place.enter(who("b"))];
  for (const person of [one, other]) person.say({ type: "join_main" });
  for (let i = 0; i < 3; i++) one.say({ type: "send_chat", text: "한 번", clientId: "same" });
  one.say({ type: "ping" });
  await one.heard((f) => f.type === "pong");
  await other.heard((f) => f.type === "messages");
  assert.equal(one.frames.filter((f) => f.type === "messages").length, 3);
  assert.equal(other.frames.filter((f) => f.type === "messages").length, 1);
});

Deno.test("what is broken is refused in the reader's language and changes nothing", async () => {
  await using place = await openPlace();
  const one = place.enter(who("a"));
  const cases: [unknown, string][] = [
    ["", "malformed"],
    ["{", "malformed"],
    ["[]", "malformed"],
    ["null", "malformed"],
    [`${"[".repeat(30_000)}`, "malformed"],
    [{ type: "fly" }, "malformed"],
    [{ type: "send_chat", text: 5 }, "malformed"],
    [{ type: "send_chat", text: " \n\t " }, "malformed"],
    [{ type: "send_chat", text: "가".repeat(501) }, "invalid"],
    [{ type: "send_chat", text: "x", mood: "bored" }, "malformed"],
    [{ type: "send_chat", text: "x", clientId: "not an id!" }, "malformed"],
    [{ type: "join", room: HOUSE }, "not_found"],
    [{ type: "join", room: "nowhere" }, "not_found"],
    [{ type: "join", room: PLAZA, since: -1 }, "malformed"],
    [{ type: "join", room: PLAZA, since: 1e99 }, "malformed"],
    [{ type: "send_chat", room: HOUSE, text: "x" }, "not_found"],
    [{ type: "typing", room: HOUSE }, "not_found"],
    [{ type: "__proto__" }, "malformed"],
  ];
  for (const [frame, code] of cases) {
    one.frames.length = 0;
    one.say(frame);
    const refused = await one.heard((f) => f.type === "refused");
    assert.ok(
      refused.type === "refused" && refused.code === code,
      `${JSON.stringify(frame)}: ${JSON.stringify(refused)}`,
    );
    assert.match(refused.message, /[가-힣]/);
  }
  one.session.receive(new ArrayBuffer(8));
  assert.equal((await place.spine.log.head(PLAZA)).seq, 0);
  one.say({ type: "send_chat", text: "😀".repeat(500) });
  await one.heard((f) => f.type === "messages");
});

Deno.test("too many, too much, too fast: the wait is said, then the socket closes", async () => {
  await using place = await openPlace(1);
  const fast = place.enter(who("fast"));
  for (let i = 0; i < 12; i++) fast.say({ type: "send_chat", text: `${i}` });
  const refused = await fast.heard(refusal("too_many"));
  assert.ok(refused.type === "refused" && refused.wait === 1);
  await until(async () => (await place.spine.log.head(PLAZA)).seq === limits.sends.burst);
  await place.spine.log.drain();
  assert.equal((await place.spine.log.head(PLAZA)).seq, limits.sends.burst);

  const flood = place.enter(null);
  for (let i = 0; i < 200_000; i++) flood.say({ type: "ping" });
  assert.deepEqual(flood.closed, ["too_many"]);
  const large = place.enter(null);
  large.say("x".repeat(limits.frame + 1));
  assert.deepEqual(large.closed, ["too_large"]);
});

Deno.test("a throw or a rejection in a handler hits one frame of one socket", async () => {
  await using place = await openPlace();
  const rejecting = { ...place.acts, say: () => Promise.reject(new TypeError("broken on purpose")) };
  const throwing = () => {
    throw new TypeError("broken on purpose");
  };
  const [one, other] = [place.enter(who("a"), { acts: rejecting, typing: throwing }), place.enter(who("b"))];
  for (const person of [one, other]) person.say({ type: "join_main" });
  one.say({ type: "send_chat", text: "x", clientId: "c1" });
  one.say({ type: "typing" });
  one.say({ type: "ping" });
  await one.heard((f) => f.type === "pong");
  assert.deepEqual(
    one.frames.filter(refusal("broken")).map((f) => "clientId" in f && f.clientId),
    ["c1", undefined].map((id) => id ?? false),
  );
  assert.deepEqual(place.lines.map(({ event, request }) => [event, request]), [["frame_failed", "r-1"], [
    "frame_failed",
    "r-1",
  ]]);
  other.say({ type: "send_chat", text: "나는 괜찮아" });
  await one.heard((f) => f.type === "messages");
});

Deno.test("typing is told to others and forgotten when the words arrive; after leaving nothing is heard", async () => {
  await using place = await openPlace();
  const [one, other, gone] = [place.enter(who("a")), place.enter(null), place.enter(null)];
  for (const person of [one, other, gone]) person.say({ type: "join_main" });
  await gone.heard((f) => f.type === "joined");
  gone.say({ type: "leave", room: PLAZA });
  one.say({ type: "typing", room: PLAZA });
  const typing = await other.heard((f) => f.type === "typing");
  assert.deepEqual(typing, { type: "typing", room: PLAZA, people: [{ id: "a", nickname: "a 님" }] });
  one.say({ type: "send_chat", text: "다 썼다" });
  await other.heard((f) => f.type === "typing" && f.people.length === 0);
  assert.deepEqual(gone.frames.map(({ type }) => type), ["joined"]);
});

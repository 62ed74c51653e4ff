import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

/** A plain socket, as a stranger's client would open it. */
async function plainSocket(url: string) {
  const socket = new WebSocket(url.replace("http", "ws"));
  const frames: ServerFrame[] = [];
  let closed = 0;
  socket.onmessage = ({ data }) => void frames.push(JSON.parse(data));
  socket.onclose = ({ code }) => void (closed = code);
  await new Promise((open, fail) => {
    socket.onopen = open;
    socket.onerror = () => fail(new Error("no socket"));
  });
  return {
    frames,
    say: (frame: unknown) => socket.send(JSON.stringify(frame)),
    closed: () => closed,
    heard: (what: (frame: ServerFrame) => boolean) => until(() => frames.some(what)),
    async [Symbol.asyncDispose]() {
      socket.close();
      await until(() => socket.readyState === WebSocket.CLOSED);
    },
  };
}

Deno.test("a handler that rejects or throws costs one request; everybody else goes on", async () => {
  let broken = false;
  await using rig = await openRig();
  const person = await rig.person("fated_one");
  const { log, hub } = rig.parts;
  const { append } = log, { recent } = hub;
  log.append = (draft) => broken ? Promise.reject(new TypeError("on purpose")) : append(draft);
  hub.recent = (room, limit) => {
    if (broken) throw new RangeError("on purpose");
    return recent(room, limit);
  };

  await using reader = await plainSocket(`${rig.base}/ws`);
  reader.say({ type: "join_main" });
  await reader.heard(({ type }) => type === "joined");
  broken = true;
  const rejected = await rig.post("/api/send-chat", { text: "하나" }, { token: person.token });
  const thrown = await rig.get("/api/recent-chats");
  broken = false;
  for (const { status, json, headers } of [rejected, thrown]) {
    assert.equal(status, 500);
    assert.equal(json.code, "broken");
    assert.doesNotMatch(JSON.stringify(json), /on purpose|TypeError|RangeError/);
    const told = rig.lines.filter(({ event, request }) => event === "broken" && request === json.requestId);
    assert.equal(told.length, 1);
    assert.equal(headers.get("Content-Type"), "application/problem+json; charset=UTF-8");
  }
  assert.equal((await rig.post("/api/send-chat", { text: "둘" }, { token: person.token })).status, 201);
  await reader.heard((frame) => frame.type === "messages" && frame.items[0].text === "둘");
});

Deno.test("a frame that breaks its handler costs that frame; the other socket hears the next", async () => {
  await using rig = await openRig();
  const [one, two] = [await rig.person("unlucky_1"), await rig.person("lucky_22")];
  const { log } = rig.parts, { append } = log;
  log.append = (draft) => {
    if (draft.author.id === one.id) throw new TypeError("on purpose");
    return append(draft);
  };
  await using unlucky = await plainSocket(`${rig.base}/ws?token=${one.token}`);
  await using lucky = await plainSocket(`${rig.base}/ws?token=${two.token}`);
  for (const socket of [unlucky, lucky]) socket.say({ type: "join", room: PLAZA });
  unlucky.say({ type: "send_chat", text: "안 돼", clientId: "c-1" });
  await unlucky.heard((frame) => frame.type === "refused" && frame.code === "broken" && frame.clientId === "c-1");
  lucky.say({ type: "send_chat", text: "돼" });
  for (const socket of [unlucky, lucky]) await socket.heard((frame) => frame.type === "messages");
  assert.equal(unlucky.closed() + lucky.closed(), 0);
  assert.equal(rig.lines.filter(({ event }) => event === "frame_failed").length, 1);
});

Deno.test("a companion that throws or rejects withholds no letter: the one by hand comes, and one line says why", async () => {
  const faults = [() => Promise.reject(new TypeError("on purpose")), () => {
    throw new RangeError("on purpose");
  }];
  for (const [i, structured] of faults.entries()) {
    await using rig = await openRig();
    rig.clock.at = Date.UTC(2026, 10, 20, 0, 30); // 9:30 in Seoul
    const boss = await rig.person("boss_11", "대장", "admin");
    await rig.post("/api/send-chat", { text: "하루" }, { token: boss.token });
    rig.clock.at += 1_000;
    Object.assign(rig.parts.model, { name: "broken", structured });
    const { status, json } = await rig.post("/api/admin/letters", {}, { token: boss.token });
    assert.deepEqual([status, json.by, json.buzzes], [201, "offline", 1]);
    const told = rig.lines.filter(({ level }) => level === "warn" || level === "error");
    assert.deepEqual(told.map(({ event, error }) => [event, error]), [
      ["letter_without_model", ["TypeError", "RangeError"][i]],
    ]);
    assert.doesNotMatch(JSON.stringify(told), /on purpose/);
    assert.equal((await rig.get("/api/letters/latest")).status, 200);
  }
});

Deno.test("logging out on one device closes its sockets, and no other's", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("leaving_1");
  const again = await rig.enter("leaving_1");
  await using first = await plainSocket(`${rig.base}/ws?token=${token}`);
  await using second = await plainSocket(`${rig.base}/ws?token=${again.token}`);
  assert.equal((await rig.post("/api/logout", undefined, { token })).status, 204);
  await until(() => first.closed() === 4401);
  second.say({ type: "connect" });
  await second.heard((frame) => frame.type === "connected" && frame.user?.id === again.id);
});

Deno.test("service A as its old clients know it: curl's addresses and a plain socket's events", async () => {
  await using rig = await openRig();
  const body = { username: "old_client", password: "sunnyday1", nickname: "옛 손님" };
  for (const slash of ["", "/"]) {
    const name = { username: `old_client${slash ? 2 : 1}` };
    assert.deepEqual((await rig.post(`/api/check-username${slash}`, name)).json, { available: true });
    assert.equal((await rig.post(`/api/register${slash}`, { ...body, ...name })).status, 201);
    assert.deepEqual((await rig.post(`/api/check-username${slash}`, name)).json, { available: false });
    const { json } = await rig.post(`/api/login${slash}`, { ...name, password: body.password });
    const token = String(json.accessToken);
    assert.equal((await rig.get(`/api/profile${slash}`, { token })).json.nickname, "옛 손님");
    assert.equal((await rig.post(`/api/send-chat${slash}`, { text: "curl로" }, { token })).status, 201);
    await using socket = await plainSocket(`${rig.base}/ws${slash}`);
    socket.say({ type: "connect", token });
    socket.say({ type: "join_main" });
    socket.say({ type: "typing" });
    await socket.heard((frame) => frame.type === "connected" && frame.user?.nickname === "옛 손님");
    await socket.heard((frame) => frame.type === "typing" && frame.people.length === 1);
    socket.say({ type: "send_chat", text: "소켓으로", token });
    await socket.heard((frame) => frame.type === "messages" && frame.items[0].text === "소켓으로");
    const own = await rig.get(`/api/chat-logs${slash}?page=1`, { token });
    assert.deepEqual((own.json.items as { text: string }[]).map(({ text }) => text), ["소켓으로", "curl로"]);
    const recent = (await rig.get(`/api/recent-chats${slash}`)).json.items as { text: string }[];
    assert.deepEqual(recent.slice(-2).map(({ text }) => text), ["curl로", "소켓으로"]);
  }
});

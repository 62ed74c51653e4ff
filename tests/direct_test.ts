import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { Client } from "./client.ts";
import { joins, match, openTwo, type Rig, writes } from "./match_rig.ts";
import { jpeg, SECRET } from "./pictures.ts";
import { type Caller, openRig } from "./rig.ts";
import { until } from "./until.ts";

const frames = (client: Client, type: string) => client.frames.filter((frame) => frame.type === type);

Deno.test("nobody but the two finds a room of two: by no route, no frame, no search, no list", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, one, other);
  await rig.post(`/api/rooms/${room}/messages`, { text: "은밀한속삭임" }, { token: one.token });
  const photo = await sendPhoto(rig, room, one);
  const outsiders: [string, Caller | undefined][] = [
    ["guest", undefined],
    ["stranger", await joins(rig, "stranger_3")],
    ["moderator", await rig.person("moderator_4", "지킴이", "moderator")],
    ["admin", await rig.person("admin_5", "운영자", "admin")],
  ];
  const seq = `/api/rooms/${room}/messages/1`, why = { why: "까닭" };
  const routes: [method: string, path: string, body?: unknown][] = [
    ["GET", `/api/rooms/${room}`],
    ["PATCH", `/api/rooms/${room}`, { title: "이름" }],
    ["DELETE", `/api/rooms/${room}`],
    ["GET", `/api/rooms/${room}/messages`],
    ["POST", `/api/rooms/${room}/messages`, { text: "안녕" }],
    ["PATCH", seq, { text: "고침" }],
    ["DELETE", seq],
    ["PUT", `${seq}/reactions/pat`],
    ["POST", `${seq}/report`, why],
    ["POST", `${seq}/hide`, why],
    ["GET", `${seq}/hidden`],
    ["POST", `${seq}/votes`, { option: 0 }],
    ["PUT", `/api/rooms/${room}/pin`, { seq: 1 }],
    ["GET", `/api/rooms/${room}/people`],
    ["DELETE", `/api/rooms/${room}/people/${one.id}`],
    ["POST", `/api/rooms/${room}/invitations`],
    ["POST", `/api/rooms/${room}/join`, { token: "x" }],
    ["POST", `/api/rooms/${room}/polls`, { question: "왜?", options: ["가", "나"] }],
    ["POST", `/api/rooms/${room}/bans`, { userId: one.id, ...why }],
    ["POST", `/api/rooms/${room}/timeouts`, { userId: one.id, minutes: 5, ...why }],
    ["POST", `/api/rooms/${room}/ask`, { text: "반디야" }],
    ["GET", `/api/rooms/${room}/catch-up`],
    ["POST", `/api/rooms/${room}/photos`],
    ["PATCH", `/api/matches/${room}`, { muted: true }],
    ["DELETE", `/api/matches/${room}`],
    ["POST", `/api/matches/${room}/goodbye`],
    ["GET", `/api/chats/api/rooms/${room}/messages/`],
    ["GET", `/api/search?q=은밀한속삭임&room=${room}`],
    ["GET", `/photos/${photo}`],
    ["GET", `/live/${room}`],
    ["GET", `/chats/${room}`],
    ["POST", `/chats/${room}`, { text: "안녕" }],
    ["POST", `/chats/${room}/block`],
    ["POST", `/chats/${room}/unmatch`],
    ["GET", `/search?q=은밀한속삭임&room=${room}`],
    ["GET", `/admin/rooms/${room}`],
  ];
  for (const [who, caller] of outsiders) {
    for (const [method, path, body] of routes) {
      const { status, text } = await rig.ask(method, path, { body, token: caller?.token });
      const refused = caller ? [404] : [401, 404, 303];
      assert.ok(refused.includes(status), `${who} ${method} ${path}: ${status}`);
      assert.ok(!text.includes("속삭임") && !text.includes(one.id), `${who} ${method} ${path} says something`);
    }
    for (
      const path of [
        "/api/search?q=은밀한속삭임",
        "/api/rooms",
        "/admin/rooms",
        "/admin",
        "/admin/announcements",
        "/live",
      ]
    ) {
      const { text } = await rig.get(path, { token: caller?.token });
      assert.ok(!text.includes(room) && !text.includes('"은밀한속삭임"'), `${who} finds it at ${path}`);
    }
    using client = await new Client(rig.base, caller).connect();
    for (
      const frame of [
        { type: "join" },
        { type: "send_chat", text: "나도" },
        { type: "typing" },
        { type: "read", seq: 1 },
        { type: "delivered", seq: 1 },
        { type: "edit", seq: 1, text: "고침" },
        { type: "delete", seq: 1 },
        { type: "react", seq: 1, reaction: "pat", on: true },
      ]
    ) {
      const before = client.refused.length;
      client.say({ room, ...frame });
      await until(() => client.refused.length > before);
      assert.equal(client.refused.at(-1)!.code, "not_found", `${who} ${frame.type}`);
    }
    assert.deepEqual(client.frames.filter(({ type }) => type !== "refused"), []);
  }
  const { head } = (await rig.get(`/api/rooms/${room}/messages`, { token: other.token })).json;
  assert.equal(head, 2, "nothing that they tried left a trace");
  assert.match((await rig.get("/api/search?q=은밀한속삭임", { token: other.token })).text, new RegExp(room));
});

Deno.test("what a member may do in a room of two: no keeper's work, and nobody else comes in", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, one, other);
  await rig.post(`/api/rooms/${room}/messages`, { text: "안녕하세요" }, { token: one.token });
  const base = `/api/rooms/${room}`;
  const table: [method: string, path: string, body: unknown, status: number][] = [
    ["PATCH", `${base}/messages/1`, { text: "뺏은 말" }, 403],
    ["DELETE", `${base}/messages/1`, undefined, 403],
    ["PUT", `${base}/messages/1/reactions/pat`, undefined, 200],
    ["PUT", `${base}/pin`, { seq: 1 }, 403],
    ["POST", `${base}/polls`, { question: "왜?", options: ["가", "나"] }, 403],
    ["POST", `${base}/invitations`, undefined, 403],
    ["DELETE", base, undefined, 403],
    ["PATCH", base, { settings: { slow: 60 } }, 403],
    ["DELETE", `${base}/people/${other.id}`, undefined, 404],
    ["POST", `${base}/messages/1/report`, { why: "까닭" }, 201],
    ["POST", `${base}/messages`, { text: "가".repeat(4000) }, 201],
    ["POST", `${base}/messages`, { text: "가".repeat(4001) }, 422],
    ["POST", `${base}/messages`, { text: "  " }, 422],
  ];
  for (const [method, path, body, status] of table) {
    assert.equal((await rig.ask(method, path, { body, token: other.token })).status, status, `${method} ${path}`);
  }
});

Deno.test("an administrator sees of a room of two only what was reported, and settling it leaves a line", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const admin = await rig.person("admin_5", "운영자", "admin");
  const room = await match(rig, one, other);
  await rig.post(`/api/rooms/${room}/messages`, { text: "나쁜 말" }, { token: one.token });
  const { json } = await rig.post(`/api/rooms/${room}/messages/1/report`, { why: "무서워요" }, { token: other.token });
  const settled = await rig.post(`/api/admin/reports/${json.id}`, { outcome: "hidden", why: "협박" }, {
    token: admin.token,
  });
  assert.equal(settled.status, 200, settled.text);
  const [message] = (await rig.get(`/api/rooms/${room}/messages`, { token: other.token })).json.items as {
    text: string;
    gone: string;
  }[];
  assert.deepEqual([message.text, message.gone], ["", "keeper"]);
  const { items } = (await rig.get("/api/admin/audit", { token: admin.token })).json as {
    items: { deed: string; room: string }[];
  };
  assert.deepEqual(items.filter((entry) => entry.room === room).map(({ deed }) => deed), ["settle", "hide"]);
});

Deno.test("receipts: sent, delivered, read, over two isolates; who shows none sees none", async () => {
  await using two = await openTwo({ now: Date.now });
  const [here, there] = two.rigs;
  const [one, other] = [await joins(here, "hana_1"), await joins(here, "duri_2")];
  const room = await match(here, one, other);
  using mine = await new Client(here.base, one).connect();
  using theirs = await new Client(there.base, other).connect();
  await mine.join(room);
  await theirs.join(room);
  const last = () => frames(mine, "receipt").at(-1) as { person: string; delivered: number; read: number } | undefined;
  const { seq } = await mine.send("잘 지내요?", undefined, room);
  await theirs.read(seq, room);
  theirs.say({ type: "delivered", room, seq });
  await until(() => last()?.delivered === seq);
  assert.deepEqual([last()!.person, last()!.read], [other.id, 0]);
  const unread = async () =>
    ((await there.get("/api/matches", { token: other.token })).json.items as { unread: number }[])[0].unread;
  assert.equal(await unread(), 1);
  theirs.say({ type: "read", room, seq: seq + 1_000_000 });
  await until(() => last()?.read === seq);
  assert.equal(await unread(), 0);

  await writes(here, other, { receipts: false });
  const more = await mine.send("읽었어요?", undefined, room);
  await theirs.read(more.seq, room);
  theirs.say({ type: "read", room, seq: more.seq });
  await until(() => last()?.delivered === more.seq);
  assert.equal(last()!.read, 0, "they do not show what they read");
  const back = await theirs.send("네", undefined, room);
  await mine.read(back.seq, room);
  mine.say({ type: "read", room, seq: back.seq });
  await until(() => frames(theirs, "receipt").some((frame) => (frame as { delivered: number }).delivered === back.seq));
  const seen = frames(theirs, "receipt").filter((frame) => (frame as { person: string }).person === one.id);
  assert.ok(seen.every((frame) => (frame as { read: number }).read === 0), "and so they see none");
});

Deno.test("a block takes the room away from both at once, on both isolates", async () => {
  await using two = await openTwo({ now: Date.now });
  const [here, there] = two.rigs;
  const [one, other] = [await joins(here, "hana_1"), await joins(here, "duri_2")];
  const room = await match(here, one, other);
  using mine = await new Client(here.base, one).connect();
  using theirs = await new Client(there.base, other).connect();
  for (const client of [mine, theirs]) await client.join(room);
  await mine.send("안녕", undefined, room);
  assert.equal((await here.post("/api/blocks", { userId: other.id }, { token: one.token })).status, 204);
  for (const client of [mine, theirs]) {
    await until(() => frames(client, "left").some((frame) => (frame as { room: string }).room === room));
  }
  for (const [rig, person] of [[here, one], [there, other]] as const) {
    assert.equal((await rig.get(`/api/rooms/${room}/messages`, { token: person.token })).status, 404);
    assert.deepEqual((await rig.get("/api/matches", { token: person.token })).json, { items: [] });
    assert.deepEqual((await two.store.get(keys.openMatches(person.id))).value, [], "the place is free");
  }
  assert.equal((await here.ask("DELETE", `/api/blocks/${other.id}`, { token: one.token })).status, 204);
  assert.equal((await here.get(`/api/rooms/${room}`, { token: one.token })).status, 404, "it does not come back");
});

Deno.test("a photo in a conversation carries no place, is for the two alone, and goes when it is deleted", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, one, other);
  const photo = await sendPhoto(rig, room, one);
  const look = (who: Caller) =>
    fetch(`${rig.base}/photos/${photo}`, { headers: { authorization: `Bearer ${who.token}` } });
  const seen = await look(other);
  assert.ok(!new TextDecoder("latin1").decode(await seen.bytes()).includes(SECRET));
  const [entry] = (await rig.get("/api/matches", { token: other.token })).json.items as {
    last: { photo: boolean };
    yourTurn: boolean;
    unread: number;
  }[];
  assert.deepEqual([entry.last.photo, entry.yourTurn, entry.unread], [true, true, 1]);
  assert.equal((await rig.ask("DELETE", `/api/rooms/${room}/messages/1`, { token: one.token })).status, 200);
  const gone = await look(other);
  await gone.body?.cancel();
  assert.equal(gone.status, 404);
  assert.deepEqual(await rig.parts.store.list(keys.photoChunk(photo, 0).slice(0, 2) as Deno.KvKey), []);
  const plaza = await fetch(`${rig.base}/api/rooms/${PLAZA}/photos`, {
    method: "POST",
    body: jpeg(),
    headers: { authorization: `Bearer ${one.token}` },
  });
  await plaza.body?.cancel();
  assert.equal(plaza.status, 404, "only between two");
});

async function sendPhoto(rig: Rig, room: string, { token }: Caller): Promise<string> {
  const answer = await fetch(`${rig.base}/api/rooms/${room}/photos`, {
    method: "POST",
    body: jpeg(),
    headers: { authorization: `Bearer ${token}` },
  });
  assert.equal(answer.status, 201);
  return (await answer.json()).photo.id;
}

Deno.test("B: every address of the first matching service answers, with and without the slash", async () => {
  await using rig = await openRig();
  for (const slash of ["", "/"]) {
    const body = { username: `gpting_${slash.length}`, password: "sunnyday1", nickname: "지피팅" };
    const made = await rig.post(`/api/accounts${slash}`, body);
    assert.equal(made.status, 201, made.text);
    const token = String(made.json.accessToken);
    assert.equal((await rig.get(`/api/accounts${slash}`, { token })).json.username, body.username);
    const edited = await rig.ask("PATCH", `/api/accounts${slash}`, { body: { nickname: "새이름" }, token });
    assert.equal(edited.json.nickname, "새이름");
    assert.deepEqual((await rig.get(`/api/matches${slash}`, { token })).json, { items: [] });
    assert.deepEqual((await rig.get(`/api/chat${slash}`, { token })).json, { items: [] });
    assert.equal((await rig.get(`/api/chat${slash}`)).status, 401);
  }
});

Deno.test("B: an old client on /ws/chat/{room}/?token= chats with one of today", async () => {
  await using rig = await openRig({ now: Date.now });
  const [one, other] = [await joins(rig, "hana_1", {}, "하나"), await joins(rig, "duri_2", {}, "둘이")];
  const room = await match(rig, one, other);
  for (const slash of ["", "/"]) {
    const url = `${rig.base.replace("http", "ws")}/ws/chat/${room}${slash}?token=${one.token}`;
    const socket = new WebSocket(url);
    const heard: { message: string; sender: string; timestamp: string; error?: string }[] = [];
    socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
    await new Promise((done) => socket.onopen = done);
    using today = await new Client(rig.base, other).connect();
    await today.join(room);
    socket.send(JSON.stringify({ message: `옛 말${slash}` }));
    await until(() => today.messages(room).some(({ text }) => text === `옛 말${slash}`));
    await today.send(`새 말${slash}`, undefined, room);
    await until(() => heard.length === 2);
    assert.deepEqual(heard.map(({ message, sender }) => [message, sender]), [[`옛 말${slash}`, "hana_1"], [
      `새 말${slash}`,
      "duri_2",
    ]]);
    assert.ok(heard.every(({ timestamp }) => !Number.isNaN(Date.parse(timestamp))));
    socket.send(JSON.stringify({ message: "   " }));
    await until(() => heard.length === 3);
    assert.ok(heard[2].error, "a blank is never sent");
    socket.close();
    await new Promise((done) => socket.onclose = done);
    const told = await rig.get(`/api/chats/api/rooms/${room}/messages${slash}`, { token: other.token });
    const list = told.json as unknown as { sender_username: string; content: string; timestamp: string }[];
    assert.deepEqual(Object.keys(list[0]), ["sender_username", "content", "timestamp"]);
    assert.ok(list.some(({ sender_username, content }) => sender_username === "hana_1" && content === `옛 말${slash}`));
  }
});

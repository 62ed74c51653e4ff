import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { Client } from "./client.ts";
import { nobodyFinds, noFrameReaches, nothingNames } from "./closed_rooms.ts";
import { joins, match, openTwo, type Rig, writes } from "./match_rig.ts";
import { jpeg, SECRET } from "./pictures.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";
import { until } from "./until.ts";

const frames = (client: Client, type: string) => client.frames.filter((frame) => frame.type === type);

Deno.test("nobody but the two finds a room of two: by no address, frame, list, search, socket, photo or export", async () => {
  await using rig = await openRig({ now: Date.now });
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, one, other), secret = "은밀한속삭임";
  await rig.post(`/api/rooms/${room}/messages`, { text: secret }, { token: one.token });
  const photo = await sendPhoto(rig, room, one);
  const people = [
    await joins(rig, "stranger_3"),
    await rig.person("moderator_4", "지킴이", "moderator"),
    await rig.person("admin_5", "운영자", "admin"),
  ];
  const closed = { rooms: [room], others: [...people, null], secret };
  await nobodyFinds(rig, closed);
  await nothingNames(rig, closed);
  await noFrameReaches(rig, closed);
  const asked = [
    `/photos/${photo}`,
    `/photos/${photo}?report=1`,
    `/chats/${room}?at=1`,
    `/live/${room}?at=1`,
    `/api/search?q=은밀한&room=${room}`,
    `/search?q=은밀한&room=${room}`,
  ];
  for (const { token, username } of people) {
    for (const path of asked) {
      const { status, text } = await rig.get(path, { token });
      assert.ok(status === 404 && !text.includes(secret), `${username} ${path}: ${status}`);
    }
    for (const { id } of [one, other]) {
      const { text } = await rig.get(`/admin/people/${id}`, { token });
      assert.ok(!text.includes(room) && !text.includes(secret), `${username} looks at a person`);
    }
    assert.equal(await opens(`${rig.base.replace("http", "ws")}/ws/chat/${room}/?token=${token}`), false, username);
    const taken = await exported(rig, { token });
    assert.ok(!taken.includes(room) && !taken.includes(secret), `${username} takes it along`);
  }
  const { head } = (await rig.get(`/api/rooms/${room}/messages`, { token: other.token })).json;
  assert.equal(head, 2, "nothing that they tried left a trace");
  for (const where of ["", `&room=${room}`]) {
    assert.match((await rig.get(`/api/search?q=은밀한${where}`, { token: other.token })).text, new RegExp(room));
  }
  assert.equal(await opens(`${rig.base.replace("http", "ws")}/ws/chat/${room}/?token=${other.token}`), true);
  assert.match(await exported(rig, one), new RegExp(secret), "each takes along what they said themselves");
  assert.doesNotMatch(await exported(rig, other), new RegExp(secret));
});

function opens(url: string): Promise<boolean> {
  const socket = new WebSocket(url);
  return new Promise((done) => {
    socket.onopen = () => {
      socket.onclose = () => done(true);
      socket.close();
    };
    socket.onerror = () => done(false);
  });
}

/** The whole of what somebody takes along. */
async function exported(rig: Rig, { token }: Pick<Caller, "token">): Promise<string> {
  await rig.post("/api/step-up", { password: PASSWORD }, { token });
  assert.equal((await rig.post("/api/export", undefined, { token })).status, 202);
  await until(async () => (await rig.get("/api/export", { token })).json.state === "ready");
  const { json } = (await rig.get("/api/export", { token })).json.links as { json: string };
  return (await rig.get(json, { token })).text;
}

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

Deno.test("all that two ever said can be read back, page by page", async () => {
  await using rig = await openRig();
  const people = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, people[0], people[1]);
  for (let n = 1; n <= 230; n++) {
    const { id, nickname } = people[n % 2];
    await rig.parts.log.append({ room, author: { id, nickname, role: "user" }, kind: "user", text: `${n}번째 말` });
  }
  const read: number[] = [];
  for (let before = 231; before > 1; before = read[0]) {
    const { json } = await rig.get(`/api/rooms/${room}/messages?before=${before}`, { token: people[0].token });
    read.unshift(...(json.items as { seq: number }[]).map(({ seq }) => seq));
  }
  assert.deepEqual(read, Array.from({ length: 230 }, (_, i) => i + 1));
  const first = await rig.get(`/chats/${room}?at=1`, { token: people[1].token });
  assert.ok(first.text.includes("1번째 말") && first.text.includes("20번째 말"));
});

Deno.test("an administrator sees of a room of two only what was reported, and each look leaves a line", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const admin = await rig.person("admin_5", "운영자", "admin"), { token } = admin;
  const room = await match(rig, one, other);
  await rig.post(`/api/rooms/${room}/messages`, { text: "나쁜 말" }, { token: one.token });
  const photo = await sendPhoto(rig, room, one);
  const report = async (seq: number) => {
    const asked = { token: other.token };
    return String((await rig.post(`/api/rooms/${room}/messages/${seq}/report`, { why: "무서워요" }, asked)).json.id);
  };
  const [said, shown] = [await report(1), await report(2)];
  const deeds = async () => {
    const { items } = (await rig.get("/api/admin/audit", { token })).json as {
      items: { deed: string; room: string }[];
    };
    return items.filter((entry) => entry.room === room).map(({ deed }) => deed);
  };
  for (const path of ["/admin", "/admin/reports", "/api/admin/reports", `/admin/people/${one.id}`]) {
    assert.doesNotMatch((await rig.get(path, { token })).text, /나쁜 말/, path);
  }
  assert.deepEqual(await deeds(), [], "a list says only that there is a report");
  const looks = [`/admin/reports/open/${said}`, `/api/admin/reports/${said}`, `/photos/${photo}?report=${shown}`];
  for (const [n, path] of looks.entries()) {
    const { status, text } = await rig.get(path, { token });
    assert.equal(status, 200, path);
    if (n < 2) assert.match(text, /나쁜 말/);
    assert.deepEqual(await deeds(), Array(n + 1).fill("read"), path);
  }
  assert.equal((await rig.get(`/photos/${photo}?report=${said}`, { token })).status, 404, "another report's");
  assert.equal(
    (await rig.get(`/photos/${photo}?report=${shown}`, { token: (await joins(rig, "third_6")).token })).status,
    404,
  );
  assert.match((await rig.get(`/admin/reports/open/${shown}`, { token })).text, new RegExp(`/photos/${photo}`));
  assert.match((await rig.get("/admin/log", { token })).text, /둘만의 글을 읽었어요/);
  const settled = await rig.post(`/api/admin/reports/${said}`, { outcome: "hidden", why: "협박" }, { token });
  assert.equal(settled.status, 200, settled.text);
  const [message] = (await rig.get(`/api/rooms/${room}/messages`, { token: other.token })).json.items as {
    text: string;
    gone: string;
  }[];
  assert.deepEqual([message.text, message.gone], ["", "keeper"]);
  assert.deepEqual((await deeds()).slice(0, 2), ["settle", "hide"]);
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
  for (const { parts: { presence } } of two.rigs) {
    await until(async () => (await presence.people(room, 9)).members.length === 2);
  }
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

Deno.test("the same first words to somebody else are flagged once, to their writer alone", async () => {
  await using rig = await openRig();
  const me = await joins(rig, "hana_1");
  const rooms: string[] = [];
  for (const name of ["duri_2", "third_3"]) rooms.push(await match(rig, me, await joins(rig, name)));
  const [first, second] = rooms;
  const say = async (room: string, text: string, clientId?: string) => {
    const { status, json } = await rig.post(`/api/rooms/${room}/messages`, { text, clientId }, { token: me.token });
    return status < 300 ? "said" : json.code;
  };
  const words = "안녕하세요, 프로필 보고 반가워서 인사드려요!";
  assert.equal(await say(first, "안녕하세요"), "said");
  assert.equal(await say(second, "안녕하세요"), "said", "everybody says so");
  const others = [await match(rig, me, await joins(rig, "other_4")), await match(rig, me, await joins(rig, "other_5"))];
  assert.equal(await say(others[0], words), "said");
  assert.equal(await say(others[1], words.toUpperCase(), "c1"), "copied");
  assert.equal((await rig.get(`/api/rooms/${others[1]}`, { token: me.token })).status, 200);
  assert.equal((await rig.parts.log.head(others[1])).seq, 0, "the other hears nothing of it");
  assert.equal(await say(others[1], words, "c1"), "said", "they want to");
  assert.equal(await say(first, words), "said", "it is not how this talk began");
});

Deno.test("what waits in one's conversations stands at every page's way there, unless it is muted or closed", async () => {
  await using rig = await openRig();
  const [one, other] = [await joins(rig, "hana_1"), await joins(rig, "duri_2")];
  const room = await match(rig, one, other);
  for (const text of ["하나", "둘", "셋"]) {
    await rig.post(`/api/rooms/${room}/messages`, { text }, { token: other.token });
  }
  const shown = async (path: string, { token } = one) =>
    (await rig.get(path, { token })).text.match(/<nav.*?<span class="num" aria-hidden="true">(\d+)<\/span>.*<\/nav>/)
      ?.[1];
  for (const path of ["/", "/live", "/letters", "/mypage", "/settings", "/match", "/chats"]) {
    assert.equal(await shown(path), "3", path);
    assert.equal(await shown(path, other), undefined, `${path}, to who wrote them`);
  }
  const mute = (muted: boolean) => rig.ask("PATCH", `/api/matches/${room}`, { body: { muted }, token: one.token });
  await mute(true);
  assert.equal(await shown("/"), undefined);
  await mute(false);
  await rig.ask("DELETE", `/api/rooms/${room}/messages/2`, { token: other.token });
  assert.equal(await shown("/"), "2", "without what was taken back");
  await rig.get(`/chats/${room}`, { token: one.token });
  assert.equal(await shown("/"), undefined, "read");
});

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

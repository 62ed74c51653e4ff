import assert from "node:assert/strict";
import { STREAMING } from "../domain/room.ts";
import type { ServerFrame } from "../domain/wire.ts";
import { Client } from "./client.ts";
import { visit } from "./browser.ts";
import { inBrowser, lines, live, openLive, password, write } from "./live_rig.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

/** A client that knows nothing of rooms or frames: it opens an address, sends words, and reads what comes. */
async function oldClient(base: string, path: string, token?: string) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const socket = new WebSocket(base.replace("http", "ws") + path, { headers } as unknown as string[]);
  const frames: ServerFrame[] = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  await new Promise((done, fail) => {
    socket.onopen = done;
    socket.onerror = (event) => fail(new Error((event as ErrorEvent).message));
  });
  return {
    frames,
    say: (words: string) => socket.send(words),
    texts: () => frames.flatMap((f) => f.type === "messages" || f.type === "joined" ? f.items : []).map((m) => m.text),
    refused: () => frames.flatMap((f) => f.type === "refused" ? [f.code] : []),
    joined: () => until(() => frames.some((f) => f.type === "joined" && f.room === STREAMING)),
    [Symbol.dispose]: () => socket.close(),
  };
}

for (const path of ["/ws/streaming", "/ws/streaming/", "/ws/client-42", `/ws/${crypto.randomUUID()}`]) {
  Deno.test(`C: an old client on ${path} chats with one of today`, async () => {
    await using rig = await openRig();
    const [old, today] = [await rig.person("old_client"), await rig.person("new_client")];
    using client = new Client(rig.base, today);
    await client.connect();
    await client.join(STREAMING);
    using plain = await oldClient(rig.base, path, old.token);
    await plain.joined();
    plain.say("안녕, 새 페이지");
    plain.say(JSON.stringify({ message: "둘째 말" }));
    plain.say(JSON.stringify({ type: "send_chat", text: "셋째 말" }));
    plain.say("123");
    await until(() => client.messages(STREAMING).length === 4);
    assert.deepEqual(client.messages(STREAMING).map(({ text }) => text), [
      "안녕, 새 페이지",
      "둘째 말",
      "셋째 말",
      "123",
    ]);
    assert.ok(client.messages(STREAMING).every(({ author, kind }) => author.id === old.id && kind === "user"));
    await client.send("반가워", crypto.randomUUID(), STREAMING);
    await until(() => plain.texts().includes("반가워"));
    assert.equal(plain.texts().length, 5, "one's own words come back once");
    plain.say("");
    plain.say(JSON.stringify({ type: "send_chat", kind: "system" }));
    plain.say(JSON.stringify([1]));
    await until(() => plain.refused().length === 3);
    assert.deepEqual(plain.refused(), ["malformed", "malformed", "malformed"]);
    assert.equal((await rig.parts.log.page(STREAMING, {}, 50)).length, 5);
  });
}

Deno.test("C: a guest hears the streaming room and is not heard in it; mere words are no frame at today's address", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("talker_1");
  using guest = await oldClient(rig.base, "/ws/streaming");
  await guest.joined();
  guest.say("들려요?");
  await until(() => guest.refused().length === 1);
  using talker = await oldClient(rig.base, "/ws", token);
  talker.say("어디에도 없는 말");
  await until(() => talker.refused().length === 1);
  assert.deepEqual([guest.refused(), talker.refused()], [["unauthenticated"], ["malformed"]]);
  assert.equal((await rig.parts.log.head(STREAMING)).seq, 0);
  assert.equal((await rig.parts.log.head("plaza")).seq, 0);
});

Deno.test("C: accounts at their old addresses, with an old token along, with and without the slash, by JSON and form", async () => {
  await using rig = await openRig();
  const person = { username: "old_friend", password: "sunnyday1", nickname: "옛 친구" };
  const made = await rig.post("/user/register", person);
  assert.equal(made.status, 201);
  assert.equal((made.json.user as { username: string }).username, "old_friend");
  assert.equal((await rig.post("/user/register/", person)).status, 409);
  assert.equal((await rig.post("/user/register", { ...person, username: "no", password: "short" })).status, 422);
  const entered = await rig.post("/user/login", person, { token: "an-old-token-that-ran-out" });
  assert.equal(entered.status, 200, entered.text);
  assert.match(entered.headers.getSetCookie().join(), /jb_access=/);
  const form = await rig.post("/user/login/", new URLSearchParams(person), {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  assert.equal((await rig.get("/api/profile", { token: String(form.json.accessToken) })).status, 200);
  assert.equal((await rig.post("/user/login", { ...person, password: "wrong-1234" })).status, 401);
});

for (const slash of ["", "/"]) {
  Deno.test(`B, E: accounts at their old addresses${slash && ", with a slash"}`, async () => {
    await using rig = await openRig({ env: { corsOrigins: ["https://old.example"] } });
    const person = { username: "old_friend", password: "sunnyday1", nickname: "옛 친구" };
    assert.equal((await rig.post(`/api/accounts${slash}`, person)).status, 201);
    assert.equal((await rig.post(`/accounts/join${slash}`, { ...person, username: "second_one" })).status, 201);
    assert.equal((await rig.post(`/accounts/join${slash}`, person)).status, 409);
    const origin = { origin: "https://old.example", "accept-encoding": "gzip" };
    const entered = await rig.post(`/accounts/token${slash}`, person, { headers: origin });
    assert.equal(entered.status, 200, entered.text);
    assert.equal(entered.headers.get("access-control-allow-origin"), "https://old.example");
    const { access, refresh, accessToken } = entered.json as Record<string, string>;
    assert.equal(access, accessToken);
    for (const path of ["/api/accounts", "/accounts/mypage"]) {
      assert.equal((await rig.get(path + slash, { token: access })).json.username, "old_friend");
      assert.equal((await rig.get(path + slash)).status, 401);
    }
    const edited = await rig.ask("PATCH", `/api/accounts${slash}`, { token: access, body: { nickname: "새 이름" } });
    assert.equal(edited.json.nickname, "새 이름");
    const renewed = await rig.post(`/accounts/token/refresh${slash}`, { refresh });
    assert.equal(renewed.status, 200, renewed.text);
    assert.equal((await rig.get("/api/profile", { token: String(renewed.json.access) })).status, 200);
    const replayed = await rig.post(`/accounts/token/refresh${slash}`, { refresh });
    assert.deepEqual([replayed.status, replayed.json.code], [401, "session_ended"]);
    assert.equal((await rig.post(`/accounts/token${slash}`, { ...person, password: "wrong-1234" })).status, 401);
  });
}

Deno.test("C: the companion answers a message at the root", async () => {
  await using rig = await openRig();
  const answer = await rig.post("/", { message: "오늘 너무 지쳤어" });
  assert.equal(answer.status, 200, answer.text);
  assert.ok(String(answer.json.message).length > 0);
  for (const message of ["", "  ", "가".repeat(501), 5, undefined]) {
    assert.equal((await rig.post("/", { message })).status, 422, JSON.stringify(message));
  }
});

inBrowser("C: old clients and a new page", {
  async "chat with each other on /ws/streaming and /ws/{client_id}, without a reload"(browser) {
    await using rig = await openLive();
    const { one, two } = rig.people;
    await using page = await visit(browser, rig.base, { as: "three_3", password, path: "/streaming" });
    await live(page.page);
    using streaming = await oldClient(rig.base, "/ws/streaming", one.token);
    using named = await oldClient(rig.base, "/ws/client-42", two.token);
    await Promise.all([streaming.joined(), named.joined()]);
    streaming.say("오래된 손님이에요");
    named.say(JSON.stringify({ message: "저도 오래됐어요" }));
    await write(page.page, "새 페이지에서 반가워요");
    const everything = ["오래된 손님이에요", "저도 오래됐어요", "새 페이지에서 반가워요"];
    await until(async () => {
      const seen = await lines(page.page);
      return everything.every((text) => seen.includes(text));
    });
    for (const { texts } of [streaming, named]) await until(() => everything.every((text) => texts().includes(text)));
    assert.equal((await lines(page.page)).length, everything.length, "each once");
    assert.deepEqual(page.faults, []);
  },
});

Deno.test("C: every address answers, with and without a slash at its end", async () => {
  await using rig = await openRig();
  for (const path of ["/", "/streaming", "/streaming/"]) {
    const { status, headers } = await rig.get(path);
    assert.deepEqual([status, headers.get("Content-Type")?.startsWith("text/html")], [200, true], path);
  }
  for (const path of ["/ws", "/ws/", "/ws/streaming", "/ws/client-1"]) {
    assert.equal((await rig.get(path)).status, 400, `${path} without a handshake`);
    const socket = new WebSocket(rig.base.replace("http", "ws") + path);
    await new Promise((done, fail) => [socket.onopen, socket.onerror] = [done, fail]);
    const closed = new Promise((done) => socket.onclose = done);
    socket.close();
    await closed;
  }
});

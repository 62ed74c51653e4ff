import assert from "node:assert/strict";
import type { Message } from "../domain/message.ts";
import { type ProblemCode, problems } from "../domain/problems.ts";
import { langs } from "../domain/person.ts";
import { explain } from "../domain/words/explain.ts";
import { Problem } from "../domain/problems.ts";
import { wordsIn } from "../domain/words/words.ts";
import { openRig } from "./rig.ts";

Deno.test("a buzz is sent once, read by everybody, and found on My Page", async () => {
  await using rig = await openRig();
  const mango = await rig.person("mango_1", "망고");
  const clientId = crypto.randomUUID();
  const first = await rig.post("/api/send-chat", { text: " 안녕 ", mood: "calm", clientId }, mango);
  assert.equal(first.status, 201);
  const { seq, text, mood, kind, author } = first.json as Message;
  assert.deepEqual([seq, text, mood, kind], [1, "안녕", "calm", "user"]);
  assert.deepEqual(author, { id: mango.id, nickname: "망고", role: "user" });

  const again = await rig.post("/api/send-chat", { text: "안녕", mood: "calm", clientId }, mango);
  assert.deepEqual([again.status, again.json], [200, first.json]);
  const other = await rig.post("/api/send-chat", { text: "other words", clientId }, mango);
  assert.deepEqual([other.status, other.json.code], [409, "client_id_reused"]);

  for (let n = 2; n <= 25; n++) {
    assert.equal((await rig.post("/api/rooms/plaza/messages", { text: `${n}` }, mango)).status, 201);
  }
  const seqs = (json: Record<string, unknown>) => (json.items as Message[]).map(({ seq }) => seq);
  const recent = await rig.get("/api/recent-chats");
  assert.deepEqual(seqs(recent.json), Array.from({ length: 20 }, (_, i) => i + 6));
  assert.deepEqual((recent.json.items as Message[])[0].author, author);

  const own = await rig.get("/api/chat-logs?page=2&size=10", mango);
  assert.deepEqual(seqs(own.json), [15, 14, 13, 12, 11, 10, 9, 8, 7, 6]);
  assert.deepEqual([own.json.page, own.json.pages, own.json.total], [2, 3, 25]);
  assert.deepEqual(seqs((await rig.get("/api/chat-logs?page=99", mango)).json), []);
  const kiwi = await rig.person("kiwi_1");
  assert.equal((await rig.get("/api/chat-logs", kiwi)).json.total, 0, "one's own and nobody else's");

  const page = (query: string) => rig.get(`/api/rooms/plaza/messages${query}`);
  assert.deepEqual(seqs((await page("?before=6&limit=3")).json), [3, 4, 5]);
  assert.deepEqual(seqs((await page("?after=22")).json), [23, 24, 25]);
  assert.deepEqual(seqs((await page("?after=2&before=5")).json), [3, 4]);
  assert.equal((await page("")).json.head, 25);
});

Deno.test("who may not read a room cannot tell that it exists", async () => {
  await using rig = await openRig();
  const boss = await rig.person("boss_1", "대장", "admin");
  await rig.post("/api/logout", undefined, await rig.person("kiwi_1")); // the house's room now has a message
  for (const token of [undefined, boss.token]) {
    const [house, nowhere] = await Promise.all(
      ["house", "nowhere"].map((id) => rig.get(`/api/rooms/${id}/messages`, { token })),
    );
    assert.deepEqual([house.status, nowhere.status], [404, 404]);
    assert.deepEqual({ ...house.json, requestId: "" }, { ...nowhere.json, requestId: "" });
  }
  assert.equal((await rig.post("/api/rooms/house/messages", { text: "x" }, boss)).status, 404);
});

const mistakes: [method: string, path: string, body: unknown, status: number, code: ProblemCode, field?: string][] = [
  ["POST", "/api/send-chat", { text: "   " }, 422, "invalid", "text"],
  ["POST", "/api/send-chat", { text: 7 }, 422, "invalid", "text"],
  ["POST", "/api/send-chat", { text: "가".repeat(501) }, 422, "invalid", "text"],
  ["POST", "/api/send-chat", { text: "x", mood: "hungry" }, 422, "invalid", "mood"],
  ["POST", "/api/send-chat", { text: "x", clientId: "a b" }, 422, "invalid", "clientId"],
  ["POST", "/api/send-chat", [], 422, "invalid"],
  ["POST", "/api/register", { username: "a", password: "x", nickname: "" }, 422, "invalid", "nickname"],
  ["GET", "/api/chat-logs?page=0", undefined, 422, "invalid", "page"],
  ["GET", "/api/chat-logs?size=101", undefined, 422, "invalid", "size"],
  ["GET", "/api/rooms/plaza/messages?before=x", undefined, 422, "invalid", "before"],
  ["GET", "/api/letters/2026-02-31", undefined, 404, "not_found"],
  ["GET", "/api/letters/latest", undefined, 404, "not_found"],
  ["GET", "/api/nothing", undefined, 404, "not_found"],
  ["DELETE", "/api/send-chat", undefined, 405, "method"],
  ["POST", "/api/admin/letters", {}, 404, "not_found"],
];

Deno.test("every mistake is told in the reader's language, with a stable code", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  for (const lang of langs) {
    for (const [method, path, body, status, code, field] of mistakes) {
      const answer = await rig.ask(method, path, { body, token, headers: { "Accept-Language": `${lang};q=0.8, fr` } });
      const { message } = explain(wordsIn(lang), new Problem(code));
      assert.deepEqual(
        [answer.status, answer.json.code, answer.json.detail],
        [status, code, message],
        `${method} ${path}`,
      );
      assert.equal(answer.json.status, status);
      assert.match(answer.headers.get("Content-Type")!, /^application\/problem\+json/);
      assert.equal(answer.json.requestId, answer.headers.get("X-Request-Id"));
      if (field) assert.ok((answer.json.fields as Record<string, string>)[field], `${path} names ${field}`);
    }
  }
  const long = await rig.post("/api/send-chat", { text: "x".repeat(501) }, {
    token,
    headers: { "Accept-Language": "en" },
  });
  assert.deepEqual(long.json.fields, { text: "Up to 500 characters." });
  assert.equal((await rig.post("/api/send-chat", { text: "🌿".repeat(500) }, { token })).status, 201);
  assert.equal((await rig.get("/api/recent-chats")).json.head, 1, "no mistake wrote anything");
});

Deno.test("a guest is refused when writing, with the way to log in", async () => {
  await using rig = await openRig();
  const answer = await rig.post("/api/send-chat", { text: "hi" });
  assert.deepEqual([answer.status, answer.json.code], [401, "unauthenticated"]);
  assert.equal(answer.headers.get("WWW-Authenticate"), "Bearer");
  assert.equal((await rig.get("/api/chat-logs")).status, 401);
});

Deno.test("who sends too fast waits as long as told", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1 } });
  const { token } = await rig.person("mango_1");
  let sent = 0; // the same again and again is refused for another reason
  const send = () => rig.post("/api/send-chat", { text: `hi ${sent++}` }, { token });
  const all = [];
  for (let i = 0; i < 11; i++) all.push((await send()).status);
  assert.deepEqual(all, [...Array(10).fill(201), 429]);
  const refused = await send();
  assert.deepEqual([refused.json.wait, refused.headers.get("Retry-After")], [1, "1"]);
  assert.match(String(refused.json.detail), /1초/);
  rig.clock.at += 1000;
  assert.equal((await send()).status, 201);
});

Deno.test("letters are read by everybody and ordered by admins alone", async () => {
  await using rig = await openRig();
  const boss = await rig.person("boss_1", "대장", "admin");
  const mango = await rig.person("mango_1");
  assert.equal((await rig.post("/api/admin/letters", {}, mango)).status, 404);
  assert.equal((await rig.get("/api/letters/latest")).status, 404);
  const made = await rig.post("/api/admin/letters", {}, boss);
  assert.deepEqual([made.status, made.json.date], [201, "2026-11-20"]);
  assert.equal((await rig.post("/api/admin/letters", { date: "2026-11-19" }, boss)).status, 201);
  assert.equal((await rig.post("/api/admin/letters", { date: "2026-11-21" }, boss)).status, 422, "not of the future");
  assert.equal((await rig.get("/api/letters/latest")).json.date, "2026-11-20");
  assert.equal((await rig.get("/api/letters/2026-11-19")).json.date, "2026-11-19");
  assert.equal((await rig.get("/api/letters/2026-11-18")).status, 404);
  const { items, total } = (await rig.get("/api/letters?size=1")).json as { items: { date: string }[]; total: number };
  assert.deepEqual([items.map(({ date }) => date), total], [["2026-11-20"], 2]);
});

Deno.test("addresses work with and without a slash, by HEAD, and say which methods they take", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  assert.equal((await rig.get("/api/recent-chats/")).status, 200);
  assert.equal((await rig.get("/api/profile/", { token })).json.username, "mango_1");
  assert.equal((await rig.post("/api/send-chat/", { text: "hi" }, { token })).status, 201);
  const head = await rig.ask("HEAD", "/api/recent-chats");
  assert.deepEqual([head.status, head.text], [200, ""]);
  const refused = await rig.ask("PUT", "/api/profile", { token });
  assert.deepEqual([refused.status, refused.headers.get("Allow")], [405, "GET, HEAD, PATCH"]);
});

Deno.test("bodies: forms count as JSON, other types and sizes are refused", async () => {
  await using rig = await openRig();
  const form = new URLSearchParams({ username: "mango_1", password: "sunnyday1", nickname: "망고", email: "" });
  assert.equal((await rig.post("/api/register", form)).status, 201, "an empty field is an absent one");
  const { token } = await rig.enter("mango_1");
  assert.equal((await rig.post("/api/send-chat", new URLSearchParams({ text: "hi" }), { token })).status, 201);
  assert.equal((await rig.post("/api/send-chat", new URLSearchParams({ text: "" }), { token })).status, 422);

  const send = async (body: BodyInit, type: string) => {
    const headers = { "Content-Type": type, Authorization: `Bearer ${token}` };
    const answer = await fetch(`${rig.base}/api/send-chat`, { method: "POST", body, headers });
    return [answer.status, (await answer.json()).code];
  };
  const json = "application/json";
  assert.deepEqual(await send("{", json), [400, "malformed"]);
  assert.deepEqual(await send("text=hi", "text/plain"), [415, "unsupported"]);
  assert.deepEqual(await send(new Uint8Array([123, 34, 0xff, 34, 58, 49, 125]), json), [400, "malformed"]);
  assert.deepEqual(await send("[".repeat(50_000), json), [400, "malformed"]);
  assert.deepEqual(await send("[".repeat(30_000) + "]".repeat(30_000), json), [422, "invalid"]);
  assert.deepEqual(await send(JSON.stringify({ text: "x".repeat(1_000_000) }), json), [413, "too_large"]);
});

Deno.test("a body is counted while it streams", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(rig.base).port) });
  const head = `POST /api/send-chat HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
  const chunk = `4000\r\n${" ".repeat(0x4000)}\r\n`;
  await conn.write(new TextEncoder().encode(head + chunk.repeat(5))); // 80 KiB, and no end
  const bytes = new Uint8Array(20);
  await conn.read(bytes);
  conn.close();
  assert.match(new TextDecoder().decode(bytes), /^HTTP\/1.1 413/);
});

Deno.test("a body that never ends is given up", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(rig.base).port) });
  const head = `POST /api/send-chat HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
    `Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"te`;
  await conn.write(new TextEncoder().encode(head));
  const bytes = new Uint8Array(20);
  await conn.read(bytes);
  conn.close();
  assert.match(new TextDecoder().decode(bytes), /^HTTP\/1.1 408/);
});

Deno.test("the reader's language and light come from the address, the cookie, the browser", async () => {
  await using rig = await openRig();
  const told = async (path: string, headers: Record<string, string> = {}) => {
    const { json } = await rig.get(path, { headers });
    return langs.find((lang) => wordsIn(lang).problems.not_found === json.detail);
  };
  assert.equal(await told("/api/x"), "ko");
  assert.equal(await told("/api/x", { "Accept-Language": "fr, ja-JP;q=0.7, en;q=0.6" }), "ja");
  assert.equal(await told("/api/x", { "Accept-Language": "ja", Cookie: "jb_lang=en" }), "en");
  assert.equal(await told("/api/x?lang=ko", { Cookie: "jb_lang=en" }), "ko");
  assert.equal(await told("/api/x?lang=xx", { "Accept-Language": "*;q=1, \u00ff;;q=x" }), "ko");
  const kept = (await rig.get("/api/recent-chats?lang=ja&theme=dark")).headers.getSetCookie();
  assert.deepEqual(kept.map((cookie) => cookie.split(";")[0]), ["jb_lang=ja", "jb_theme=dark"]);
});

Deno.test("strict headers stand on every answer, and each page has a nonce of its own", async () => {
  await using rig = await openRig();
  const policies = [];
  for (const path of ["/", "/api/recent-chats", "/nothing", "/healthz", "/static/dev.js"]) {
    const { headers } = await rig.get(path, { headers: { Accept: "text/html" } });
    const policy = headers.get("Content-Security-Policy") ?? "";
    assert.match(policy, /script-src 'self' 'nonce-[^']+';/, path);
    assert.match(policy, /style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe/);
    for (const part of ["frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "default-src 'self'"]) {
      assert.ok(policy.includes(part), part);
    }
    assert.equal(headers.get("X-Content-Type-Options"), "nosniff");
    assert.equal(headers.get("Strict-Transport-Security"), null, "not without https");
    policies.push(policy);
  }
  assert.equal(new Set(policies).size, policies.length);
});

Deno.test("CORS opens to the configured origins and to nobody else", async () => {
  await using rig = await openRig({ env: { corsOrigins: ["https://friend.example"] } });
  const from = (Origin: string) => rig.get("/api/recent-chats", { headers: { Origin } });
  const friend = (await from("https://friend.example")).headers;
  assert.equal(friend.get("Access-Control-Allow-Origin"), "https://friend.example");
  assert.equal((await from("https://evil.example")).headers.get("Access-Control-Allow-Origin"), null);
  const asked = await rig.ask("OPTIONS", "/api/send-chat", {
    headers: { Origin: "https://friend.example", "Access-Control-Request-Method": "POST" },
  });
  assert.equal(asked.status, 204);
  assert.match(asked.headers.get("Access-Control-Allow-Headers")!, /Authorization/);
});

Deno.test("static files: a tag, a year for hashed names, nothing outside the folder", async () => {
  await using rig = await openRig();
  const file = await rig.get("/static/dev.js");
  assert.deepEqual([file.status, file.headers.get("Content-Type")], [200, "text/javascript; charset=UTF-8"]);
  assert.equal(file.headers.get("Cache-Control"), "public, max-age=300");
  const tag = { "If-None-Match": file.headers.get("ETag")! };
  assert.equal((await rig.get("/static/dev.js", { headers: tag })).status, 304);
  for (
    const path of [
      "/static/../deno.json",
      "/static/%2e%2e/deno.json",
      "/static/..%2fdeno.json",
      "/static/%2e%2e%2fdeno.json",
      "/static//etc/passwd",
      "/static/dev.js%00",
      "/static/%ff",
      "/static/.gitignore",
      "/static/build",
      "/static/",
    ]
  ) {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(rig.base).port) });
    await conn.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
    const status = (await new Response(conn.readable).text()).slice(9, 12);
    assert.equal(status, "404", path);
  }
});

Deno.test("a throw in a route harms one request, and leaves one line without words of people", async () => {
  await using rig = await openRig();
  rig.app.get("/boom/:how", (c) => {
    if (c.req.param("how") === "string") throw "a secret text";
    return Promise.reject(new TypeError("a secret text"));
  });
  for (const how of ["string", "error"]) {
    rig.lines.length = 0;
    const { status, json } = await rig.get(`/boom/${how}`);
    assert.deepEqual([status, json.code], [500, "broken"]);
    const [line] = rig.lines.filter(({ level }) => level === "error");
    assert.equal(line.request, json.requestId);
    assert.doesNotMatch(JSON.stringify(rig.lines), /secret/);
  }
  assert.equal((await rig.get("/api/recent-chats")).status, 200);
});

Deno.test("one line a request, with the route's pattern and nothing of a person", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1", "망고");
  rig.lines.length = 0;
  await rig.post("/api/rooms/plaza/messages?secret=1", { text: "마음" }, { token });
  await rig.get("/api/letters/2026-11-20");
  const seen = rig.lines.filter(({ event }) => event === "request").map((
    { method, route, status },
  ) => [method, route, status]);
  assert.deepEqual(seen, [["POST", "/api/rooms/:id/messages", 201], ["GET", "/api/letters/:date", 404]]);
  assert.doesNotMatch(JSON.stringify(rig.lines), /망고|mango|마음|secret/);
});

Deno.test("health is a real read: 200 while KV answers, 503 when it does not", async () => {
  await using rig = await openRig();
  rig.clock.at += 5_000;
  const good = await rig.get("/healthz");
  assert.deepEqual([good.status, good.json.ok, good.json.uptime, good.json.companion], [200, true, 5, "offline"]);
  const dead = { ...rig.parts.store, get: () => Promise.reject(new Problem("unavailable")) };
  await using ill = await openRig({ store: rig.parts.store });
  Object.assign(ill.parts.store, dead);
  const bad = await ill.get("/healthz");
  assert.deepEqual([bad.status, bad.json.ok], [503, false]);
});

Deno.test("every problem has a sentence in each language, and a line in the docs", async () => {
  await using rig = await openRig();
  const { text } = await rig.get("/api/docs?lang=en", { headers: { Accept: "text/html" } });
  for (const code of Object.keys(problems) as ProblemCode[]) {
    assert.ok(text.includes(`id="${code}"`), code);
    for (const lang of langs) {
      assert.doesNotMatch(explain(wordsIn(lang), new Problem(code, { wait: 3 })).message, /[{}]/);
    }
  }
});

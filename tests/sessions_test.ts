import assert from "node:assert/strict";
import { Hono } from "hono";
import { sweep } from "../cron/sweep.ts";
import { deviceOf } from "../domain/device.ts";
import { limits } from "../domain/limits.ts";
import { keys } from "../kv/keys.ts";
import { openStore } from "../kv/store.ts";
import type { AppEnv } from "../routes/context.ts";
import { requireStepUp } from "../routes/step_up.ts";
import { openBrowser, openOAuthRig } from "./oauth_rig.ts";
import { openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
type Shown = { id: string; device: string; place: string; createdAt: number; usedAt: number; current: boolean };

const agents = {
  phone:
    "Mozilla/5.0 (Linux; Android 15; SM-S928N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36",
  desk:
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0",
};

async function logIn(rig: Rig, username: string, headers: Record<string, string> = {}) {
  const { json } = await rig.post("/api/login", { username, password: PASSWORD }, { headers });
  return { token: String(json.accessToken), refresh: String(json.refreshToken) };
}
const list = async (rig: Rig, token: string, headers = {}): Promise<Shown[]> =>
  (await rig.get("/api/sessions", { token, headers })).json.items as Shown[];

/** The codes that a socket closes with, as they come; ready when it has joined the plaza. */
async function socketOf(rig: Rig, token: string): Promise<{ closed: Promise<{ code: number; at: number }> }> {
  const socket = new WebSocket(`${rig.base.replace("http", "ws")}/ws?token=${token}`);
  const closed = new Promise<{ code: number; at: number }>((done) => {
    socket.onclose = ({ code }) => done({ code, at: performance.now() });
  });
  const joined = new Promise((done) => socket.onmessage = done);
  await new Promise((done) => socket.onopen = done);
  socket.send('{"type":"join_main"}');
  await joined;
  return { closed };
}

Deno.test("devices in words, from what browsers say of themselves", () => {
  const said = (agent?: string) => Object.values(deviceOf(agent)).join(" / ");
  const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
  assert.equal(said(agents.phone), "Samsung Internet / Android");
  assert.equal(said(agents.desk), "Edge / Windows");
  assert.equal(said(`${iphone} Version/18.0 Mobile/15E148 Safari/604.1`), "Safari / iPhone");
  assert.equal(said(`${iphone} CriOS/140.0 Mobile/15E148 Safari/604.1`), "Chrome / iPhone");
  assert.equal(said(`${iphone} Mobile/15E148 KAKAOTALK 11.0.0`), "KakaoTalk / iPhone");
  assert.equal(said("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox / Linux");
  assert.deepEqual(deviceOf("curl/8.0"), { browser: undefined, system: undefined });
  assert.deepEqual(deviceOf(), { browser: undefined, system: undefined });
});

Deno.test("the list: device, place in the reader's words, first and last use; nobody else's, and nothing secret", async () => {
  await using rig = await openRig({ env: { trustProxy: 1 } });
  await rig.person("kiwi_1");
  const { token } = await rig.person("mango");
  rig.clock.at += 1;
  await logIn(rig, "mango", { "user-agent": agents.phone, "cf-ipcountry": "JP" });
  const ko = await list(rig, token), en = await list(rig, token, { "accept-language": "en" });
  assert.deepEqual(ko.map(({ device, place, current }) => [device, place, current]), [
    ["Samsung Internet · Android", "일본", false],
    ["알 수 없는 기기", "알 수 없는 곳", true],
  ]);
  assert.equal(en[0].place, "Japan");
  assert.deepEqual(Object.keys(ko[0]).sort(), ["createdAt", "current", "device", "id", "place", "usedAt"]);
  assert.equal((await rig.get("/api/sessions")).status, 401);
});

for (
  const [name, trustProxy, country] of [["without a proxy", 0, "JP"], ["XX", 1, "XX"], ["T1", 1, "T1"], [
    "an invented one",
    1,
    "QQ",
  ]] as const
) {
  Deno.test(`a place that cannot be known is not invented: ${name}`, async () => {
    await using rig = await openRig({ env: { trustProxy } });
    await rig.person("mango");
    const { token } = await logIn(rig, "mango", { "cf-ipcountry": country });
    assert.ok((await list(rig, token)).every(({ place }) => place === "알 수 없는 곳"));
  });
}

Deno.test("last use is written once in five minutes, however much one does", async () => {
  const store = await openStore(":memory:");
  let writes = 0;
  {
    await using rig = await openRig({ store: { ...store, commit: (fill) => (writes++, store.commit(fill)) } });
    const { token } = await rig.person("mango");
    const [{ usedAt }] = await list(rig, token);
    rig.clock.at += limits.lastUse - 1;
    writes = 0;
    for (let i = 0; i < 20; i++) assert.equal((await list(rig, token))[0].usedAt, usedAt);
    assert.equal(writes, 0);
    rig.clock.at += 1;
    for (let i = 0; i < 20; i++) assert.equal((await list(rig, token))[0].usedAt, usedAt + limits.lastUse);
    assert.equal(writes, 1);
  }
  store.close();
});

Deno.test("one login ended: its socket closes within 2 s on another isolate, its tokens are dead on both, others live", async () => {
  const store = await openStore(":memory:");
  {
    await using rig = await openRig({ store });
    await using far = await openRig({ store });
    const { token } = await rig.person("mango");
    const stolen = await logIn(rig, "mango");
    assert.equal((await far.get("/api/profile", { token: stolen.token })).status, 200, "known there too");
    const socket = await socketOf(far, stolen.token), mine = await socketOf(far, token);
    const [other] = (await list(rig, token)).filter(({ current }) => !current);
    const stranger = await rig.person("kiwi_1");
    for (const id of [other.id, "nobody"]) {
      assert.equal((await rig.ask("DELETE", `/api/sessions/${id}`, { token: stranger.token })).status, 404);
    }
    const began = performance.now();
    assert.equal((await rig.ask("DELETE", `/api/sessions/${other.id}`, { token })).status, 204);
    const { code, at } = await socket.closed;
    assert.equal(code, 4401);
    assert.ok(at - began < 2_000, `${at - began} ms`);
    for (const one of [rig, far]) {
      assert.equal((await one.get("/api/profile", { token: stolen.token })).status, 401);
      assert.equal((await one.post("/api/token/refresh", { refreshToken: stolen.refresh })).status, 401);
      assert.equal((await one.get("/api/profile", { token })).status, 200);
    }
    const again = await fetch(`${far.base}/ws?token=${stolen.token}`, { headers: upgrade });
    assert.equal((await again.body?.cancel(), again.status), 401, "nor does a new socket open");
    assert.equal(await Promise.race([mine.closed.then(() => "closed"), Promise.resolve("open")]), "open");
    assert.equal((await rig.ask("DELETE", `/api/sessions/${other.id}`, { token })).status, 404, "it is gone");
  }
  store.close();
});
const upgrade = {
  upgrade: "websocket",
  connection: "upgrade",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-version": "13",
};

Deno.test("all others ended: ten sockets on two isolates close within 2 s; this one stays", async () => {
  const store = await openStore(":memory:");
  {
    await using rig = await openRig({ store });
    await using far = await openRig({ store });
    const { token } = await rig.person("mango");
    const others = await Promise.all(Array.from({ length: 10 }, () => logIn(rig, "mango")));
    const sockets = await Promise.all(others.map((one, i) => socketOf(i % 2 ? rig : far, one.token)));
    const began = performance.now();
    assert.equal((await rig.ask("DELETE", "/api/sessions", { token })).status, 204);
    for (const { code, at } of await Promise.all(sockets.map(({ closed }) => closed))) {
      assert.equal(code, 4401);
      assert.ok(at - began < 2_000, `${at - began} ms`);
    }
    assert.deepEqual((await list(far, token)).map(({ current }) => current), [true]);
    assert.equal((await store.list(keys.sessions())).length, 1);
  }
  store.close();
});

Deno.test("changing the password ends the others, and not the one that did it", async () => {
  await using rig = await openRig();
  await rig.person("mango");
  const thief = await logIn(rig, "mango");
  const socket = await socketOf(rig, thief.token);
  const browser = openBrowser(rig.base);
  await browser.go("/login", { form: { username: "mango", password: PASSWORD } });
  const { status } = await browser.go("/settings/password", { form: { current: PASSWORD, next: "rainyday22" } });
  assert.equal(status, 303);
  assert.equal((await socket.closed).code, 4401);
  assert.equal((await rig.get("/api/profile", { token: thief.token })).status, 401);
  assert.equal((await browser.me()).status, 200);
});

Deno.test("settings without scripts: the list, ending one, all others, oneself", async () => {
  await using rig = await openRig();
  await rig.person("mango");
  const browser = openBrowser(rig.base), other = openBrowser(rig.base), third = openBrowser(rig.base);
  for (const [one, agent] of [[browser, agents.desk], [other, agents.phone], [third, "x"]] as const) {
    await one.go("/login", { form: { username: "mango", password: PASSWORD }, headers: { "user-agent": agent } });
  }
  const { text } = await browser.go("/settings");
  for (const words of ["Edge · Windows", "Samsung Internet · Android", "지금 이 기기", "다른 기기 모두 로그아웃"]) {
    assert.ok(text.includes(words), words);
  }
  const phone = (await rig.parts.store.list(keys.logins())).find(({ value }) => value.device.system === "Android")!;
  const ended = await browser.go(`/settings/sessions/${String(phone.key.at(-1))}/end`, { form: {} });
  assert.deepEqual([ended.status, ended.location], [303, "/settings?done=sessions#sessions"]);
  assert.equal((await other.me()).status, 401);
  await browser.go("/settings/sessions/end-others", { form: {} });
  assert.equal((await third.me()).status, 401);
  assert.match((await browser.go("/settings?done=sessions")).text, /role="status"/);
  const mine = (await rig.parts.store.list(keys.logins()))[0];
  const out = await browser.go(`/settings/sessions/${String(mine.key.at(-1))}/end`, { form: {} });
  assert.deepEqual([out.location, browser.jar.jb_access, browser.jar.jb_refresh], ["/", undefined, undefined]);
});

/** A route that only people who were just seen may take, beside the app's own. */
function guarded(rig: Rig): void {
  const routes = new Hono<AppEnv>().on(
    ["GET", "POST"],
    ["/api/gone", "/settings/gone"],
    requireStepUp(rig.parts),
    (c) => c.text("gone"),
  );
  rig.app.route("/", routes);
}

Deno.test("step-up: the password again opens what cannot be undone, for ten minutes, in this login alone", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1 } });
  guarded(rig);
  const { token } = await rig.person("mango");
  const other = (await logIn(rig, "mango")).token;
  const status = async (by: string) => (await rig.post("/api/gone", undefined, { token: by })).status;
  const refused = await rig.post("/api/gone", undefined, { token });
  assert.deepEqual([refused.status, refused.json.code], [403, "step_up_required"]);
  assert.equal((await rig.post("/api/gone")).status, 401);
  assert.equal((await rig.post("/api/step-up", { password: "wrong-1234" }, { token })).status, 422);
  assert.equal(await status(token), 403);
  const done = await rig.post("/api/step-up", { password: PASSWORD }, { token });
  assert.deepEqual([done.status, done.json.freshUntil], [200, rig.clock.at + limits.stepUp]);
  assert.deepEqual([await status(token), await status(other)], [200, 403]);
  rig.clock.at += limits.stepUp;
  assert.equal(await status(token), 403);
  for (let i = 0; i < 5; i++) await rig.post("/api/step-up", { password: "wrong-1234" }, { token });
  const late = await rig.post("/api/step-up", { password: PASSWORD }, { token });
  assert.deepEqual([late.status, late.json.code], [429, "too_many"], "and cannot be guessed");
});

Deno.test("step-up without scripts: from a page or its form to the question, and back", async () => {
  await using rig = await openRig();
  guarded(rig);
  await rig.person("mango");
  const browser = openBrowser(rig.base);
  assert.match((await browser.go("/step-up?next=/settings/gone")).location, /^\/login\?next=/);
  await browser.go("/login", { form: { username: "mango", password: PASSWORD } });
  const sent = await browser.go("/settings/gone?a=1");
  assert.equal(sent.location, `/step-up?next=${encodeURIComponent("/settings/gone?a=1")}`);
  const byForm = await browser.go("/settings/gone", { form: {}, headers: { referer: `${rig.base}/settings` } });
  assert.equal(byForm.location, `/step-up?next=${encodeURIComponent("/settings")}`);
  const lured = await browser.go("/settings/gone", { form: {}, headers: { referer: "https://evil.org/x" } });
  assert.equal(lured.location, `/step-up?next=${encodeURIComponent("/settings")}`);
  assert.match((await browser.go(sent.location)).text, /type="password"/);
  const wrong = await browser.go("/step-up", { form: { password: "wrong-1234", next: "/settings/gone" } });
  assert.equal(wrong.status, 422);
  assert.match(wrong.text, /aria-invalid="true"/);
  const out = await browser.go("/step-up", { form: { password: PASSWORD, next: "https://evil.org" } });
  assert.deepEqual([out.status, out.location], [303, "/"]);
  assert.equal((await browser.go("/settings/gone")).text, "gone");
});

Deno.test("step-up of who has no password: through the provider, and only by the account that is linked", async () => {
  await using rig = await openOAuthRig();
  guarded(rig);
  const browser = rig.browser();
  await browser.join("kakao", "망고");
  const page = await browser.go("/step-up?next=/settings/gone");
  assert.doesNotMatch(page.text, /type="password"/);
  assert.match(page.text, /href="\/login\/kakao\?for=step_up&amp;next=%2Fsettings%2Fgone"/);
  assert.doesNotMatch(page.text, /login\/github/, "not linked");
  const start = await browser.go("/login/kakao?for=step_up&next=/settings/gone");
  assert.equal(new URL(start.location).searchParams.get("prompt"), "login", "asked again, even of somebody it knows");
  rig.provider.person.id = 99;
  assert.equal((await browser.enter("kakao", "?for=step_up&next=/settings/gone")).status, 400, "another account");
  assert.equal((await browser.go("/settings/gone")).status, 303);
  rig.provider.person.id = 4711;
  assert.equal((await browser.enter("kakao", "?for=step_up&next=/settings/gone")).location, "/settings/gone");
  assert.equal((await browser.go("/settings/gone")).text, "gone");
});

Deno.test("what a login leaves behind goes with it, by logout or by time", async () => {
  await using rig = await openRig();
  const { store, now, line } = rig.parts;
  const logins = async () => (await store.list(keys.logins())).length;
  const { token } = await rig.person("mango");
  await logIn(rig, "mango");
  await rig.post("/api/logout", undefined, { token });
  assert.equal(await logins(), 1);
  rig.clock.at += limits.refreshToken - 1;
  await sweep({ store, now, line });
  assert.equal(await logins(), 1);
  rig.clock.at += 1;
  await sweep({ store, now, line });
  assert.equal(await logins(), 0);
});

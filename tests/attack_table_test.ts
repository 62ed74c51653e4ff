/**
 * The attack table: the rows that need the whole app. The others: forged, expired and foreign tokens, refresh replay,
 * fixation, CSRF by header, spraying by address in `attacks_test.ts`; state and code replay, lying providers, the way back
 * in `oauth_test.ts`; sessions and step-up in `sessions_test.ts`.
 */
import assert from "node:assert/strict";
import { openPasswords } from "../adapters/passwords.ts";
import { limits, windows } from "../domain/limits.ts";
import { holdAddress } from "../kv/addresses.ts";
import { keys } from "../kv/keys.ts";
import { keptMails } from "../kv/outbox.ts";
import { createUser, findUser } from "../kv/users.ts";
import { safeNext } from "../routes/door.ts";
import { openBrowser } from "./oauth_rig.ts";
import { openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;

async function cookiesOf(rig: Rig, username: string) {
  const browser = openBrowser(rig.base);
  await browser.go("/login", { form: { username, password: PASSWORD } });
  return Object.entries(browser.jar).map(([name, value]) => `${name}=${value}`).join("; ");
}

const foreign: Record<string, Record<string, string>> = {
  "an Origin of another site": { origin: "https://evil.org" },
  "the Origin null": { origin: "null" },
  "no Origin, but Sec-Fetch-Site cross-site": { "sec-fetch-site": "cross-site" },
};
for (const [name, headers] of Object.entries(foreign)) {
  Deno.test(`CSRF, ${name}: every route that changes something refuses a browser's cookie`, async () => {
    await using rig = await openRig();
    await rig.person("mango");
    const cookie = await cookiesOf(rig, "mango");
    const routes = rig.app.routes.filter(({ method }) => ["POST", "PUT", "PATCH", "DELETE"].includes(method));
    const asked = new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+(\{[^}]*\})?/g, "1")}`));
    assert.ok(asked.size > 50, `${asked.size} routes are really there`);
    const before = JSON.stringify(await rig.parts.store.list([]));
    for (const one of asked) {
      const [method, path] = one.split(" ");
      const answer = await rig.ask(method, path, { body: {}, headers: { ...headers, cookie } });
      assert.deepEqual([one, answer.status, answer.json.code], [one, 403, "foreign_origin"]);
    }
    assert.equal(JSON.stringify(await rig.parts.store.list([])), before, "nothing was written");
  });
}

const origins = [
  "https://evil.org",
  "null",
  "http://127.0.0.1:1",
  "https://127.0.0.1.evil.org",
  "http://127.0.0.1@evil.org",
  "file://",
  "chrome-extension://abc",
  "x",
  "",
];
Deno.test("a socket from a foreign Origin does not open with a cookie; from ours, and with a token of its own, it does", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango");
  const cookie = await cookiesOf(rig, "mango");
  const open = async (headers: Record<string, string>, query = "") => {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(rig.base).port) });
    const lines = Object.entries({ ...upgrade, host: new URL(rig.base).host, ...headers }).map(([k, v]) =>
      `${k}: ${v}`
    );
    await conn.write(new TextEncoder().encode(`GET /ws${query} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
    const read = new Uint8Array(200);
    await conn.read(read);
    conn.close();
    return Number(new TextDecoder().decode(read).slice(9, 12));
  };
  for (const origin of origins) {
    assert.equal(await open({ cookie, origin }), 403, JSON.stringify(origin));
    assert.equal(await open({ origin }, `?token=${token}`), 101, "a token is not sent by itself");
  }
  assert.equal(await open({ cookie, origin: rig.base }), 101);
  assert.equal(await open({ cookie }), 101, "a program");
  assert.equal(await open({ cookie, "sec-fetch-site": "cross-site" }), 403);
});
const upgrade = {
  connection: "upgrade",
  upgrade: "websocket",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-version": "13",
};

/** Somebody who came by a provider. */
const withoutPassword = ({ parts: { store } }: Rig, username: string) =>
  createUser(store, { username, nickname: username, role: "user" }, 0);

Deno.test("enumeration by time: a wrong password, a name that nobody has, and who has no password take as long (medians within 1.2)", async () => {
  const passwords = openPasswords({ cost: 10, queue: 200, patience: 20_000 });
  {
    await using rig = await openRig({ passwords });
    await rig.person("mango");
    await withoutPassword(rig, "github_1");
    const time = async (username: string) => {
      const began = performance.now();
      assert.equal((await rig.post("/api/login", { username, password: "rainyday1" })).status, 401);
      return performance.now() - began;
    };
    for (let i = 0; i < 5; i++) await time("warm_up");
    await takeAsLong(25, () => time("mango"), (i) => time(`nobody_${i}`));
    await takeAsLong(12, () => time("mango"), () => time("github_1"));
  }
  passwords.close();
});

/** The ratio of both medians is within 1.2. What else the machine does may spoil a round; what leaks spoils all. */
async function takeAsLong(
  times: number,
  known: () => Promise<number>,
  unknown: (i: number) => Promise<number>,
): Promise<void> {
  const ratios: number[] = [];
  while (ratios.length < 4) {
    const one: number[] = [], other: number[] = [];
    for (let i = 0; i < times; i++) { // in turn, so that a busy machine is as busy for both
      one.push(await known());
      other.push(await unknown(i));
    }
    const ratio = median(one) / median(other);
    if (Math.max(ratio, 1 / ratio) <= 1.2) return;
    ratios.push(ratio);
  }
  assert.fail(`ratios of medians: ${ratios}`);
}
const median = (all: number[]): number => all.sort((a, b) => a - b)[Math.floor(all.length / 2)];

Deno.test("enumeration by text: the form says the same of a wrong password, no such name, and who has no password", async () => {
  await using rig = await openRig();
  await rig.person("mango");
  await withoutPassword(rig, "github_1");
  const say = async (username: string) => {
    const { status, text } = await openBrowser(rig.base).go("/login", { form: { username, password: "rainyday1" } });
    return { status, text: text.replaceAll(username, "").replace(/nonce="[^"]*"/g, "") };
  };
  const wrong = await say("mango");
  assert.equal(wrong.status, 401);
  for (const name of ["nobody_1", "github_1"]) assert.deepEqual(await say(name), wrong, name);
});

Deno.test("enumeration by address: signing up or asking with somebody's address says the same as with a free one", async () => {
  await using rig = await openRig();
  await withAddress(rig, "owner_1", "owner@example.org");
  const { token } = await rig.person("mango");
  const joins = async (username: string, email: string) => {
    const { status, json, headers } = await rig.post("/api/register", {
      username,
      nickname: "망고",
      password: PASSWORD,
      email,
    });
    const { emailVerified, role } = json.user as Record<string, unknown>;
    return [status, emailVerified, role, Object.keys(json).sort(), [...headers.keys()].sort()];
  };
  const asks = async (email: string) => {
    const { status, text } = await rig.ask("PUT", "/api/email", { token, body: { email, password: PASSWORD } });
    return [status, text];
  };
  assert.deepEqual(await joins("taken_1", "owner@example.org"), await joins("free_1", "free@example.org"));
  assert.deepEqual(await asks("owner@example.org"), await asks("free@example.org"));
});

Deno.test("spraying: one name from many addresses is tried a hundred times an hour; others come in, and its owner's logins stay", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1, trustProxy: 1 } });
  const { token } = await rig.person("mango");
  await rig.person("kiwi_1");
  const from = (i: number) => ({ headers: { "x-forwarded-for": `10.${i >> 8}.${i & 255}.1` } });
  const guess = (i: number) =>
    rig.post("/api/login", { username: i % 2 ? "mango" : "MANGO", password: "rainyday1" }, from(i));
  const { max } = windows.loginByName;
  const all = await Promise.all(Array.from({ length: max + 20 }, (_, i) => guess(i)));
  const count = (status: number) => all.filter((one) => one.status === status).length;
  assert.deepEqual([count(401), count(429)], [max, 20]);
  const other = await rig.post("/api/login", { username: "kiwi_1", password: PASSWORD }, from(1_000));
  assert.equal(other.status, 200);
  assert.equal((await rig.get("/api/profile", { token })).status, 200);
  const refused = await guess(2_000);
  assert.deepEqual([refused.json.code, Number(refused.json.wait) > 3_500], ["too_many", true]);
  rig.clock.at += windows.loginByName.window;
  assert.equal((await rig.post("/api/login", { username: "mango", password: PASSWORD }, from(3_000))).status, 200);
});

const away = [
  "https://evil.org",
  "http:evil.org",
  "//evil.org",
  "///evil.org",
  "/\\evil.org",
  "\\\\evil.org",
  "/\t/evil.org",
  "/\n/evil.org",
  "/\r\nLocation: https://evil.org",
  "/\u0000/evil.org",
  "javascript:alert(1)",
  "data:text/html,x",
  "mailto:a@b.c",
  "@evil.org",
  ".evil.org",
  " //evil.org",
  "/ok\\..\\evil",
  "",
];
Deno.test("open redirect: no door leads off this site", async () => {
  await using rig = await openRig();
  await rig.person("mango");
  for (const [i, next] of away.entries()) {
    assert.equal(safeNext(next), "/", JSON.stringify(next));
    const form = { username: "mango", password: PASSWORD, next };
    const browser = openBrowser(rig.base);
    const entered = await browser.go("/login", { form });
    assert.deepEqual([entered.status, entered.location], [303, "/"], JSON.stringify(next));
    const again = await browser.go(`/login?next=${encodeURIComponent(next)}`);
    assert.deepEqual([again.status, again.location], [303, "/"], JSON.stringify(next));
    const seen = await browser.go("/step-up", { form: { password: PASSWORD, next } });
    assert.deepEqual([seen.status, seen.location], [303, "/"], JSON.stringify(next));
    const joined = await openBrowser(rig.base).go("/register", {
      form: { username: `new_${i}`, nickname: "새싹", password: PASSWORD, next },
    });
    assert.deepEqual([joined.status, joined.location], [303, "/"], JSON.stringify(next));
  }
  for (const next of ["/letters", "/letters?page=2", "/live/abc#x", "/..//evil.org"]) {
    const url = new URL(safeNext(next), rig.base);
    assert.equal(url.host, new URL(rig.base).host, next);
  }
  for (const list of [["/letters", "//evil.org"], undefined, 5, {}]) assert.equal(safeNext(list), "/");
});

Deno.test("header injection: what people send never becomes a header of its own", async () => {
  await using rig = await openRig();
  await rig.person("mango");
  const evil = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>";
  const encoded = encodeURIComponent(evil);
  const browser = openBrowser(rig.base);
  const answers = [
    await rig.get(`/login?next=/${encoded}&lang=${encoded}&theme=${encoded}`),
    await rig.get(`/${encoded}`),
    await rig.get(`/static/${encoded}`),
    await rig.get(`/login/github/callback?state=${encoded}&code=${encoded}&error=${encoded}`),
    await rig.post("/api/register", { username: "other_1", password: PASSWORD, nickname: evil }),
    await rig.get("/api/search", { headers: { "accept-language": encoded, "x-forwarded-for": encoded } }),
  ];
  await browser.go("/login", { form: { username: "mango", password: PASSWORD, next: `/${evil}` } });
  assert.deepEqual(Object.keys(browser.jar).sort(), ["jb_access", "jb_refresh"]);
  for (const { status, headers } of answers) {
    assert.ok(status < 500, String(status));
    assert.ok(!headers.getSetCookie().some((set) => set.startsWith("evil")));
    assert.ok(![...headers.values()].some((value) => /[\r\n]/.test(value)));
  }
});

const outside = [
  "../deno.json",
  "..%2fdeno.json",
  "%2e%2e/deno.json",
  "%252e%252e%252fdeno.json",
  "..%5cdeno.json",
  "..\\deno.json",
  "....//deno.json",
  ".%2e/deno.json",
  "%c0%ae%c0%ae/deno.json",
  "build/../../deno.json",
  "build/%2e%2e/%2e%2e/deno.json",
  "/etc/passwd",
  "%2fetc%2fpasswd",
  "file:///etc/passwd",
  "dev.js%00.css",
  "%00",
  "~root/.profile",
];
Deno.test("path traversal: nothing outside the static folder is read", async () => {
  await using rig = await openRig();
  for (const path of outside) {
    const conn = await Deno.connect({ hostname: "127.0.0.1", port: Number(new URL(rig.base).port) });
    await conn.write(new TextEncoder().encode(`GET /static/${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`));
    const answer = await new Response(conn.readable).text();
    assert.match(answer.slice(9, 12), /^4\d\d$/, path);
    assert.doesNotMatch(answer, /root:|"imports"|"tasks"/, path);
  }
});

/** Asks for a new password, and reads the token in the newest mail. */
async function resetToken(rig: Rig, who: string): Promise<string> {
  assert.equal((await rig.post("/api/password/forgot", { who })).status, 202);
  await rig.parts.post.tick();
  const [mail] = await keptMails(rig.parts.store, 1);
  return /[?&#]token=([\w-]+)/.exec(mail.text)![1];
}
async function withAddress(rig: Rig, username: string, email: string) {
  const person = await rig.person(username);
  const { store } = rig.parts;
  const user = { ...(await findUser(store, person.id))!, email, emailVerifiedAt: 1 };
  await store.commit((atomic) => (atomic.set(keys.user(person.id), user), holdAddress(atomic, email, person.id)));
  return person;
}
const reset = (rig: Rig, token: string, password = "rainyday22") =>
  rig.post("/api/password/reset", { token, password });

Deno.test("a reset token: once, the newest alone, for an hour, and all logins end with it", async () => {
  await using rig = await openRig();
  const { token: session } = await withAddress(rig, "mango", "mango@example.org");
  const older = await resetToken(rig, "mango");
  rig.clock.at += 60_000;
  const newer = await resetToken(rig, "MANGO@example.org");
  assert.notEqual(newer, older);
  assert.equal((await reset(rig, older)).status, 410, "an older one");
  const at = rig.clock.at;
  rig.clock.at += limits.resetToken;
  assert.equal((await reset(rig, newer)).status, 410, "late, though it is still kept");
  rig.clock.at = at;
  const both = await Promise.all([reset(rig, newer), reset(rig, newer, "stormyday33")]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [204, 410], "of two at once one");
  assert.equal((await reset(rig, newer)).status, 410, "used");
  assert.equal((await rig.get("/api/profile", { token: session })).status, 401);
  assert.equal((await rig.post("/api/login", { username: "mango", password: PASSWORD })).status, 401);
});

Deno.test("a reset token cannot be guessed: any one character changed is none, and an address has thirty tries", async () => {
  await using rig = await openRig();
  await withAddress(rig, "mango", "mango@example.org");
  const token = await resetToken(rig, "mango");
  assert.ok(token.length >= 22, "128 bits and more");
  assert.ok(!JSON.stringify(await rig.parts.store.list(["mail_token"])).includes(token), "the store knows a hash");
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "A" ? "B" : "A";
    assert.equal((await reset(rig, token.slice(0, at) + other + token.slice(at + 1))).status, 410, `character ${at}`);
  }
  for (const wrong of ["", token.slice(1), `${token}A`, token.toUpperCase(), "../x", "\0", `${token}\n`]) {
    assert.ok([410, 422].includes((await reset(rig, wrong)).status), wrong);
  }
  assert.equal((await reset(rig, token)).status, 204, "the real one was not harmed");

  await using strict = await openRig({ env: { rateLimitScale: 1 } });
  const all = await Promise.all(Array.from({ length: 60 }, (_, i) => reset(strict, `guess-${i}`)));
  assert.equal(all.filter(({ status }) => status === 429).length, 60 - windows.tokenByAddress.max);
});

Deno.test("asking for a reset: the same words and (medians within 1.2) the same time, whoever is asked for", async () => {
  await using rig = await openRig();
  await withAddress(rig, "mango", "mango@example.org");
  const ask = async (who: string) => {
    const began = performance.now();
    const { status, text } = await rig.post("/api/password/forgot", { who });
    return { said: `${status} ${text}`, time: performance.now() - began };
  };
  for (let i = 0; i < 10; i++) assert.equal((await ask("mango@example.org")).said, (await ask("who@example.org")).said);
  const time = async (who: string) => (await ask(who)).time;
  await takeAsLong(50, () => time("mango@example.org"), async (i) => {
    const took = await time(`nobody${i}@example.org`);
    await rig.parts.post.tick();
    return took;
  });
});

Deno.test("mail injection: an address or a name with line breaks makes no second header and no second reader", async () => {
  await using rig = await openRig();
  const { token } = await withAddress(rig, "mango", "mango@example.org");
  const evil = [
    "a@example.org\r\nBcc: b@evil.org",
    "a@example.org,b@evil.org",
    "a@example.org\nb",
    "<a@example.org>",
    "a@b\0.org",
  ];
  for (const email of evil) {
    const answer = await rig.ask("PUT", "/api/email", { token, body: { email, password: PASSWORD } });
    assert.equal(answer.status, 422, JSON.stringify(email));
    const asked = await rig.post("/api/password/forgot", { who: email });
    assert.ok([202, 422].includes(asked.status));
  }
  await rig.parts.post.tick();
  assert.deepEqual(await keptMails(rig.parts.store, 10), [], "nobody got anything");
  await rig.post("/api/password/forgot", { who: "mango" }, {
    headers: { host: "evil.org", "x-forwarded-host": "evil.org" },
  });
  await rig.parts.post.tick();
  const [mail] = await keptMails(rig.parts.store, 1);
  assert.equal(mail.to, "mango@example.org");
  assert.doesNotMatch(JSON.stringify(mail), /evil\.org/, "the link is of our own address, whatever the Host");
});

import assert from "node:assert/strict";
import { keys } from "../kv/keys.ts";
import { countMails } from "../kv/mails.ts";
import { keptMails } from "../kv/outbox.ts";
import { findByName } from "../kv/users.ts";
import { newestMail, tokenIn } from "./mail_rig.ts";
import { openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
const MINUTE = 60_000, HOUR = 60 * MINUTE;
const NEXT = "moonnight2";

/** Signs up with an address; `verified` follows the mail. */
async function withAddress(rig: Rig, username: string, verified = true) {
  const email = `${username}@mail.test`;
  const { json } = await rig.post("/api/register", { username, nickname: username, password: PASSWORD, email });
  const person = { ...(json.user as { id: string }), email, username, token: String(json.accessToken) };
  if (!verified) return person;
  const token = tokenIn(await newestMail(rig, email), "/verify");
  assert.equal((await rig.post("/api/email/verify", { token })).status, 204);
  rig.clock.at += MINUTE;
  return person;
}

const login = (rig: Rig, username: string, password: string) => rig.post("/api/login", { username, password });
const mailsTo = async (rig: Rig, to: string) => {
  await rig.parts.post.tick();
  return (await keptMails(rig.parts.store, 1_000)).filter((mail) => mail.to === to);
};

Deno.test("signing up with an address: the mail verifies it, once, and only by POST", async () => {
  await using rig = await openRig();
  const { email, token } = await withAddress(rig, "mango_1", false);
  assert.equal((await rig.get("/api/profile", { token })).json.emailVerified, false);
  const word = tokenIn(await newestMail(rig, email), "/verify");
  for (const method of ["GET", "HEAD"]) assert.equal((await rig.ask(method, `/verify?token=${word}`)).status, 200);
  assert.equal((await rig.get("/api/profile", { token })).json.emailVerified, false, "looking consumes nothing");
  const done = await Promise.all([1, 2, 3, 4].map(() => rig.post("/api/email/verify", { token: word })));
  assert.deepEqual(done.map(({ status }) => status).sort(), [204, 410, 410, 410]);
  assert.equal((await rig.get("/api/profile", { token })).json.emailVerified, true);
});

Deno.test("the store knows tokens only by their hash", async () => {
  await using rig = await openRig();
  const { email } = await withAddress(rig, "mango_1", false);
  const word = tokenIn(await newestMail(rig, email), "/verify");
  const rows = await rig.parts.store.list([] as never);
  const holding = rows.filter(({ key, value }) => JSON.stringify([key, value]).includes(word));
  // The outbox stands in for the mail server here: the mail itself is the only place.
  assert.deepEqual(holding.map(({ key }) => key[0]), ["outbox"]);
});

Deno.test("another address: asked with the password, the old one stays until the new is verified, and is told", async () => {
  await using rig = await openRig();
  const { token, email, id } = await withAddress(rig, "mango_1");
  const wrong = await rig.ask("PUT", "/api/email", { body: { email: "new@mail.test", password: "wrong-123" }, token });
  assert.deepEqual([wrong.status, Object.keys(wrong.json.fields as object)], [422, ["password"]]);
  assert.equal((await mailsTo(rig, "new@mail.test")).length, 0);
  const asked = await rig.ask("PUT", "/api/email", { body: { email: "New@mail.test", password: PASSWORD }, token });
  assert.equal(asked.status, 202);
  assert.equal((await rig.get("/api/profile", { token })).json.email, email);
  const word = tokenIn(await newestMail(rig, "New@mail.test"), "/verify");
  assert.equal((await rig.post("/api/email/verify", { token: word })).status, 204);
  assert.equal((await rig.get("/api/profile", { token })).json.email, "New@mail.test");
  const told = await newestMail(rig, email);
  assert.equal(told?.subject, "메일 주소가 바뀌었어요");
  assert.ok(!told?.text.includes("New@mail.test"), "the old mailbox does not learn the new one");
  assert.equal((await rig.parts.store.get(keys.userByEmail(email))).value, null);
  assert.equal((await rig.parts.store.get(keys.userByEmail("new@mail.test"))).value, id);
});

Deno.test("addresses that are none are refused; nothing is mailed", async () => {
  await using rig = await openRig();
  const { token } = await withAddress(rig, "mango_1");
  const before = (await keptMails(rig.parts.store, 1_000)).length;
  const bad = [
    "x",
    "a@b",
    "a@mail.test\r\nBcc: v@mail.test",
    "a@mail.test,v@mail.test",
    "<a@mail.test>",
    "a b@mail.test",
  ];
  for (const email of [...bad, `${"a".repeat(250)}@mail.test`, "", null, 5]) {
    const { status } = await rig.ask("PUT", "/api/email", { body: { email, password: PASSWORD }, token });
    assert.equal(status, 422, String(email));
  }
  await rig.parts.post.tick();
  assert.equal((await keptMails(rig.parts.store, 1_000)).length, before);
});

Deno.test("a newer mail replaces the token of an older one, and a claimed address takes nothing from its owner", async () => {
  await using rig = await openRig();
  const { token, email } = await withAddress(rig, "mango_1", false);
  const older = tokenIn(await newestMail(rig, email), "/verify");
  rig.clock.at += MINUTE;
  assert.equal((await rig.ask("POST", "/api/email/again", { token })).status, 202);
  const newer = tokenIn(await newestMail(rig, email), "/verify");
  assert.notEqual(older, newer);
  assert.equal((await rig.post("/api/email/verify", { token: older })).status, 410);
  assert.equal((await rig.post("/api/email/verify", { token: newer })).status, 204);

  const thief = await rig.post("/api/register", { username: "thief_1", nickname: "도둑", password: PASSWORD, email });
  assert.equal(thief.status, 201, "signing up does not tell that the address is known");
  await rig.post("/api/password/forgot", { who: email });
  await rig.parts.post.tick();
  const reset = (await mailsTo(rig, email)).find(({ text }) => text.includes("/reset"));
  assert.ok(reset === undefined || reset.text.includes("mango_1"), "the reset is the owner's");
});

Deno.test("an address that is verified as somebody's cannot be verified as another's", async () => {
  await using rig = await openRig();
  await withAddress(rig, "mango_1");
  const second = await rig.person("second_1");
  await rig.ask("PUT", "/api/email", { body: { email: "MANGO_1@mail.test", password: PASSWORD }, token: second.token });
  const word = tokenIn(await newestMail(rig, "MANGO_1@mail.test"), "/verify");
  const { status, json } = await rig.post("/api/email/verify", { token: word });
  assert.deepEqual([status, json.code], [409, "email_taken"]);
});

Deno.test("reset: the mail's token sets the password once, ends every login, and the change is told", async () => {
  await using rig = await openRig();
  const { email, token } = await withAddress(rig, "mango_1");
  const other = await login(rig, "mango_1", PASSWORD);
  assert.equal((await rig.post("/api/password/forgot", { who: "MANGO_1" })).status, 202);
  const word = tokenIn(await newestMail(rig, email), "/reset");
  assert.equal((await rig.get(`/reset?token=${word}`)).status, 200);
  rig.clock.at++;
  const weak = await rig.post("/api/password/reset", { token: word, password: "short" });
  assert.equal(weak.status, 422, "a weak password does not use the token up");
  const tries = await Promise.all(
    [1, 2, 3].map(() => rig.post("/api/password/reset", { token: word, password: NEXT })),
  );
  assert.deepEqual(tries.map(({ status }) => status).sort(), [204, 410, 410]);
  assert.equal((await login(rig, "mango_1", PASSWORD)).status, 401);
  assert.equal((await login(rig, "mango_1", NEXT)).status, 200);
  const { refreshToken } = other.json;
  assert.equal((await rig.post("/api/token/refresh", { refreshToken })).status, 401);
  assert.equal((await rig.get("/api/profile", { token })).status, 401, "access tokens end with their logins");
  assert.equal((await newestMail(rig, email))?.subject, "비밀번호가 바뀌었어요");
});

Deno.test("reset tokens: late, made up, cut, another's purpose, of an address that changed: nothing", async () => {
  await using rig = await openRig();
  const { email, token } = await withAddress(rig, "mango_1");
  await rig.post("/api/password/forgot", { who: email });
  const word = tokenIn(await newestMail(rig, email), "/reset");
  const bad = [word.slice(1), `${word}A`, word.toLowerCase(), "", "A".repeat(43), "../../x", "\u0000".repeat(43)];
  for (const token of bad) {
    assert.equal((await rig.post("/api/password/reset", { token, password: NEXT })).status, 410, token);
  }
  assert.equal((await rig.post("/api/email/verify", { token: word })).status, 410, "not for another purpose");
  await rig.ask("PUT", "/api/email", { body: { email: "new@mail.test", password: PASSWORD }, token });
  await rig.post("/api/email/verify", { token: tokenIn(await newestMail(rig, "new@mail.test"), "/verify") });
  assert.equal((await rig.post("/api/password/reset", { token: word, password: NEXT })).status, 410, "old mailbox");

  rig.clock.at += MINUTE;
  await rig.post("/api/password/forgot", { who: "new@mail.test" });
  const late = tokenIn(await newestMail(rig, "new@mail.test"), "/reset");
  rig.clock.at += HOUR;
  assert.equal((await rig.post("/api/password/reset", { token: late, password: NEXT })).status, 410);
  assert.equal((await login(rig, "mango_1", PASSWORD)).status, 200);
});

Deno.test("guessing tokens stops after thirty tries of an address, whatever is guessed", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1 } });
  const statuses: number[] = [];
  for (let n = 0; n < 40; n++) {
    const { status } = await rig.post("/api/password/reset", { token: `${n}`.padEnd(43, "x"), password: NEXT });
    statuses.push(status);
  }
  assert.deepEqual(statuses, [...Array(30).fill(410), ...Array(10).fill(429)]);
});

Deno.test("no mailbox gets more than one reset a minute and five a day, and nobody is told", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1 } });
  const { email } = await withAddress(rig, "mango_1");
  const resets = async () => (await mailsTo(rig, email)).filter(({ text }) => text.includes("/reset")).length;
  for (let n = 0; n < 3; n++) assert.equal((await rig.post("/api/password/forgot", { who: email })).status, 202);
  assert.equal(await resets(), 1);
  for (let n = 0; n < 12; n++) {
    rig.clock.at += 16 * MINUTE;
    assert.equal((await rig.post("/api/password/forgot", { who: email })).status, 202);
    await rig.parts.post.tick();
  }
  assert.ok(await resets() <= 5, `${await resets()}`);
  rig.clock.at += 16 * MINUTE;
  const many = await Promise.all(Array.from({ length: 30 }, () => rig.post("/api/password/forgot", { who: "nobody" })));
  assert.equal(many.filter(({ status }) => status === 429).length, 30 - 20);
});

Deno.test("who asks for a reset learns nothing: same words, same headers, same time", async () => {
  await using rig = await openRig();
  const { email } = await withAddress(rig, "mango_1");
  await withAddress(rig, "unproved", false);
  await rig.parts.post.tick();
  const asked = {
    there: email,
    named: "mango_1",
    unproved: "unproved",
    nobody: "nobody_1",
    noMail: "nobody@mail.test",
  };
  const times: Record<string, number[]> = {}, answers = new Set<string>();
  const medians = () => Object.values(times).map((all) => all.toSorted((a, b) => a - b)[all.length >> 1]);
  const ratio = () => Math.max(...medians()) / Math.min(...medians());
  for (let n = 0; n < 150 || (ratio() >= 1.2 && n < 600); n++) { // a busy machine needs more of them to say the same
    const all = Object.entries(asked), first = n % all.length; // each as often in each place
    for (const [name, who] of [...all.slice(first), ...all.slice(0, first)]) {
      const began = performance.now();
      const { status, text, headers } = await rig.post("/api/password/forgot", { who });
      (times[name] ??= []).push(performance.now() - began);
      answers.add(JSON.stringify([status, text, [...headers.keys()].sort()]));
      rig.clock.at++;
    }
    await rig.parts.post.tick();
  }
  assert.equal(answers.size, 1);
  assert.ok(ratio() < 1.2, `medians ${JSON.stringify(medians())}, ratio ${ratio()}`);
  assert.equal(await countMails(rig.parts.store), 0);
  assert.ok((await mailsTo(rig, email)).length > 150, "those that exist were really mailed");
  assert.equal((await mailsTo(rig, "unproved@mail.test")).filter(({ text }) => text.includes("/reset")).length, 0);
});

Deno.test("forms say the same: asking leads to one page, whoever is asked for", async () => {
  await using rig = await openRig();
  await withAddress(rig, "mango_1");
  const pages = await Promise.all(["mango_1", "nobody_1"].map(async (who) => {
    const sent = await rig.post("/forgot", new URLSearchParams({ who }), form);
    assert.equal(sent.status, 303);
    return (await rig.get(sent.headers.get("location")!)).text.replace(/nonce="[^"]*"/g, "");
  }));
  assert.equal(pages[0], pages[1]);
});

Deno.test("changing the password: with the current one, the others' logins end, mine stays, a mail tells", async () => {
  await using rig = await openRig();
  const { email } = await withAddress(rig, "mango_1");
  const mine = await login(rig, "mango_1", PASSWORD), other = await login(rig, "mango_1", PASSWORD);
  const change = (current: string, next: string) =>
    rig.ask("PUT", "/api/password", { body: { current, next }, token: String(mine.json.accessToken) });
  const wrong = await change("wrong-123", NEXT);
  assert.deepEqual([wrong.status, Object.keys(wrong.json.fields as object)], [422, ["current"]]);
  assert.equal((await change(PASSWORD, "weak")).status, 422);
  assert.equal((await change(PASSWORD, NEXT)).status, 204);
  const refresh = (refreshToken: unknown) => rig.post("/api/token/refresh", { refreshToken });
  assert.equal((await refresh(other.json.refreshToken)).status, 401);
  assert.equal((await refresh(mine.json.refreshToken)).status, 200);
  assert.equal((await login(rig, "mango_1", NEXT)).status, 200);
  assert.equal((await newestMail(rig, email))?.subject, "비밀번호가 바뀌었어요");
});

Deno.test("wrong current passwords: five, then the wait is told, and the right one does not help", async () => {
  await using rig = await openRig({ env: { rateLimitScale: 1 } });
  const { token } = await rig.person("mango_1");
  const change = (current: string) => rig.ask("PUT", "/api/password", { body: { current, next: NEXT }, token });
  for (let n = 0; n < 5; n++) assert.equal((await change("wrong-123")).status, 422);
  const { status, headers } = await change(PASSWORD);
  assert.equal(status, 429);
  assert.ok(Number(headers.get("retry-after")) > 0);
});

Deno.test("links in mails lead to PUBLIC_URL whatever host a request names", async () => {
  await using rig = await openRig({ env: { publicUrl: "https://jungle.test" } });
  await withAddress(rig, "mango_1");
  await rig.post("/api/password/forgot", { who: "mango_1" }, {
    headers: { host: "evil.test", "x-forwarded-host": "evil.test" },
  });
  const mail = await newestMail(rig, "mango_1@mail.test");
  assert.match(mail!.text, /https:\/\/jungle\.test\/reset\?token=/);
  assert.doesNotMatch(mail!.text + mail!.html, /evil/);
});

Deno.test("/dev/outbox: administrators always, everybody while developing, otherwise it is not there", async () => {
  await using rig = await openRig();
  const admin = await rig.person("admin_1", "운영자", "admin");
  const { token } = await withAddress(rig, "mango_1", false);
  await rig.parts.post.tick();
  assert.equal((await rig.get("/dev/outbox")).status, 404);
  assert.equal((await rig.get("/dev/outbox", { token })).status, 404);
  const page = await rig.get("/dev/outbox", { token: admin.token });
  assert.equal(page.status, 200);
  assert.match(page.text, /href="\/verify\?token=/);
  await using dev = await openRig({ env: { dev: true } });
  assert.equal((await dev.get("/dev/outbox")).status, 200);
});

Deno.test("B, E: accounts at their old addresses", async () => {
  await using rig = await openRig();
  for (const [n, path] of ["/api/accounts/", "/accounts/join/"].entries()) {
    const person = { username: `old_${n}`, nickname: "옛 친구", password: PASSWORD, email: `old_${n}@mail.test` };
    const made = await rig.post(path, person);
    assert.equal(made.status, 201, made.text);
    assert.ok(tokenIn(await newestMail(rig, person.email), "/verify"));
    const token = String(made.json.accessToken);
    for (const me of ["/api/accounts/", "/accounts/mypage/", "/accounts/mypage"]) {
      assert.equal((await rig.get(me, { token })).json.username, person.username);
    }
    assert.equal(
      (await rig.ask("PATCH", "/api/accounts/", { body: { nickname: "새 이름" }, token })).json.nickname,
      "새 이름",
    );
  }
  assert.ok(await findByName(rig.parts.store, "old_1"));
});

const form = { headers: { "Content-Type": "application/x-www-form-urlencoded" } };

Deno.test("the settings' index leads to each section, in their order, and to what stands on other pages", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const page = (await rig.get("/settings", { token })).text;
  const [index, rest] = page.slice(page.indexOf('<nav class="card"')).split("</nav>");
  const links = [...index.matchAll(/href="([^"#]*)#?([^"]*)"/g)].map(([, path, id]) => ({ path, id }));
  const sections = [...rest.matchAll(/<section class="card stack" id="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(links.filter(({ path }) => path === "/settings").map(({ id }) => id), sections);
  assert.ok(sections.length === 9 && sections.at(-1) === "leave", "what cannot be undone comes last");
  for (const { path, id } of links) {
    const there = await rig.get(path, { token });
    assert.ok(there.status === 200 && there.text.includes(id && `id="${id}"`), `${path}#${id}`);
  }
});

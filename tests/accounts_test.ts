import assert from "node:assert/strict";
import { Problem } from "../domain/problems.ts";
import { openPasswords } from "../adapters/passwords.ts";
import { ensureAdmin, makeAdmin } from "../kv/admins.ts";
import { keys } from "../kv/keys.ts";
import { secretOf } from "../kv/secrets.ts";
import { openStore } from "../kv/store.ts";
import { takeTicket } from "../kv/tickets.ts";
import { createUser, findByName, setRole } from "../kv/users.ts";
import { safeNext, signUp } from "../routes/door.ts";
import { bearer, cookie, openDoor, person } from "./door_rig.ts";

Deno.test("registering gives tokens, cookies and a profile without the hash", async () => {
  await using door = await openDoor();
  const made = await door.post("/api/register", { ...person, email: "a@example.org" });
  assert.equal(made.status, 201);
  assert.deepEqual(Object.keys(made.json).sort(), ["accessToken", "expiresIn", "refreshToken", "user"]);
  const user = made.json.user as Record<string, unknown>;
  assert.deepEqual(Object.keys(user).sort(), [
    "createdAt",
    "email",
    "emailVerified",
    "id",
    "nickname",
    "role",
    "username",
  ]);
  assert.equal(user.role, "user");
  assert.equal(made.json.expiresIn, 900);
  assert.deepEqual(made.cookies, { jb_access: made.json.accessToken, jb_refresh: made.json.refreshToken });
  for (const one of made.headers.getSetCookie()) assert.match(one, /Path=\/; HttpOnly; SameSite=Lax$/);
  assert.deepEqual((await door.get("/api/profile", bearer(made.json.accessToken))).json, user);
  assert.deepEqual((await door.get("/api/profile", cookie(made.cookies))).json, user);
  assert.equal((await door.get("/api/profile")).status, 401);
});

Deno.test("behind https the cookies are Secure and __Host-", async () => {
  await using door = await openDoor({ publicUrl: "https://jungle.example" });
  const made = await door.post("/api/register", person);
  assert.deepEqual(Object.keys(made.cookies), ["__Host-jb_access", "__Host-jb_refresh"]);
  for (const one of made.headers.getSetCookie()) assert.match(one, /; Secure/);
  assert.equal((await door.get("/api/profile", cookie(made.cookies))).status, 200);
  const bare = { jb_access: String(made.json.accessToken) };
  assert.equal((await door.get("/api/profile", cookie(bare))).status, 401, "a name without __Host- is not ours");
});

Deno.test("names are unique whatever their case, and check-username says so", async () => {
  await using door = await openDoor();
  assert.deepEqual((await door.post("/api/check-username", { username: "mango_1" })).json, { available: true });
  await door.post("/api/register", person);
  const again = await door.post("/api/register", { ...person, username: "MANGO_1" });
  assert.deepEqual([again.status, again.json.code], [409, "username_taken"]);
  const passwords = { ...door.passwords, hash: () => Promise.reject(new Error("must not hash")) };
  await assert.rejects(
    signUp({ ...door, passwords, post: door.mails }, person, { address: "", lang: "en", seen: { device: {} } }),
    { code: "username_taken" },
    "no work for a taken name",
  );
  assert.deepEqual((await door.post("/api/check-username", { username: "mANGO_1" })).json, { available: false });
  assert.equal((await door.post("/api/check-username", { username: "x" })).status, 422);
  assert.equal((await door.post("/api/login", { ...person, username: "mANgo_1" })).status, 200);
});

Deno.test("100 registrations of one name at once: one 201, and one person", async () => {
  await using door = await openDoor();
  const all = await Promise.all(Array.from({ length: 100 }, () => door.post("/api/register", person)));
  const count = (status: number) => all.filter((one) => one.status === status).length;
  assert.deepEqual([count(201), count(409)], [1, 99]);
  assert.equal((await door.store.list(["user"])).length, 1);
});

Deno.test("the store itself lets one of 100 equal names in", async () => {
  const store = await openStore(":memory:");
  const wanted = { username: "Kiwi", nickname: "키위", passwordHash: "-", role: "user" } as const;
  const all = await Promise.allSettled(Array.from({ length: 100 }, () => createUser(store, wanted, 1)));
  assert.equal(all.filter((one) => one.status === "fulfilled").length, 1);
  for (const one of all) if (one.status === "rejected") assert.equal((one.reason as Problem).code, "username_taken");
  store.close();
});

const family = "👨‍👩‍👧‍👦";
const fields: [field: string, value: unknown, fits: boolean][] = [
  ["username", "abc", false],
  ["username", "abcd", true],
  ["username", "a".repeat(20), true],
  ["username", "a".repeat(21), false],
  ["username", "한글이름", false],
  ["username", "ab cd", false],
  ["username", "abcd\n", false],
  ["username", { $ne: 1 }, false],
  ["nickname", "가", false],
  ["nickname", "가나", true],
  ["nickname", "가".repeat(20), true],
  ["nickname", "가".repeat(21), false],
  ["nickname", family, false],
  ["nickname", family.repeat(2), true],
  ["nickname", "🐯".repeat(20), true],
  ["nickname", "🐯".repeat(21), false],
  ["nickname", "a\u200bb", false],
  ["nickname", "a\u200db", false],
  ["nickname", "\u202egnp", false],
  ["nickname", "ㅤㅤ", false],
  ["nickname", "가\u0000나", false],
  ["nickname", "o\u0301\u0301\u0301\u0301\u0301x", false],
  ["nickname", "   ", false],
  ["nickname", "<img src=x>", true],
  ["password", "short1", false],
  ["password", "longenough1", true],
  ["password", "onlyletters", false],
  ["password", "12345678", false],
  ["password", "비밀번호여덟글자1", true],
  ["password", "비".repeat(24) + "1", false],
  ["password", `a1${"x".repeat(70)}`, true],
  ["password", `a1${"x".repeat(71)}`, false],
  ["email", "nobody", false],
  ["email", "a@b.co\r\nBcc: c@d.co", false],
];
for (const [field, value, fits] of fields) {
  Deno.test(`register: ${field} ${JSON.stringify(value).slice(0, 40)} ${fits ? "fits" : "does not fit"}`, async () => {
    await using door = await openDoor();
    const { status, json } = await door.post("/api/register", { ...person, [field]: value });
    assert.equal(status, fits ? 201 : 422, JSON.stringify(json));
    if (!fits) assert.deepEqual(Object.keys(json.fields as object), [field]);
    assert.equal((await door.store.list(["user"])).length, fits ? 1 : 0);
  });
}

Deno.test("a nickname is changed, its inner spaces made single, and shows in the next token; a role is not", async () => {
  await using door = await openDoor();
  const made = await door.post("/api/register", person);
  const change = { nickname: "  앵무   새 ", lang: "ja", role: "admin", id: "x", username: "other" };
  const changed = await door.ask("PATCH", "/api/profile", change, bearer(made.json.accessToken));
  const { nickname, lang, role, username } = changed.json;
  assert.deepEqual([nickname, lang, role, username], ["앵무 새", "ja", "user", "Mango_1"]);
  const before = await door.identity.read(String(made.json.accessToken));
  const next = await door.post("/api/token/refresh", { refreshToken: made.json.refreshToken });
  const after = await door.identity.read(String(next.json.accessToken));
  assert.deepEqual([before?.nickname, after?.nickname, after?.role], ["망고", "앵무 새", "user"]);
  assert.equal((await door.ask("PATCH", "/api/profile", { nickname: "x" }, bearer(next.json.accessToken))).status, 422);
  assert.equal((await door.ask("PATCH", "/api/profile", { nickname: "xyz" })).status, 401);
});

Deno.test("a browser that changes its nickname has it in its token at once", async () => {
  await using door = await openDoor();
  const { cookies } = await door.post("/api/register", person);
  const changed = await door.ask("PATCH", "/api/profile", { nickname: "새이름" }, cookie(cookies));
  assert.equal((await door.identity.read(changed.cookies.jb_access))?.nickname, "새이름");
});

Deno.test("an access token that ran out is renewed on the way, for pages and for the API", async () => {
  await using door = await openDoor();
  const { cookies } = await door.post("/api/register", person);
  door.clock.at += 900_000;
  for (const path of ["/whoami", "/api/profile"]) {
    const answer = await door.get(path, { ...cookie(cookies), accept: "text/html" });
    assert.equal(answer.status, 200);
    assert.ok((answer.json.who as { id: string } | undefined)?.id ?? answer.json.id);
    assert.notEqual(answer.cookies.jb_access, cookies.jb_access);
    Object.assign(cookies, answer.cookies);
    door.clock.at += 900_000;
  }
  const still = await door.get("/whoami", cookie({ jb_access: cookies.jb_access }));
  assert.equal(still.json.who, null, "without a refresh cookie it ran out");
  assert.equal(still.cookies.jb_access, "", "and is cleared");
  const upgrade = await door.get("/whoami", { ...cookie(cookies), upgrade: "x" });
  assert.deepEqual([upgrade.json.who, upgrade.cookies], [null, {}], "an upgrade must not spend a refresh token");
  assert.equal((await door.get("/api/profile", cookie(cookies))).status, 200);
});

Deno.test("a bad cookie makes a guest, and is cleared", async () => {
  await using door = await openDoor();
  const answer = await door.get("/whoami", cookie({ jb_access: "a.b.c", jb_refresh: "x.1.y" }));
  assert.deepEqual([answer.status, answer.json.who, answer.cookies], [200, null, { jb_access: "", jb_refresh: "" }]);
  assert.deepEqual((await door.get("/whoami")).cookies, {}, "nothing to clear, nothing said");
});

Deno.test("a login lasts 14 days, however often it is refreshed", async () => {
  await using door = await openDoor();
  let { json } = await door.post("/api/register", person);
  for (let day = 1; day < 14; day++) {
    door.clock.at += 24 * 3_600_000;
    const next = await door.post("/api/token/refresh", { refreshToken: json.refreshToken });
    assert.equal(next.status, 200, `day ${day}`);
    json = next.json;
  }
  door.clock.at += 24 * 3_600_000;
  assert.equal((await door.post("/api/token/refresh", { refreshToken: json.refreshToken })).json.code, "session_ended");
});

Deno.test("forms: in with a cookie and a safe way on; refused with the page again, without the password", async () => {
  await using door = await openDoor();
  const form = (values: Record<string, string>) => new URLSearchParams(values);
  const made = await door.post("/register", form({ ...person, email: "", next: "/mypage?page=2" }));
  assert.deepEqual([made.status, made.headers.get("location")], [303, "/mypage?page=2"]);
  assert.equal((await door.get("/api/profile", cookie(made.cookies))).status, 200);
  const wrong = await door.post("/login", form({ username: "Mango_1", password: "wrongpass9", next: "/letters" }));
  assert.equal(wrong.status, 401);
  assert.deepEqual(wrong.json.values, { username: "Mango_1", nickname: "", email: "", next: "/letters" });
  assert.ok(wrong.json.problem);
  assert.ok(!JSON.stringify(wrong.json).includes("wrongpass9"));
  const short = await door.post("/register", form({ ...person, nickname: "x" }));
  assert.deepEqual([short.status, Object.keys(short.json.fields as object)], [422, ["nickname"]]);
  const out = await door.post("/logout", undefined, cookie(made.cookies));
  assert.deepEqual([out.status, out.headers.get("location"), out.cookies.jb_refresh], [303, "/", ""]);
  assert.equal(door.ended.length, 1);
});

Deno.test("after the door one stays on this site", () => {
  for (const next of ["/", "/mypage?page=2", "/letters/2026-11-20#end", "/가나"]) assert.equal(safeNext(next), next);
  const evil = ["//evil.org", "/\\evil.org", "https://evil.org", "/\t/evil.org", "javascript:alert(1)", "", "evil"];
  for (const next of [...evil, "/a\\b", "/\n/x", "/login", "/logout", undefined, 5]) assert.equal(safeNext(next), "/");
});

Deno.test("a ticket opens once, within 30 s, and is stored as a hash", async () => {
  await using door = await openDoor();
  const { json } = await door.post("/api/register", person);
  const ticketOf = async () =>
    String((await door.post("/api/ws-ticket", undefined, bearer(json.accessToken))).json.ticket);
  const ticket = await ticketOf();
  const rows = await door.store.list(keys.tickets());
  assert.ok(rows.length === 1 && !JSON.stringify(rows).includes(ticket) && !JSON.stringify(rows).includes("eyJ"));
  const took = await Promise.all(Array.from({ length: 20 }, () => takeTicket(door.store, ticket, door.clock.at)));
  assert.equal(took.filter(Boolean).length, 1);
  assert.deepEqual(took.find(Boolean), await door.identity.read(String(json.accessToken)));
  assert.equal(await takeTicket(door.store, "made up", door.clock.at), null);
  assert.equal(await takeTicket(door.store, await ticketOf(), door.clock.at + 30_000), null);
  assert.equal((await door.post("/api/ws-ticket")).status, 401);
});

Deno.test("an administrator is made, promoted, kept; by environment only with the right password", async () => {
  await using door = await openDoor();
  const boss = { username: "boss", password: "geheim123" };
  const both = await Promise.all([ensureAdmin(door, boss), ensureAdmin(door, boss)]);
  assert.deepEqual(both.sort(), ["created", "kept"]);
  assert.equal((await findByName(door.store, "BOSS"))?.role, "admin");
  await door.post("/api/register", person);
  assert.equal(await ensureAdmin(door, { username: "mango_1", password: "guessed123" }), "refused");
  assert.equal((await findByName(door.store, person.username))?.role, "user");
  assert.equal(await ensureAdmin(door, person), "promoted");
  await door.post("/api/register", { ...person, username: "other" });
  const ask = () => Promise.reject(new Error("must not ask"));
  assert.equal(await makeAdmin(door, "other", ask), "promoted");
  assert.equal(await makeAdmin(door, "other", ask), "kept");
  assert.equal(await makeAdmin(door, "newest", () => Promise.resolve("geheim123")), "created");
});

Deno.test("the admin gate asks the store, and is not there for anybody else", async () => {
  await using door = await openDoor();
  const { json } = await door.post("/api/register", person);
  const status = async (token: unknown) => (await door.get("/api/admin/x", token ? bearer(token) : {})).status;
  assert.deepEqual([await status(null), await status(json.accessToken)], [404, 404]);
  const { id } = json.user as { id: string };
  await setRole(door.store, id, "admin");
  const token = (await door.post("/api/login", person)).json.accessToken;
  assert.equal(await status(token), 200);
  await setRole(door.store, id, "user");
  assert.equal(await status(token), 404, "a token from before the fall");
});

Deno.test("secrets: made once by whoever is first, or derived from the master", async () => {
  const store = await openStore(":memory:");
  const all = await Promise.all(Array.from({ length: 20 }, () => secretOf(store, "a")));
  assert.equal(new Set(all.map((one) => one.toHex())).size, 1);
  assert.equal(all[0].length, 32);
  const given = async (name: string, master?: string) => (await secretOf(store, name, master)).toHex();
  assert.equal(await given("a", "master of secrets"), await given("a", "master of secrets"));
  const different = [
    await given("a"),
    await given("b"),
    await given("a", "master of secrets"),
    await given("b", "master of secrets"),
  ];
  assert.equal(new Set(different).size, 4);
  store.close();
});

Deno.test("passwords: two at once, some wait, the rest are told to come back; the loop never stands still", async () => {
  const passwords = openPasswords({ cost: 10, queue: 3 });
  const hash = await passwords.hash("sunnyday1");
  assert.match(hash, /^\$2b\$10\$/);
  let turns = 0;
  const tick = setInterval(() => turns++, 5);
  const tries = Array.from({ length: 7 }, (_, i) => passwords.matches(i % 2 ? "sunnyday1" : "rainyday1", hash));
  const done = await Promise.allSettled(tries);
  clearInterval(tick);
  const said = done.map((one) => one.status === "fulfilled" ? one.value : (one.reason as Problem).code);
  assert.deepEqual(said, [false, true, false, true, false, "busy", "busy"]);
  assert.ok(turns > 5, `${turns} turns of the event loop`);
  assert.equal(await passwords.matches("sunnyday1", hash), true, "and it goes on");
  assert.equal(await passwords.matches("sunnyday1", null), false);
  const long = await passwords.hash("a1".repeat(36));
  assert.equal(await passwords.matches("a1".repeat(36), long), true);
  assert.equal(await passwords.matches("a1".repeat(36) + "x", long), false, "no reading of the first 72 bytes only");
  const cut = passwords.matches("sunnyday1", hash);
  passwords.close();
  await assert.rejects(cut, { code: "unavailable" });
});

Deno.test("passwords: nobody waits longer than the patience", async () => {
  const passwords = openPasswords({ cost: 12, atOnce: 1, patience: 50 });
  const first = passwords.hash("sunnyday1");
  await assert.rejects(passwords.hash("sunnyday1"), { code: "busy", detail: { wait: 2 } });
  await first;
  passwords.close();
});

Deno.test("passwords: a name that nobody has, and a password too long, cost the same time as a wrong one", async () => {
  const passwords = openPasswords({ cost: 9 });
  const hash = await passwords.hash("sunnyday1");
  const asked = { wrong: ["rainyday1", hash], nobody: ["rainyday1", null], long: ["a1".repeat(40), hash] } as const;
  const quickest = { wrong: Infinity, nobody: Infinity, long: Infinity };
  const alike = () => Math.max(...Object.values(quickest)) < 2 * Math.min(...Object.values(quickest));
  for (let round = 0; round < 5 || (!alike() && round < 60); round++) { // in turn, so that a busy machine slows all alike
    for (const name of ["wrong", "nobody", "long"] as const) {
      const began = performance.now();
      assert.equal(await passwords.matches(asked[name][0], asked[name][1]), false);
      quickest[name] = Math.min(quickest[name], performance.now() - began);
    }
  }
  assert.ok(alike(), JSON.stringify(quickest));
  passwords.close();
});

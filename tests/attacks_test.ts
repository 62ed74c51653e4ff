import assert from "node:assert/strict";
import { generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { limits, windows } from "../domain/limits.ts";
import { keys } from "../kv/keys.ts";
import { openIdentity } from "../kv/sessions.ts";
import { openStore } from "../kv/store.ts";
import { createUser } from "../kv/users.ts";
import { giveBack, take } from "../kv/windows.ts";
import { bearer, cookie, openDoor, person } from "./door_rig.ts";

type Door = Awaited<ReturnType<typeof openDoor>>;
type Login = { id: string; session: string; access: string; refresh: string; jar: Record<string, string> };

async function logged(door: Door, username = "Mango_1"): Promise<Login> {
  const { json, cookies } = await door.post("/api/register", { ...person, username });
  const who = await door.identity.read(String(json.accessToken));
  assert.ok(who);
  const [access, refresh] = [String(json.accessToken), String(json.refreshToken)];
  return { id: who.id, session: who.session, access, refresh, jar: cookies };
}

const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).toBase64(url);
const url = { alphabet: "base64url", omitPadding: true } as const;
const parsed = (part: string) => JSON.parse(new TextDecoder().decode(Uint8Array.fromBase64(part, url)));

type Forge = (door: Door, login: Login) => Promise<string> | string;

/** Signed with our own key, and still not to be believed. */
const signed = (claims: JWTPayload, header: Record<string, unknown> = {}): Forge => (door, { access }) => {
  const payload = Object.fromEntries(
    Object.entries({ ...parsed(access.split(".")[1]), ...claims }).filter(([, value]) => value !== undefined),
  );
  return new SignJWT(payload).setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header }).sign(door.keys.access);
};
/** The good signature under another head or body. */
const swapped = (header: unknown, claims: unknown = null): Forge => (_door, { access }) => {
  const [head, body, mac] = access.split(".");
  return `${header ? text(header) : head}.${claims ? text({ ...parsed(body), ...claims }) : body}.${mac}`;
};
const unsigned = (alg: string): Forge => (_door, { access }) => {
  return `${text({ alg, typ: "at+jwt" })}.${access.split(".")[1]}.`;
};
const byStranger = (header: Record<string, unknown>, secret = "s".repeat(32)): Forge => (_door, { access }) => {
  const jwt = new SignJWT(parsed(access.split(".")[1]));
  return jwt.setProtectedHeader({ alg: "HS256", typ: "at+jwt", ...header }).sign(new TextEncoder().encode(secret));
};
const seconds = (door: Door) => Math.floor(door.clock.at / 1000);
const timed = (claims: (now: number) => JWTPayload): Forge => (door, login) =>
  signed(claims(seconds(door)))(door, login);

const forged: Record<string, Forge> = {
  "alg none": unsigned("none"),
  "alg None": unsigned("None"),
  "alg NONE": unsigned("NONE"),
  "alg none with the good signature": swapped({ alg: "none", typ: "at+jwt" }),
  "another secret": byStranger({}),
  "an empty-looking secret": byStranger({}, "\0".repeat(32)),
  "HS512 with another secret": byStranger({ alg: "HS512" }, "s".repeat(64)),
  "kid as a path": byStranger({ kid: "../../dev/null" }, "\0".repeat(32)),
  "kid as SQL": byStranger({ kid: "x' UNION SELECT 'secret" }),
  "own jwk": byStranger({ jwk: { kty: "oct", k: "c3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3M" } as never }),
  "own jku": byStranger({ jku: "https://evil.org/keys" }),
  "own x5u": byStranger({ x5u: "https://evil.org/cert" }),
  "RS256 said over our signature": swapped({ alg: "RS256", typ: "at+jwt" }),
  "RS256 with own key": async (_door, { access }) => {
    const { privateKey } = await generateKeyPair("RS256");
    const jwt = new SignJWT(parsed(access.split(".")[1])).setProtectedHeader({ alg: "RS256", typ: "at+jwt" });
    return await jwt.sign(privateKey);
  },
  "crit unknown": swapped({ alg: "HS256", typ: "at+jwt", crit: ["x"], x: 1 }),
  "typ missing": signed({}, { typ: undefined }),
  "typ JWT": signed({}, { typ: "JWT" }),
  "typ of a mail token": signed({}, { typ: "mail+jwt" }),
  "role raised under the old signature": swapped(null, { role: "admin" }),
  "sub changed under the old signature": swapped(null, { sub: "somebody" }),
  "expired by 1 s": timed((now) => ({ iat: now - 901, exp: now - 1 })),
  "expiring now": timed((now) => ({ iat: now - 900, exp: now })),
  "good for a year": timed((now) => ({ exp: now + 31_536_000 })),
  "exp 1e20": timed(() => ({ exp: 1e20 })),
  "exp negative": timed(() => ({ exp: -1 })),
  "exp as text": timed((now) => ({ exp: String(now + 900) as never })),
  "exp missing": signed({ exp: undefined }),
  "nbf in the future": timed((now) => ({ nbf: now + 60 })),
  "iat in the future": timed((now) => ({ iat: now + 300, exp: now + 1200 })),
  "iss wrong": signed({ iss: "evil" }),
  "iss missing": signed({ iss: undefined }),
  "aud wrong": signed({ aud: "other" }),
  "aud a list with ours": signed({ aud: ["junglebuzz", "other"] }),
  "aud missing": signed({ aud: undefined }),
  "sub missing": signed({ sub: undefined }),
  "sub a number": signed({ sub: 5 as never }),
  "sid missing": signed({ sid: undefined }),
  "role unknown": signed({ role: "god" }),
  "signed with the refresh key": (door, { access }) =>
    new SignJWT(parsed(access.split(".")[1])).setProtectedHeader({ alg: "HS256", typ: "at+jwt" }).sign(
      door.keys.refresh,
    ),
  "a refresh token": (_door, { refresh }) => refresh,
  "truncated": (_door, { access }) => access.slice(0, -1),
  "only two parts": (_door, { access }) => access.split(".").slice(0, 2).join("."),
  "an extra dot": (_door, { access }) => `${access}.`,
  "five parts": (_door, { access }) => `${access}.${access}`,
  "padded base64": (_door, { access }) => `${access}=`,
  "no signature": (_door, { access }) => access.replace(/[^.]+$/, ""),
  "Bearer twice": (_door, { access }) => `Bearer ${access}`,
  "two tokens": (_door, { access }) => `${access}, Bearer ${access}`,
  "nothing": () => "",
};
for (const [name, forge] of Object.entries(forged)) {
  Deno.test(`access token: ${name} is refused`, async () => {
    await using door = await openDoor();
    const login = await logged(door);
    assert.equal((await door.get("/api/profile", bearer(login.access))).status, 200);
    const token = await forge(door, login);
    assert.equal((await door.get("/api/profile", bearer(token))).status, 401);
    assert.equal((await door.get("/whoami", bearer(token))).json.code, "unauthenticated", "not silently a guest");
    const bad = { nickname: "stolen" };
    assert.equal(
      (await door.ask("PATCH", "/api/profile", bad, cookie({ jb_access: token.replace(/[,; ]/g, "_") }))).status,
      401,
    );
  });
}

Deno.test("our own key with our own claims is believed: the table above fails for its own reasons", async () => {
  await using door = await openDoor();
  const login = await logged(door);
  const token = await signed({})(door, login);
  assert.equal((await door.get("/api/profile", bearer(token))).status, 200);
});

Deno.test("any one bit of a token flipped, and it is refused", async () => {
  await using door = await openDoor();
  const { access, refresh, session } = await logged(door);
  const flip = (token: string, at: number, bit: number) =>
    token.slice(0, at) + String.fromCharCode(token.charCodeAt(at) ^ (1 << bit)) + token.slice(at + 1);
  for (let at = 0; at < access.length; at++) {
    for (let bit = 0; bit < 7; bit++) {
      assert.equal(await door.identity.read(flip(access, at, bit)), null, `bit ${bit} of character ${at}`);
    }
  }
  for (let at = 0; at < refresh.length; at++) {
    for (let bit = 0; bit < 7; bit++) {
      const broken = flip(refresh, at, bit);
      await assert.rejects(door.identity.refresh(broken, "body"), { code: "session_ended" }, `bit ${bit} of ${at}`);
    }
  }
  assert.deepEqual(door.ended, [], "nonsense must not end anybody's session");
  assert.ok((await door.store.get(keys.session(session))).value);
});

Deno.test("a header of 2 MB is refused and harms nobody", async () => {
  await using door = await openDoor();
  const { access } = await logged(door);
  const { hostname, port } = new URL(door.base);
  const socket = await Deno.connect({ hostname, port: Number(port) });
  const head = `GET /api/profile HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"a".repeat(2_000_000)}\r\n\r\n`;
  await socket.write(new TextEncoder().encode(head)).catch(() => {});
  const answer = new Uint8Array(100);
  const got = await socket.read(answer).catch(() => null);
  if (got) assert.match(new TextDecoder().decode(answer), /^HTTP\/1\.1 4\d\d /);
  socket.close();
  assert.equal(await door.identity.read("a".repeat(2_000_000)), null);
  assert.equal((await door.get("/api/profile", bearer(access))).status, 200);
});

Deno.test("an access token is no refresh token", async () => {
  await using door = await openDoor();
  const { access } = await logged(door);
  const { status, json } = await door.post("/api/token/refresh", { refreshToken: access.slice(0, 500) });
  assert.deepEqual([status, json.code, door.ended], [401, "session_ended", []]);
});

Deno.test("refreshing with an old bearer token along works; without any token it is refused", async () => {
  await using door = await openDoor();
  const { access, refresh } = await logged(door);
  door.clock.at += 3_600_000;
  assert.equal((await door.post("/api/token/refresh", { refreshToken: refresh }, bearer(access))).status, 200);
  assert.equal((await door.post("/api/token/refresh", {})).status, 401);
});

Deno.test("a refresh token that comes again from a body ends its family, and only that", async () => {
  await using door = await openDoor();
  const first = await logged(door);
  const second = (await door.post("/api/login", person)).json;
  const next = await door.post("/api/token/refresh", { refreshToken: first.refresh });
  assert.equal(next.status, 200);
  const reused = await door.post("/api/token/refresh", { refreshToken: first.refresh });
  assert.deepEqual([reused.status, reused.json.code], [401, "session_ended"]);
  assert.deepEqual(door.ended, [first.session]);
  assert.equal(
    (await door.post("/api/token/refresh", { refreshToken: next.json.refreshToken })).status,
    401,
    "the thief",
  );
  assert.equal(
    (await door.post("/api/token/refresh", { refreshToken: second.refreshToken })).status,
    200,
    "the sibling",
  );
  await door.post("/api/token/refresh", { refreshToken: first.refresh });
  assert.equal(door.ended.length, 1, "what has ended is announced once");
});

Deno.test("a cookie may come again within the grace, and gets the same successor; after it the family ends", async () => {
  await using door = await openDoor();
  const { jar, session } = await logged(door);
  const renew = () => door.post("/api/token/refresh", undefined, cookie({ jb_refresh: jar.jb_refresh }));
  const first = await renew();
  door.clock.at += limits.refreshGrace;
  const second = await renew();
  assert.deepEqual([first.status, second.status], [200, 200]);
  assert.equal(second.cookies.jb_refresh, first.cookies.jb_refresh);
  assert.deepEqual(door.ended, []);
  door.clock.at += 1;
  const late = await renew();
  assert.deepEqual([late.status, door.ended], [401, [session]]);
});

Deno.test("a cookie two generations old ends the family at once", async () => {
  await using door = await openDoor();
  const { jar, session } = await logged(door);
  const next = await door.post("/api/token/refresh", undefined, cookie({ jb_refresh: jar.jb_refresh }));
  await door.post("/api/token/refresh", undefined, cookie({ jb_refresh: next.cookies.jb_refresh }));
  assert.equal((await door.post("/api/token/refresh", undefined, cookie({ jb_refresh: jar.jb_refresh }))).status, 401);
  assert.deepEqual(door.ended, [session]);
});

Deno.test("100 tabs that refresh at once stay logged in with one successor, 10 times", async () => {
  await using door = await openDoor();
  const { jar } = await logged(door);
  let refresh = jar.jb_refresh;
  for (let round = 0; round < 10; round++) {
    door.clock.at += 900_000;
    const renew = () => door.get("/whoami", { ...cookie({ jb_refresh: refresh }), accept: "text/html" });
    const all = await Promise.all(Array.from({ length: 100 }, renew));
    assert.ok(all.every((one) => one.json.who !== null));
    const successors = new Set(all.map((one) => one.cookies.jb_refresh));
    assert.equal(successors.size, 1);
    refresh = [...successors][0];
  }
  assert.deepEqual(door.ended, []);
});

Deno.test("two isolates that get the same token from bodies at once: one answer at most, and the family ends", async () => {
  await using door = await openDoor();
  const { refresh, session } = await logged(door);
  const all = await Promise.allSettled([1, 2].map(() => door.identity.refresh(refresh, "body")));
  assert.ok(all.filter((one) => one.status === "fulfilled").length <= 1);
  assert.equal((await door.store.get(keys.session(session))).value, null);
});

Deno.test("a rotation whose answer the store lost is known as one's own, not taken for theft", async () => {
  const store = await openStore(":memory:");
  let lose = false;
  const lossy: typeof store = { ...store, commit: async (fill) => (await store.commit(fill), lose ? null : "x") };
  const ended: string[] = [];
  const identity = await openIdentity({
    store: lossy,
    now: () => 1_000,
    secret: new Uint8Array(32),
    ended: (session) => void ended.push(session),
    line: () => {},
  });
  const wanted = { username: "kiwi", nickname: "kiwi", passwordHash: "-", role: "user" } as const;
  const tokens = await identity.open(await createUser(store, wanted, 1));
  lose = true;
  const next = await identity.refresh(tokens.refreshToken, "body");
  lose = false;
  await identity.refresh(next.refreshToken, "body");
  assert.deepEqual(ended, []);
  store.close();
});

Deno.test("after logout nothing refreshes, by body or cookie", async () => {
  await using door = await openDoor();
  const { access, refresh, jar, session } = await logged(door);
  const out = await door.post("/api/logout", undefined, bearer(access));
  assert.deepEqual([out.status, out.cookies, door.ended], [204, { jb_access: "", jb_refresh: "" }, [session]]);
  assert.equal((await door.post("/api/token/refresh", { refreshToken: refresh })).status, 401);
  const page = await door.get("/whoami", cookie({ jb_refresh: jar.jb_refresh }));
  assert.deepEqual([page.json.who, page.cookies.jb_refresh], [null, ""]);
  assert.equal((await door.post("/api/logout")).status, 204, "a guest may say goodbye too");
});

Deno.test("logout by a browser whose access token ran out ends the session and leaves no cookie", async () => {
  await using door = await openDoor();
  const { jar, session } = await logged(door);
  door.clock.at += 900_000;
  const out = await door.post("/api/logout", undefined, cookie(jar));
  assert.deepEqual([out.status, out.cookies, door.ended], [204, { jb_access: "", jb_refresh: "" }, [session]]);
});

Deno.test("the token of a deleted person does not refresh", async () => {
  await using door = await openDoor();
  const { id, refresh, access, session } = await logged(door);
  await door.store.commit((atomic) => atomic.delete(keys.user(id)));
  assert.equal((await door.post("/api/token/refresh", { refreshToken: refresh })).status, 401);
  assert.equal((await door.store.get(keys.session(session))).value, null);
  assert.equal((await door.get("/api/profile", bearer(access))).status, 401);
  assert.equal((await door.ask("PATCH", "/api/profile", { nickname: "ghost" }, bearer(access))).status, 404);
});

const foreign: Record<string, Record<string, string>> = {
  "another site": { origin: "https://evil.org" },
  "null": { origin: "null" },
  "a longer name": { origin: "http://127.0.0.1.evil.org" },
  "another port": { origin: "http://127.0.0.1:1" },
  "another scheme of page": { origin: "file://127.0.0.1" },
  "nonsense": { origin: "x" },
  "no Origin, but cross-site": { "sec-fetch-site": "cross-site" },
  "no Origin, but a sibling": { "sec-fetch-site": "same-site" },
};
const changing: [method: string, path: string, body?: unknown][] = [
  ["PATCH", "/api/profile", { nickname: "stolen" }],
  ["POST", "/api/logout"],
  ["POST", "/api/token/refresh"],
  ["POST", "/api/login", person],
  ["POST", "/api/register", { ...person, username: "other" }],
  ["POST", "/login", new URLSearchParams(person)],
  ["POST", "/register", new URLSearchParams({ ...person, username: "other" })],
  ["POST", "/logout"],
];
for (const [name, headers] of Object.entries(foreign)) {
  Deno.test(`cross-site: ${name} changes nothing`, async () => {
    await using door = await openDoor();
    const { jar } = await logged(door);
    for (const [method, path, body] of changing) {
      const answer = await door.ask(method, path, body, { ...cookie(jar), ...headers });
      assert.deepEqual([path, answer.status, answer.json.code], [path, 403, "foreign_origin"]);
      assert.deepEqual(answer.cookies, {});
    }
    assert.deepEqual(door.ended, []);
    assert.equal((await door.store.list(keys.sessions())).length, 1);
    assert.equal((await door.get("/whoami", { ...cookie(jar), ...headers })).status, 200, "reading is no harm");
  });
}

Deno.test("our own pages, configured sites and programs may change things", async () => {
  await using door = await openDoor({ corsOrigins: ["https://friend.example"] });
  const { jar, access } = await logged(door);
  const change = async (headers: Record<string, string>) =>
    (await door.ask("PATCH", "/api/profile", { nickname: "mango" }, headers)).status;
  assert.equal(await change({ ...cookie(jar), origin: door.base }), 200);
  assert.equal(await change({ ...cookie(jar), origin: "https://friend.example" }), 200);
  assert.equal(await change({ ...cookie(jar), "sec-fetch-site": "same-origin" }), 200);
  assert.equal(await change(cookie(jar)), 200);
  assert.equal(
    await change({ ...bearer(access), origin: "https://evil.org" }),
    200,
    "a bearer token is not sent by itself",
  );
});

Deno.test("with PUBLIC_URL only that origin is home", async () => {
  await using door = await openDoor({ publicUrl: "https://jungle.example" });
  const status = async (origin: string) => (await door.post("/api/login", person, { origin })).status;
  assert.equal(await status("https://jungle.example"), 401);
  for (const origin of ["http://jungle.example", "https://jungle.example:444", "https://a.jungle.example", door.base]) {
    assert.equal(await status(origin), 403, origin);
  }
});

Deno.test("login does not tell whether the name or the password was wrong", async () => {
  await using door = await openDoor();
  await logged(door);
  const tell = async (username: string, password: string) => {
    const { status, json, headers } = await door.post("/api/login", { username, password });
    return { status, ...json, requestId: "", type: headers.get("content-type"), keys: [...headers.keys()].sort() };
  };
  const wrong = await tell("Mango_1", "rainyday1");
  assert.equal(wrong.status, 401);
  assert.deepEqual(await tell("Nobody_1", "rainyday1"), wrong);
  assert.deepEqual(await tell("x' OR 1=1 --", "rainyday1"), wrong);
  assert.deepEqual(await tell("Mango_1", "sunnyday1\0"), wrong);
  assert.deepEqual(await tell("Mango_1", "sunnyday1 "), wrong);
});

Deno.test("login makes a new family each time: a session put there before does not become the victim's", async () => {
  await using door = await openDoor();
  await logged(door, "attacker");
  const planted = await logged(door, "attacker2");
  await logged(door);
  const login = await door.post("/api/login", person, cookie(planted.jar));
  const who = await door.identity.read(login.cookies.jb_access);
  assert.equal(who?.nickname, person.nickname);
  assert.notEqual(who?.session, planted.session);
  assert.equal((await door.identity.read(planted.jar.jb_access))?.id, planted.id, "still only the attacker's own");
});

Deno.test("wrong logins: five for an account and address, then the wait is told; right ones do not count", async () => {
  await using door = await openDoor({ rateLimitScale: 1 });
  await logged(door);
  const login = (password: string, username = "Mango_1") => door.post("/api/login", { username, password });
  for (let i = 0; i < 8; i++) assert.equal((await login("sunnyday1")).status, 200, "right logins are free");
  for (let i = 0; i < 5; i++) assert.equal((await login("rainyday1")).status, 401);
  door.clock.at += 60_000;
  const sixth = await login("sunnyday1");
  assert.deepEqual([sixth.status, sixth.json.code, sixth.json.wait], [429, "too_many", 14 * 60]);
  assert.equal(sixth.headers.get("retry-after"), String(14 * 60));
  assert.equal((await login("rainyday1", "MANGO_1")).status, 429, "whatever the case");
  door.clock.at += 14 * 60_000;
  assert.equal((await login("sunnyday1")).status, 200);
});

Deno.test("wrong logins: 200 at once get five tries, not six; of many names an address gets twenty", async () => {
  await using door = await openDoor({ rateLimitScale: 1 });
  const wrong = (i: number) => door.post("/api/login", { username: `nobody_${i}`, password: "rainyday1" });
  const count = (all: { status: number }[], status: number) => all.filter((one) => one.status === status).length;
  const same = await Promise.all(Array.from({ length: 200 }, () => wrong(0)));
  assert.deepEqual([count(same, 401), count(same, 429)], [5, 195]);
  const many = await Promise.all(Array.from({ length: 100 }, (_, i) => wrong(i + 1)));
  assert.deepEqual([count(many, 401), count(many, 429)], [15, 85]);
});

Deno.test("a spoofed X-Forwarded-For does not make another address; a proxy's word does, and locks nobody else out", async () => {
  const wrong = (door: Door, from: string) =>
    door.post("/api/login", { ...person, password: "rainyday1" }, { "x-forwarded-for": from });
  await using bare = await openDoor({ rateLimitScale: 1 });
  for (let i = 0; i < 5; i++) assert.equal((await wrong(bare, `9.9.9.${i}`)).status, 401);
  assert.equal((await wrong(bare, "9.9.9.9")).status, 429);

  await using behind = await openDoor({ rateLimitScale: 1, trustProxy: 1 });
  await logged(behind);
  for (let i = 0; i < 5; i++) assert.equal((await wrong(behind, `8.8.8.${i}, 7.7.7.7`)).status, 401);
  assert.equal((await wrong(behind, "8.8.8.8, 7.7.7.7")).status, 429);
  const victim = await behind.post("/api/login", person, { "x-forwarded-for": "6.6.6.6" });
  assert.equal(victim.status, 200, "an attacker elsewhere cannot lock the owner out");
  for (let i = 0; i < 5; i++) assert.equal((await wrong(behind, `2001:db8:1:2::${i}`)).status, 401);
  assert.equal((await wrong(behind, "2001:db8:1:2:ffff::1")).status, 429, "one subscriber's /64 is one address");
  assert.equal((await wrong(behind, "2001:db8:1:3::1")).status, 401);
});

Deno.test("sign-ups: thirty an hour that succeed from one address", async () => {
  await using door = await openDoor({ rateLimitScale: 0.1 });
  const sign = async (username: string) => (await door.post("/api/register", { ...person, username })).status;
  assert.equal(await sign("jungle_1"), 201);
  for (let i = 0; i < 6; i++) assert.equal(await sign("Jungle_1"), 409, "what failed does not count");
  assert.deepEqual([await sign("jungle_2"), await sign("jungle_3"), await sign("jungle_4")], [201, 201, 429]);
  door.clock.at += 3_600_000;
  assert.equal(await sign("jungle_4"), 201);
});

Deno.test("200 takes at once in one isolate wait for each other: not one write is made twice", async () => {
  const store = await openStore(":memory:");
  let commits = 0;
  const counting: typeof store = { ...store, commit: (fill) => (commits++, store.commit(fill)) };
  await take(counting, "loginByAddress", "warm", 1_000, 1);
  commits = 0;
  await Promise.allSettled(Array.from({ length: 200 }, () => take(counting, "loginByAddress", "5.5.5.5", 1_000, 1)));
  assert.equal(commits, windows.loginByAddress.max);
  store.close();
});

Deno.test("windows hold over isolates, keep no address, give back, and can be off", async () => {
  const path = await Deno.makeTempFile({ suffix: ".db" });
  const stores = [await openStore(path), await openStore(path)];
  const tries = Array.from({ length: 200 }, (_, i) => take(stores[i % 2], "loginByAddress", "5.5.5.5", 1_000, 1));
  const done = await Promise.allSettled(tries);
  assert.equal(done.filter((one) => one.status === "fulfilled").length, windows.loginByAddress.max);
  const rows = await stores[0].list(keys.windows());
  assert.ok(rows.length === 1 && !JSON.stringify(rows).includes("5.5.5.5"));
  const once = () => take(stores[1], "loginByAddress", "5.5.5.5", 2_000, 1);
  await assert.rejects(once, { code: "too_many", detail: { wait: 15 * 60 - 1 } });
  await giveBack(stores[0], "loginByAddress", "5.5.5.5", 2_000, 1);
  await once();
  await assert.rejects(once, { code: "too_many" });
  await take(stores[0], "loginByAddress", "5.5.5.5", 2_000, 0);
  for (const store of stores) store.close();
  await Deno.remove(path);
});

import assert from "node:assert/strict";
import { generateKeyPair, SignJWT } from "jose";
import { limits } from "../domain/limits.ts";
import { providers } from "../domain/provider.ts";
import { claimAddress, findByAddress } from "../kv/addresses.ts";
import { keys } from "../kv/keys.ts";
import { linksOf } from "../kv/links.ts";
import { linkIn, newestMail } from "./mail_rig.ts";
import { type Browser, openOAuthRig } from "./oauth_rig.ts";
import { openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openOAuthRig>>;

/** How many people, logins, links and half-way records there are. */
async function kept({ parts: { store } }: Rig) {
  const count = async (prefix: Deno.KvKey) => (await store.list(prefix)).length;
  const kinds = { people: keys.users(), sessions: keys.sessions(), logins: keys.logins(), links: ["link"] as const };
  const all = { ...kinds, linked: ["linked"] as const, newcomers: keys.newcomers() };
  const counts = await Promise.all(Object.entries(all).map(async ([name, prefix]) => [name, await count(prefix)]));
  return Object.fromEntries(counts) as Record<keyof typeof all, number>;
}
const nothing = { people: 0, sessions: 0, logins: 0, links: 0, linked: 0, newcomers: 0 };

/** A browser of somebody who signed up with a password. */
async function member(rig: Rig, username: string): Promise<Browser> {
  await rig.person(username);
  const browser = rig.browser();
  await browser.go("/login", { form: { username, password: PASSWORD } });
  return browser;
}

for (const provider of providers) {
  Deno.test(`${provider}: who is new chooses a nickname, and is known from then on`, async () => {
    await using rig = await openOAuthRig();
    const browser = rig.browser();
    const back = await browser.enter(provider, "?next=/letters");
    assert.deepEqual([back.status, back.location], [303, "/login/new"]);
    assert.deepEqual(await kept(rig), { ...nothing, newcomers: 1 }, "nothing is made before the nickname");
    const page = await browser.go("/login/new");
    assert.match(page.text, /value="mango"/, "the provider's name is proposed");
    const short = await browser.go("/login/new", { form: { nickname: "x" } });
    assert.deepEqual([short.status, (await kept(rig)).people], [422, 0]);
    const joined = await browser.go("/login/new", { form: { nickname: "망고" } });
    assert.deepEqual([joined.status, joined.location], [303, "/letters"]);
    const { json } = await browser.me();
    assert.equal(json.nickname, "망고");
    assert.deepEqual(await kept(rig), { people: 1, sessions: 1, logins: 1, links: 1, linked: 1, newcomers: 0 });

    const other = rig.browser();
    rig.provider.person.name = "renamed";
    const again = await other.enter(provider, "?next=/mypage");
    assert.deepEqual([again.status, again.location], [303, "/mypage"]);
    assert.equal((await other.me()).json.id, json.id);
    const newcomer = await browser.go("/login/new", { form: { nickname: "둘째" }, headers: { accept: "*/*" } });
    assert.deepEqual([newcomer.code, (await kept(rig)).people], ["login_refused", 1], "the way is used up");
  });
}

Deno.test("the way to a provider: state, S256, a nonce where there is an id token, and our own redirect, whatever the Host", async () => {
  await using rig = await openOAuthRig();
  const secrets = new Set<string>();
  for (const provider of providers) {
    const browser = rig.browser();
    const { status, location } = await browser.go(`/login/${provider}`, {
      headers: { "x-forwarded-host": "evil.org" },
    });
    const url = new URL(location);
    const said = Object.fromEntries(url.searchParams);
    assert.equal(status, 303);
    assert.equal(url.origin, rig.provider[provider].issuer.url);
    assert.equal(said.redirect_uri, `${rig.base}/login/${provider}/callback`);
    assert.deepEqual([said.response_type, said.client_id, said.code_challenge_method], [
      "code",
      `${provider}-app`,
      "S256",
    ]);
    assert.equal(said.code_challenge.length, 43);
    assert.equal(said.state, browser.jar.jb_flow);
    assert.equal("nonce" in said, provider === "kakao");
    for (const secret of [said.state, said.code_challenge, said.nonce]) secret && secrets.add(secret);
    const stored = JSON.stringify(await rig.parts.store.list(keys.flows()));
    assert.ok(!stored.includes(said.state), "the store knows only a hash");
  }
  assert.equal(secrets.size, 5);
});

Deno.test("without client ids there are no buttons and no addresses; with them there are, in each language", async () => {
  await using plain = await openRig();
  assert.doesNotMatch((await plain.get("/login")).text, /login\/(kakao|github)/);
  for (const path of ["/login/kakao", "/login/github", "/login/github/callback?state=x&code=y"]) {
    assert.ok([404, 400].includes((await plain.get(path)).status), path);
  }
  await using rig = await openOAuthRig();
  for (const page of ["/login?next=/letters", "/register?next=/letters"]) {
    for (
      const [lang, words] of [["ko", "카카오로 시작하기"], ["en", "Continue with Kakao"], ["ja", "カカオで続ける"]]
    ) {
      const { text } = await rig.get(`${page}&lang=${lang}`);
      assert.ok(text.includes(words), `${page} ${lang}`);
      assert.match(text, /href="\/login\/github\?next=%2Fletters"/);
    }
  }
  assert.equal((await rig.get("/login/google")).status, 404);
});

type Lie = (rig: Rig) => void;
const token = (change: (claims: Record<string, unknown>, header: Record<string, unknown>) => void): Lie => (rig) => {
  rig.provider.kakao.service.on("beforeTokenSigning", ({ header, payload }) => change(payload, header as never));
};
const answer =
  (provider: "kakao" | "github", event: "beforeResponse" | "beforeUserinfo", change: (was: Body) => void): Lie =>
  (rig) => {
    rig.provider[provider].service.on(event, change);
  };
type Body = { body: unknown; statusCode: number };
const told = (answer: Body) => answer.body as Record<string, unknown>;
const now = () => Math.floor(Date.now() / 1000);

const lies: Record<string, ["kakao" | "github", Lie, status?: number]> = {
  "kakao: another issuer": ["kakao", token((claims) => claims.iss = "https://evil.org")],
  "kakao: another audience": ["kakao", token((claims) => claims.aud = "other-app")],
  "kakao: a list of audiences with ours": ["kakao", token((claims) => claims.aud = ["kakao-app", "other-app"])],
  "kakao: an id token that ran out": ["kakao", token((claims) => claims.exp = now() - 1)],
  "kakao: an id token without end": ["kakao", token((claims) => delete claims.exp)],
  "kakao: an id token of later": ["kakao", token((claims) => claims.nbf = now() + 600)],
  "kakao: another nonce": ["kakao", token((claims) => claims.nonce = "other")],
  "kakao: no nonce": ["kakao", token((claims) => delete claims.nonce)],
  "kakao: no subject": ["kakao", token((claims) => delete claims.sub)],
  "kakao: an unknown key": ["kakao", token((_claims, header) => header.kid = "other")],
  "kakao: alg none": [
    "kakao",
    answer("kakao", "beforeResponse", (was) => {
      const [, claims] = String(told(was).id_token).split(".");
      told(was).id_token = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${claims}.`;
    }),
  ],
  "kakao: a signature of nobody": [
    "kakao",
    answer("kakao", "beforeResponse", (was) => {
      told(was).id_token = String(told(was).id_token).replace(/[^.]{20}$/, "A".repeat(20));
    }),
  ],
  "kakao: no id token": ["kakao", answer("kakao", "beforeResponse", (was) => delete told(was).id_token)],
  "kakao: an id token of garbage": ["kakao", answer("kakao", "beforeResponse", (was) => told(was).id_token = "x.y.z")],
  "kakao: the API speaks of somebody else": ["kakao", answer("kakao", "beforeUserinfo", (was) => told(was).id = 1)],
  "kakao: the API says garbage": ["kakao", answer("kakao", "beforeUserinfo", (was) => was.body = "hello")],
  "kakao: the API breaks": ["kakao", answer("kakao", "beforeUserinfo", (was) => was.statusCode = 500), 503],
  "kakao: the tokens are refused": [
    "kakao",
    answer("kakao", "beforeResponse", (was) => {
      Object.assign(was, { statusCode: 400, body: { error: "invalid_grant" } });
    }),
  ],
  "github: an error with status 200": [
    "github",
    answer("github", "beforeResponse", (was) => was.body = { error: "bad_verification_code" }),
  ],
  "github: no access token": ["github", answer("github", "beforeResponse", (was) => delete told(was).access_token)],
  "github: tokens as a list": ["github", answer("github", "beforeResponse", (was) => was.body = [])],
  "github: busy": ["github", answer("github", "beforeResponse", (was) => was.statusCode = 429), 503],
  "github: broken": ["github", answer("github", "beforeResponse", (was) => was.statusCode = 502), 503],
  "github: a redirect instead of an answer": [
    "github",
    answer("github", "beforeResponse", (was) => was.statusCode = 302),
  ],
  "github: nobody": ["github", answer("github", "beforeUserinfo", (was) => was.body = { login: "mango" })],
  "github: an id that is text": ["github", answer("github", "beforeUserinfo", (was) => told(was).id = "4711")],
  "github: an id of 0": ["github", answer("github", "beforeUserinfo", (was) => told(was).id = 0)],
  "github: the token is not taken": ["github", answer("github", "beforeUserinfo", (was) => was.statusCode = 401)],
};

for (const [name, [provider, lie, status = 400]] of Object.entries(lies)) {
  Deno.test(`a provider that lies or fails: ${name}: a clear page, and nothing half-made`, async () => {
    await using rig = await openOAuthRig();
    lie(rig);
    const browser = rig.browser({ jb_lang: "en" });
    const back = await browser.enter(provider);
    assert.equal(back.status, status);
    const words = status === 503
      ? "The login service does not answer right now"
      : "Nothing was changed; please start again";
    assert.ok(back.text.includes(words), back.text.replace(/<[^>]*>/g, " "));
    assert.deepEqual(await kept(rig), nothing);
    assert.deepEqual(Object.keys(browser.jar), ["jb_lang"], "no cookie is left");
  });
}

Deno.test("the lies above fail for their own reasons: the same ways without a lie succeed", async () => {
  await using rig = await openOAuthRig();
  for (const provider of providers) assert.equal((await rig.browser().enter(provider)).location, "/login/new");
});

Deno.test("a provider that is gone, hangs, or drips: told within the patience", async () => {
  await using rig = await openOAuthRig();
  const open = new AbortController();
  const silent = Deno.serve({ port: 0, hostname: "127.0.0.1", signal: open.signal, onListen() {} }, (request) => {
    if (new URL(request.url).pathname.endsWith("access_token")) return new Promise<Response>(() => {});
    let drip: ReturnType<typeof setInterval>;
    return new Response(
      new ReadableStream({
        start: (out) => void (drip = setInterval(() => out.enqueue(new TextEncoder().encode(" ")), 200)),
        cancel: () => clearInterval(drip),
      }),
    );
  });
  const { parts: { env } } = rig;
  const issuer = `http://127.0.0.1:${silent.addr.port}`;
  await using hung = await openOAuthRig(undefined, {
    env: { github: { ...env.github!, issuer }, kakao: { ...env.kakao!, issuer } },
  });
  const ask = async (one: Rig, provider: "github" | "kakao") => {
    const browser = one.browser();
    const { searchParams } = new URL((await browser.go(`/login/${provider}`)).location);
    const began = performance.now();
    const { status } = await browser.go(`/login/${provider}/callback?code=x&state=${searchParams.get("state")}`);
    assert.equal(status, 503);
    assert.deepEqual(await kept(one), nothing);
    return performance.now() - began;
  };
  const times = await Promise.all([ask(hung, "github"), ask(hung, "kakao")]);
  for (const time of times) assert.ok(time < limits.provider + 1_500, `${time} ms`);
  await rig.provider.github.stop();
  assert.ok(await ask(rig, "github") < 1_000, "a refused connection is told at once");
  open.abort();
  await silent.finished;
});

Deno.test("kakao's keys that are not to be had: it is down, and nobody is taken at their word", async () => {
  const { privateKey } = await generateKeyPair("RS256");
  const id_token = await new SignJWT({ sub: "1" }).setProtectedHeader({ alg: "RS256", kid: "k" }).sign(privateKey);
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const isToken = new URL(request.url).pathname === "/oauth/token";
    return isToken ? Response.json({ access_token: "x", id_token }) : new Response(null, { status: 500 });
  });
  {
    const issuer = `http://127.0.0.1:${server.addr.port}`;
    await using rig = await openOAuthRig(undefined, { env: { kakao: { clientId: "kakao-app", issuer } } });
    const browser = rig.browser();
    await browser.go("/login/kakao");
    const { status } = await browser.go(`/login/kakao/callback?code=x&state=${browser.jar.jb_flow}`);
    assert.equal(status, 503);
    assert.deepEqual(await kept(rig), nothing);
  }
  await server.shutdown();
});

Deno.test("state: absent, foreign, made up, used, late, of another provider: refused, and the real one still works", async () => {
  await using rig = await openOAuthRig();
  const victim = rig.browser(), thief = rig.browser();
  const refused = async (browser: Browser, path: string, why: string) => {
    const { status } = await browser.go(path);
    assert.equal(status, 400, why);
    assert.deepEqual(await kept(rig), nothing, why);
  };
  const back = new URL(await victim.through("github"));
  const changed = (change: (to: URL) => void) => {
    const url = new URL(back);
    change(url);
    return url.href;
  };
  await refused(
    rig.browser({ ...victim.jar }),
    changed(({ searchParams }) => searchParams.delete("state")),
    "no state",
  );
  await refused(
    rig.browser({ ...victim.jar }),
    changed(({ searchParams }) => searchParams.set("state", "x".repeat(43))),
    "made up",
  );
  await refused(rig.browser(), back.href, "no cookie");
  await thief.through("github");
  await refused(thief, back.href, "a cookie of another browser");
  await refused(
    rig.browser({ jb_flow: "made-up" }),
    changed(({ searchParams }) => searchParams.set("state", "made-up")),
    "both made up",
  );
  const spare = rig.browser({ ...victim.jar });
  assert.equal((await victim.go(back.href)).location, "/login/new");
  const { newcomers } = await kept(rig);
  assert.equal((await spare.go(back.href)).status, 400, "used");
  assert.deepEqual(await kept(rig), { ...nothing, newcomers });

  const late = rig.browser();
  const lateBack = await late.through("github");
  rig.clock.at += limits.flow;
  assert.equal((await late.go(lateBack)).status, 400, "late");
  const mixed = rig.browser();
  const mixedBack = (await mixed.through("github")).replace("/login/github/", "/login/kakao/");
  assert.equal((await mixed.go(mixedBack)).status, 400, "mix-up");
  assert.equal((await kept(rig)).newcomers, newcomers);
});

Deno.test("a code that was used, or is of another's way, is no login", async () => {
  await using rig = await openOAuthRig();
  const first = rig.browser(), second = rig.browser();
  const used = new URL(await first.through("github")).searchParams.get("code")!;
  const unused = new URL(await rig.browser().through("github")).searchParams.get("code")!;
  for (const code of [used, unused]) {
    if (code === used) {
      await first.go(`/login/github/callback?${new URLSearchParams({ code, state: first.jar.jb_flow })}`);
    }
    const before = await kept(rig);
    const own = new URL(await second.through("github"));
    own.searchParams.set("code", code);
    assert.equal((await second.go(own.href)).status, 400, "the verifier does not fit");
    assert.deepEqual(await kept(rig), before);
  }
});

Deno.test("a hundred callbacks with one state are one login", async () => {
  await using rig = await openOAuthRig();
  await rig.browser().join("github", "망고");
  const browser = rig.browser();
  await browser.join("github", "망고"); // known by now
  const one = rig.browser(), back = await one.through("github");
  const before = (await kept(rig)).sessions;
  const jar = { ...one.jar };
  const all = await Promise.all(Array.from({ length: 100 }, () => rig.browser({ ...jar }).go(back)));
  assert.equal(all.filter(({ status }) => status === 303).length, 1);
  assert.equal((await kept(rig)).sessions, before + 1);
});

Deno.test("who says no at the provider comes back to the door, and nothing happened", async () => {
  await using rig = await openOAuthRig();
  const browser = rig.browser();
  const back = new URL(await browser.through("kakao"));
  back.searchParams.delete("code");
  back.searchParams.set("error", "access_denied");
  const { status, location } = await browser.go(back.href);
  assert.deepEqual([status, location], [303, "/login"]);
  assert.deepEqual(await kept(rig), nothing);
  const wrong = new URL(await browser.through("kakao"));
  wrong.searchParams.delete("code");
  wrong.searchParams.set("error", "server_error");
  assert.equal((await browser.go(wrong.href)).status, 400);
});

Deno.test("the way back leads inside our site only", async () => {
  await using rig = await openOAuthRig();
  await rig.browser().join("github", "망고");
  const places = [
    "https://evil.org",
    "//evil.org",
    "/\\evil.org",
    "\\/evil.org",
    "javascript:alert(1)",
    "/%0d%0aX: y",
    "evil",
    "/\t/evil.org",
    "/login/github",
    "/logout",
  ];
  for (const place of places) {
    const { location } = await rig.browser().enter("github", `?next=${encodeURIComponent(place)}`);
    const url = new URL(location, rig.base);
    assert.equal(url.origin, rig.base, place);
    if (!place.startsWith("/%")) assert.equal(location, "/", place);
  }
  assert.equal((await rig.browser().enter("github", "?next=/letters?page=2")).location, "/letters?page=2");
});

Deno.test("a login that somebody planted before does not become the victim's", async () => {
  await using rig = await openOAuthRig();
  await rig.browser().join("github", "망고");
  const planted = await rig.person("planted");
  const victim = rig.browser({ jb_access: "planted", jb_refresh: "planted" });
  await victim.enter("github");
  const { json } = await victim.me();
  assert.notEqual(json.id, planted.id);
  const { who } = { who: await rig.parts.identity.read(victim.jar.jb_access) };
  assert.ok(who && who.id === json.id);
});

Deno.test("linking adds a way in; one account of a provider belongs to one person", async () => {
  await using rig = await openOAuthRig();
  const mango = await member(rig, "mango"), { json: { id } } = await mango.me();
  const linked = await mango.enter("github", "?for=link&next=/settings");
  assert.deepEqual([linked.status, linked.location], [303, "/settings"]);
  const other = rig.browser();
  await other.enter("github");
  assert.equal((await other.me()).json.id, id);
  assert.equal(
    (await mango.enter("github", "?for=link&next=/settings")).status,
    303,
    "the same once more changes nothing",
  );

  const kiwi = await member(rig, "kiwi_1");
  assert.equal((await kiwi.enter("github", "?for=link")).status, 409, "somebody's already");
  rig.provider.person.id = 5;
  assert.equal((await mango.enter("github", "?for=link")).status, 409, "one of each provider");
  assert.equal((await rig.parts.store.list(["linked"])).length, 1);
  const shown = JSON.parse((await mango.go("/api/logins")).text);
  assert.deepEqual([shown.password, shown.providers.map((one: { linkedAt?: number }) => one.linkedAt !== undefined)], [
    true,
    [false, true],
  ]);
});

Deno.test("linking begins on our pages, and ends in the login that began it", async () => {
  await using rig = await openOAuthRig();
  assert.equal((await rig.browser().go("/login/github?for=link")).status, 401, "a guest");
  const mango = await member(rig, "mango"), kiwi = await member(rig, "kiwi_1");
  const foreign = { headers: { "sec-fetch-site": "cross-site" } };
  assert.equal((await mango.go("/login/github?for=link", foreign)).status, 403, "a link of another site");
  assert.equal((await mango.go("/login/github?for=step_up", foreign)).status, 403);
  const back = await mango.through("github", "?for=link");
  kiwi.jar.jb_flow = mango.jar.jb_flow;
  assert.equal((await kiwi.go(back)).status, 400, "another person");
  const again = await mango.through("github", "?for=link"), flow = mango.jar.jb_flow;
  const relogged = await (async () => {
    const browser = rig.browser();
    await browser.go("/login", { form: { username: "mango", password: PASSWORD } });
    return browser;
  })();
  relogged.jar.jb_flow = flow;
  assert.equal((await relogged.go(again)).status, 400, "another login of the same person");
  const out = await mango.through("github", "?for=link");
  await mango.go("/logout", { form: {} });
  assert.equal((await mango.go(out)).status, 401, "logged out on the way");
  assert.equal((await rig.parts.store.list(["linked"])).length, 0);
});

Deno.test("unlinking never takes the last way in", async () => {
  await using rig = await openOAuthRig();
  const browser = rig.browser();
  await browser.join("github", "망고");
  const { json } = await browser.me(), id = String(json.id);
  const drop = (provider: string) => browser.go(`/settings/logins/${provider}/unlink`, { form: {} });
  assert.equal((await drop("github")).status, 409);
  assert.equal((await drop("kakao")).status, 404, "not linked");
  assert.equal((await drop("google")).status, 404);
  await browser.enter("kakao", "?for=link");
  const all = await Promise.all(["github", "kakao"].map(drop));
  assert.deepEqual(all.map(({ status }) => status).sort(), [303, 409], "both at once: one stays");
  const links = await linksOf(rig.parts.store, id);
  assert.equal(Object.keys(links).length, 1);
  assert.equal((await rig.parts.store.list(["linked"])).length, 1);
  const [last] = Object.keys(links) as ["github" | "kakao"];
  const other = rig.browser();
  await other.enter(last);
  assert.equal((await other.me()).json.id, id);

  const mango = await member(rig, "mango");
  rig.provider.person.id = 6;
  await mango.enter("github", "?for=link");
  assert.equal((await mango.go("/settings/logins/github/unlink", { form: {} })).status, 303, "the password stays");
});

Deno.test("nobody without a password comes in by one, and their username tells nothing", async () => {
  await using rig = await openOAuthRig();
  const browser = rig.browser();
  await browser.join("github", "망고");
  const { username } = (await browser.me()).json as { username: string };
  assert.match(username, /^github_[0-9a-f]{10}$/);
  for (const password of ["", "undefined", "null", PASSWORD]) {
    assert.notEqual((await rig.post("/api/login", { username, password })).status, 200);
  }
});

for (const provider of providers) {
  Deno.test(`${provider}: an address counts when the provider checked it, and only then`, async () => {
    await using rig = await openOAuthRig({ id: 1, name: "mango", email: "Mango@example.org", verified: true });
    const { store } = rig.parts;
    const browser = rig.browser();
    await browser.join(provider, "망고");
    const { email, emailVerified } = (await browser.me()).json;
    assert.deepEqual([email, emailVerified], ["Mango@example.org", true]);

    Object.assign(rig.provider.person, { id: 2, email: "kiwi@example.org", verified: false });
    const other = rig.browser();
    await other.join(provider, "키위");
    assert.equal((await other.me()).json.email, undefined);
    assert.equal(await findByAddress(store, "kiwi@example.org"), null);
  });

  Deno.test(`${provider}: an address never opens the account that has it: its owner logs in and links`, async () => {
    await using rig = await openOAuthRig({ id: 1, name: "mango", email: "mango@example.org", verified: true });
    const { store } = rig.parts;
    const owner = rig.browser();
    await owner.join(provider, "망고");
    const { id } = (await owner.me()).json;

    rig.provider.person.id = 2; // the same address, by another account of the provider
    rig.provider.person.email = "MANGO@example.org";
    const other = rig.browser({ jb_lang: "en" });
    await other.enter(provider);
    assert.match((await other.go("/login/new")).text, /An account with this mail address is here already/);
    assert.equal((await store.list(keys.sessions())).length, 1, "nobody came in");
    await other.go("/login/new", { form: { nickname: "다른 이" } });
    const { json } = await other.me();
    assert.notEqual(json.id, id);
    assert.equal(json.email, undefined);
    assert.equal((await findByAddress(store, "mango@example.org"))?.id, id, "it stays its owner's");
  });

  Deno.test(`${provider}: who only claims somebody's address gets nothing by it, and cannot keep them out`, async () => {
    await using rig = await openOAuthRig({ id: 1, name: "victim", email: "victim@example.org", verified: true });
    const { store } = rig.parts;
    const squatter = await rig.person("squatter");
    await claimAddress(store, squatter.id, "victim@example.org");
    const victim = rig.browser({ jb_lang: "en" });
    await victim.enter(provider);
    assert.doesNotMatch((await victim.go("/login/new")).text, /is here already/);
    await victim.go("/login/new", { form: { nickname: "victim" } });
    const { json } = await victim.me();
    assert.notEqual(json.id, squatter.id);
    assert.deepEqual([json.email, json.emailVerified], ["victim@example.org", true]);
    assert.equal((await findByAddress(store, "victim@example.org"))?.id, json.id);
  });
}

Deno.test("without a password: the provider once more, then a first password and an address; no way in is lost", async () => {
  await using rig = await openOAuthRig();
  const browser = rig.browser({ jb_lang: "en" });
  await browser.join("github", "망고");
  const { username } = (await browser.me()).json as { username: string };
  const setPassword = (form: Record<string, string>) => browser.go("/settings/password", { form });
  const setAddress = () => browser.go("/settings/address", { form: { email: "mango@example.org" } });

  for (const refused of [await setPassword({ next: "moonnight2" }), await setAddress()]) {
    assert.equal(refused.status, 403);
    assert.ok(refused.text.includes("please confirm once more that it is you"));
  }
  assert.equal((await setPassword({ current: PASSWORD, next: "moonnight2" })).status, 403, "no password to know");
  const shut = (await browser.go("/settings")).text;
  assert.match(shut, /href="\/step-up\?next=%2Fsettings%23new-password"/);
  assert.doesNotMatch(shut, /action="\/settings\/(password|address)"/);

  const back = await browser.enter("github", "?for=step_up&next=/settings%23new-password");
  assert.deepEqual([back.status, back.location], [303, "/settings#new-password"]);
  const open = (await browser.go("/settings")).text;
  assert.ok(open.includes(`username (${username})`));
  assert.doesNotMatch(open, /name="(current|password)"/, "nobody is asked for what they do not have");
  assert.equal((await setAddress()).status, 303);
  const link = linkIn(await newestMail(rig, "mango@example.org"), "/verify");
  assert.equal((await browser.go(link, { form: {} })).status, 200);

  const drop = () => browser.go("/settings/logins/github/unlink", { form: {} });
  assert.equal((await drop()).status, 409, "an address alone is no way in");
  assert.equal((await setPassword({ next: "weak" })).status, 422);
  const other = rig.browser();
  await other.enter("github");
  rig.clock.at += 60_000;
  assert.equal((await setPassword({ next: "moonnight2" })).location, "/settings?done=new-password#new-password");
  assert.equal((await newestMail(rig, "mango@example.org"))?.subject, "Your password was changed");
  assert.equal((await kept(rig)).sessions, 1, "the other logins are over");
  assert.equal((await setPassword({ next: "moonnight3" })).status, 422, "from now on the present one is asked for");
  assert.equal((await drop()).status, 303, "the password is a way in");
  const { json } = await rig.post("/api/login", { username, password: "moonnight2" });
  assert.equal((json.user as { username: string }).username, username);
});

Deno.test("being seen again holds for ten minutes, in that login alone", async () => {
  await using rig = await openOAuthRig();
  const browser = rig.browser(), other = rig.browser();
  await browser.join("github", "망고");
  await other.enter("github");
  await browser.enter("github", "?for=step_up");
  const set = (who: Browser) => who.go("/settings/password", { form: { next: "moonnight2" } });
  assert.equal((await set(other)).status, 403);
  rig.clock.at += limits.stepUp;
  assert.equal((await set(browser)).status, 403);
});

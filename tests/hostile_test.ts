import assert from "node:assert/strict";
import { held } from "./memory.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

const COUNT = 10_000;
const AT_ONCE = 16;
const SEED = Number(Deno.env.get("SEED") ?? 20_261_120);

type Random = { below(n: number): number; pick<T>(list: readonly T[]): T; bytes(n: number): Uint8Array<ArrayBuffer> };
type Attack = { name: string; request: Uint8Array[] };
const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test(`${COUNT} broken requests: no 5xx, no crash, nothing written (SEED=${SEED})`, async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const routes = rig.app.routes.filter(({ method }) => method !== "ALL");
  const places = [...new Set(routes.map(({ path }) => path))];
  const random = randomFrom(SEED);
  const attacks = Array.from({ length: COUNT }, (_, i) => {
    const make = mutators[i % mutators.length];
    return () => make(random, places, token);
  });

  const port = Number(new URL(rig.base).port);
  const seen = new Map<string, number>();
  /** Answers that say that a buzz is there, and those that may be one. */
  let sent = 0, buzzes = 0;
  const work = async (rest: number) => {
    while (attacks.length > rest) {
      const { name, request } = attacks.pop()!();
      const status = await ask(port, request) ?? "none";
      const start = new TextDecoder().decode(request[0].slice(0, 400));
      assert.ok(status === "none" || Number(status) < 500, `${name}: ${status}\n${start}`);
      if (status === "201" && /^POST \S*send-chat /.test(start)) sent++;
      if (status === "303" && start.startsWith("POST /buzz ")) buzzes++;
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
  };
  const workAll = (rest: number) => Promise.all(Array.from({ length: AT_ONCE }, () => work(rest)));
  await workAll(COUNT / 2);
  const halfway = held();
  await workAll(0);

  const count = (status: string) => seen.get(status) ?? 0;
  assert.ok(count("none") < COUNT / 10, `${count("none")} were not answered`);
  for (const status of ["400", "401", "404", "405", "413", "415", "422"]) {
    assert.ok(count(status), `${status} was seen`);
  }
  assert.deepEqual(rig.lines.filter(({ level }) => level === "error"), []);
  const head = Number((await rig.get("/api/recent-chats")).json.head);
  assert.ok(sent <= head && head <= count("201") + buzzes, "only what was accepted was written");
  assert.equal((await rig.get("/healthz")).status, 200);
  await until(() => held() - halfway < 100, 20_000); // megabytes; what the allocator keeps goes back little by little
});

/** Sends it all, and reads the status; `null` when there was none: a broken frame may just be hung up on. */
async function ask(port: number, request: Uint8Array[]): Promise<string | null> {
  const conn = await Deno.connect({ hostname: "127.0.0.1", port });
  const send = async () => {
    for (const part of request) for (let at = 0; at < part.length;) at += await conn.write(part.subarray(at));
  };
  const sent = send().catch(() => {}); // an early refusal closes on us
  const ended = setTimeout(() => conn.closeWrite().catch(() => {}), 500); // the server waits for more: there is none
  let late = false;
  const giveUp = setTimeout(() => {
    late = true;
    conn.close();
  }, 15_000);
  try {
    const bytes = new Uint8Array(64);
    const n = await conn.read(bytes).catch(() => null);
    assert.ok(!late, "no answer within 15 s");
    return /^HTTP\/1\.1 (\d{3})/.exec(new TextDecoder().decode(bytes.subarray(0, n ?? 0)))?.[1] ?? null;
  } finally {
    clearTimeout(ended);
    clearTimeout(giveUp);
    if (!late) conn.close();
    await sent;
  }
}

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
const odd = ["TRACE", "CONNECT", "FOO", "get", "P\u00d6ST", "M".repeat(300), "PROPFIND"];
const fields = [
  "username",
  "password",
  "nickname",
  "email",
  "text",
  "mood",
  "clientId",
  "refreshToken",
  "lang",
  "date",
];
const texts = [
  "",
  " ",
  "\0",
  "\u0000\u0001",
  "\ud800",
  "\udfff가",
  "가".repeat(600),
  "a\u0301".repeat(300),
  "👨‍👩‍👧‍👦".repeat(20),
  "<img src=x onerror=alert(1)>",
  "' OR 1=1 --",
  "../../etc/passwd",
  "__proto__",
  "2026-02-31",
  "0000-00-00",
  "NaN",
  "1e309",
  "-1",
];

const value = (random: Random): unknown =>
  random.pick<unknown>([
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    [],
    {},
    [[]],
    { $ne: null },
    { toString: 1 },
    random.pick(texts),
    random.pick(texts),
    String.fromCharCode(...Array.from({ length: random.below(40) }, () => random.below(65_536))),
  ]);

/** Each makes one kind of broken request; all is drawn from the seed. */
const mutators: ((random: Random, places: string[], token: string) => Attack)[] = [
  (random, places, token) => {
    const body = Object.fromEntries(fields.filter(() => random.below(2)).map((name) => [name, value(random)]));
    return post("wrong types", random, places, token, utf8(JSON.stringify(body)));
  },
  (random, places, token) => post("random bytes", random, places, token, random.bytes(random.below(2000))),
  (random, places, token) => {
    const depth = 1 + random.below(30_000);
    const [open, close] = random.pick([["[", "]"], ['{"text":', "}"]]);
    const whole = random.below(2) ? close.repeat(depth) : "";
    return post("deep JSON", random, places, token, utf8(`${open.repeat(depth)}1${whole}`.slice(0, 65_000)));
  },
  (random, places, token) => {
    const body = utf8(JSON.stringify({ text: "abcdefgh", username: "abcdefgh", nickname: "abcdefgh" }));
    for (let n = 0; n < 4; n++) body[random.below(body.length)] = random.pick([0x80, 0xc0, 0xed, 0xff, 0xf8, 0]);
    return post("broken UTF-8", random, places, token, body);
  },
  (random, places, token) => {
    const size = random.below(20) ? 70_000 : 1_000_000;
    return post("too large", random, places, token, utf8(JSON.stringify({ text: "x".repeat(size) })));
  },
  (random, places, token) => {
    const body = random.pick(["text=%", "text=%FF&&&=", "a[]=1&a[]=2&__proto__=x", "=".repeat(500), "text[a][b]=c"]);
    return post("broken form", random, places, token, utf8(body), "application/x-www-form-urlencoded");
  },
  (random, places, token) => {
    const part = random.pick([
      "--x\r\n\r\n",
      '--x\r\nContent-Disposition: form-data; name="text"\r\n\r\nhi',
      "--x--",
      "x",
    ]);
    return post(
      "broken multipart",
      random,
      places,
      token,
      utf8(part),
      random.pick([
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "multipart/form-data; boundary=",
      ]),
    );
  },
  (random, places) => raw("odd method", random.pick(odd), place(random, places), []),
  (random, places) => raw("any method", random.pick(methods), place(random, places), header(random)),
  (random, places, token) => {
    const query =
      `?page=${encodeURIComponent((JSON.stringify(value(random)) ?? "").toWellFormed())}&before=${
        random.pick(["x", "-1", "1e99", "%"])
      }` +
      `&size=${random.below(1e6)}&lang=%FF&next=${encodeURIComponent(random.pick(texts).toWellFormed())}`;
    return raw("odd query", "GET", place(random, places) + query, bearer(token));
  },
  (random) => {
    const address = random.pick([
      `/${"a".repeat(random.below(20_000))}`,
      `/static/${"../".repeat(random.below(50))}etc/passwd`,
      `/static/${"%2e%2e%2f".repeat(random.below(50))}x`,
      "/%",
      "/%ff%fe",
      "//",
      "/.//..//",
      "*",
      "http://[::",
      "/api/rooms/%00/messages",
      "/api/letters/%E0%A4%A",
      `/api/rooms/${"%F0".repeat(random.below(100))}/messages`,
    ]);
    return raw("odd address", "GET", address, header(random));
  },
  (random, places) =>
    raw(
      "odd headers",
      random.pick(methods),
      place(random, places),
      header(random),
      random.pick([
        "",
        "a b",
        ":::",
        "[",
        "x".repeat(3000),
        "localhost:99999",
        "é",
      ]),
    ),
  (random) => ({ name: "no HTTP", request: [random.bytes(1 + random.below(400))] }),
  (random, places, token) => {
    const body = random.pick([
      "zz\r\nabc\r\n0\r\n\r\n",
      "5\r\nab\r\n0\r\n\r\n",
      "fffffffffff\r\n",
      "-1\r\n\r\n",
      "0\r\n\r\n",
    ]);
    const extra = [...bearer(token), "Transfer-Encoding: chunked", "Content-Type: application/json"];
    const sent = raw("broken chunks", "POST", place(random, places), extra);
    return { ...sent, request: [...sent.request, utf8(body)] };
  },
];

function post(
  name: string,
  random: Random,
  places: string[],
  token: string,
  body: Uint8Array<ArrayBuffer>,
  type = random.pick([
    "application/json",
    "application/json",
    "application/json; charset=x",
    "text/plain",
    "",
    "a/b/c",
  ]),
): Attack {
  const length = random.below(50) ? body.length : random.pick(["-1", "abc", body.length + 10, "1e3"]);
  const headers = [...bearer(random.below(4) ? token : "x.y.z"), `Content-Type: ${type}`, `Content-Length: ${length}`];
  const sent = raw(name, random.pick(["POST", "POST", "POST", "PATCH", "PUT"]), place(random, places), headers);
  return { name, request: [...sent.request, body] };
}

function raw(name: string, method: string, address: string, headers: string[], host = "localhost"): Attack {
  const lines = [`${method} ${address} HTTP/1.1`, `Host: ${host}`, "Connection: close", ...headers];
  return { name, request: [utf8(`${lines.join("\r\n")}\r\n\r\n`)] };
}

const bearer = (token: string) => [`Authorization: Bearer ${token}`];

const place = (random: Random, places: string[]): string =>
  random.pick(places).replaceAll(
    /:\w+|\*/g,
    () => random.pick(["plaza", "house", "%00", "x".repeat(200), "2026-11-20", "2026-13-01", "..", "%2F", "-1"]),
  );

const header = (random: Random): string[] => [
  random.pick([
    "Accept: text/html",
    "Accept-Language: ,;;q=,*;q=2,ko-;q=-1",
    `Cookie: jb_access=${"x".repeat(random.below(3000))}; jb_refresh=a.1.${"b".repeat(43)}; jb_lang=%`,
    "Cookie: ;;==;\t=",
    "Authorization: Bearer",
    `Authorization: Bearer ${"a.".repeat(random.below(2000))}`,
    "Authorization: Basic !!!",
    "Origin: null",
    "Origin: http://[",
    "X-Forwarded-For: ,,,:::",
    'If-None-Match: "',
    "Upgrade: websocket",
    "Upgrade: h2c\r\nConnection: Upgrade",
    "Accept-Encoding: gzip;q=zz, br, *",
    "Expect: 100-continue",
    "Range: bytes=9-1",
    `X-Long: ${"y".repeat(random.below(8000))}`,
    "Content-Length: 5",
  ]),
];

/** Mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): Random {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    pick: (list) => list[below(list.length)],
    bytes: (n) => Uint8Array.from({ length: n }, () => below(256)),
  };
}

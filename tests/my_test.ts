import assert from "node:assert/strict";
import { dateAfter } from "../domain/day.ts";
import type { Letter } from "../domain/letter.ts";
import type { Mood } from "../domain/mood.ts";
import { PLAZA } from "../domain/room.ts";
import { claimLetter, publishLetter } from "../kv/letters.ts";
import { openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
type Cookies = { Cookie: string };
const PAGE = { Accept: "text/html" };
const XSS = `<img src=x onerror="alert(1)">`;

Deno.test("guests are sent to the door and come back; no script is needed to sign up", async () => {
  await using rig = await openRig();
  const asked = await rig.get("/mypage", { headers: PAGE });
  assert.deepEqual([asked.status, asked.headers.get("Location")], [303, "/login?next=/mypage"]);
  const door = await rig.get("/login?next=/mypage", { headers: PAGE });
  assert.match(door.text, /name="next" value="\/mypage"/);
  assert.match(door.text, /href="\/register\?next=%2Fmypage"/);

  const joined = await send(rig, "/register", {
    username: "mango_1",
    nickname: "망고",
    password: PASSWORD,
    next: "/mypage",
  });
  assert.deepEqual([joined.status, joined.headers.get("Location")], [303, "/mypage"]);
  const page = await rig.get("/mypage", { headers: cookiesOf(joined) });
  assert.equal(page.status, 200);
  assert.match(page.text, /<h1>망고<\/h1>/);
  assert.match(page.text, /아직 남긴 버즈가 없어요/);
  const inside = await rig.get("/login?next=/letters", { headers: cookiesOf(joined) });
  assert.deepEqual([inside.status, inside.headers.get("Location")], [303, "/letters"]);
});

Deno.test("the door says at the field what is wrong, never shows a password again, and leads nowhere else", async () => {
  await using rig = await openRig();
  await rig.person("mango_1");
  const bad = await send(rig, "/register", {
    username: "no",
    nickname: XSS,
    password: "secret",
    next: "//evil.example",
  });
  assert.equal(bad.status, 422);
  assert.match(bad.text, /id="nickname"[^>]*autofocus[^>]*aria-invalid="true" aria-describedby="nickname-h"/);
  assert.match(bad.text, /id="username"[^>]*aria-invalid="true" aria-describedby="username-h"[^>]*value="no"/);
  assert.match(bad.text, /id="password-h"[^>]*>8자 이상으로 해 주세요/);
  assert.ok(!bad.text.includes("secret") && !bad.text.includes("<img") && !bad.text.includes("evil"));

  const taken = await send(rig, "/register?draft=1", { username: "MANGO_1", nickname: "망고", password: PASSWORD });
  assert.equal(taken.status, 409);
  assert.match(taken.text, /id="username-h"[^>]*>이미 누가 쓰는 아이디예요/);
  assert.match(taken.text, /쓰던 글은 그대로 남아 있어요/);

  const wrong = await send(rig, "/login", { username: "mango_1", password: "wrong-one1" });
  assert.equal(wrong.status, 401);
  assert.match(wrong.text, /role="alert" id="door-problem"/);
  assert.match(wrong.text, /id="password"[^>]*aria-describedby="door-problem"/);
  assert.ok(!wrong.text.includes("wrong-one1"));
});

Deno.test("own buzzes page by page, newest first, by the days of the letter's zone; nobody else's", async () => {
  await using rig = await openRig();
  const { cookies, id } = await enter(rig);
  await buzz(rig, { id: "somebody", nickname: "남" }, "남의 글", "2026-11-17T01:00:00Z");
  for (let n = 1; n <= 23; n++) {
    await buzz(rig, { id, nickname: "망고" }, `글 ${n}`, n <= 3 ? "2026-11-18T14:59:59Z" : "2026-11-18T15:00:00Z");
  }
  const first = await my(rig, cookies);
  assert.deepEqual(textsOf(first), Array.from({ length: 20 }, (_, i) => `글 ${23 - i}`));
  assert.deepEqual(daysOf(first), ["11월 19일 목요일"]);
  assert.match(first, /버즈 23개/);
  const second = await my(rig, cookies, "?page=2");
  assert.deepEqual([textsOf(second), daysOf(second)], [["글 3", "글 2", "글 1"], ["11월 18일 수요일"]]);
  assert.ok(!first.includes("남의 글") && !second.includes("남의 글"));
});

Deno.test("each day of the tree, the calendar and the table opens that day's own buzzes", async () => {
  await using rig = await openRig();
  const { cookies, id } = await enter(rig);
  const me = { id, nickname: "망고" };
  await buzz(rig, me, "오래된 글", "2025-01-05T03:00:00Z", "sad");
  await buzz(rig, me, "그날 글", "2026-11-18T03:00:00Z", "joy");
  await buzz(rig, me, XSS, "2026-11-18T04:00:00Z");
  await buzz(rig, me, "오늘 글", "2026-11-20T02:00:00Z", "tired");

  const page = await my(rig, cookies);
  assert.match(page, /href="\/mypage\?day=2026-11-18#history" aria-label="11월 18일 수요일, 버즈 2개: 기쁨 1"/);
  assert.match(page, /href="\/mypage\?day=2026-11-18#history" data-n="2" aria-label="11월 18일, 버즈 2개"/);
  assert.match(page, /<caption[^>]*>11월 7일부터 11월 20일까지 기분별 버즈 수/);
  assert.equal(page.match(/data-day=/g)?.length, 14);
  assert.equal((await my(rig, cookies, "?weeks=12")).match(/data-day=/g)?.length, 84);

  assert.deepEqual(textsOf(await my(rig, cookies, "?day=2026-11-18")), [
    "&lt;img src=x onerror=&quot;alert(1)&quot;>",
    "그날 글",
  ]);
  assert.deepEqual(textsOf(await my(rig, cookies, "?day=2025-01-05")), ["오래된 글"]);
  assert.match(await my(rig, cookies, "?day=2026-11-17"), /이날은 남긴 것이 없어요/);
  assert.match(await my(rig, cookies, "?day=2026-11-17&only=buzz"), /이날은 남긴 버즈가 없어요/);
  for (const nonsense of ["?day=2026-02-31", "?weeks=7&page=-1", "?page=x&day=", "?weeks=12%00"]) {
    assert.equal(textsOf(await my(rig, cookies, nonsense)).length, 4, nonsense);
  }
});

Deno.test("a new nickname is in the next answer; language and theme stay; a bad one changes nothing", async () => {
  await using rig = await openRig();
  const { cookies } = await enter(rig);
  const sent = await send(rig, "/mypage/profile", { nickname: " 두리  안 ", lang: "ja", theme: "dark" }, cookies);
  assert.deepEqual([sent.status, sent.headers.get("Location")], [303, "/mypage?saved=1#edit"]);
  const renewed = cookiesOf(sent, cookies);
  const access = /jb_access=([^;]+)/.exec(renewed.Cookie)?.[1] ?? "";
  assert.equal((await rig.parts.identity.read(access))?.nickname, "두리 안");
  const page = await rig.get("/mypage?saved=1", { headers: renewed });
  assert.match(page.text, /<html lang="ja" data-theme="dark">/);
  assert.match(page.text, /<h1>두리 안<\/h1>[^]*保存しました/);

  const bad = await send(rig, "/mypage/profile", { nickname: XSS, lang: "ko" }, renewed);
  assert.equal(bad.status, 422);
  assert.match(bad.text, /id="nickname"[^>]*aria-invalid="true"/);
  assert.ok(!bad.text.includes("<img"));
  assert.match((await rig.get("/mypage", { headers: renewed })).text, /<h1>두리 안<\/h1>/);
  assert.equal((await send(rig, "/mypage/profile", { nickname: "누구" })).status, 401);
});

Deno.test("a name that looks like markup is shown as text", async () => {
  await using rig = await openRig();
  const joined = await send(rig, "/register", { username: "mango_1", nickname: "<b>x</b>&amp;", password: PASSWORD });
  const { text } = await rig.get("/mypage", { headers: cookiesOf(joined) });
  assert.match(text, /<h1>&lt;b>x&lt;\/b>&amp;amp;<\/h1>/);
  assert.ok(!text.includes("<b>x"));
});

Deno.test("the letters: archive by pages, a page each in the reader's language, text is never markup", async () => {
  await using rig = await openRig();
  assert.match((await rig.get("/letters", { headers: PAGE })).text, /아직 온 편지가 없어요/);
  assert.equal((await rig.get("/letters/latest", { headers: PAGE })).status, 404);
  for (let day = 0; day <= 13; day++) await keep(rig, letterOf(dateAfter("2026-10-31", day)));
  await keep(rig, { ...letterOf("2026-11-15"), by: "offline", moods: { tired: 3, joy: 1 } });

  const archive = await rig.get("/letters", { headers: PAGE });
  assert.deepEqual(linksOf(archive.text).slice(0, 2), ["2026-11-15", "2026-11-13"]);
  assert.equal(linksOf(archive.text).length, 12);
  assert.deepEqual(linksOf((await rig.get("/letters?page=2", { headers: PAGE })).text).length, 3);
  rig.clock.at += 61_000; // what the first question found is remembered for a minute
  assert.equal((await rig.get("/letters/latest", { headers: PAGE })).headers.get("Location"), "/letters/2026-11-15");

  const newest = (await rig.get("/letters/2026-11-15", { headers: PAGE })).text;
  assert.match(newest, /2026년 11월 15일 일요일, 아침 9시 50분/);
  assert.match(newest, /aria-label="지침 75%, 기쁨 25%"/);
  assert.match(newest, /이 편지는 AI 없이 쓰였어요/);
  assert.match(newest, /href="tel:109"/);
  assert.ok(newest.includes("&lt;img") && !newest.includes("<img"));
  assert.deepEqual(linksOf(newest), ["2026-11-13"]);
  const before = (await rig.get("/letters/2026-11-13?lang=en", { headers: PAGE })).text;
  assert.match(before, /<h1 id="letter-title">Title en<\/h1>/);
  assert.match(before, /Bandi, an AI, read the 7 public buzzes/);
  assert.deepEqual(linksOf(before), ["2026-11-12", "2026-11-15"]);
  for (const path of ["2026-11-14", "2026-02-31", "x", "%00"]) {
    assert.equal((await rig.get(`/letters/${path}`, { headers: PAGE })).status, 404, path);
  }
});

Deno.test("only an administrator sees and uses the form that writes a letter", async () => {
  const written: string[] = [];
  await using rig = await openRig();
  const write = rig.parts.letters.write;
  rig.parts.letters.write = (date) => (written.push(date), keep(rig, letterOf(date)));
  const { cookies } = await enter(rig);
  const boss = await rig.person("boss_1", "대장", "admin");
  const admin = cookiesOf(await send(rig, "/login", { username: boss.username, password: PASSWORD }));
  for (const who of [PAGE, cookies]) {
    assert.ok(!(await rig.get("/letters", { headers: who })).text.includes("<form"));
    assert.equal((await send(rig, "/letters", { date: "2026-11-20" }, who)).status, 404);
  }
  assert.deepEqual(written, []);
  assert.match((await rig.get("/letters", { headers: admin })).text, /<form[^>]*action="\/letters"/);
  const done = await send(rig, "/letters", { date: "2026-11-20" }, admin);
  assert.deepEqual([done.status, done.headers.get("Location")], [303, "/letters/2026-11-20"]);
  assert.equal((await send(rig, "/letters", { date: "2026-11-21" }, admin)).status, 422);
  assert.deepEqual(written, ["2026-11-20"]);
  rig.parts.letters.write = write;
});

const send = (rig: Rig, path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  rig.post(path, new URLSearchParams(form), { headers: { ...PAGE, ...headers } });

const my = async (rig: Rig, cookies: Cookies, query = ""): Promise<string> =>
  (await rig.get(`/mypage${query}`, { headers: { ...PAGE, ...cookies } })).text;

async function enter(rig: Rig): Promise<{ cookies: Cookies; id: string }> {
  const { id } = await rig.person("mango_1", "망고");
  return { cookies: cookiesOf(await send(rig, "/login", { username: "mango_1", password: PASSWORD })), id };
}

/** What a browser would send next: the cookies it had, and those it just got. */
function cookiesOf({ headers }: { headers: Headers }, before: Cookies = { Cookie: "" }): Cookies {
  const jar = new Map(before.Cookie.split("; ").filter(Boolean).map((pair) => pair.split("=") as [string, string]));
  for (const cookie of headers.getSetCookie()) jar.set(...(cookie.split(";")[0].split("=") as [string, string]));
  return { Cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
}

async function buzz(rig: Rig, author: { id: string; nickname: string }, text: string, time: string, mood?: Mood) {
  const today = rig.clock.at;
  rig.clock.at = Date.parse(time);
  await rig.parts.log.append({ room: PLAZA, author: { ...author, role: "user" }, kind: "user", text, mood });
  rig.clock.at = today;
}

const found = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map(([, text]) => text);
const textsOf = (html: string): string[] => found(html, /<a class="said"[^>]*>([^]*?)<\/a>/g);
const daysOf = (html: string): string[] => found(html, /<h3 class="soft" id="day-[^"]*">([^<]*)/g);
const linksOf = (html: string): string[] => found(html, /href="\/letters\/(\d[^"?]*)"/g);

function letterOf(date: string): Letter {
  const text = (lang: string) => ({ title: `Title ${lang}`, paragraphs: [`Text ${lang}`, XSS], themes: [XSS] });
  const texts = { ko: text("ko"), en: text("en"), ja: text("ja") };
  return {
    date,
    from: 0,
    to: 1,
    writtenAt: 2,
    by: "gpt",
    quiet: false,
    buzzes: 7,
    writers: 5,
    moods: { joy: 7 },
    texts,
  };
}

async function keep(rig: Rig, letter: Letter): Promise<Letter> {
  const { store, now } = rig.parts;
  assert.ok(await publishLetter(store, await claimLetter(store, letter.date, "test", now()), letter, 0));
  return letter;
}

import assert from "node:assert/strict";
import { queueLetters } from "../cron/letter_mail.ts";
import { dateAfter } from "../domain/day.ts";
import { noWish } from "../domain/own_letter.ts";
import { Problem } from "../domain/problems.ts";
import { keys } from "../kv/keys.ts";
import { stopLetter } from "../kv/letter_readers.ts";
import { countMails } from "../kv/mails.ts";
import { wishOwnLetter } from "../kv/own_letters.ts";
import { addressed, HOME, linkIn, newestMail, openMailRig, tokenIn } from "./mail_rig.ts";
import { keepLetter, openRig } from "./rig.ts";

const MINUTE = 60_000, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const DATE = "2026-11-20"; // a Friday
const at = (date: string, time: string) => Date.parse(`${date}T${time}+09:00`);
const texts = (said: string) => ({
  ko: { title: `${said} 느린 아침`, paragraphs: ["물 한 잔 <b>천천히</b>.", "창가에서."], themes: [] },
  en: { title: `${said} A slow morning`, paragraphs: ["Drink some water."], themes: [] },
  ja: { title: `${said} ゆっくりの朝`, paragraphs: ["水を一杯。"], themes: [] },
});

/** Letters and readers before a real mail server. */
async function openReaders(given: Parameters<typeof openMailRig>[1] = {}) {
  const rig = await openMailRig(undefined, given);
  const { store, clock, now, zone, line, post } = rig;
  const reader = async (id: string, hour: number, rhythm: "daily" | "weekly" = "daily", more = {}) => {
    await addressed(store, id, more);
    await store.commit((atomic) =>
      atomic.set(keys.letterChoice(id), { hour, rhythm, lang: "ko", confirmed: true })
        .set(keys.letterReader(hour, id), { rhythm })
    );
  };
  /** What the minute's cron does, at a time in Korea. Who was mailed by it. */
  const tickAt = async (date: string, time: string): Promise<string[]> => {
    clock.at = at(date, time);
    const before = rig.server.arrived.length;
    await queueLetters({ store, zone, now, line });
    await post.tick();
    return rig.server.arrived.slice(before).map(({ to }) => to.split("@")[0]).sort();
  };
  return Object.assign(rig, { reader, tickAt });
}

Deno.test("a letter goes at each person's hour, once, in their language; early birds get the day before's", async () => {
  await using rig = await openReaders();
  await rig.reader("default_9", 9);
  await rig.reader("early_6", 6, "daily", { lang: "en" });
  await keepLetter(rig, dateAfter(DATE, -1), texts("어제"));
  assert.deepEqual(await rig.tickAt(DATE, "06:49:59"), []);
  assert.deepEqual(await rig.tickAt(DATE, "06:50:00"), ["early_6"]);
  assert.equal(rig.server.arrived[0].headers.get("subject"), "어제 A slow morning · the letter of 19 November");
  assert.deepEqual(await rig.tickAt(DATE, "09:50:00"), [], "there is no letter of today yet");
  await keepLetter(rig, DATE, texts("오늘"));
  await rig.reader("evening_20", 20, "daily", { lang: "ja" });
  assert.deepEqual(await rig.tickAt(DATE, "09:51:00"), ["default_9"]);
  assert.equal(rig.server.arrived[1].headers.get("subject"), "오늘 느린 아침 · 11월 20일의 편지");
  for (const time of ["09:52", "10:50", "19:50"]) assert.deepEqual(await rig.tickAt(DATE, `${time}:00`), []);
  assert.deepEqual(await rig.tickAt(DATE, "20:50:00"), ["evening_20"]);
  assert.equal(rig.server.arrived[2].headers.get("subject"), "오늘 ゆっくりの朝 · 11月20日の手紙");
  assert.deepEqual(await rig.tickAt(dateAfter(DATE, 1), "09:00:00"), ["early_6"], "today's, at 6:50 tomorrow");
});

Deno.test("a letter mail: text and HTML, escaped, one-click headers, ways to stop", async () => {
  await using rig = await openReaders();
  await rig.reader("mango_1", 9);
  await keepLetter(rig, DATE, texts("오늘\r\nBcc: v@mail.test"));
  await rig.tickAt(DATE, "09:50:00");
  const [{ headers, text, html, to }] = rig.server.arrived;
  assert.equal(to, "mango_1@mail.test");
  assert.ok(!headers.has("bcc"));
  assert.match(
    headers.get("list-unsubscribe")!,
    /^<https:\/\/jungle\.test\/unsubscribe\?user=mango_1&said=[\w-]{43}>$/,
  );
  assert.equal(headers.get("list-unsubscribe-post"), "List-Unsubscribe=One-Click");
  assert.ok(html.includes("물 한 잔 &#60;b&#62;천천히") && !html.includes("<b>천천히"));
  assert.ok(text.includes("물 한 잔 <b>천천히</b>.\n\n창가에서."));
  assert.ok(text.includes(`${HOME}/letters/${DATE}`) && text.includes("/unsubscribe?user=") && text.includes("109"));
});

Deno.test("a half of one's own that cannot be written now holds no letter up", async () => {
  const sentences = () => Promise.reject(new Problem("too_many", { wait: 60 }));
  await using rig = await openReaders({ ownLetters: { sentences } });
  await rig.reader("mango_1", 9);
  await wishOwnLetter(rig.store, "mango_1", { ...noWish, on: true });
  await keepLetter(rig, DATE, texts("오늘"));
  assert.deepEqual(await rig.tickAt(DATE, "09:50:00"), ["mango_1"]);
});

Deno.test("whoever changes the hour after the letter came does not get it again", async () => {
  await using rig = await openRig();
  const person = await subscriber(rig, "mango_1");
  await keepLetter(rig.parts, DATE, texts("오늘"));
  const letters = async () => (await mails(rig)).filter(({ text }) => text.includes(`/letters/${DATE}`)).length;
  await tick(rig, "09:50:00");
  assert.equal(await letters(), 1);
  await rig.ask("PUT", "/api/letter-mail", { body: { hour: 20, rhythm: "daily" }, token: person.token });
  await tick(rig, "20:50:00");
  assert.equal(await letters(), 1);
  await keepLetter(rig.parts, dateAfter(DATE, 1), texts("내일"));
  rig.clock.at += DAY;
  await queueLetters({ ...rig.parts, zone: "Asia/Seoul" });
  await rig.parts.post.tick();
  assert.equal((await mails(rig)).filter(({ text }) => text.includes(`/letters/${dateAfter(DATE, 1)}`)).length, 1);
});

Deno.test("weekly: the week's letters on Mondays, in one mail", async () => {
  await using rig = await openReaders();
  await rig.reader("weekly_1", 9, "weekly");
  for (let n = -3; n <= 3; n++) await keepLetter(rig, dateAfter(DATE, n), texts(`${n}일째`));
  for (let n = -3; n < 3; n++) assert.deepEqual(await rig.tickAt(dateAfter(DATE, n), "09:50:00"), []);
  assert.deepEqual(await rig.tickAt(dateAfter(DATE, 3), "09:50:00"), ["weekly_1"]); // Monday the 23rd
  const [{ headers, text }] = rig.server.arrived;
  assert.equal(headers.get("subject"), "지난 한 주의 편지 7통");
  for (let n = -3; n <= 3; n++) assert.ok(text.includes(`# ${n}일째 느린 아침\n${HOME}/letters/${dateAfter(DATE, n)}`));
  assert.ok(headers.has("list-unsubscribe"));
});

Deno.test("down from the hour on: mailed when it is back on the same half day, never a day's letter later", async () => {
  await using rig = await openReaders();
  await rig.reader("mango_1", 9);
  await keepLetter(rig, DATE, texts("오늘"));
  assert.deepEqual(await rig.tickAt(DATE, "14:10:00"), ["mango_1"]);
  await keepLetter(rig, dateAfter(DATE, 1), texts("내일"));
  assert.deepEqual(await rig.tickAt(dateAfter(DATE, 1), "22:00:00"), []);
  assert.deepEqual(await rig.tickAt(dateAfter(DATE, 4), "09:50:00"), [], "no letter of that day");
});

Deno.test("four isolates that queue and send at once: 230 readers, one letter each", async () => {
  await using rig = await openReaders();
  for (let n = 0; n < 230; n++) await rig.reader(`mango_${n}`, 9);
  await keepLetter(rig, DATE, texts("오늘"));
  rig.clock.at = at(DATE, "09:50:00");
  const others = await Promise.all(
    [1, 2, 3].map(() => openMailRig(undefined, { store: rig.store, mailer: rig.mailer, now: rig.now })),
  );
  await Promise.all([rig, ...others].map(async ({ store, zone, now, line, post }) => {
    await queueLetters({ store, zone, now, line });
    await post.tick();
  }));
  await rig.post.tick();
  assert.equal(await countMails(rig.store), 0);
  assert.equal(rig.server.arrived.length, 230);
  assert.equal(new Set(rig.server.arrived.map(({ to }) => to)).size, 230);
  for (const other of others) await other.server.stop();
});

Deno.test("an isolate that read a page and was slow queues nobody again, and brings nobody back who stopped", async () => {
  await using rig = await openReaders();
  for (const id of ["mango_1", "mango_2"]) await rig.reader(id, 9);
  await keepLetter(rig, DATE, texts("오늘"));
  rig.clock.at = at(DATE, "09:50:00");
  const meanwhile = async (work: () => Promise<unknown>) => {
    let first = true;
    const commit: typeof rig.store.commit = async (fill) => {
      if (first) {
        first = false;
        await work();
      }
      return await rig.store.commit(fill);
    };
    await queueLetters({ store: { ...rig.store, commit }, zone: rig.zone, now: rig.now, line: rig.line });
  };
  await meanwhile(() => stopLetter(rig.store, "mango_1"));
  assert.equal((await rig.store.get(keys.letterReader(9, "mango_1"))).value, null);
  await rig.post.tick();
  assert.deepEqual(rig.server.arrived.map(({ to }) => to), ["mango_2@mail.test"]);
  await keepLetter(rig, dateAfter(DATE, 1), texts("내일"));
  rig.clock.at += DAY;
  await meanwhile(() => rig.tickAt(dateAfter(DATE, 1), "09:50:00"));
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 2);
});

Deno.test("a lost answer of the store in the middle of queueing doubles and loses nobody", async () => {
  await using rig = await openReaders();
  for (let n = 0; n < 120; n++) await rig.reader(`mango_${n}`, 9);
  await keepLetter(rig, DATE, texts("오늘"));
  rig.clock.at = at(DATE, "09:50:00");
  let commits = 0;
  const lossy = {
    ...rig.store,
    async commit(fill: Parameters<typeof rig.store.commit>[0]) {
      const stamp = await rig.store.commit(fill);
      if (++commits % 2) throw new Error("no answer");
      return stamp;
    },
  };
  for (let n = 0; n < 6; n++) await queueLetters({ store: lossy, zone: rig.zone, now: rig.now, line: rig.line });
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 120);
  assert.equal(new Set(rig.server.arrived.map(({ to }) => to)).size, 120);
});

Deno.test("double opt-in: nothing comes before the button in the mail was pressed", async () => {
  await using rig = await openRig();
  rig.clock.at = at(DATE, "09:40:00");
  const { token, email } = await verified(rig, "mango_1");
  const wish = { hour: 9, rhythm: "daily" };
  const none = await rig.person("no_mail_1");
  const refused = await rig.ask("PUT", "/api/letter-mail", { body: wish, token: none.token });
  assert.deepEqual([refused.status, refused.json.code], [409, "no_address"]);
  const asked = await rig.ask("PUT", "/api/letter-mail", { body: wish, token });
  assert.deepEqual(asked.json, { state: "waiting", ...wish });
  await keepLetter(rig.parts, DATE, texts("오늘"));
  await tick(rig, "09:50:00");
  const mail = await newestMail(rig, email);
  assert.equal(mail?.subject, "편지를 메일로 받을까요?");
  const link = linkIn(mail, "/letters/by-mail");
  assert.equal((await rig.get(link)).status, 200);
  assert.equal((await rig.get("/api/letter-mail", { token })).json.state, "waiting", "looking confirms nothing");
  assert.equal((await rig.post(link)).status, 200);
  assert.equal((await rig.get("/api/letter-mail", { token })).json.state, "on");
  assert.equal((await rig.post(link)).status, 410, "once");
  await keepLetter(rig.parts, dateAfter(DATE, 1), texts("내일"));
  rig.clock.at = at(dateAfter(DATE, 1), "09:50:00");
  await queueLetters({ ...rig.parts, zone: "Asia/Seoul" });
  assert.match((await newestMail(rig, email))!.subject, /내일 느린 아침/);
});

Deno.test("one click stops them: by the mail program's POST without cookie, by the page, never by looking", async () => {
  await using rig = await openRig();
  const person = await subscriber(rig, "mango_1");
  await keepLetter(rig.parts, DATE, texts("오늘"));
  await tick(rig, "09:50:00");
  const { unsubscribe, text } = (await newestMail(rig, person.email))!;
  const { pathname, search } = new URL(unsubscribe!);
  const state = async () => (await rig.get("/api/letter-mail", { token: person.token })).json.state;
  for (const method of ["GET", "HEAD"]) assert.equal((await rig.ask(method, pathname + search)).status, 200);
  const others = [
    search.replace(/said=(.)/, (_, sign) => `said=${sign === "A" ? "B" : "A"}`),
    search.replace(person.id, "somebody"),
    "",
    "?user=x&said=",
  ];
  for (const made of others) assert.equal((await rig.post(`${pathname}${made}`)).status, 410, made);
  assert.equal(await state(), "on");
  const click = await rig.post(pathname + search, "List-Unsubscribe=One-Click", {
    headers: { "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "mailprovider" },
  });
  assert.equal(click.status, 200);
  assert.equal(await state(), "off");
  assert.equal((await rig.post(pathname + search)).status, 200, "again is no error");
  assert.ok(text.includes("/unsubscribe?"));
});

Deno.test("who stopped while the letter was already waiting does not get it", async () => {
  await using rig = await openRig();
  const person = await subscriber(rig, "mango_1");
  await keepLetter(rig.parts, DATE, texts("오늘"));
  rig.clock.at = at(DATE, "09:50:00");
  await queueLetters({ ...rig.parts, zone: "Asia/Seoul" });
  assert.equal(await countMails(rig.parts.store), 1);
  await rig.ask("DELETE", "/api/letter-mail", { token: person.token });
  await rig.parts.post.tick();
  assert.equal(await countMails(rig.parts.store), 0);
  assert.equal((await mails(rig)).filter(({ text }) => text.includes(`/letters/${DATE}`)).length, 0);
});

Deno.test("forms of the settings page do the same without scripts", async () => {
  await using rig = await openRig();
  const { token, email } = await verified(rig, "mango_1");
  const send = (path: string, fields: Record<string, string>) =>
    rig.post(path, new URLSearchParams(fields), {
      token,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
  const wished = await send("/settings/letter", { hour: "7", rhythm: "weekly" });
  assert.deepEqual([wished.status, wished.headers.get("location")], [303, "/settings?done=letter#letter"]);
  assert.equal(
    (await send("/letters/by-mail?token=" + tokenIn(await newestMail(rig, email), "/letters/by-mail"), {})).status,
    200,
  );
  assert.deepEqual((await rig.get("/api/letter-mail", { token })).json, { state: "on", hour: 7, rhythm: "weekly" });
  const page = (await rig.get("/settings", { token })).text;
  assert.match(page, /<option[^>]*selected[^>]*>07:50/);
  assert.equal((await send("/settings/letter/stop", {})).status, 303);
  assert.equal((await rig.get("/api/letter-mail", { token })).json.state, "off");
  const refused = await send("/settings/password", { current: "wrong-123", next: "moonnight2" });
  assert.equal(refused.status, 422);
  assert.match(refused.text, /비밀번호가 맞지 않아요/);
  assert.doesNotMatch(refused.text, /wrong-123|moonnight2/);
  assert.equal((await rig.get("/settings")).headers.get("location"), "/login?next=/settings");
});

type Rig = Awaited<ReturnType<typeof openRig>>;
const mails = async ({ parts }: Rig) => (await parts.store.list(keys.outboxes())).map(({ value }) => value);

async function verified(rig: Rig, username: string) {
  const email = `${username}@mail.test`;
  const { json } = await rig.post("/api/register", { username, nickname: username, password: "sunnyday1", email });
  await rig.post("/api/email/verify", { token: tokenIn(await newestMail(rig, email), "/verify") });
  rig.clock.at += MINUTE;
  return { id: (json.user as { id: string }).id, email, token: String(json.accessToken) };
}

async function subscriber(rig: Rig, username: string) {
  rig.clock.at = at(DATE, "09:40:00");
  const person = await verified(rig, username);
  await rig.ask("PUT", "/api/letter-mail", { body: {}, token: person.token });
  const token = tokenIn(await newestMail(rig, person.email), "/letters/by-mail");
  assert.equal((await rig.post("/api/letter-mail/confirm", { token })).status, 204);
  return person;
}

async function tick(rig: Rig, time: string): Promise<void> {
  rig.clock.at = at(DATE, time);
  await queueLetters({ ...rig.parts, zone: "Asia/Seoul" });
  await rig.parts.post.tick();
}

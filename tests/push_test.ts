import assert from "node:assert/strict";
import { ko } from "../domain/words/ko.ts";
import { usualPreferences } from "../domain/notification.ts";
import { fill } from "../domain/words/fill.ts";
import { keys } from "../kv/keys.ts";
import { announce } from "../realtime/house.ts";
import { openNotifying } from "./push_rig.ts";
import { Client } from "./client.ts";
import { joins, match } from "./match_rig.ts";
import type { Caller } from "./rig.ts";
import { until } from "./until.ts";

const HOUR = 3_600_000;
type Rig = Awaited<ReturnType<typeof openNotifying>>;
const nothingWaits = async ({ parts: { store } }: Rig) =>
  !(await store.list(keys.dueNotifications())).length && !(await store.list(["waiting"])).length;
const prefer = (rig: Rig, token: string, change: object) =>
  rig.ask("PUT", "/api/notifications", { body: { ...usualPreferences, ...change }, token });
const paces = (change: object) => ({ paces: { ...usualPreferences.paces, ...change } });

Deno.test("a mention and a reply reach every browser of the one they are meant for, and nobody else", async () => {
  await using rig = await openNotifying();
  const [mina, joon, sora] = [
    await rig.person("mina_1", "미나"),
    await rig.person("joon_1", "준호"),
    await rig.person("sora_1"),
  ];
  const phone = await rig.subscribe(mina.token, "phone"), desk = await rig.subscribe(mina.token, "desk");
  const other = await rig.subscribe(sora.token, "sora"), own = await rig.subscribe(joon.token, "joon");
  const { json: said } = await rig.post("/api/rooms/plaza/messages", { text: "비가 와요" }, { token: mina.token });
  await rig.post("/api/rooms/plaza/messages", { text: "저도요", reply: said.seq }, { token: joon.token });
  await until(async () => phone.length === 1 && desk.length === 1 && await nothingWaits(rig));
  assert.deepEqual(phone[0].told, {
    title: fill(ko.notifications.said.reply, { who: "준호" }),
    body: "저도요",
    url: "/?at=2#m2",
    tag: "/?at=2#m2",
  });
  assert.match(phone[0].headers.get("authorization") ?? "", /^vapid t=/);
  await rig.post("/api/rooms/plaza/messages", { text: "@미나 안녕, 저는 @준호" }, {
    token: joon.token,
  });
  await until(() => phone.length === 2);
  assert.equal(phone[1].told.title, fill(ko.notifications.said.mention, { who: "준호" }));
  await rig.notifier.tick();
  assert.deepEqual([other.length, own.length], [0, 0]);
});

Deno.test("who reads the room now is not told of it", async () => {
  await using rig = await openNotifying();
  const [mina, joon] = [await rig.person("mina_1", "미나"), await rig.person("joon_1", "준호")];
  const phone = await rig.subscribe(mina.token, "phone");
  using reader = await new Client(rig.base, mina).connect();
  await reader.join();
  await until(async () => (await rig.parts.presence.people("plaza", 10)).members.length === 1);
  await rig.post("/api/rooms/plaza/messages", { text: "@미나" }, { token: joon.token });
  await until(() => reader.rooms.get("plaza")?.length === 1);
  await rig.notifier.tick();
  await rig.notifier.notify(mina.id, { kind: "match", at: rig.clock.at, url: "/match" });
  await until(() => phone.length > 0);
  assert.deepEqual(phone.map(({ told }) => told.url), ["/match"]);
});

Deno.test("two who met are told, and of each other's messages while away: who wrote, never what, unless it is muted", async () => {
  await using rig = await openNotifying();
  const [hana, duri] = [await joins(rig, "hana_1", {}, "하나"), await joins(rig, "duri_2", {}, "둘이")];
  const phone = await rig.subscribe(hana.token, "phone"), own = await rig.subscribe(duri.token, "duri");
  const room = await match(rig, hana, duri);
  await until(async () => phone.length === 1 && await nothingWaits(rig)); // else the next is told along with it
  const url = `/chats/${room}`, { said } = ko.notifications;
  assert.deepEqual(phone[0].told, { title: said.match, body: said.open, url, tag: url });

  const say = (text: string, more = {}) =>
    rig.post(`/api/rooms/${room}/messages`, { text, ...more }, { token: duri.token });
  const { json: first } = await say("@하나 비밀 이야기");
  await until(async () => phone.length === 2 && await nothingWaits(rig));
  assert.deepEqual(phone[1].told, { title: fill(said.message, { who: "둘이" }), body: said.open, url, tag: url });
  const mute = (muted: boolean) => rig.ask("PATCH", `/api/matches/${room}`, { body: { muted }, token: hana.token });
  await mute(true);
  await say("조용히");
  await rig.notifier.tick(); // it has been heard while muted
  await mute(false);
  using reader = await new Client(rig.base, hana).connect();
  await reader.join(room);
  const readers = async () => (await rig.parts.presence.people(room, 10)).members.length;
  await until(async () => await readers() === 1);
  await say("읽는 중에", { reply: first.seq });
  await until(() => reader.messages(room).some(({ text }) => text === "읽는 중에"));
  await rig.notifier.tick(); // it has been heard while she was reading
  reader.socket.close();
  await until(async () => await readers() === 0);
  await say("다시 나간 뒤에");
  await until(() => phone.length === 3);
  await rig.post(`/api/matches/${room}/goodbye`, undefined, { token: duri.token });
  await rig.notifier.tick();
  assert.deepEqual([phone.length, own.length], [3, 0]);
  assert.ok(!JSON.stringify(phone).includes("비밀"));
});

Deno.test("quiet hours hold it back until the morning, then it is told as one", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const phone = await rig.subscribe(mina.token, "phone");
  rig.clock.at = Date.parse("2026-11-20T23:30:00+09:00");
  const tell = (n: number) =>
    rig.notifier.notify(mina.id, { kind: "reply", at: rig.clock.at, who: `준호${n}`, url: `/?at=${n}` });
  await tell(1);
  rig.clock.at += HOUR;
  await tell(2);
  await tell(2); // the same again
  rig.clock.at = Date.parse("2026-11-21T07:59:59+09:00");
  await rig.notifier.tick();
  assert.equal(phone.length, 0);
  rig.clock.at += 1_000;
  await rig.notifier.tick();
  assert.deepEqual(phone.map(({ told }) => told.title), [fill(ko.notifications.said.many, { n: 2 })]);
  assert.ok(await nothingWaits(rig));
});

Deno.test("of somebody whom one blocks, or is blocked by, nothing is told: neither what comes nor what waited", async () => {
  await using rig = await openNotifying();
  rig.clock.at = Date.parse("2026-11-20T23:30:00+09:00"); // quiet hours: what is told waits
  const [mina, joon, sora] = [
    await rig.person("mina_1", "미나"),
    await rig.person("joon_1", "준호"),
    await rig.person("sora_1", "소라"),
  ];
  const phones = {
    mina: await rig.subscribe(mina.token, "mina"),
    joon: await rig.subscribe(joon.token, "joon"),
    sora: await rig.subscribe(sora.token, "sora"),
  };
  const say = (who: Caller, text: string, reply?: unknown) =>
    rig.post("/api/rooms/plaza/messages", { text, reply }, who);
  const call = (who: Caller, ...whom: Caller[]) => say(who, whom.map(({ nickname }) => `@${nickname}`).join(" "));
  const { json: first } = await say(mina, "안녕하세요");
  for (const one of [joon, sora]) await say(one, "반가워요");
  await call(joon, mina);
  await say(joon, "저도요", first.seq);
  await call(mina, joon);
  await call(sora, mina, joon);
  await until(async () => (await rig.parts.store.list(["waiting"])).length === 5);
  await rig.post("/api/blocks", { userId: mina.id }, joon);
  await call(joon, mina, sora);
  await call(mina, joon, sora);
  await until(async () => (await rig.parts.store.list(["waiting"])).length === 7);
  rig.clock.at = Date.parse("2026-11-21T08:00:00+09:00");
  await rig.notifier.tick();
  const titles = (phone: keyof typeof phones) => phones[phone].map(({ told }) => told.title);
  const { said } = ko.notifications;
  assert.deepEqual(titles("mina"), [fill(said.mention, { who: "소라" })]);
  assert.deepEqual(titles("joon"), [fill(said.mention, { who: "소라" })]);
  assert.deepEqual(titles("sora"), [fill(said.many, { n: 2 })]);
  assert.ok(await nothingWaits(rig));

  const again = await rig.enter("joon_1");
  await rig.ask("DELETE", `/api/blocks/${mina.id}`, again);
  await call(again, mina);
  await until(() => phones.mina.length === 2);
});

Deno.test("what was taken back, hidden or put otherwise while it waited is told as it is now, or not at all", async () => {
  await using rig = await openNotifying();
  rig.clock.at = Date.parse("2026-11-20T23:30:00+09:00"); // quiet hours: what is told waits
  const [mina, joon] = [await rig.person("mina_1", "미나"), await rig.person("joon_1", "준호")];
  const keeper = await rig.person("keeper_1", "지킴", "admin");
  const phone = await rig.subscribe(mina.token, "phone");
  const at = "/api/rooms/plaza/messages", { store } = rig.parts;
  const call = async (text: string) => Number((await rig.post(at, { text: `@미나 ${text}` }, joon)).json.seq);
  await rig.post(at, { text: "안녕하세요" }, mina);
  const [taken, hidden, edited] = [await call("지울 말"), await call("가릴 말"), await call("처음 말")];
  await until(async () => (await store.list(["waiting"])).length === 3);
  assert.doesNotMatch(JSON.stringify(await store.list(["waiting"])), /지울|가릴|처음/, "only where it is waits");
  assert.equal((await rig.ask("DELETE", `${at}/${taken}`, joon)).status, 200);
  assert.equal((await rig.post(`${at}/${hidden}/hide`, { why: "거친 말" }, keeper)).status, 200);
  assert.equal((await rig.ask("PATCH", `${at}/${edited}`, { ...joon, body: { text: "@미나 고친 말" } })).status, 200);
  rig.clock.at = Date.parse("2026-11-21T08:00:00+09:00");
  await rig.notifier.tick();
  assert.deepEqual(phone.map(({ told: { body, url } }) => [body, url]), [[
    "@미나 고친 말",
    `/?at=${edited}#m${edited}`,
  ]]);
  assert.ok(await nothingWaits(rig));
});

Deno.test("once a day, once a week, never: each at its hour in the person's own zone", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const phone = await rig.subscribe(mina.token, "phone");
  await prefer(rig, mina.token, {
    ...paces({ reply: "daily", mention: "weekly", match: "never" }),
    zone: "Europe/Berlin",
  });
  rig.clock.at = Date.parse("2026-11-20T12:00:00+01:00"); // a Friday
  for (const kind of ["reply", "mention", "match"] as const) {
    await rig.notifier.notify(mina.id, { kind, at: rig.clock.at, who: "준호", url: `/${kind}` });
  }
  const at = async (time: string) => {
    rig.clock.at = Date.parse(time);
    await rig.notifier.tick();
    return phone.map(({ told }) => told.url);
  };
  assert.deepEqual(await at("2026-11-21T08:59:00+01:00"), []);
  assert.deepEqual(await at("2026-11-21T09:00:00+01:00"), ["/reply"]);
  assert.deepEqual(await at("2026-11-23T08:59:00+01:00"), ["/reply"]);
  assert.deepEqual(await at("2026-11-23T09:00:00+01:00"), ["/reply", "/mention"]);
});

Deno.test("a new letter is told to all who have a browser here, once, by however many isolates", async () => {
  await using rig = await openNotifying();
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => rig.person(`person_${n}`)));
  const phones = await Promise.all(people.map(({ token }, n) => rig.subscribe(token, `phone${n}`)));
  await prefer(rig, people[3].token, paces({ letter: "never" }));
  const there = rig.another();
  await announce(rig.parts.log, { type: "letter", date: "2026-11-20" });
  await Promise.all([there.tick(), rig.notifier.tick(), there.tick()]);
  await until(() => phones.every((got, n) => got.length > 0 || n === 3));
  await Promise.all([there.tick(), rig.notifier.tick()]);
  assert.deepEqual(
    phones.map((got) => got.map(({ told }) => told.url)),
    phones.map((_, n) => n === 3 ? [] : ["/letters/2026-11-20"]),
  );
  assert.deepEqual(await rig.parts.store.list(keys.lettersToTell()), []);
});

Deno.test("a service that is down, slow to say so, or full is tried again; one that forgot the browser is believed", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const phone = await rig.subscribe(mina.token, "phone");
  const tell = (n: number) =>
    rig.notifier.notify(mina.id, { kind: "reply", at: rig.clock.at, who: "준호", url: `/?at=${n}` });
  const settled = async () => {
    await rig.notifier.tick();
    return phone.map(({ told }) => told.url);
  };
  rig.service.answer(() => new Response(null, { status: 503 }));
  await tell(1);
  assert.deepEqual(await settled(), []);
  rig.service.answer(() => new Response(null, { status: 429, headers: { "Retry-After": "1200" } }));
  rig.clock.at += 6 * 60_000;
  assert.deepEqual(await settled(), []);
  rig.service.answer();
  rig.clock.at += 30 * 60_000;
  assert.deepEqual(await settled(), []); // 1,200 s, twice as long for the second failure
  rig.clock.at += 15 * 60_000;
  assert.deepEqual(await settled(), ["/?at=1"]);

  rig.service.answer(() => new Response("<html>welcome</html>", { status: 200 })); // says nothing of having taken it
  await tell(2);
  await settled();
  rig.service.answer();
  rig.clock.at += HOUR;
  assert.deepEqual(await settled(), ["/?at=1", "/?at=2"]);

  rig.service.forget("phone");
  await tell(3);
  await settled();
  assert.deepEqual(await rig.parts.store.list(keys.devices(mina.id)), []);
  assert.ok(await nothingWaits(rig));
});

Deno.test("what comes while another is being told is told right after", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const phone = await rig.subscribe(mina.token, "phone");
  const knocked = Promise.withResolvers<void>(), open = Promise.withResolvers<undefined>();
  rig.service.answer(() => (knocked.resolve(), open.promise));
  const tell = (n: number) =>
    rig.notifier.notify(mina.id, { kind: "reply", at: rig.clock.at, who: "준호", url: `/?at=${n}` });
  await tell(1);
  await knocked.promise;
  rig.clock.at += 1;
  await tell(2);
  open.resolve(undefined);
  await until(() => phone.length === 2);
});

Deno.test("what was tried for a day is let go", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const phone = await rig.subscribe(mina.token, "phone");
  rig.service.answer(() => new Response(null, { status: 503 }));
  await rig.notifier.notify(mina.id, { kind: "reply", at: rig.clock.at, who: "준호", url: "/old" });
  await rig.notifier.tick();
  rig.service.answer();
  rig.clock.at += 25 * HOUR;
  await rig.notifier.tick();
  assert.equal(phone.length, 0);
  assert.ok(await nothingWaits(rig));
});

Deno.test("a browser belongs to who subscribed it last; ten of one person are enough", async () => {
  await using rig = await openNotifying();
  const [mina, joon] = [await rig.person("mina_1", "미나"), await rig.person("joon_1", "준호")];
  const { got, subscription } = rig.service.browser("shared");
  for (const { token } of [mina, joon]) {
    await rig.ask("PUT", "/api/notifications/devices", { body: subscription, token });
  }
  await rig.notifier.notify(mina.id, { kind: "match", at: rig.clock.at, url: "/match" });
  await rig.notifier.tick();
  assert.equal(got.length, 0);
  for (let n = 0; n < 12; n++) {
    rig.clock.at += 1;
    await rig.subscribe(joon.token, `phone${n}`);
  }
  assert.equal((await rig.get("/api/notifications", { token: joon.token })).json.devices, 10);
});

Deno.test("the settings and what is told of lead to each other", async () => {
  await using rig = await openNotifying();
  const { token } = await rig.person("mina_1");
  assert.match((await rig.get("/settings", { token })).text, /<main[^]*href="\/settings\/notifications"[^]*<\/main>/);
  assert.match((await rig.get("/settings/notifications", { token })).text, /<main[^]*href="\/settings"[^]*<\/main>/);
});

Deno.test("only subscriptions of push services are taken, and only from members", async () => {
  await using rig = await openNotifying();
  const mina = await rig.person("mina_1", "미나");
  const { subscription } = rig.service.browser("phone");
  const put = (body: unknown, token?: string) => rig.ask("PUT", "/api/notifications/devices", { body, token });
  assert.equal((await put(subscription)).status, 401);
  for (
    const broken of [
      { ...subscription, endpoint: "file:///etc/passwd" },
      { ...subscription, keys: { ...subscription.keys, auth: "AAAA" } },
      { ...subscription, keys: { p256dh: subscription.keys.p256dh } },
      { endpoint: subscription.endpoint },
    ]
  ) assert.equal((await put(broken, mina.token)).status, 422);
});

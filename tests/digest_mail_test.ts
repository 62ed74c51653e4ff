import assert from "node:assert/strict";
import { type Notification, type NotificationKind, usualPreferences } from "../domain/notification.ts";
import { type Lang, langs } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { families } from "../kv/families.ts";
import { type KeptMail, keys } from "../kv/keys.ts";
import { keptMails } from "../kv/outbox.ts";
import { update } from "../kv/users.ts";
import { announce } from "../realtime/house.ts";
import { openNotifying } from "./push_rig.ts";
import type { Caller } from "./rig.ts";
import { until } from "./until.ts";

type Rig = Awaited<ReturnType<typeof openNotifying>>;
const NINE = Date.parse("2026-11-21T09:00:00+09:00");
const gathered = { ...usualPreferences.paces, mention: "daily", reply: "daily", message: "daily", letter: "daily" };

/** Somebody with a verified address, no browser that is told, and kinds that are told once a day. */
async function reader(rig: Rig, username: string, lang: Lang = "ko", more = {}): Promise<Caller & { email: string }> {
  const person = await rig.person(username), email = `${username}@mail.test`;
  await update(rig.parts.store, person.id, (user) => ({ ...user, lang, email, emailVerifiedAt: 1 }));
  const body = { ...usualPreferences, paces: gathered, zone: "Asia/Seoul", ...more };
  await rig.ask("PUT", "/api/notifications", { body, token: person.token });
  return { ...person, email };
}

async function openDay(): Promise<Rig> {
  const rig = await openNotifying();
  rig.clock.at = NINE - 300_000;
  return rig;
}

const tell = (rig: Rig, to: string, kind: NotificationKind, more: Partial<Notification> = {}) =>
  rig.notifier.notify(to, { kind, at: rig.clock.at, url: `/?at=${kind}`, ...more });

async function sent(rig: Rig): Promise<KeptMail[]> {
  await rig.notifier.tick();
  await rig.parts.post.tick();
  return await keptMails(rig.parts.store, 100);
}

for (const lang of langs) {
  Deno.test(`what was gathered goes as one mail at nine, plain and HTML: ${lang}`, async () => {
    await using rig = await openDay();
    const mina = await reader(rig, "mina_1", lang);
    await tell(rig, mina.id, "mention", { who: "준호", text: "<b>비가</b> 와요", url: "/?at=2#m2" });
    await tell(rig, mina.id, "reply", { who: "소라", url: "/?at=3#m3" });
    await tell(rig, mina.id, "match", { url: "/match" }); // at once: without a browser it is not told
    rig.clock.at = NINE - 1;
    assert.deepEqual(await sent(rig), []);
    rig.clock.at = NINE;
    const [mail, ...others] = await sent(rig);
    assert.deepEqual(others, []);
    const { notifications: { said }, mails: { news } } = wordsIn(lang);
    assert.deepEqual([mail.to, mail.subject], [mina.email, fill(news.subject, { n: 2 })]);
    for (const text of [mail.text, mail.html.replaceAll("&#60;", "<").replaceAll("&#62;", ">")]) {
      for (const one of [fill(said.mention, { who: "준호" }), "<b>비가</b> 와요", fill(said.reply, { who: "소라" })]) {
        assert.ok(text.includes(one), one);
      }
      assert.ok(text.includes("/?at=2#m2") && text.includes("/settings/notifications") && !text.includes(said.match));
    }
    assert.ok(!mail.html.includes("<b>비가"), "what people wrote is text");
    assert.match(mail.unsubscribe!, /\/unsubscribe\/news\?user=.+&said=[\w-]{43}$/);
    rig.clock.at += 86_400_000;
    assert.equal((await sent(rig)).length, 1, "once");
    assert.deepEqual(await rig.parts.store.list(["waiting"]), []);
  });
}

Deno.test("once a week is Monday's, and the day's letter is among what is gathered", async () => {
  await using rig = await openDay();
  const mina = await reader(rig, "mina_1", "ko", { paces: { ...gathered, letter: "weekly" } });
  await announce(rig.parts.log, { type: "letter", date: "2026-11-21" });
  await until(async () => (await rig.parts.store.list(["waiting"])).length === 1);
  rig.clock.at = NINE;
  assert.deepEqual(await sent(rig), []);
  rig.clock.at = Date.parse("2026-11-23T09:00:00+09:00");
  const mails = await sent(rig);
  assert.deepEqual(mails.map(({ to }) => to), [mina.email]);
  assert.match(mails[0].text, /\/letters\/2026-11-21/);
});

Deno.test("no mail: with a browser that is told, without a verified address, or when it was switched off", async () => {
  await using rig = await openDay();
  const phoned = await reader(rig, "phoned_1"), off = await reader(rig, "off_1", "ko", { mail: false });
  const unproved = await reader(rig, "unproved_1"), changed = await reader(rig, "changed_1");
  await update(rig.parts.store, unproved.id, ({ emailVerifiedAt: _, ...user }) => user);
  const phone = await rig.subscribe(phoned.token, "phone");
  for (const { id } of [phoned, off, unproved, changed]) await tell(rig, id, "reply", { who: "준호" });
  const waits = (await rig.parts.store.list(["waiting"])).map(({ key }) => key[1]);
  assert.deepEqual(waits.toSorted(), [phoned.id, changed.id].toSorted());
  const never = { ...usualPreferences, paces: { ...gathered, reply: "never" } };
  await rig.ask("PUT", "/api/notifications", { body: never, token: changed.token });
  rig.clock.at = NINE;
  assert.deepEqual(await sent(rig), []);
  await until(() => phone.length === 1);
  assert.deepEqual(await rig.parts.store.list(["mail"]), []);
});

Deno.test("a browser that is gone when it shall be told: what was gathered goes by mail after all", async () => {
  await using rig = await openDay();
  const mina = await reader(rig, "mina_1");
  await rig.subscribe(mina.token, "phone");
  await tell(rig, mina.id, "reply", { who: "준호" });
  rig.service.answer(() => new Response(null, { status: 410 }));
  rig.clock.at = NINE;
  assert.deepEqual((await sent(rig)).map(({ to }) => to), [mina.email]);
});

Deno.test("a sender whose claim ran out while it waited for a push service leaves the mail to the one after it", async () => {
  await using rig = await openDay();
  const mina = await reader(rig, "mina_1");
  await rig.subscribe(mina.token, "phone");
  await tell(rig, mina.id, "reply", { who: "준호" });
  const asked = Promise.withResolvers<void>(), held = Promise.withResolvers<void>();
  const gone = () => new Response(null, { status: 410 });
  rig.service.answer(async () => {
    asked.resolve();
    await held.promise;
    return gone();
  });
  rig.clock.at = NINE;
  const slow = rig.notifier.tick();
  await asked.promise;
  rig.service.answer(gone);
  rig.clock.at += 60_000;
  await rig.another().tick();
  held.resolve();
  await slow;
  assert.equal((await sent(rig)).length, 1);
});

Deno.test("exactly one through deaths and rivals: a sender that died with it, then many at once", async () => {
  await using rig = await openDay();
  const { store } = rig.parts;
  const people = await Promise.all(Array.from({ length: 12 }, (_, n) => reader(rig, `mina_${n}`)));
  for (const { id } of people) await tell(rig, id, "reply", { who: "준호" });
  for (const { id } of people.slice(0, 6)) {
    const dead = { owner: "dead", until: NINE + 60_000 };
    await store.commit((atomic) => atomic.set(keys.dueNotification(NINE, id), dead));
  }
  rig.clock.at = NINE;
  const rivals = [rig.notifier, rig.another(), rig.another()];
  const all = async () => {
    await Promise.all(rivals.map((one) => one.tick()));
    return (await sent(rig)).map(({ to }) => to).toSorted();
  };
  assert.deepEqual(await all(), people.slice(6).map(({ email }) => email).toSorted());
  rig.clock.at += 60_000;
  assert.deepEqual(await all(), people.map(({ email }) => email).toSorted());
  rig.clock.at += 60_000;
  assert.equal((await all()).length, people.length);
});

Deno.test("of whom one blocks, and of who has left, nothing is mailed that waits in the queue already", async () => {
  await using rig = await openDay();
  const { store } = rig.parts;
  const mina = await reader(rig, "mina_1"), [joon, sora] = [await rig.person("joon_1"), await rig.person("sora_1")];
  await tell(rig, mina.id, "reply", { who: "준호", by: joon.id });
  await tell(rig, mina.id, "message", { who: "소라", by: sora.id });
  await tell(rig, mina.id, "mention", { who: "하나", by: "another" });
  rig.clock.at = NINE;
  await rig.notifier.tick();
  assert.equal((await store.list(["mail"])).length, 1);
  await rig.post("/api/blocks", { userId: joon.id }, { token: mina.token });
  const [, { erases }] = families.find(([name]) => name === "mail")!;
  await erases!(store, { id: sora.id, names: ["sora_1"], messages: "keep", lang: "ko", left: rig.clock.at });
  assert.ok(!JSON.stringify(await store.list(["mail"])).includes("소라"));
  const [mail] = await sent(rig);
  assert.ok(mail.text.includes("하나") && !mail.text.includes("준호") && !mail.text.includes("소라"));
});

Deno.test("one POST without a login ends these mails and nothing else; a made-up word does not", async () => {
  await using rig = await openDay();
  const mina = await reader(rig, "mina_1");
  await tell(rig, mina.id, "reply", { who: "준호" });
  rig.clock.at = NINE;
  const { pathname, search } = new URL((await sent(rig))[0].unsubscribe!);
  const stop = (query: string) =>
    rig.post(`${pathname}${query}`, new URLSearchParams({ "List-Unsubscribe": "One-Click" }));
  const letters = new URLSearchParams({ user: mina.id, said: await rig.parts.signer.sign("unsubscribe", mina.id) });
  for (const wrong of [search.slice(0, -2) + "xx", `?${letters}`]) assert.equal((await stop(wrong)).status, 410);
  const mail = async () => {
    const { json } = await rig.get("/api/notifications", { token: mina.token });
    return json.preferences as { mail?: boolean; paces: object };
  };
  assert.equal((await mail()).mail, undefined);
  assert.equal((await rig.get(`${pathname}${search}`)).status, 200, "opening it changes nothing");
  assert.equal((await mail()).mail, undefined);
  assert.equal((await stop(search)).status, 200);
  const { mail: wanted, paces } = await mail();
  assert.deepEqual([wanted, paces], [false, gathered]);
  await tell(rig, mina.id, "reply", { who: "준호" });
  assert.deepEqual(await rig.parts.store.list(["waiting"]), []);
});

Deno.test("the page says where what is gathered goes, and the form switches the mails", async () => {
  await using rig = await openDay();
  const { goes } = wordsIn("ko").notifications;
  const mina = await reader(rig, "mina_1"), bare = await rig.person("bare_1");
  const page = async (token: string) => (await rig.get("/settings/notifications", { token })).text;
  assert.ok((await page(mina.token)).includes(fill(goes.mail, { address: mina.email })));
  assert.ok((await page(bare.token)).includes(goes.nowhere));
  const form = new URLSearchParams({ ...gathered, from: "22:00", to: "08:00", zone: "" });
  assert.equal((await rig.post("/settings/notifications", form, { token: mina.token })).status, 303);
  assert.ok((await page(mina.token)).includes(goes.nowhere));
  form.set("mail", "on");
  await rig.post("/settings/notifications", form, { token: mina.token });
  assert.ok((await page(mina.token)).includes(mina.email));
  await rig.subscribe(mina.token, "phone");
  assert.ok((await page(mina.token)).includes(goes.push));
});

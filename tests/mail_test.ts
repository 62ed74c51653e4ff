import assert from "node:assert/strict";
import type { MailJob } from "../domain/mail.ts";
import { bodyOf } from "../domain/mail_body.ts";
import { keys } from "../kv/keys.ts";
import { countMails } from "../kv/mails.ts";
import { addressed, HOME, linkIn, openMailRig } from "./mail_rig.ts";
import type { Mood } from "./mail_server.ts";
import { until } from "./until.ts";

const MINUTE = 60_000;
const changed = (user: string): MailJob => ({ kind: "password_changed", user, lang: "ko" });
const reset = (asked: string, lang: "ko" | "en" | "ja" = "ko"): MailJob => ({ kind: "reset", asked, lang });

Deno.test("a mail goes over SMTP in plain text and HTML, with a Message-ID that its job determines", async () => {
  await using rig = await openMailRig();
  await addressed(rig.store, "mango_1", { nickname: "망고" });
  await rig.post.add(reset("mango_1"));
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 1);
  const [{ to, headers, text, html }] = rig.server.arrived;
  assert.equal(to, "mango_1@mail.test");
  assert.equal(headers.get("subject"), "비밀번호를 새로 정해 주세요");
  assert.equal(headers.get("from"), "Jungle Buzz <letter@jungle.test>");
  assert.match(headers.get("message-id")!, /^<[0-9A-Z]{26}@jungle\.test>$/);
  assert.equal(headers.get("auto-submitted"), "auto-generated");
  assert.match(text, /망고 님, 안녕하세요/);
  assert.match(linkIn({ text }, "/reset"), /^\/reset\?token=[\w-]{43}$/);
  assert.ok(html.includes(`<html lang="ko">`) && html.includes(`href="${HOME}/reset?token=`));
  assert.equal(await countMails(rig.store), 0);
});

for (
  const [lang, subject] of [["ko", "비밀번호를 새로 정해 주세요"], ["en", "Choose a new password"], [
    "ja",
    "新しいパスワードを決めてください",
  ]] as const
) {
  Deno.test(`mails speak ${lang}: by the person's choice, else as the one who asked`, async () => {
    await using rig = await openMailRig();
    await addressed(rig.store, "chosen_1", { lang });
    await addressed(rig.store, "asked_1");
    await rig.post.add(reset("chosen_1", lang === "ko" ? "en" : "ko"));
    await rig.post.add(reset("asked_1", lang));
    await rig.post.tick();
    assert.deepEqual(rig.server.arrived.map(({ headers }) => headers.get("subject")), [subject, subject]);
    assert.ok(rig.server.arrived.every(({ html }) => html.includes(`lang="${lang}"`)));
  });
}

Deno.test("a nickname with line breaks and markup stays text: no header, no tag", async () => {
  await using rig = await openMailRig();
  const nickname = `<img src=x onerror=alert(1)>"&\r\nBcc: victim@mail.test\r\n\r\n.\r\n`;
  await addressed(rig.store, "mango_1", { nickname });
  await rig.post.add(reset("mango_1"));
  await rig.post.tick();
  const [{ headers, html, text, to }] = rig.server.arrived;
  assert.equal(to, "mango_1@mail.test");
  assert.deepEqual([...headers.keys()].filter((name) => ["bcc", "cc", "x-evil"].includes(name)), []);
  assert.ok(!html.includes("<img") && html.includes("&#60;img src=x"));
  assert.ok(text.includes("<img src=x"));
});

Deno.test("an address or a title with line breaks makes no header and no second recipient", async () => {
  await using rig = await openMailRig();
  const body = bodyOf("ko", "정글버즈", "안녕\r\nBcc: victim@mail.test\r\n\r\n<script>\u2028Cc: x", []);
  assert.equal(body.subject, "안녕 Bcc: victim@mail.test <script> Cc: x");
  assert.ok(!body.html.includes("<script>"));
  await rig.mailer.send({ id: "one", to: "a@mail.test", ...body });
  const [{ headers, to }] = rig.server.arrived;
  assert.equal(to, "a@mail.test");
  assert.equal(headers.get("subject"), body.subject);
  assert.ok(!headers.has("bcc") && !headers.has("cc"));
  for (const bad of ["a@mail.test\r\nRCPT TO:<v@mail.test>", "a@mail.test\nBcc: v@mail.test", "a@mail.test\r\nDATA"]) {
    await assert.rejects(rig.mailer.send({ id: "two", to: bad, ...body }), { kind: "never" });
  }
  await rig.mailer.send({ id: "three", to: "a@mail.test, v@mail.test", ...body }).catch(() => {});
  assert.ok(rig.server.arrived.every(({ to }) => !to.split(",").includes("v@mail.test")));
});

Deno.test("a server that is down: everything waits, is tried again more and more slowly, and goes once when it is back", async () => {
  await using rig = await openMailRig();
  await using down = await openMailRig();
  await down.server.stop();
  const flaky = {
    send: (mail: Parameters<typeof rig.mailer.send>[0]) => broken ? down.mailer.send(mail) : rig.mailer.send(mail),
    close() {},
  };
  let broken = true;
  await using mine = await openMailRig(undefined, { mailer: flaky, store: rig.store });
  for (const id of ["one_1", "two_2", "tri_3"]) {
    await addressed(rig.store, id);
    await mine.post.add(changed(id));
  }
  await mine.post.tick();
  const pauses: number[] = [];
  for (let round = 0; round < 6; round++) {
    const before = mine.events().filter((event) => event === "mail_refused").length;
    let waited = 0;
    while (mine.events().filter((event) => event === "mail_refused").length === before) {
      mine.clock.at += 1_000;
      waited++;
      await mine.post.tick();
    }
    pauses.push(waited);
  }
  assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32]);
  broken = false;
  mine.clock.at += 5 * MINUTE;
  await mine.post.tick();
  assert.deepEqual(
    rig.server.arrived.map(({ to }) => to).sort(),
    ["one_1", "tri_3", "two_2"].map((id) => `${id}@mail.test`),
  );
  assert.equal(await countMails(rig.store), 0);
});

Deno.test("4xx for a mail: that one waits from a minute on, the others go", async () => {
  let mood: Mood = { at: "rcpt", code: 450 };
  await using rig = await openMailRig((to) => to.startsWith("grey") ? mood : "take");
  for (const id of ["grey_1", "mango_1", "mango_2"]) {
    await addressed(rig.store, id);
    await rig.post.add(changed(id));
  }
  await rig.post.tick();
  assert.deepEqual(rig.server.arrived.map(({ to }) => to).sort(), ["mango_1@mail.test", "mango_2@mail.test"]);
  rig.clock.at += MINUTE - 1;
  await rig.post.tick();
  assert.equal(rig.events().filter((event) => event === "mail_refused").length, 1);
  rig.clock.at += 1;
  await rig.post.tick();
  assert.equal(rig.events().filter((event) => event === "mail_refused").length, 2);
  mood = "take";
  rig.clock.at += 2 * MINUTE;
  await rig.post.tick();
  assert.equal(rig.server.arrived.filter(({ to }) => to === "grey_1@mail.test").length, 1);
});

for (const mood of [{ at: "rcpt", code: 550 }, { at: "data", code: 554 }] as Mood[]) {
  Deno.test(`${JSON.stringify(mood)}: the mail is not tried again, and no address is in the lines`, async () => {
    await using rig = await openMailRig(() => mood);
    await addressed(rig.store, "mango_1");
    await rig.post.add(changed("mango_1"));
    await rig.post.tick();
    assert.equal(await countMails(rig.store), 0);
    assert.deepEqual(rig.lines.map(({ event, how }) => [event, how]), [["mail_refused", "never"]]);
    assert.doesNotMatch(JSON.stringify(rig.lines), /mango|mail\.test/);
  });
}

Deno.test("5xx to our own sender is the server's trouble: nothing is thrown away", async () => {
  let mood: Mood = { at: "mail", code: 550 };
  await using rig = await openMailRig(() => mood);
  await addressed(rig.store, "mango_1");
  await rig.post.add(changed("mango_1"));
  await rig.post.tick();
  assert.equal(await countMails(rig.store), 1);
  mood = "take";
  rig.clock.at += MINUTE;
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 1);
});

Deno.test("a server that never answers is left after the patience, and holds nobody up", async () => {
  let mood: Mood = "hang";
  await using rig = await openMailRig(() => mood, { patience: 2_000 });
  await addressed(rig.store, "mango_1");
  const began = performance.now();
  await rig.post.add(changed("mango_1"));
  assert.ok(performance.now() - began < 200, "adding does not wait for the server");
  await rig.post.tick();
  assert.deepEqual(rig.lines.map(({ event, how }) => [event, how]), [["mail_refused", "server"]]);
  mood = "take";
  rig.clock.at += MINUTE;
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 1);
});

Deno.test("the line cut after the mail was taken: it goes again under the same Message-ID, and the doubt is told", async () => {
  let mood: Mood = "cut";
  await using rig = await openMailRig(() => mood);
  await addressed(rig.store, "mango_1");
  await rig.post.add(reset("mango_1"));
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 1);
  mood = "take";
  rig.clock.at += MINUTE;
  await rig.post.tick();
  const [first, again] = rig.server.arrived;
  assert.equal(again.headers.get("message-id"), first.headers.get("message-id"));
  assert.equal(linkIn(again, "/reset"), linkIn(first, "/reset"), "both carry the same token");
  assert.ok(rig.events().includes("mail_in_doubt"));
  assert.equal(await countMails(rig.store), 0);
});

Deno.test("a server that takes and drops is believed, once", async () => {
  await using rig = await openMailRig();
  await addressed(rig.store, "mango_1");
  await rig.post.add(changed("mango_1"));
  for (let n = 0; n < 5; n++) {
    await rig.post.tick();
    rig.clock.at += 3_600_000;
  }
  assert.equal(rig.server.arrived.length, 1);
});

Deno.test("what is not worth sending any more is given up", async () => {
  let mood: Mood = { at: "rcpt", code: 450 };
  await using rig = await openMailRig(() => mood);
  await addressed(rig.store, "mango_1");
  await rig.post.add(reset("mango_1"));
  await rig.post.tick();
  mood = "take";
  rig.clock.at += 2 * 3_600_000;
  await rig.post.tick();
  assert.equal(rig.server.arrived.length, 0);
  assert.ok(rig.events().includes("mail_given_up"));
  assert.equal(await countMails(rig.store), 0);
});

Deno.test("a mail that fails in our own hands holds no other up, and goes when its claim has run out", async () => {
  await using rig = await openMailRig();
  let broken = true;
  const get: typeof rig.store.get = (key) => {
    return broken && key[1] === "mango_1" ? Promise.reject(new RangeError("ours")) : rig.store.get(key);
  };
  await using mine = await openMailRig(undefined, { store: { ...rig.store, get }, mailer: rig.mailer });
  for (const id of ["mango_1", "mango_2", "mango_3"]) {
    await addressed(rig.store, id);
    await mine.post.add(changed(id));
  }
  await mine.post.tick();
  assert.deepEqual(rig.server.arrived.map(({ to }) => to).sort(), ["mango_2@mail.test", "mango_3@mail.test"]);
  assert.equal(mine.events().filter((event) => event === "post_failed").length, 1);
  broken = false;
  mine.clock.at += 2 * MINUTE;
  await mine.post.tick();
  assert.equal(rig.server.arrived.length, 3);
});

Deno.test("two isolates on one queue of 60 mails send each once", async () => {
  await using rig = await openMailRig();
  await using other = await openMailRig(undefined, { store: rig.store, mailer: rig.mailer });
  for (let n = 0; n < 60; n++) {
    await addressed(rig.store, `mango_${n}`);
    await rig.store.commit((atomic) =>
      atomic.set(keys.mail(1, 1, `m${n}`), { job: changed(`mango_${n}`), tries: 0, expiresAt: Infinity })
    );
  }
  await Promise.all([rig.post.tick(), other.post.tick()]);
  await until(async () => await countMails(rig.store) === 0);
  assert.equal(new Set(rig.server.arrived.map(({ to }) => to)).size, 60);
  assert.equal(rig.server.arrived.length, 60);
  assert.ok([rig, other].every(({ events }) => events().includes("mail_sent")), "both worked");
});

Deno.test("a reset does not wait behind a thousand letters", async () => {
  await using rig = await openMailRig();
  await addressed(rig.store, "mango_1");
  await rig.store.commit((atomic) => {
    for (let n = 0; n < 900; n++) {
      atomic.set(keys.mail(1, 1, `m${n}`), { job: changed("mango_1"), tries: 0, expiresAt: Infinity });
    }
  });
  const work = rig.post.tick();
  await rig.post.add(reset("mango_1"));
  await until(() => rig.server.arrived.some(({ text }) => linkIn({ text }, "/reset") !== ""));
  assert.ok(rig.server.arrived.length < 200, `${rig.server.arrived.length} went before`);
  await work;
});

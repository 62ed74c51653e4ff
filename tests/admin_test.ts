import assert from "node:assert/strict";
import type { Role, Who } from "../domain/person.ts";
import { PLAZA } from "../domain/room.ts";
import { auditPage } from "../kv/audit.ts";
import { keys } from "../kv/keys.ts";
import { sanctionsOf } from "../kv/order.ts";
import { fileReport } from "../kv/reports.ts";
import { findUser, setRole } from "../kv/users.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
const PAGE = { Accept: "text/html" };
const NAME = "<i onclick=x>이름</i>";
const WHY = "<script>alert(1)</script>";

/** Each form is sent a moment after the last: the record has them in order. */
function form(rig: Rig, path: string, fields: Record<string, string>, { token }: { token?: string }) {
  rig.clock.at += 1;
  return rig.post(path, new URLSearchParams(fields), { token, headers: PAGE });
}
const whoOf = ({ id, nickname }: Caller, role: Role): Who => ({ id, nickname, role, session: "s" });

/** A boss, somebody with a reported message, a room, a letter, a record. */
async function house() {
  const rig = await openRig();
  const boss = await rig.person("boss_1", "대장", "admin");
  const mango = await rig.person("mango_1", NAME);
  const { json: said } = await rig.post("/api/send-chat", { text: "<b>아픈 말</b>" }, mango);
  const { json: room } = await rig.post("/api/rooms", { title: "<u>방</u>" }, mango);
  const author = { id: mango.id, nickname: NAME, role: "user" as const };
  const { id: report } = await fileReport(rig.parts.store, {
    at: rig.clock.at,
    room: PLAZA,
    message: { seq: Number(said.seq), author, text: "<b>아픈 말</b>", at: rig.clock.at },
    before: [],
    after: [],
    by: { id: boss.id, nickname: "대장" },
    why: WHY,
  });
  await rig.parts.powers.timeout(null, whoOf(boss, "admin"), mango.id, 10, { why: WHY });
  const [entry] = (await auditPage(rig.parts.store, 1, 1)).items;
  return { rig, boss, mango, room: String(room.id), report, entry: entry.id };
}
type House = Awaited<ReturnType<typeof house>>;
const audits = async ({ rig }: House) => (await auditPage(rig.parts.store, 1, 50)).items;

function addressesOf({ mango, room, report, entry }: House): [method: string, path: string, body?: unknown][] {
  const person = `/admin/people/${mango.id}`, why = "까닭";
  return [
    ["GET", "/admin"],
    ["GET", "/api/admin/rooms"],
    ["GET", "/admin?span=month"],
    ["GET", "/admin/reports"],
    ["GET", "/admin/reports?state=settled"],
    ["GET", `/admin/reports/open/${report}`],
    ["GET", "/admin/people?q=mango"],
    ["GET", person],
    ...["role", "timeout", "ban", "sessions", "lift"].map((act): [string, string] => ["GET", `${person}/${act}`]),
    ["GET", "/admin/rooms"],
    ["GET", `/admin/rooms/${room}`],
    ["GET", `/admin/rooms/${room}/close`],
    ["GET", "/admin/letters"],
    ["GET", "/admin/announcements"],
    ["GET", "/admin/words"],
    ["GET", "/admin/log"],
    ["GET", `/admin/log/${entry}/undo`],
    ["GET", "/api/admin/figures"],
    ["POST", "/api/admin/announcements", { text: "모두에게", clientId: "a-1" }],
    ["POST", "/admin/announcements", { text: "모두에게", clientId: "a-2", step: "send" }],
    ["POST", "/admin/words", { words: "망고", why }],
    ["POST", "/admin/letters", { date: "2026-11-20" }],
    ["POST", `${person}/lift`, { kind: "timeout", room: "", why }],
    ["POST", `${person}/timeout`, { minutes: "10", why }],
    ["POST", `${person}/role`, { role: "moderator", why }],
    ["POST", `${person}/sessions`, { why }],
    ["POST", `${person}/ban`, { why }],
    ["POST", `/admin/log/${entry}/undo`, { why }],
    ["POST", `/admin/reports/open/${report}`, { outcome: "hidden", why }],
    ["POST", `/admin/rooms/${room}`, { slow: "10", age: "0", links: "on", why }],
    ["POST", `/admin/rooms/${room}/close`, { why }],
    ["GET", `/admin/rooms/${room}/open`],
    ["POST", `/admin/rooms/${room}/open`, { why }],
  ];
}

Deno.test("the desk's list of rooms has the closed and the private ones, and who is there now", async () => {
  const { rig, boss, mango, room } = await house();
  await using _ = rig;
  const { json: secret } = await rig.post("/api/rooms", { title: "비밀", access: "private" }, mango);
  await rig.ask("DELETE", `/api/rooms/${room}`, boss);
  const { items } = (await rig.get("/api/admin/rooms", boss)).json as {
    items: { id: string; people: number; closedAt?: number }[];
  };
  assert.deepEqual(items.map(({ id }) => id).sort(), [PLAZA, "streaming", room, String(secret.id)].sort());
  assert.ok(items.find(({ id }) => id === room)!.closedAt);
  assert.ok(items.every(({ people }) => people === 0));
});

Deno.test("the desk is not there for anybody else: every address, every role, and nothing is written", async () => {
  const place = await house();
  await using rig = place.rig;
  const addresses = addressesOf(place);
  const others = [
    {},
    { token: place.mango.token },
    { token: (await rig.person("keeper_1", "지킴이", "moderator")).token },
  ];
  const before = JSON.stringify([await audits(place), await findUser(rig.parts.store, place.mango.id)]);
  for (const [i, who] of others.entries()) {
    for (const [method, path, body] of addresses) {
      const answer = await rig.ask(method, path, { body, ...who });
      assert.equal(answer.status, 404, `${method} ${path} by ${i}`);
      assert.doesNotMatch(answer.text, /대장|아픈/);
    }
  }
  assert.equal(JSON.stringify([await audits(place), await findUser(rig.parts.store, place.mango.id)]), before);
  assert.equal((await rig.get("/api/recent-chats")).json.head, 1);

  for (const [method, path, body] of addresses) {
    const { status, text } = await rig.ask(method, path, { body, token: place.boss.token, headers: PAGE });
    const fine = method === "GET" ? [200] : [201, 303];
    assert.ok(fine.includes(status), `${method} ${path}: ${status} ${status === 500 ? text : ""}`);
    if (!path.startsWith("/api/")) assert.doesNotMatch(text, /<i onclick|<script>alert|<u>방|<b>아픈/, path);
  }
});

Deno.test("who was an administrator a moment ago gets 404 at once, with a token that is still good", async () => {
  const place = await house();
  await using rig = place.rig;
  await rig.person("boss_2", "둘째", "admin");
  assert.equal((await rig.get("/admin", { token: place.boss.token })).status, 200);
  await setRole(rig.parts.store, place.boss.id, "user");
  for (const [method, path, body] of addressesOf(place)) {
    assert.equal((await rig.ask(method, path, { body, token: place.boss.token })).status, 404, `${method} ${path}`);
  }
});

Deno.test("a form of another site is refused, and changes nothing", async () => {
  const place = await house();
  await using rig = place.rig;
  const login = await form(rig, "/login", { username: "boss_1", password: PASSWORD }, {});
  const Cookie = login.headers.getSetCookie().map((cookie) => cookie.split(";")[0]).join("; ");
  const before = (await audits(place)).length;
  for (const [method, path, body] of addressesOf(place).filter(([method]) => method === "POST")) {
    const fields = new URLSearchParams(body as Record<string, string>);
    for (
      const [name, value] of [["Origin", "https://evil.example"], ["Origin", "null"], ["Sec-Fetch-Site", "cross-site"]]
    ) {
      const headers = { Cookie, ...PAGE, [name]: value };
      assert.equal((await rig.ask(method, path, { body: fields, headers })).status, 403, path);
    }
  }
  assert.equal((await audits(place)).length, before);
  const done = await rig.post(`/admin/people/${place.mango.id}/ban`, new URLSearchParams({ why: "광고" }), {
    headers: { Cookie, Origin: rig.base },
  });
  assert.equal(done.status, 303, "one's own form works");
});

Deno.test("nothing is done without a reason; what was sent stands in the form again", async () => {
  const place = await house();
  await using rig = place.rig;
  const before = (await audits(place)).length;
  for (const [, path, body] of addressesOf(place).filter(([, , body]) => body && "why" in (body as object))) {
    if (path.endsWith("/open")) continue; // it is open
    const again = await form(rig, path, { ...body as Record<string, string>, why: "  " }, place.boss);
    assert.equal(again.status, 422, path);
    assert.match(again.text, /빈 글은 보낼 수 없어요/, path);
  }
  const long = await form(rig, `/admin/people/${place.mango.id}/ban`, { why: `${WHY}${"가".repeat(200)}` }, place.boss);
  assert.match(long.text, /200자까지 쓸 수 있어요/);
  assert.match(long.text, /&lt;script>alert/);
  const never = await form(rig, `/admin/people/${place.mango.id}/timeout`, { minutes: "-5", why: "x" }, place.boss);
  assert.equal(never.status, 422);
  assert.equal((await audits(place)).length, before);
  assert.equal(
    (await form(rig, `/admin/people/${place.boss.id}/role`, { role: "user", why: "x" }, place.boss)).status,
    409,
  );
  assert.match((await form(rig, `/admin/people/${place.boss.id}/ban`, { why: "x" }, place.boss)).text, /할 수 없는 일/);
});

Deno.test("a ban, its undoing, a settled report, a changed and a closed room: each done, each in the record", async () => {
  const place = await house();
  await using rig = place.rig;
  const { boss, mango, room, report } = place;
  const { store } = rig.parts;
  const person = `/admin/people/${mango.id}`;
  const banned = await form(rig, `${person}/ban`, { why: "광고" }, boss);
  assert.equal(banned.headers.get("Location"), `${person}?done=ban`);
  assert.match((await rig.get(`${person}?done=ban`, { token: boss.token })).text, /내보냈어요[^]*광고/);
  assert.equal((await sanctionsOf(store, mango.id)).length, 2);

  const [ban] = await audits(place);
  assert.deepEqual([ban.deed, ban.why, ban.by.id, ban.whom?.id], ["ban", "광고", boss.id, mango.id]);
  assert.equal((await form(rig, `/admin/log/${ban.id}/undo`, { why: "잘못 보았어요" }, boss)).status, 303);
  assert.deepEqual((await sanctionsOf(store, mango.id)).map(({ kind }) => kind), ["timeout"]);
  const log = await rig.get("/admin/log", { token: boss.token });
  assert.match(log.text, /잘못 보았어요/);
  assert.ok(!log.text.includes(`/admin/log/${ban.id}/undo`), "undone once");

  const settled = await form(rig, `/admin/reports/open/${report}`, { outcome: "hidden", why: "아픈 말" }, boss);
  assert.equal(settled.status, 303);
  assert.equal((await rig.parts.log.page(PLAZA, {}, 1))[0].gone, "keeper");
  assert.equal((await form(rig, `/admin/reports/open/${report}`, { outcome: "hidden", why: "또" }, boss)).status, 404);
  assert.match((await rig.get(`/admin/reports/settled/${report}`, { token: boss.token })).text, /대장 님이 살폈어요/);

  await form(rig, `/admin/rooms/${room}`, { slow: "10", age: "", why: "링크 도배" }, boss);
  const { settings } = (await rig.parts.rooms.get(room))!;
  assert.deepEqual(settings, { slow: 10, age: 0, links: false, unique: false, readOnly: false });
  await form(rig, `/admin/rooms/${room}/close`, { why: "끝" }, boss);
  assert.ok((await rig.parts.rooms.get(room))!.closedAt);
  assert.equal((await rig.get(`/admin/rooms/${room}/close`, { token: boss.token })).status, 404);
  const deeds = (await audits(place)).map(({ deed }) => deed).sort();
  assert.deepEqual(deeds, ["ban", "close", "hide", "lift", "settings", "settle", "timeout"]);
  assert.match((await rig.get(`/admin/rooms/${room}`, { token: boss.token })).text, /방 다시 열기/);
  assert.equal((await form(rig, `/admin/rooms/${room}/open`, { why: "부탁을 받아서" }, boss)).status, 303);
  assert.equal((await rig.parts.rooms.get(room))!.closedAt, undefined);
  assert.match((await rig.get("/api/rooms")).text, new RegExp(room), "in the list again");
});

Deno.test("a closed room, an announcement, a settled report and a lifted time-out are taken back, each with an entry", async () => {
  const place = await house();
  await using rig = place.rig;
  const { boss, mango, room, report } = place;
  const undo = async (why: string) => {
    rig.clock.at += 1;
    const [{ id }] = await audits(place);
    return (await rig.post(`/api/admin/audit/${id}/undo`, { why }, boss)).status;
  };
  const talk = async () => (await rig.post(`/api/rooms/${room}/messages`, { text: "다시 왔어요" }, mango)).status;
  await form(rig, `/admin/people/${mango.id}/lift`, { kind: "timeout", room: "", why: "이제 괜찮아서" }, boss);
  assert.equal(await talk(), 201);
  assert.equal(await undo("아직 아니에요"), 204);
  assert.equal(await talk(), 403);
  const [{ until }] = await sanctionsOf(rig.parts.store, mango.id);
  assert.equal(until, Date.UTC(2026, 10, 20, 3, 10), "as long as it would have been");
  assert.equal(await undo("정말 괜찮아요"), 204);

  await form(rig, `/admin/rooms/${room}/close`, { why: "끝" }, boss);
  assert.notEqual(await talk(), 201);
  assert.equal(await undo("아직 이야기 중이라서"), 204);
  assert.equal(await talk(), 201);
  assert.equal(await undo("이제 정말 끝"), 204, "what was opened is closed by the same way");
  await undo("열어 둘게요");

  await form(rig, `/admin/reports/open/${report}`, { outcome: "dismissed", why: "괜찮은 말" }, boss);
  assert.equal(await undo("다시 볼게요"), 204);
  assert.equal(
    (await form(rig, `/admin/reports/open/${report}`, { outcome: "hidden", why: "아픈 말" }, boss)).status,
    303,
  );

  const { json } = await rig.post("/api/admin/announcements", { text: "점검해요" }, boss);
  assert.equal(json.rooms, 3);
  rig.clock.at += 600_000;
  await rig.post("/api/send-chat", { text: "제가 쓴 다른 글" }, boss);
  assert.equal(await undo("점검이 미뤄졌어요"), 204);
  for (const id of [PLAZA, "streaming", room]) {
    const said = await rig.parts.log.page(id, {}, 10);
    assert.doesNotMatch(JSON.stringify(said), /점검/, id);
    assert.ok(said.some(({ author, gone }) => author.id === boss.id && gone), id);
  }
  assert.match(JSON.stringify(await rig.parts.log.page(PLAZA, {}, 10)), /제가 쓴 다른 글/);
  assert.equal(await undo("또"), 404, "what was taken back is gone");
  const deeds = (await audits(place)).slice(0, 2).map(({ deed, undoes }) => [deed, undoes !== undefined]);
  assert.deepEqual(deeds, [["withdraw", true], ["announce", false]]);
});

Deno.test("what staff change in a room from the room itself stands in the record, and can be taken back there", async () => {
  const place = await house();
  await using rig = place.rig;
  const keeper = await rig.person("keeper_1", "지킴이", "moderator");
  const before = (await audits(place)).length;
  const slow = (settings: unknown, who: Caller) =>
    rig.ask("PATCH", `/api/rooms/${place.room}`, { body: { settings }, ...who });
  assert.equal((await slow({ slow: 5 }, place.mango)).status, 200);
  assert.equal((await audits(place)).length, before, "one's own room is one's own");
  assert.equal((await slow({ slow: 60 }, keeper)).status, 200);
  const [entry] = await audits(place);
  assert.deepEqual([entry.deed, entry.by.id, entry.was?.settings?.slow], ["settings", keeper.id, 5]);
  assert.equal((await form(rig, `/admin/log/${entry.id}/undo`, { why: "너무 느려서" }, place.boss)).status, 303);
  assert.equal((await rig.parts.rooms.get(place.room))!.settings?.slow, 5);
  assert.equal((await rig.ask("DELETE", `/api/rooms/${place.room}`, { token: place.boss.token })).status, 204);
  assert.equal((await audits(place))[0].deed, "close");
});

Deno.test("an announcement is looked at, then said once in every open room, as the administrator's line", async () => {
  const place = await house();
  await using rig = place.rig;
  const { boss, mango, room } = place;
  const { json: secret } = await rig.post("/api/rooms", { title: "비밀", access: "private" }, mango);
  const { json: over } = await rig.post("/api/rooms", { title: "끝난 방" }, mango);
  await rig.ask("DELETE", `/api/rooms/${over.id}`, mango);
  const text = "<b>점검</b>해요";
  const blank = await form(rig, "/admin/announcements", { text: " ", step: "look" }, boss);
  assert.deepEqual([blank.status, /빈 글/.test(blank.text)], [422, true]);
  const look = await form(rig, "/admin/announcements", { text, room: "", step: "look" }, boss);
  assert.match(look.text, /&lt;b>점검/);
  const clientId = /name="clientId" value="([^"]+)"/.exec(look.text)![1];
  assert.equal((await rig.parts.log.head("streaming")).seq, 0, "looking says nothing");

  for (let i = 0; i < 2; i++) await form(rig, "/admin/announcements", { text, room: "", clientId, step: "send" }, boss);
  for (const id of [PLAZA, "streaming", room, String(secret.id)]) {
    const said = (await rig.parts.log.page(id, {}, 10)).filter((message) => message.text === text);
    assert.deepEqual(said.map(({ kind, author }) => [kind, author.role, author.id]), [["admin", "admin", boss.id]], id);
  }
  assert.equal((await rig.parts.log.head(String(over.id))).seq, 0, "a closed room stays as it was");
  assert.deepEqual((await audits(place)).map(({ deed }) => deed).filter((deed) => deed === "announce"), ["announce"]);

  const one = await rig.post("/api/admin/announcements", { text: "여기만", room }, boss);
  assert.deepEqual([one.status, one.json.rooms], [201, 1]);
  for (const nowhere of ["house", "nothing", over.id]) {
    assert.equal((await rig.post("/api/admin/announcements", { text: "x", room: nowhere }, boss)).status, 404);
  }
  const long = await rig.post("/api/admin/announcements", { text: "가".repeat(501) }, boss);
  assert.deepEqual(long.json.fields, { text: "500자까지 쓸 수 있어요." });
});

Deno.test("figures are numbers alone, the same in the API and in the table", async () => {
  const place = await house();
  await using rig = place.rig;
  const hour = Math.floor(rig.clock.at / 3_600_000);
  const record = { messages: [30], people: [7], inputTokens: [1_000_000], errors: [2] };
  await rig.parts.store.commit((atomic) =>
    atomic.set(keys.figures(hour, "one"), record).set(keys.figures(hour, "two"), record)
  );
  const { json, text } = await rig.get("/api/admin/figures", { token: place.boss.token });
  const points = json.points as Record<string, number>[];
  assert.equal(points.length, 48);
  const last = points.at(-1)!;
  assert.deepEqual([last.messages, last.people, last.cost, last.minutes], [60, 7, 0.3, 30]);
  assert.doesNotMatch(text, /대장|mango|[가-힣]/);
  const month = (await rig.get("/api/admin/figures?span=month", { token: place.boss.token })).json;
  assert.deepEqual((month.points as typeof points).map(({ messages }) => messages), [...Array(29).fill(0), 60]);
  assert.equal((await rig.get("/api/admin/figures?span=year", { token: place.boss.token })).status, 422);
  const page = await rig.get("/admin", { token: place.boss.token });
  assert.match(page.text, /<td class="num">7<\/td><td class="num">2<\/td>/);
  assert.equal(page.headers.get("Cache-Control"), "no-store");
});

Deno.test("the blocked words are changed from a page, hold at once, and stand in the record; a room gets another name", async () => {
  const place = await house();
  await using rig = place.rig;
  const { boss, room } = place, { token } = await rig.person("writer_9");
  const said = (text: string) => rig.post(`/api/rooms/${room}/messages`, { text }, { token });
  assert.match((await rig.get("/admin/words", { token: boss.token })).text, /<textarea[^>]*id="words"/);
  const wrong = await form(rig, "/admin/words", { words: "망고\n가", why: "짧은 말" }, boss);
  assert.deepEqual([wrong.status, /망고\n가<\/textarea>/.test(wrong.text)], [422, true]);
  assert.equal((await said("망고 주스")).status, 201);
  assert.equal((await form(rig, "/admin/words", { words: " 망고 \n\n망고\n레몬", why: "시험" }, boss)).status, 303);
  assert.equal((await said("망 고 주스")).json.code, "blocked_words");
  assert.deepEqual((await rig.get("/api/admin/words", { token: boss.token })).json.words, ["망고", "레몬"]);
  const shape = {
    title: "새 이름",
    topic: "새 주제",
    access: "members",
    slow: "0",
    age: "0",
    links: "on",
    why: "부탁을 받아서",
  };
  assert.equal((await form(rig, `/admin/rooms/${room}`, shape, boss)).status, 303);
  const { json } = await rig.get(`/api/rooms/${room}`, { token });
  assert.deepEqual([json.title, json.topic, json.access], ["새 이름", "새 주제", "members"]);
  assert.equal((await rig.get(`/api/rooms/${room}`)).status, 404);
  const [settings, words] = await audits(place);
  assert.deepEqual([settings.deed, words.deed], ["settings", "words"]);

  for (const { id } of [settings, words]) {
    assert.equal((await form(rig, `/admin/log/${id}/undo`, { why: "다시 생각해서" }, boss)).status, 303);
  }
  const back = await rig.get(`/api/rooms/${room}`);
  assert.deepEqual([back.json.title, back.json.topic, back.json.access], ["<u>방</u>", undefined, "public"]);
  assert.equal((await said("망 고 주스")).status, 201);
  assert.equal((await said("이 병신아")).json.code, "blocked_words");
  assert.deepEqual((await audits(place)).slice(0, 2).map(({ undoes }) => undoes), [words.id, settings.id]);
});

import assert from "node:assert/strict";
import { looksIn } from "../domain/matching/buckets.ts";
import { unfit } from "../domain/matching/filters.ts";
import { PLAZA } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { like as say } from "../kv/matches.ts";
import { buzz, joins, like, match, names, openTwo, plain, suggested, verify, writes } from "./match_rig.ts";
import { openRig } from "./rig.ts";

const now = Date.UTC(2026, 10, 20);

Deno.test("a profile says what it lacks, takes adults only, and refuses what it does not know", async () => {
  await using rig = await openRig();
  const { token } = await rig.person("mango_1");
  const get = async () => (await rig.get("/api/matching/profile", { token })).json;
  assert.deepEqual(await get(), { profile: null, missing: [], verified: false });
  const put = (body: unknown) => rig.ask("PUT", "/api/matching/profile", { body, token });
  const saved = await put({ ...plain, region: "  서울   마포 ", interests: ["라디오", "라디오", " 산책"] });
  assert.equal(saved.status, 200, saved.text);
  const { profile, missing } = await get() as { profile: Record<string, unknown>; missing: string[] };
  assert.deepEqual([profile.region, profile.interests, profile.reads], ["서울 마포", ["라디오", "산책"], plain.reads]);
  assert.deepEqual(missing, ["photo", "interests", "prompts", "reads"]);
  const wrong: Record<string, object> = {
    "a minor": { birthYear: 2008 },
    "somebody of 200": { birthYear: 1901 - 100 },
    "looks for nothing": { intentions: [] },
    "an intention of its own": { intentions: ["money"] },
    "ages the wrong way": { ages: { from: 40, to: 30 } },
    "minors wanted": { ages: { from: 15, to: 30 } },
    "eleven interests": { interests: Array.from({ length: 11 }, (_, i) => `것 ${i}`) },
    "a long region": { region: "가".repeat(41) },
    "another's photo": { photo: "abc" },
    "a role": { role: "admin" },
  };
  for (const [what, change] of Object.entries(wrong)) {
    assert.equal((await put({ ...plain, ...change })).status, 422, what);
  }
  assert.deepEqual((await get()).profile, profile, "what is refused changes nothing");
  assert.equal((await rig.get("/api/matching/suggestions", { token })).json.code, "unverified");
});

Deno.test("conditions bind both ways", () => {
  const one = { ...plain, learns: [], wants: [], ages: { from: 19, to: 120 } } as unknown as Parameters<
    typeof unfit
  >[0];
  const table: [what: string, a: object, b: object, unfit: string[]][] = [
    ["the same", {}, {}, []],
    ["other intentions", {}, { intentions: ["date"] }, ["intention", "languages"]],
    ["no common language", {}, { speaks: ["en"] }, ["languages"]],
    ["a language that is wanted", { wants: ["en"] }, {}, ["languages"]],
    ["partners who fit", { intentions: ["language"], learns: ["ja"] }, {
      intentions: ["language"],
      speaks: ["ja"],
      learns: ["ko"],
    }, []],
    ["partners of whom one gives nothing", { intentions: ["language"], learns: ["ja"] }, {
      intentions: ["language"],
      speaks: ["ja"],
      learns: ["en"],
    }, ["languages"]],
    ["too young", { ages: { from: 40, to: 60 } }, {}, ["ages"]],
  ];
  for (const [what, a, b, expected] of table) {
    assert.deepEqual(unfit({ ...one, ...a }, { ...one, ...b }, now), expected, what);
    assert.deepEqual(unfit({ ...one, ...b }, { ...one, ...a }, now), expected, `${what}, the other way`);
  }
});

Deno.test("who is not verified, hidden, paused, banned, met or kept apart is not suggested", async () => {
  await using rig = await openRig();
  const me = await joins(rig, "mango_1", {}, "나무");
  const others = new Map<string, Awaited<ReturnType<typeof joins>>>();
  for (const name of ["보임", "숨음", "쉬는이", "막힘", "지나감", "인사함", "떨어짐"]) {
    others.set(name, await joins(rig, `person_${others.size}`, {}, name));
  }
  const unverified = await rig.person("unverified", "확인전");
  await writes(rig, unverified, {});
  const keeper = await rig.person("keeper_9", "운영", "admin");
  assert.deepEqual(names(await suggested(rig, me)).sort(), [...others.keys()].sort());
  await writes(rig, others.get("숨음")!, { visibility: "hidden" });
  await writes(rig, others.get("쉬는이")!, { visibility: "paused" });
  await rig.post(`/api/admin/people/${others.get("막힘")!.id}/ban`, { why: "까닭" }, { token: keeper.token });
  await rig.post("/api/matching/passes", { userId: others.get("지나감")!.id }, { token: me.token });
  await like(rig, me, others.get("인사함")!);
  await rig.post("/api/blocks", { userId: me.id }, { token: others.get("떨어짐")!.token });
  assert.deepEqual(names(await suggested(rig, me)), ["보임"]);
  assert.deepEqual(names(await suggested(rig, others.get("떨어짐")!)).includes("나무"), false);
  await like(rig, others.get("숨음")!, me);
  assert.deepEqual(names(await suggested(rig, me)).sort(), ["보임", "숨음"], "seen by whom they greeted");
  await writes(rig, me, { visibility: "paused" });
  assert.deepEqual((await suggested(rig, me)).emptied, { filter: "paused", without: 0 });
});

Deno.test("nobody is left: the page's answer names the condition, and who would appear without it", async () => {
  await using rig = await openRig();
  const me = await joins(rig, "mango_1");
  const emptied = async () => (await suggested(rig, me)).emptied;
  assert.deepEqual(await emptied(), { filter: "nobody", without: 0 });
  await joins(rig, "other_1", { intentions: ["date"] });
  await joins(rig, "other_2", { intentions: ["date"] });
  await joins(rig, "other_3", { speaks: ["en"] });
  assert.deepEqual(await emptied(), { filter: "intention", without: 2 });
  await writes(rig, me, { intentions: ["date"], ages: { from: 50, to: 60 } });
  assert.deepEqual(await emptied(), { filter: "ages", without: 2 });
  await writes(rig, me, { intentions: ["friend"], speaks: ["ja"] });
  assert.equal((await emptied())!.filter, "languages");
  await writes(rig, me, { intentions: ["date"] });
  assert.equal((await suggested(rig, me)).items.length, 2);
  for (const { person } of (await suggested(rig, me)).items) {
    await rig.post("/api/matching/passes", { userId: person.id }, { token: me.token });
  }
  assert.deepEqual(await emptied(), { filter: "met", without: 0 });
});

Deno.test("somebody kept apart is not counted either, by whomever of the two", async () => {
  await using rig = await openRig();
  const [me, other, third] = [
    await joins(rig, "mango_1"),
    await joins(rig, "other_1", { intentions: ["date"] }),
    await joins(rig, "other_2", { intentions: ["date"] }),
  ];
  const emptied = async () => (await suggested(rig, me)).emptied;
  assert.deepEqual(await emptied(), { filter: "intention", without: 2 });
  await rig.post("/api/blocks", { userId: me.id }, { token: other.token });
  assert.deepEqual(await emptied(), { filter: "intention", without: 1 });
  await rig.post("/api/blocks", { userId: third.id }, { token: me.token });
  assert.deepEqual(await emptied(), { filter: "nobody", without: 0 });
});

Deno.test("interests, moods and writing order people, the same way each time and on each isolate", async () => {
  await using two = await openTwo();
  const [rig, other] = two.rigs;
  const open = { plaza: true, live: true };
  const people = [];
  for (
    const [name, text] of [["멀리", "주식 차트 공부"], ["가까이", "새벽 빗소리 들으며 산책"], ["조금", "새벽 출근길"]]
  ) {
    const person = await rig.person(`p_${people.length}_00`, name);
    people.push(person);
    await buzz(rig, person, text, name === "멀리" ? "angry" : "calm");
  }
  const me = await rig.person("mango_1", "나무");
  await buzz(rig, me, "오늘 새벽에도 빗소리를 들었어요. 산책도요.", "calm");

  for (const one of [me, ...people]) {
    await verify(rig, one);
    await writes(rig, one, { reads: open, interests: [] });
  }
  const first = await suggested(rig, me);
  assert.deepEqual(names(first), ["가까이", "조금", "멀리"]);
  for (const house of [rig, other, rig]) assert.deepEqual(await suggested(house, me), first);
  const [near] = first.items;
  const reason = near.reasons.find(({ signal }) => signal === "term:빗소리")!;
  assert.deepEqual([reason.source.kind, reason.source.room, reason.source.seq], ["buzz", PLAZA, 4], "my own buzz");
  assert.match(reason.text, /빗소리/);
});

Deno.test("who seeks everything in many languages is found, and costs no more than others", async () => {
  await using rig = await openRig();
  const most = {
    intentions: ["friend", "date", "language"],
    speaks: ["ko", "en", "ja", "zh", "es"],
    learns: ["fr", "de", "pt", "vi", "th"],
    interests: Array.from({ length: 10 }, (_, i) => `아주 좋아하는 일 ${i}`),
  };
  const me = await joins(rig, "polyglot_1", most, "마당발");
  await writes(rig, me, { ...most, region: "서울" });
  const { portrait, stands } = (await rig.parts.store.get(keys.portrait(me.id))).value!;
  assert.ok(stands.length <= 201, `${stands.length} places`);
  const looked = looksIn(portrait).reduce((sum, { limit }) => sum + limit, 0);
  assert.ok(looked >= 600 && looked <= 800, `${looked} people`);
  const thai = { intentions: ["language"], speaks: ["th"], learns: ["es"], interests: [] };
  assert.deepEqual(names(await suggested(rig, await joins(rig, "thai_2", thai, "태국"))), ["마당발"]);
  assert.deepEqual(names(await suggested(rig, me)), ["태국"]);
});

Deno.test("not true: the signal is gone from the reasons, and the order is another", async () => {
  await using rig = await openRig();
  const me = await joins(rig, "mango_1", { interests: ["라디오", "산책"] }, "나무");
  await joins(rig, "radio_1", { interests: ["라디오", "등산"] }, "라디오");
  await joins(rig, "walk_1", { interests: ["산책", "등산", "요리", "그림"] }, "산책");
  const before = await suggested(rig, me);
  assert.deepEqual(names(before), ["라디오", "산책"]);
  const { signal, source } = before.items[0].reasons[0];
  assert.deepEqual([signal, source], ["interest:라디오", { kind: "profile", line: "interests" }]);
  assert.equal((await rig.post("/api/matching/untrue", { signal }, { token: me.token })).status, 204);
  const after = await suggested(rig, me);
  assert.deepEqual(names(after), ["산책", "라디오"]);
  assert.ok(!JSON.stringify(after).includes(signal));
});

Deno.test("consent binds matching too: what no model may read is in no portrait, at once", async () => {
  await using rig = await openRig();
  const me = await rig.person("mango_1", "나무"), other = await rig.person("other_1", "너울");
  for (const one of [me, other]) {
    await buzz(rig, one, "우쿨렐레 연주회");
    await verify(rig, one);
    await writes(rig, one, { reads: { plaza: true, live: true }, interests: [] });
  }
  assert.match(JSON.stringify(await suggested(rig, me)), /우쿨렐레/);
  const consent = await rig.ask("PATCH", "/api/consent", { body: { plaza: false }, token: other.token });
  assert.equal(consent.status, 200, consent.text);
  assert.doesNotMatch(JSON.stringify(await suggested(rig, me)), /우쿨렐레/);
  assert.deepEqual((await rig.parts.store.get(keys.portrait(other.id))).value!.terms, []);
});

Deno.test("a buzz that was deleted is no reason any more, and a cry for help never was", async () => {
  await using rig = await openRig();
  const me = await rig.person("mango_1", "나무"), other = await rig.person("other_1", "너울");
  const met = await rig.person("third_2", "짝꿍"), all = [me, other, met];
  for (const one of all) await buzz(rig, one, "우쿨렐레를 배웠어요");
  for (const one of all) await buzz(rig, one, "죽고 싶어요 기찻길옆");
  for (const one of all) await buzz(rig, one, "만돌린을 들었어요");

  for (const one of all) {
    await verify(rig, one);
    await writes(rig, one, { reads: { plaza: true, live: false }, interests: [] });
  }
  const room = await match(rig, me, met);
  const told = async () =>
    JSON.stringify(await suggested(rig, me)) + (await rig.get(`/chats/${room}`, { token: me.token })).text +
    (await rig.get(`/roleplay/new?with=${room}`, { token: me.token })).text;
  const before = await told();
  assert.deepEqual(["우쿨렐레", "만돌린", "기찻길"].map((word) => before.includes(word)), [true, true, false]);
  const remove = ({ token }: typeof me, seq: number) =>
    rig.ask("DELETE", `/api/rooms/${PLAZA}/messages/${seq}`, { token });
  await remove(me, 1);
  assert.doesNotMatch(await told(), /우쿨렐레/, "mine");
  await remove(other, 8);
  await remove(met, 9);
  assert.doesNotMatch(await told(), /만돌린/, "theirs");
});

Deno.test("a no is silent: who greeted cannot tell it from waiting", async () => {
  await using rig = await openRig();
  const [me, no, waits] = [await joins(rig, "mango_1"), await joins(rig, "nope_1"), await joins(rig, "waits_1")];
  const said = [await like(rig, me, no), await like(rig, me, waits)];
  assert.deepEqual(said.map(({ json }) => json), [{ matched: false }, { matched: false }]);
  await rig.post("/api/matching/passes", { userId: me.id }, { token: no.token });
  const waiting = (await rig.get("/api/matching/likes", { token: me.token })).json.items as { id: string }[];
  assert.deepEqual(waiting.map(({ id }) => id).sort(), [no.id, waits.id].sort());
  assert.deepEqual((await rig.get("/api/matches", { token: me.token })).json, { items: [] });
  assert.equal((await like(rig, me, me)).status, 404);
  assert.equal((await like(rig, me, { id: "nobody" })).status, 404);
  await rig.ask("DELETE", `/api/matching/likes/${waits.id}`, { token: me.token });
  assert.deepEqual((await like(rig, waits, me)).json, { matched: false }, "a yes that was taken back is none");
});

Deno.test("five conversations at most; a sixth yes waits until one is closed", async () => {
  await using rig = await openRig();
  const me = await joins(rig, "mango_1");
  const others: Awaited<ReturnType<typeof joins>>[] = [];
  for (let i = 0; i < 6; i++) others.push(await joins(rig, `other_${i}`));
  for (const other of others) await like(rig, me, other);
  const rooms = [];
  for (const other of others.slice(0, 5)) rooms.push(String((await like(rig, other, me)).json.room));
  assert.deepEqual((await like(rig, others[5], me)).json, { matched: false }, "there is no place: it waits");
  assert.equal((await like(rig, me, others[5])).json.code, "matches_full");
  assert.equal((await rig.post(`/api/matches/${rooms[0]}/goodbye`, undefined, { token: me.token })).status, 204);
  const mine = (await rig.get("/api/matches", { token: me.token })).json.items as {
    open: boolean;
    person: { id: string };
  }[];
  assert.equal(mine.filter(({ open }) => open).length, 5);
  assert.ok(mine.some(({ person, open }) => open && person.id === others[5].id));
  const closed = await rig.post(`/api/rooms/${rooms[0]}/messages`, { text: "더?" }, { token: others[0].token });
  assert.equal(closed.status, 403);
  const read = await rig.get(`/api/rooms/${rooms[0]}/messages`, { token: others[0].token });
  assert.match(read.text, /닫았어요/);
});

Deno.test("100 pairs say yes at once on two isolates: one match and one room each", async () => {
  await using two = await openTwo();
  const { store, rigs: [rig, other] } = two;
  const pairs = Array.from({ length: 100 }, (_, i) => [`a${i}`, `b${i}`]);
  const said = await Promise.all(pairs.flatMap(([a, b]) => [
    say(rig.parts.store, a, b, now),
    say(other.parts.store, b, a, now),
    say(other.parts.store, a, b, now),
  ]));
  const rooms = new Set(said.flatMap(({ room }) => room?.id ?? []));
  assert.equal(rooms.size, 100);
  assert.equal((await store.list(keys.rooms())).length, 100);
  for (const [a, b] of pairs) {
    const [mine, theirs] = [await store.list(keys.matches(a)), await store.list(keys.matches(b))];
    assert.deepEqual([mine.length, theirs.length], [1, 1]);
    assert.equal(mine[0].value.room, theirs[0].value.room);
    assert.deepEqual((await store.get(keys.openMatches(a))).value, [mine[0].value.room]);
    assert.equal((await store.get(keys.like(a, b))).value ?? (await store.get(keys.like(b, a))).value, null);
  }
});

Deno.test("people who met do not meet again, whoever parted", async () => {
  await using rig = await openRig();
  const [me, other] = [await joins(rig, "mango_1"), await joins(rig, "other_1")];
  const room = await match(rig, me, other);
  assert.deepEqual(names(await suggested(rig, me)), []);
  assert.equal((await rig.ask("DELETE", `/api/matches/${room}`, { token: other.token })).status, 204);
  assert.deepEqual(names(await suggested(rig, me)), []);
  assert.deepEqual((await like(rig, me, other)).json, { matched: false });
  assert.deepEqual((await rig.get("/api/matches", { token: me.token })).json, { items: [] });
});

import assert from "node:assert/strict";
import { blocksOf, firstWords, hasLink, sameness } from "../domain/automod.ts";
import type { Sanction } from "../domain/keeping.ts";
import { type Facts, mayWriteNow, patience } from "../domain/order.ts";
import type { Role, Who } from "../domain/person.ts";
import { mayTouch, mayUndo } from "../domain/power.ts";
import { type Room, type RoomSettings, STREAMING } from "../domain/room.ts";
import { explain, inTime } from "../domain/words/explain.ts";
import { BY_MODEL, whyIn } from "../domain/words/why.ts";
import { wordsIn } from "../domain/words/words.ts";

const NOW = 1_000_000_000;
const person = (role: Role = "user", id: string = role): Who => ({ id, role, nickname: id, session: "s" });
const room = (settings: Partial<RoomSettings> = {}): Room => ({
  id: STREAMING,
  kind: "live",
  access: "public",
  owner: "owner",
  settings: { slow: 0, age: 0, links: true, unique: false, readOnly: false, ...settings },
});
const facts = (more: Partial<Facts> = {}): Facts => ({
  now: NOW,
  text: "안녕하세요",
  createdAt: 0,
  sanctions: [],
  sent: [],
  blocks: blocksOf(firstWords),
  scale: 1,
  ...more,
});
const sent = (ago: number, text = "다른 글") => ({ at: NOW - ago, same: sameness(text) });
const keeper = { id: "m", nickname: "지킴이", role: "moderator" } as const;
const sanction = (more: Partial<Sanction> = {}): Sanction => ({
  kind: "timeout",
  userId: "user",
  why: "다투어서",
  by: keeper,
  at: NOW - 1_000,
  until: NOW + 90_000,
  ...more,
});

type Row = [name: string, settings: Partial<RoomSettings>, facts: Partial<Facts>, code: string | null, wait?: number];
const table: Row[] = [
  ["nothing asked", {}, {}, null],
  ["read-only", { readOnly: true }, {}, "read_only"],
  ["slow, too early", { slow: 30 }, { sent: [sent(10_000)] }, "slow_mode", 20],
  ["slow, to the last millisecond", { slow: 30 }, { sent: [sent(29_999)] }, "slow_mode", 1],
  ["slow, in time", { slow: 30 }, { sent: [sent(30_000)] }, null],
  ["slow, the first message", { slow: 30 }, {}, null],
  ["slow, an edit", { slow: 30 }, { sent: [sent(1)], edit: true }, null],
  ["a young account", { age: 24 }, { createdAt: NOW - 3_600_000 }, "young_account", 23 * 3_600],
  ["an old account", { age: 24 }, { createdAt: NOW - 24 * 3_600_000 }, null],
  ["links off", { links: false }, { text: "여기 http://a.b/c" }, "links_off"],
  ["links off, an edit", { links: false }, { text: "example.com", edit: true }, "links_off"],
  ["links on", {}, { text: "https://example.com" }, null],
  ["the same text", { unique: true }, { sent: [sent(600_000, "안녕 하세요!")] }, "repeated"],
  ["another text", { unique: true }, { sent: [sent(1_000)] }, null],
  ["a word", {}, { text: "이 병신아" }, "blocked_words"],
  ["a word in an edit", {}, { text: "병1신 아니고 병신", edit: true }, "blocked_words"],
  [
    "a flood",
    {},
    { sent: Array.from({ length: patience.flood.max }, (_, i) => sent(19_000 - i, `글 ${i}`)) },
    "too_many",
    1,
  ],
  ["a flood that is over", {}, { sent: Array.from({ length: 60 }, (_, i) => sent(20_000 + i, `글 ${i}`)) }, null],
  ["the same again and again", {}, { sent: [1, 2, 3].map((i) => sent(i * 1_000, "안녕하세요")) }, "repeated"],
  ["the same, limits off", {}, { sent: [1, 2, 3].map((i) => sent(i * 1_000, "안녕하세요")), scale: 0 }, null],
  ["a time-out here", {}, { sanctions: [sanction({ room: STREAMING })] }, "timed_out", 90],
  ["a time-out elsewhere", {}, { sanctions: [sanction({ room: "other" })] }, null],
  ["a time-out everywhere", {}, { sanctions: [sanction()] }, "timed_out", 90],
  ["a time-out that is over", {}, { sanctions: [sanction({ until: NOW })] }, null],
  ["a ban here", {}, { sanctions: [sanction({ kind: "ban", room: STREAMING, until: undefined })] }, "banned_here"],
  ["a ban everywhere", {}, { sanctions: [sanction({ kind: "ban", until: undefined }), sanction()] }, "banned"],
];

for (const [name, settings, more, code, wait] of table) {
  Deno.test(`may write now: ${name}`, () => {
    const problem = mayWriteNow(room(settings), person(), facts(more));
    assert.equal(problem?.code ?? null, code);
    if (wait !== undefined) assert.equal(problem?.detail.wait, wait);
  });
}

Deno.test("who keeps the room is exempt from all but sanctions", () => {
  const strict = { slow: 60, age: 999, links: false, unique: true, readOnly: true };
  const much = facts({ text: "병신 http://a.com", createdAt: NOW, sent: Array.from({ length: 60 }, () => sent(1)) });
  for (const who of [person("moderator"), person("admin"), person("user", "owner")]) {
    assert.equal(mayWriteNow(room(strict), who, much), null, who.id);
    assert.equal(mayWriteNow(room(), who, facts({ sanctions: [sanction()] }))?.code, "timed_out", who.id);
  }
});

const blocked = [
  "병신",
  "이병신아",
  "병 신",
  "병.신",
  "병\u200b신",
  "병ㅋㅋㅋ신",
  "병~~신이야",
  "병병신신",
  "느금마!!",
  "You faggot",
  "F A G G O T",
  "f.a.g.g.o.t",
  "ｆａｇｇｏｔ",
  "faaaaggot",
  "fag\u200dgot",
  "retards",
  "just kill   yourself",
  "死ねよ",
  "死 ね よ",
  "くたばれ！",
  "ｷﾁｶﾞｲ",
];
const free = [
  "질병 신고를 했어요",
  "질병신고 센터",
  "다시 발표했어요",
  "오늘 진짜 씨발 힘들다",
  "what a shitty fucking day",
  "retardation of the flame front is not here",
  "Nigeria and Niger",
  "snigger",
  "死ねたら楽なのに",
  "kill yourself라는 말을 들어서 죽고 싶어요",
  "ㅋㅋㅋㅋㅋㅋ",
  "ㅠㅠ 힘들어",
];

Deno.test("words are found however they are spelled, and not in harmless ones or in a cry for help", () => {
  const blocks = blocksOf(firstWords);
  assert.deepEqual(blocked.filter((text) => !blocks(text)), []);
  assert.deepEqual(free.filter(blocks), []);
  assert.ok(blocksOf(["바보 똥개", "C++"])("바보똥개"), "a list of one's own");
  assert.ok(!blocksOf([])("병신"), "an empty list blocks nothing");
  const started = performance.now();
  for (let i = 0; i < 200; i++) blocks("가나 다라 a b c d ".repeat(30).slice(0, 500));
  assert.ok(performance.now() - started < 2_000, "and quickly");
});

Deno.test("links are found with and without a scheme", () => {
  const links = [
    "http://x.y",
    "HTTPS://EXAMPLE.COM/a",
    "www.a.b",
    "naver.com",
    "내집.kr 로",
    "a．com",
    "a dot com",
    "youtu.be는 x.gg",
  ];
  const none = [
    "안녕.하세요",
    "3.14",
    "e.g. this",
    "node.js",
    "끝.그리고",
    "a.b.c",
    "1.5km",
    "commune.",
    "I think.Me too",
  ];
  assert.deepEqual(links.filter((text) => !hasLink(text)), []);
  assert.deepEqual(none.filter(hasLink), []);
});

Deno.test("who may act on whom: each role on each, in a room and in the whole place", () => {
  const people = [
    person("user"),
    person("user", "other"),
    person("user", "owner"),
    person("moderator"),
    person("admin"),
  ];
  const allowed = (place: Room | null) =>
    people.map((one) => people.filter((other) => mayTouch(place, one, other)).map(({ id }) => id).join(" "));
  assert.deepEqual(allowed(room()), ["", "", "user other", "user other owner", "user other owner moderator"]);
  assert.deepEqual(allowed(null), ["", "", "", "", "user other owner moderator"]);
  assert.ok(!mayTouch(room(), person("moderator"), person("moderator", "m2")), "nobody on an equal");
  assert.ok(!mayTouch(room(), person("admin"), person("admin", "a2")));
  assert.ok(!mayTouch({ id: "house", kind: "house" }, person("admin"), person()));
  assert.ok(
    !mayUndo(room(), person("moderator"), person("admin")) && mayUndo(room(), person("admin"), person("moderator")),
  );
});

Deno.test("a refusal says how long, and why, in each language", () => {
  const problem = mayWriteNow(room(), person(), facts({ sanctions: [sanction({ why: "{wait} 다투어서" })] }))!;
  const said = (lang: "ko" | "en" | "ja") => explain(wordsIn(lang), problem).message;
  assert.equal(said("ko"), "지킴이가 잠깐 쉬어 가자고 했어요. 2분 뒤에 쓸 수 있어요. 까닭: {wait} 다투어서");
  assert.match(said("en"), /in 2 minutes\. The reason: \{wait\} 다투어서/);
  assert.match(said("ja"), /2分後に書けます/);
  assert.equal(whyIn("다투어서", wordsIn("ko").order), "다투어서");
  assert.match(whyIn(`${BY_MODEL}hate`, wordsIn("ko").order), /^AI가 .*보았어요$/);
  assert.deepEqual([1, 59, 60, 3_600, 7 * 86_400].map((n) => inTime(wordsIn("en"), n)), [
    "1 second",
    "59 seconds",
    "1 minute",
    "1 hour",
    "7 days",
  ]);
});

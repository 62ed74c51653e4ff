/** Pictures of the pages in three sizes, by day and by night, into /tmp/shots: `deno run -A tests/shots.ts [name…]`. */
import { dateAfter, dateAt } from "../domain/day.ts";
import type { Mood } from "../domain/mood.ts";
import { PLAZA } from "../domain/room.ts";
import { addCards, reviewCard } from "../kv/cards.ts";
import type { Page } from "playwright-core";
import { launch, visit } from "./browser.ts";
import { openCable } from "./cable.ts";
import { like, match, verify, writes } from "./match_rig.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";

type Shown = { path: string; guest?: boolean; act?(page: Page): Promise<void> };
const pages: Record<string, Shown> = {
  plaza: { path: "/" },
  english: { path: "/?lang=en" },
  japanese: { path: "/?lang=ja" },
  menu: { path: "/", act: (page) => page.locator("details.more summary").click() },
  away: {
    path: "/",
    async act(page) {
      await page.locator("body[data-live]").waitFor();
      await page.goto("/letters");
      for (const text of ["그 사이에 온 글", "하나 더 왔어요"]) await say(4, text);
      await page.goto("/");
      await page.locator("body[data-live]").waitFor();
      cable.cut();
      await page.locator(".notice.warn").waitFor();
      await page.locator("#say").fill("이 글은 이어지면 나가요");
      await page.keyboard.press("Enter");
      await page.locator("#say").fill("쓰던 글");
      await page.locator(".pending").waitFor();
      cable.mend();
    },
  },
  care: {
    path: "/",
    async act(page) {
      await page.locator("#say").fill("오늘은 정말 사라지고 싶다. 죽고 싶어");
      await page.keyboard.press("Enter");
      await page.locator(".care").waitFor();
    },
  },
  guest: { path: "/", guest: true },
  login: { path: "/login", guest: true },
  register: { path: "/register", guest: true },
  letters: { path: "/letters" },
  letter: { path: `/letters/${dateAt(Date.now(), "Asia/Seoul")}` },
  mypage: { path: "/mypage" },
  timeline: { path: "/mypage#history" },
  notifications: { path: "/settings/notifications" },
  offline: { path: "/offline" },
  progress: { path: "/progress", act: (page) => page.locator(".reveal summary").click() },
  weeks: { path: "/progress", act: (page) => page.locator("#open-title").scrollIntoViewIfNeeded() },
  roleplay: { path: "/roleplay" },
  scene: {
    path: "/roleplay",
    async act(page) {
      await page.locator("#airport").getByRole("button").click();
      await page.locator("body[data-live]").waitFor();
      await page.locator("#say").fill("My suitcase is gray, with a yellow ribbon.");
      await page.keyboard.press("Enter");
      await page.locator(".msg.ai").nth(1).waitFor();
    },
  },
  practice: { path: "/practice" },
  settings: { path: "/settings" },
  match: { path: "/match" },
  profile: { path: "/match/profile" },
  chats: { path: "/chats" },
  talk: { path: "/chats", act: (page) => enter(page, "밤부엉") },
  begun: { path: "/chats", act: (page) => enter(page, "꼬마수달") },
  lost: { path: "/nowhere" },
};
const sizes = [[360, 780], [768, 1024], [1280, 800]];

const said: [who: number, text: string, mood?: Mood][] = [
  [0, "야근 끝나고 집 가는 버스. 오늘 하늘을 한 번도 못 봤다는 걸 지금 알았어요.", "tired"],
  [1, "내일 첫 면접인데 손이 벌써 차가워요. 괜찮겠죠?", "anxious"],
  [2, "손이 찬 건 몸이 준비하는 거래요. 오늘은 일찍 누우세요.", "calm"],
  [2, "따뜻한 물 한 잔도요."],
  [6, "편지에 적힌 대로 친구한테 사진 보냈어요. 3초 만에 답이 왔네요.", "thanks"],
  [7, "밤 11시부터 10분 동안 점검해요. 쓰던 글은 그대로 남아 있어요."],
  [3, "明日から新しい仕事。ちょっとこわいけど、楽しみ。", "flutter"],
  [4, "회의에서 제 아이디어를 자기 것처럼 말하는 사람, 오늘도 봤습니다. 심호흡 중.", "angry"],
  [5, "엄마가 김치를 보냈는데 상자 밑에 편지도 있었어요.", "joy"],
  [6, "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ 저도요"],
];
const names = ["새벽카피바라", "초록도마뱀", "무지개앵무", "ゆき", "밤부엉", "꼬마수달", "느린구름", "정글지기"];

await using rig = await openRig();
await using cable = openCable(rig.base);
const people: Caller[] = [];
const DAY = 86_400_000;
rig.clock.at = Date.now() - 41 * DAY;
for (const [i, name] of names.entries()) people.push(await rig.person(`user_${i}`, name, i === 7 ? "admin" : "user"));
async function say(who: number, text: string, mood?: Mood): Promise<void> {
  const { id, nickname } = people[who];
  const role = who === 7 ? "admin" : "user";
  rig.clock.at += 120_000;
  await rig.parts.log.append({ room: PLAZA, author: { id, nickname, role }, kind: role, text, mood });
}
for (let day = 40; day > 0; day--) {
  for (let n = 0; n < 8 + day % 7; n++) {
    const [, text, mood] = said[(day * day + n * 7) % (said.length - 1)];
    rig.clock.at = Date.now() - day * DAY + n * 3_600_000;
    await say((day + n * 3) % 7, text, mood);
  }
}
rig.clock.at = Date.now() - said.length * 120_000;
for (const [who, text, mood] of said) await say(who, text, mood);
const today = dateAt(rig.clock.at, "Asia/Seoul");
for (const date of [dateAfter(today, -1), today]) await rig.parts.letters.write(date);

await keepMistakes(people[6].id);
await meet();

await Deno.mkdir("/tmp/shots", { recursive: true });
const browser = await launch();
const wanted = Deno.args.length ? Deno.args : Object.keys(pages);
for (const name of wanted) {
  const { path, guest, act } = pages[name];
  for (const [width, height] of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      await using shown = await visit(browser, cable.base, {
        as: guest ? undefined : "user_6",
        password: PASSWORD,
        path,
        viewport: { width, height },
        deviceScaleFactor: width === 360 ? 2 : 1,
        colorScheme,
      });
      await shown.page.waitForLoadState("networkidle");
      await act?.(shown.page);
      await shown.page.screenshot({ path: `/tmp/shots/${name}-${width}-${colorScheme}.png` });
      if (shown.faults.length) console.log(name, width, shown.faults);
    }
  }
}
await browser.close();

async function enter(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name }).click();
  await page.locator("body[data-live]").waitFor();
}

/** A profile, people who might suit, a talk that goes on and one that has not begun. */
async function meet(): Promise<void> {
  const all = await Promise.all(people.map(({ username }) => rig.enter(username))), me = all[6];
  const profiles = [
    ["라디오", "산책"],
    ["라디오", "손편지"],
    ["등산", "산책"],
    ["손편지"],
    ["라디오", "밤하늘"],
    ["요리"],
    ["라디오", "산책", "손편지"],
  ];
  for (const [i, interests] of profiles.entries()) {
    await verify(rig, all[i]);
    await writes(rig, all[i], { interests, region: "서울 마포", reads: { plaza: i % 3 === 0, live: false } });
  }
  const room = await match(rig, me, all[4]);
  await match(rig, me, all[5]);
  await like(rig, me, all[3]);
  const said = [
    "안녕하세요! 라디오 좋아하신다고 해서 반가웠어요.",
    "저는 주로 새벽 두 시 프로그램을 들어요.",
    "그 시간에 깨어 있군요. 저도요.",
  ];
  for (const [i, text] of said.entries()) {
    await rig.post(`/api/rooms/${room}/messages`, { text }, { token: [all[4], me][i % 2].token });
  }
}

/** Mistake notes as they look after some weeks: one sentence learnt, some due. */
async function keepMistakes(id: string): Promise<void> {
  const { store } = rig.parts;
  const source = { from: "roleplay" } as const;
  const mistakes: [said: string, better: string, why: string][] = [
    ["I have been to Busan last week.", "I went to Busan last week.", "지난주처럼 끝난 때에는 과거형을 써요."],
    ["I am agree with you.", "I agree with you.", "agree는 그 자체로 동사라서 am이 필요 없어요."],
    ["She have two cats.", "She has two cats.", "she 다음에는 has를 써요."],
    ["I am looking forward to see you.", "I am looking forward to seeing you.", "to 다음에 -ing가 와요."],
  ];
  for (const [n, [said, better, why]] of mistakes.entries()) {
    const corrections = [{ said, better, why, kind: "grammar" as const }];
    const [card] = await addCards(store, id, {
      language: "en",
      corrections,
      source,
      now: Date.now() - (40 - n * 9) * DAY,
    });
    let { dueAt } = card;
    for (let uses = 0; uses < 3 - n; uses++) ({ dueAt } = await reviewCard(store, id, card.id, "good", dueAt));
  }
}

/** Pictures of the live rooms and the desk, like `shots.ts`, into /tmp/shots: `deno run -A tests/live_shots.ts [name…]`. */
import type { Page } from "playwright-core";
import { HOUR } from "../domain/figures.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { fileReport } from "../kv/reports.ts";
import { launch, visit } from "./browser.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";

type Shown = { path: string; as?: string; act?(page: Page): Promise<void> };
const sizes = [[360, 780], [768, 1024], [1280, 800]];
const names = ["새벽카피바라", "초록도마뱀", "무지개앵무", "ゆき", "느린구름", "나무그늘", "정글지기"];
const [KEEPER, BOSS] = [5, 6];

await using rig = await openRig();
rig.clock.at = Date.now() - HOUR;
const { store, log, powers } = rig.parts;
const people: Caller[] = [];
for (const [i, name] of names.entries()) {
  people.push(await rig.person(`user_${i}`, name, i === BOSS ? "admin" : i === KEEPER ? "moderator" : "user"));
}

async function say(who: number, text: string, room = STREAMING): Promise<number> {
  rig.clock.at += 20_000;
  const { json } = await rig.post(`/api/rooms/${room}/messages`, { text }, people[who]);
  return Number(json.seq);
}
const make = async (who: number, title: string, topic: string, access = "public") =>
  String((await rig.post("/api/rooms", { title, topic, access }, people[who])).json.id);

const radio = await make(0, "새벽 라디오", "잠 안 오는 사람들끼리 노래 하나씩");
await make(1, "면접 전날 밤", "내일을 앞둔 사람들");
const tea = await make(2, "비밀 찻집", "우리끼리 조용히", "private");
await say(1, "첫 곡은 잔잔한 걸로 부탁해요", radio);
await say(2, "여기 있는 말은 여기에만 남아요", tea);
await say(0, "다들 저녁은 드셨어요?");
const tired = await say(1, "오늘 회의만 여섯 번… 아직 회사예요");
const report = await say(4, "그러게 누가 그런 회사 가래요");
await say(3, "はじめまして。韓国語を勉強しています！");
const asked =
  (await rig.post(`/api/rooms/${STREAMING}/messages`, { text: "몇 시까지 하나요?", asks: true }, people[2])).json;
await rig.post(
  `/api/rooms/${STREAMING}/messages`,
  { text: "고생했어요. 집에 가면 발부터 씻어요", reply: tired },
  people[2],
);
for (const who of [0, 2, 3]) {
  await rig.ask("PUT", `/api/rooms/${STREAMING}/messages/${tired}/reactions/pat`, people[who]);
}
await say(KEEPER, "11시부터 투표로 다음 주제를 정해요. 천천히 골라 주세요");
const notice = await say(BOSS, "오늘 밤 11시에 10분 동안 점검해요. 쓰던 글은 그대로 남아요.");
const poll = (await rig.post(
  `/api/rooms/${STREAMING}/polls`,
  { question: "다음 주제는?", options: ["첫 출근", "이별", "고양이"] },
  people[KEEPER],
)).json;
for (const [who, option] of [[0, 2], [1, 0], [2, 2], [3, 2]]) {
  await rig.post(`/api/rooms/${STREAMING}/messages/${poll.seq}/votes`, { option }, people[who]);
}
await rig.ask("PUT", `/api/rooms/${STREAMING}/pin`, { body: { seq: notice }, ...people[KEEPER] });
await say(1, "@반디 오늘 사람들 기분이 어때 보여?");
await say(0, "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ 고양이 압승");
await rig.ask("PATCH", `/api/rooms/${STREAMING}`, { body: { settings: { slow: 10 } }, ...people[KEEPER] });

const author = { id: people[4].id, nickname: names[4], role: "user" as const };
const message = { seq: report, author, text: "그러게 누가 그런 회사 가래요", at: rig.clock.at };
const by = { id: people[1].id, nickname: names[1] };
const before = [{
  ...message,
  seq: tired,
  author: { ...by, role: "user" as const },
  text: "오늘 회의만 여섯 번… 아직 회사예요",
}];
const filed = { room: STREAMING, message, before, after: [], by };
const { id: waiting } = await fileReport(store, { ...filed, at: rig.clock.at, why: "비꼬는 말이 이어져요" });
const boss = { id: people[BOSS].id, nickname: names[BOSS], role: "admin" as const, session: "s" };
await powers.timeout(null, boss, people[4].id, 60, { why: "비꼬는 말이 이어져요" });
await powers.role(boss, people[3].id, "moderator", { why: "새벽 시간을 맡아요" });
await rig.post("/api/admin/announcements", { text: "내일 아침 편지는 10분 늦어요" }, people[BOSS]);
const evening = await make(0, "끝난 방", "지난주 모임");
await rig.ask("DELETE", `/api/rooms/${evening}`, people[BOSS]);
const hour = Math.floor(Date.now() / HOUR);
for (let back = 0; back < 24 * 30; back++) {
  const busy = Math.max(0, Math.sin((hour - back) / 24 * 2 * Math.PI)) * 40 + back % 7;
  const record = {
    messages: Array(12).fill(Math.round(busy)),
    people: Array(12).fill(Math.round(busy / 2)),
    inputTokens: Array(12).fill(Math.round(busy * 900)),
    outputTokens: Array(12).fill(Math.round(busy * 200)),
    asked: Array(12).fill(Math.round(busy / 8)),
    errors: back % 31 ? [] : [3],
  };
  await store.commit((atomic) => atomic.set(keys.figures(hour - back, "one"), record));
}
await rig.parts.letters.write("2026-11-26");
await log.append({ room: PLAZA, author, kind: "user", text: "광장의 글" });
rig.clock.at = Date.now();

const fold = (name: string) => async (page: Page) => {
  await page.locator("body[data-live]").waitFor();
  await page.locator(".fold summary", { hasText: name }).first().click();
};
const pages: Record<string, Shown> = {
  "live-list": { path: "/live" },
  live: { path: "/streaming", act: (page) => page.locator("body[data-live]").waitFor() },
  "live-guest": { path: "/streaming", as: "" },
  "live-keeper": { path: "/streaming", as: `user_${KEEPER}`, act: fold("방 설정") },
  "live-poll": { path: "/streaming", act: fold("투표") },
  "live-people": { path: "/streaming", act: fold("함께 있는 사람") },
  "live-questions": { path: "/streaming", act: fold("질문함") },
  "live-missed": {
    path: "/streaming",
    async act(page) {
      await fold("놓친 이야기")(page);
      await page.getByRole("button", { name: "짧게 보기" }).click();
    },
  },
  "live-menu": {
    path: "/streaming",
    as: `user_${KEEPER}`,
    async act(page) {
      await page.locator("body[data-live]").waitFor();
      await page.locator(`[data-seq='${asked.seq}']`).focus();
      await page.keyboard.press("Enter");
    },
  },
  "live-ban": {
    path: "/streaming",
    as: `user_${KEEPER}`,
    async act(page) {
      await page.locator("body[data-live]").waitFor();
      await page.locator(`[data-seq='${asked.seq}']`).focus();
      await page.keyboard.press("Enter");
      await page.locator(".menu.of").getByText("내보내기").click();
    },
  },
  "live-private": {
    path: `/live/${tea}`,
    as: "user_2",
    async act(page) {
      await fold("방 설정")(page);
      await page.getByRole("button", { name: "초대 주소 만들기" }).click();
      await page.getByText("초대 거두기").scrollIntoViewIfNeeded();
    },
  },
  desk: { path: "/admin", as: `user_${BOSS}` },
  "desk-month": { path: "/admin?span=month#figures", as: `user_${BOSS}` },
  "desk-reports": { path: "/admin/reports", as: `user_${BOSS}` },
  "desk-report": { path: `/admin/reports/open/${waiting}`, as: `user_${BOSS}` },
  "desk-people": { path: "/admin/people", as: `user_${BOSS}` },
  "desk-person": { path: `/admin/people/${people[4].id}`, as: `user_${BOSS}` },
  "desk-ban": { path: `/admin/people/${people[4].id}/ban`, as: `user_${BOSS}` },
  "desk-rooms": { path: "/admin/rooms", as: `user_${BOSS}` },
  "desk-room": { path: `/admin/rooms/${radio}`, as: `user_${BOSS}` },
  "desk-closed": { path: `/admin/rooms/${evening}`, as: `user_${BOSS}` },
  "desk-letters": { path: "/admin/letters", as: `user_${BOSS}` },
  "desk-announcements": { path: "/admin/announcements", as: `user_${BOSS}` },
  "desk-words": { path: "/admin/words", as: `user_${BOSS}` },
  "desk-log": { path: "/admin/log", as: `user_${BOSS}` },
};

await Deno.mkdir("/tmp/shots", { recursive: true });
const browser = await launch();
for (const name of Deno.args.length ? Deno.args : Object.keys(pages)) {
  const { path, as = "user_0", act } = pages[name];
  for (const [width, height] of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      const viewport = { width, height };
      const seen = { as: as || undefined, password: PASSWORD, path, viewport, colorScheme };
      await using shown = await visit(browser, rig.base, { ...seen, deviceScaleFactor: width === 360 ? 2 : 1 });
      await act?.(shown.page);
      await shown.page.waitForTimeout(300);
      await shown.page.screenshot({ path: `/tmp/shots/${name}-${width}-${colorScheme}.png` });
      if (shown.faults.length) console.log(name, width, shown.faults);
    }
  }
}
await browser.close();

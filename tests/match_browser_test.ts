import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { wordsIn } from "../domain/words/words.ts";
import { axeOn, looks } from "./axe.ts";
import { launch, type Visit, visit } from "./browser.ts";
import { joins, like, match, openTwo, type Rig, verify, writes } from "./match_rig.ts";
import { jpeg } from "./pictures.ts";
import { PASSWORD } from "./rig.ts";
import { until } from "./until.ts";

type Person = { username: string; nickname: string; interests: string };
const people: [Person, Person] = [
  { username: "hana_1", nickname: "느린구름", interests: "라디오, 산책" },
  { username: "duri_2", nickname: "숲속라디오", interests: "라디오, 등산" },
];

async function fillProfile({ page }: Visit, { interests }: Person): Promise<void> {
  await page.goto("/match/profile");
  await page.getByLabel("태어난 해").fill("1995");
  await page.getByRole("group", { name: "찾는 사이" }).getByLabel("친구").check();
  await page.getByRole("group", { name: "하는 말", exact: true }).getByLabel("한국어").check();
  await page.getByLabel("좋아하는 것").fill(interests);
  await page.getByRole("button", { name: "저장하기" }).click();
  await page.getByText("저장했어요.").waitFor();
}

const comes = (rig: Rig, browser: Awaited<ReturnType<typeof launch>>, { username }: Person) =>
  visit(browser, rig.base, { as: username, password: PASSWORD, path: "/match" });
const said = (page: Page, text: string) => page.locator(".bubble", { hasText: text });
const receipts = (page: Page) => page.locator(".mine .when > span").allTextContents();

async function clean(page: Page): Promise<void> {
  assert.deepEqual(await axeOn(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing to the side");
}

/** A client of the first matching service, as it was. */
async function oldClient(rig: Rig, { username }: Person, room: string) {
  const { token } = await rig.enter(username);
  const socket = new WebSocket(`${rig.base.replace("http", "ws")}/ws/chat/${room}/?token=${token}`);
  const heard: { message: string; sender: string; timestamp: string }[] = [];
  socket.onmessage = ({ data }) => heard.push(JSON.parse(data));
  await new Promise((done) => socket.onopen = done);
  return {
    heard,
    say: (message: string) => socket.send(JSON.stringify({ message })),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => socket.onclose = done);
      socket.close();
      await closed;
    },
  };
}

Deno.test("two browsers on two isolates: profile, reasons, two yeses, a talk with receipts, a block", async () => {
  await using two = await openTwo({ now: Date.now });
  const [here, there] = two.rigs;
  for (const { username, nickname } of people) await verify(here, await here.person(username, nickname));
  const browser = await launch();
  try {
    await using mine = await comes(here, browser, people[0]);
    await using theirs = await comes(there, browser, people[1]);
    await mine.page.getByText("프로필을 채우면 인연을 찾기 시작해요.").waitFor();
    await fillProfile(mine, people[0]);
    await fillProfile(theirs, people[1]);

    await mine.page.goto("/match");
    const card = mine.page.getByRole("article", { name: "숲속라디오" });
    await card.getByText("두 사람 다 ‘라디오’ 이야기를 좋아해요").waitFor();
    await clean(mine.page);
    await card.getByRole("link", { name: "프로필 · 좋아하는 것" }).click();
    await mine.page.waitForURL("**/match/profile#line-interests");
    await clean(mine.page);
    await mine.page.goto("/match");
    await card.getByRole("button", { name: "숲속라디오 님에게 인사 건네기" }).click();
    await mine.page.getByRole("region", { name: "답을 기다리는 인사" }).getByText("숲속라디오").waitFor();

    await theirs.page.goto("/match");
    assert.equal(await theirs.page.getByText("좋다고 했어요").count(), 0, "nobody is told of one yes");
    await theirs.page.getByRole("button", { name: "느린구름 님에게 인사 건네기" }).click();
    await theirs.page.waitForURL("**/chats/d-*");
    await mine.page.goto("/match");
    await mine.page.getByText("숲속라디오 님도 좋다고 했어요.").waitFor();
    await mine.page.getByRole("link", { name: "대화 열기" }).click();
    for (const { page } of [mine, theirs]) await page.locator("body[data-live]").waitFor();

    await mine.page.getByRole("button", { name: "‘라디오’, 언제부터 좋아하셨어요?" }).click();
    const box = mine.page.locator("#say");
    assert.equal(await box.inputValue(), "‘라디오’, 언제부터 좋아하셨어요?");
    assert.equal(await said(theirs.page, "언제부터").count(), 0, "a starter is not sent by itself");
    await box.press("Enter");
    await said(theirs.page, "언제부터").waitFor();
    assert.equal(await box.inputValue(), "");
    await until(async () => (await receipts(mine.page)).join() === "읽음");

    await theirs.page.locator("#say").fill("나중에 마저 쓸 말");
    await theirs.page.goto("/chats");
    await theirs.page.getByText("쓰던 글: 나중에 마저 쓸 말").waitFor();
    for (const blank of ["", "   "]) {
      await mine.page.locator("#say").fill(blank);
      await mine.page.keyboard.press("Enter");
    }
    await mine.page.locator("#say").fill("저는 중학교 때부터요");
    await mine.page.keyboard.press("Enter");
    await until(async () => (await receipts(mine.page)).at(-1) === "보냄");
    await theirs.page.getByText("안 읽은 글 1개").waitFor();
    await until(async () => (await theirs.page.title()).startsWith("(1)"));
    await clean(theirs.page);
    await theirs.page.getByRole("link", { name: "느린구름" }).click();
    await said(theirs.page, "중학교").waitFor();
    await until(async () => (await receipts(mine.page)).at(-1) === "읽음");
    await mine.page.getByText("지금 여기 있어요").waitFor();

    await theirs.page.locator("#say").pressSequentially("저는");
    await mine.page.getByText("숲속라디오 님이 쓰고 있어요").waitFor();
    await theirs.page.locator("#say").fill("저는 어제부터요");
    await theirs.page.keyboard.press("Enter");
    await said(mine.page, "어제부터요").waitFor();
    await clean(mine.page);

    const edges = await Promise.all(["중학교", "어제부터요"].map((text) => said(mine.page, text).boundingBox()));
    assert.ok(edges[0]!.x + edges[0]!.width > edges[1]!.x + edges[1]!.width && edges[0]!.x > edges[1]!.x, "mine right");
    await mine.page.reload();
    await said(mine.page, "어제부터요").waitFor();
    assert.deepEqual(await mine.page.locator("[data-seq] .bubble").allTextContents(), [
      "‘라디오’, 언제부터 좋아하셨어요?",
      "저는 중학교 때부터요",
      "저는 어제부터요",
    ]);
    await mine.page.getByRole("link", { name: "연습 장면 만들기" }).click();
    await mine.page.getByText("‘라디오’ 이야기를 편하게").waitFor();
    assert.ok(!(await mine.page.locator("main").innerHTML()).includes("숲속라디오"), "nobody is imitated");
    await clean(mine.page);
    await mine.page.getByRole("button", { name: "장면 만들기" }).click();
    await mine.page.locator("body[data-live]").waitFor();
    await mine.page.getByText("‘라디오’ 이야기를 하나 물어보기").first().waitFor();
    await clean(mine.page);
    await mine.page.getByRole("link", { name: "대화로 돌아가기" }).click();
    await mine.page.locator("body[data-live]").waitFor();

    await using old = await oldClient(there, people[1], new URL(mine.page.url()).pathname.split("/").at(-1)!);
    old.say("옛 앱에서 보내요");
    await said(mine.page, "옛 앱에서 보내요").waitFor();
    await mine.page.locator("#say").fill("새 화면에서 받았어요");
    await mine.page.keyboard.press("Enter");
    await until(() => old.heard.length === 2);
    assert.deepEqual(old.heard.map(({ message, sender }) => [sender, message]), [
      ["duri_2", "옛 앱에서 보내요"],
      ["hana_1", "새 화면에서 받았어요"],
    ]);

    const sure = mine.page.locator(".sure", { hasText: "차단하기" });
    await sure.locator("summary").click();
    await sure.getByRole("button", { name: "차단하기" }).click();
    await mine.page.waitForURL("**/chats");
    await theirs.page.waitForURL("**/chats");
    for (const { page } of [mine, theirs]) await page.getByText("아직 열린 대화가 없어요").waitFor();
    assert.deepEqual([...mine.faults, ...theirs.faults], []);
  } finally {
    await browser.close();
  }
});

Deno.test("without scripts: a profile with its picture, a yes, a message and a goodbye", async () => {
  await using two = await openTwo({ now: Date.now });
  const [rig] = two.rigs;
  for (const { username, nickname } of people) await verify(rig, await rig.person(username, nickname));
  const other = await rig.enter("duri_2");
  const browser = await launch();
  try {
    await using plain = await visit(browser, rig.base, {
      as: "hana_1",
      password: PASSWORD,
      path: "/match/profile",
      javaScriptEnabled: false,
    });
    const { page } = plain;
    await page.getByLabel("태어난 해").fill("99");
    await page.getByRole("button", { name: "저장하기" }).click();
    await page.getByText("만 19세가 되는 해부터").waitFor();
    assert.equal(await page.getByLabel("태어난 해").inputValue(), "99", "what was written stays");
    await fillProfile(plain, people[0]);
    await page.getByLabel("사진 고르기").setInputFiles({
      name: "me.jpg",
      mimeType: "image/jpeg",
      buffer: Buffer.from(jpeg()),
    });
    await page.getByRole("button", { name: "사진 올리기" }).click();
    await page.getByRole("img", { name: "느린구름 님의 사진" }).waitFor();
    await writes(rig, other, {});
    await like(rig, other, { id: (await rig.enter("hana_1")).id });
    await page.goto("/match");
    await page.getByRole("button", { name: /인사 건네기$/ }).click();
    await page.waitForURL("**/chats/d-*");
    await page.locator("#say").fill("스크립트 없이 안녕");
    await page.locator("button.send").click();
    await said(page, "스크립트 없이 안녕").waitFor();
    await page.locator("summary", { hasText: "이 대화에 할 수 있는 일" }).click();
    await page.getByRole("button", { name: "정중히 닫기" }).click();
    await page.getByText("인사를 남기고 대화를 닫았어요").waitFor();
    await page.getByText("닫은 대화예요.").waitFor();
    assert.equal(await page.locator("#say").isVisible(), false);
    const list = (await rig.get("/api/matches", { token: other.token })).json.items as { open: boolean }[];
    assert.deepEqual(list.map(({ open }) => open), [false]);
  } finally {
    await browser.close();
  }
});

Deno.test("a photo that a browser sends is small, upright and clean, and is seen by the other", async () => {
  await using two = await openTwo({ now: Date.now });
  const [here, there] = two.rigs;
  const [one, other] = [await joins(here, "hana_1"), await joins(here, "duri_2")];
  const room = await match(here, one, other);
  const browser = await launch();
  try {
    const open = { password: PASSWORD, path: `/chats/${room}` };
    await using mine = await visit(browser, here.base, { ...open, as: "hana_1" });
    await using theirs = await visit(browser, there.base, { ...open, as: "duri_2" });
    for (const { page } of [mine, theirs]) await page.locator("body[data-live]").waitFor();
    const drawn = await mine.page.screenshot();
    await mine.page.getByLabel("사진 보내기").setInputFiles({ name: "a.png", mimeType: "image/png", buffer: drawn });
    const photo = theirs.page.locator("img.photo");
    await photo.waitFor();
    await until(() => photo.evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0));
    assert.equal(await photo.getAttribute("alt"), "hana_1 님이 보낸 사진");
    await clean(theirs.page);
    assert.deepEqual([...mine.faults, ...theirs.faults], []);
  } finally {
    await browser.close();
  }
});

Deno.test("every page fits from 360 to 1280 pixels in three languages, by day and by night, and can be heard", async () => {
  await using two = await openTwo({ now: Date.now });
  const [rig] = two.rigs;
  const [one, other, third] = [await joins(rig, "hana_1"), await joins(rig, "duri_2"), await joins(rig, "third_3")];
  await joins(rig, "picky_5", { intentions: ["date"], ages: { from: 50, to: 60 } });
  await like(rig, one, await joins(rig, "fourth_4"));
  const room = await match(rig, one, other), closed = await match(rig, one, third);
  await rig.post(`/api/rooms/${room}/messages`, { text: "안녕하세요" }, { token: other.token });
  await rig.post(`/api/matches/${closed}/goodbye`, undefined, { token: third.token });
  const full = ["/match", "/match/profile", "/chats", `/chats/${room}`, `/chats/${closed}`];
  const browser = await launch();
  try {
    for (const { lang, options } of looks) {
      const open = { password: PASSWORD, ...options };
      await using seen = await visit(browser, rig.base, { ...open, as: "hana_1", path: `/match?lang=${lang}` });
      for (const path of full) {
        await seen.page.goto(path);
        await clean(seen.page);
      }
      await using alone = await visit(browser, rig.base, { ...open, as: "picky_5", path: `/match?lang=${lang}` });
      await clean(alone.page);
      const nobody = alone.page.locator("#nobody"), { none } = wordsIn(lang).matching;
      await nobody.getByText(none.intention).waitFor();
      await nobody.getByRole("link", { name: none.change }).waitFor();
      assert.deepEqual([...seen.faults, ...alone.faults], []);
    }
  } finally {
    await browser.close();
  }
});

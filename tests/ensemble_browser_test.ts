import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { joins, match } from "./match_rig.ts";
import { inBrowser, password, write } from "./plaza.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

const live = (page: Page) => page.locator("body[data-live]").waitFor();
const said = (page: Page) => page.locator("[data-seq] .bubble").allTextContents();
const says = (page: Page, text: string) => until(async () => (await said(page)).some((one) => one.includes(text)));
const narrow = { viewport: { width: 360, height: 740 } };

/** Where pictures go, when they are wanted. */
const shots = Deno.env.get("SCENE_SHOTS");
async function shoot(page: Page, name: string): Promise<void> {
  if (!shots) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${shots}/${name}-${width}-${colorScheme}.png` });
    }
  }
}
/** The form of a scene, filled and sent. */
async function make(page: Page): Promise<void> {
  await page.getByLabel("장면 이름").fill("저녁 식당");
  await page.getByLabel("상황", { exact: true }).fill("작은 식당의 저녁이에요.");
  await page.getByLabel("내 역할").fill("손님");
  await page.getByLabel("반디의 역할").fill("점원");
  await page.getByLabel("역할 3").fill("요리사");
  await page.getByLabel("역할 4").fill("친구");
  await page.getByRole("button", { name: "장면 만들기" }).click();
  await page.waitForURL(/\/roleplay\/\w{20}$/);
}
const link = (page: Page) => page.getByLabel(/^초대 링크/).inputValue();

inBrowser("a scene for several", {
  async "two people come together by a link, play with two AI roles, and leave"(browser) {
    await using rig = await openRig({ now: Date.now });
    await rig.person("ann_1", "느린구름");
    await rig.person("ben_1", "밤부엉");
    await using one = await visit(browser, rig.base, { as: "ann_1", password, path: "/roleplay/new" });
    await using other = await visit(browser, rig.base, { as: "ben_1", password, ...narrow });
    const a = one.page, b = other.page;
    await shoot(a, "new");
    await make(a);
    await live(a);
    await a.getByRole("link", { name: "함께할 사람 초대하기" }).click();
    await a.getByRole("button", { name: "초대 링크 만들기" }).click();
    assert.deepEqual(await axeOn(a), []);
    await shoot(a, "invite");
    await b.goto(await link(a));
    assert.deepEqual(await axeOn(b), []);
    await b.getByText("작은 식당의 저녁이에요.").waitFor();
    assert.equal(await b.evaluate(() => document.documentElement.scrollWidth), 360);
    await shoot(b, "claim");
    await b.getByRole("button", { name: "친구 맡기" }).click();
    await live(b);
    await a.getByRole("link", { name: "대화로 돌아가기" }).click();
    await live(a);

    await write(b, "Good evening!");
    await says(a, "Good evening!");
    await until(async () => (await said(a)).length === 3);
    const names = (page: Page) => page.locator("[data-seq] .by b").allTextContents();
    assert.deepEqual(await names(a), ["친구 · 밤부엉", "점원 · 반디", "요리사 · 반디"]);
    assert.deepEqual(await names(b), ["친구", "점원 · 반디", "요리사 · 반디"]);
    await a.getByRole("button", { name: "점원: 무대에서 내리기" }).click();
    await live(a);
    await b.getByText("점원 역할이 무대에서 내려갔어요").waitFor();
    await write(a, "What is good today?");
    await until(async () => (await said(b)).length === 5);
    assert.deepEqual((await names(b)).slice(3), ["손님 · 느린구름", "요리사 · 반디"]);
    assert.equal(await a.getByRole("link", { name: "고쳐서 다시" }).count(), 0, "told straight on");
    assert.deepEqual(await axeOn(a), []);
    await shoot(a, "room");
    await shoot(b, "player");
    await b.setViewportSize({ width: 1280, height: 900 });
    assert.equal(await b.getByRole("link", { name: "장면 고치기" }).count(), 0);
    await b.getByRole("button", { name: "친구: 역할 내려놓기" }).click();
    await b.waitForURL(/\/roleplay$/);
    await a.getByText("친구 역할은 이제 반디가 연기해요").waitFor();
    assert.deepEqual([one.faults, other.faults], [[], []]);
  },

  async "without scripts all of it is forms; a match is invited where the two talk, and a stranger finds nothing"(
    browser,
  ) {
    await using rig = await openRig({ now: Date.now });
    const ann = await joins(rig, "ann_1", {}, "느린구름"), ben = await joins(rig, "ben_1", {}, "밤부엉");
    const room = await match(rig, ann, ben);
    await rig.person("eve_1", "지나가던");
    const plain = { password, javaScriptEnabled: false, ...narrow };
    await using one = await visit(browser, rig.base, { as: "ann_1", path: "/roleplay/new", ...plain });
    await using other = await visit(browser, rig.base, { as: "ben_1", ...plain });
    await using third = await visit(browser, rig.base, { as: "eve_1", ...plain });
    const a = one.page, b = other.page;
    await make(a);
    const here = new URL(a.url()).pathname;
    await a.goto(`${here}/cast`);
    await a.getByRole("button", { name: "밤부엉에게 보내기" }).click();
    await a.getByText("대화로 보냈어요.").waitFor();
    const { json } = await rig.get(`/api/rooms/${room}/messages`, { token: ben.token });
    const { text } = (json.items as { text: string }[]).at(-1)!;
    await b.goto(/http\S+/.exec(text)![0]);
    await b.getByRole("button", { name: "점원 맡기" }).click();
    await b.waitForURL(new RegExp(`${here}$`));
    await b.locator("#say").fill("Hello there");
    await b.getByRole("button", { name: "보내기" }).click();
    await until(async () => {
      await a.goto(here);
      return (await said(a)).length === 3;
    });
    assert.equal((await third.page.goto(here))?.status(), 404);
    await a.goto(`${here}/cast`);
    await a.getByRole("button", { name: "같은 장면 다시 하기" }).waitFor();
  },
});

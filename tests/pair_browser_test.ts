import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { axeOn } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { openTwo } from "./match_rig.ts";
import { meet, MINUTE, STORY } from "./pair_rig.ts";
import { PASSWORD } from "./rig.ts";

/** Where pictures of the way go, when somebody wants to look at it. */
const shots = Deno.env.get("PAIR_SHOTS");

async function clean(page: Page, name: string): Promise<void> {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png` });
  assert.deepEqual(await axeOn(page), [], name);
  assert.ok(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    `${name}: nothing to the side`,
  );
}

async function write(page: Page, text: string): Promise<void> {
  await page.locator("#say").fill(text);
  await page.keyboard.press("Enter");
  await page.locator(".mine .bubble", { hasText: text.slice(0, 30) }).waitFor();
}

Deno.test("two browsers on two isolates: proposed, agreed to, both turns, two reports", async () => {
  const clock = { before: 0 }; // the pages' clock is the real one; the server's may be ahead
  await using two = await openTwo({ now: () => Date.now() + clock.before });
  const [here, there] = two.rigs, { room } = await meet(here);
  const browser = await launch(), path = `/chats/${room}`;
  try {
    const small = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };
    const large = { viewport: { width: 1280, height: 800 }, colorScheme: "dark" } as const;
    await using mine = await visit(browser, here.base, { as: "hana_1", password: PASSWORD, path, ...small });
    await using theirs = await visit(browser, there.base, { as: "duri_2", password: PASSWORD, path, ...large });
    const live = (page: Page) => page.locator("body[data-live]").waitFor();
    await Promise.all([live(mine.page), live(theirs.page)]);

    await mine.page.locator(".fold", { hasText: "짝 면접" }).locator("summary").click();
    await mine.page.getByRole("link", { name: "짝 면접 열기" }).click();
    await mine.page.getByText("5분", { exact: true }).click();
    await mine.page.getByText("개발", { exact: true }).click();
    await mine.page.getByText("이번 한 번만 허락하는").waitFor();
    await clean(mine.page, "propose-360");
    await mine.page.getByRole("button", { name: "짝 면접 제안하기" }).click();
    await live(mine.page);
    await mine.page.getByText("답을 기다리고 있어요").waitFor();
    await clean(mine.page, "waiting-360");

    await theirs.page.locator(".sys", { hasText: "하나 님이 짝 면접을 제안했어요." }).waitFor();
    const bar = theirs.page.getByRole("region", { name: "짝 면접" });
    await bar.getByRole("link", { name: "살펴보기" }).click();
    await theirs.page.getByText("면접하는 동안 두 사람이 쓴 글만").waitFor();
    await clean(theirs.page, "accept-1280-dark");
    await theirs.page.getByRole("button", { name: "동의하고 시작하기" }).click();
    await live(theirs.page);
    await theirs.page.getByText("내가 답할 차례예요").waitFor();
    await theirs.page.getByText(/\d:\d\d 남음/).waitFor();
    await mine.page.getByText("내가 면접관이에요", { exact: true }).waitFor();
    await mine.page.locator(".sys", { hasText: "짝 면접을 시작해요. 내가 면접관이에요." }).waitFor();
    await mine.page.getByText("이렇게 물어봐도 좋아요").click();
    await clean(mine.page, "asking-360");
    await clean(theirs.page, "answering-1280-dark");
    await write(mine.page, "Tell me about a hard bug.");
    await write(theirs.page, STORY);

    clock.before = 4 * MINUTE;
    await theirs.page.locator(".sys", { hasText: "1분 남았어요" }).waitFor();
    await mine.page.getByRole("button", { name: "이 차례 마치기" }).click();
    await live(mine.page);
    await theirs.page.locator(".sys", { hasText: "이제 내가 면접관이에요." }).waitFor();
    await mine.page.locator(".sys", { hasText: "이제 두리 님이 면접관이에요." }).waitFor();
    await write(theirs.page, "Why do you like this work?");
    await write(mine.page, "I like it because in 2020 I helped 30 people to learn it.");
    await theirs.page.getByRole("button", { name: "이 차례 마치기" }).click();
    await live(theirs.page);
    for (const { page } of [mine, theirs]) {
      await page.locator(".sys", { hasText: "짝 면접이 끝났어요." }).waitFor();
      await page.getByRole("link", { name: "내 리포트 보기" }).waitFor();
    }
    await clean(mine.page, "over-360");
    await theirs.page.getByRole("link", { name: "내 리포트 보기" }).click();
    await theirs.page.getByRole("heading", { name: "면접 리포트" }).waitFor();
    await theirs.page.getByText("“I built a cache because the query was slow.”").first().waitFor();
    await clean(theirs.page, "report-1280-dark");
    await theirs.page.getByRole("link", { name: "짝 면접 · 개발" }).click();
    await live(theirs.page);
    await theirs.page.getByText("질문은 짝이 했어요").first().waitFor();
    await clean(theirs.page, "practice-1280-dark");
    await mine.page.getByRole("link", { name: "내 리포트 보기" }).click();
    await mine.page.getByText("Why do you like this work?").waitFor();
    assert.equal(await mine.page.getByText("hard bug").count(), 0, "only one's own");
    await clean(mine.page, "report-360");
    assert.deepEqual([...mine.faults, ...theirs.faults], []);
  } finally {
    await browser.close();
  }
});

Deno.test("without scripts: proposed, declined in silence, proposed again, begun and stopped", async () => {
  await using two = await openTwo({ now: Date.now });
  const [rig] = two.rigs, { room } = await meet(rig);
  const browser = await launch(), plain = { path: `/chats/${room}`, password: PASSWORD, javaScriptEnabled: false };
  try {
    await using mine = await visit(browser, rig.base, { as: "hana_1", ...plain });
    await using theirs = await visit(browser, rig.base, { as: "duri_2", ...plain });
    const proposes = async () => {
      await mine.page.goto(`/chats/${room}/pair`);
      await mine.page.getByRole("button", { name: "짝 면접 제안하기" }).click();
      await theirs.page.goto(`/chats/${room}`);
      await theirs.page.getByRole("link", { name: "살펴보기" }).click();
    };
    await proposes();
    await theirs.page.getByRole("button", { name: "다음에 할래요" }).click();
    assert.equal(await theirs.page.getByRole("link", { name: "살펴보기" }).count(), 0);
    await mine.page.reload();
    await mine.page.getByText("답을 기다리고 있어요").waitFor();
    await mine.page.getByRole("link", { name: "살펴보기" }).click();
    await mine.page.getByRole("button", { name: "제안 거두기" }).click();
    await proposes();
    await theirs.page.getByRole("button", { name: "동의하고 시작하기" }).click();
    await theirs.page.getByText(/\d\d:\d\d까지/).waitFor();
    await theirs.page.locator("summary", { hasText: "그만하기" }).click();
    await theirs.page.getByText("쓴 횟수를 돌려드려요").waitFor();
    await theirs.page.getByRole("button", { name: "그만하기" }).click();
    await theirs.page.getByText("짝 면접을 그만했어요.").waitFor();
    assert.equal(await theirs.page.getByRole("button", { name: "그만하기" }).count(), 0);
  } finally {
    await browser.close();
  }
});

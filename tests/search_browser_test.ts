import assert from "node:assert/strict";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { inBrowser, live, old, openPlaza, password, shows, texts } from "./plaza.ts";
import { until } from "./until.ts";

inBrowser("searching, and links into the past", {
  async "from the plaza to a hit in its context, marked, and on from there both ways"(browser) {
    await using rig = await openPlaza(40);
    await rig.say("달팽이가 <b>지나간</b> 자리");
    for (let i = 41; i <= 110; i++) await rig.say(`옛글 ${i}`);
    await using guest = await visit(browser, rig.base);
    const { page } = guest;
    await page.getByRole("link", { name: "찾기" }).click();
    await page.getByLabel("찾을 말").fill("달팽이 지나간");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=/);
    assert.deepEqual(await page.locator("mark").allInnerTexts(), ["달팽이", "지나간"]);
    assert.equal(await page.locator("b b, .said b").count(), 0);
    assert.deepEqual(await axeOn(page), []);

    await page.locator("a.said").click();
    await live(page);
    const line = page.locator("#m41");
    assert.ok(await line.evaluate((element) => element.matches(":target")));
    const seen = () =>
      line.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        const log = element.closest(".log")!.getBoundingClientRect();
        return top >= log.top && bottom <= log.bottom;
      });
    await until(seen);
    assert.deepEqual((await texts(page)).slice(0, 11), [...old(31, 40), "달팽이가 <b>지나간</b> 자리"]);

    await rig.say("지금 온 글");
    await until(async () => (await page.locator(".newchip").innerText()).includes("1"));
    assert.ok(await seen(), "the reader is not moved");
    const log = page.locator(".log");
    for (let turn = 0; turn < 40 && !(await texts(page)).includes("옛글 1"); turn++) {
      await log.evaluate((element) => element.scrollTop -= 2_000);
      await until(async () => await log.getAttribute("aria-live") === "polite");
    }
    await page.locator(".newchip").click();
    await shows(page, "지금 온 글");
    assert.deepEqual(await axeOn(page), []);
    assert.deepEqual(guest.faults, []);
  },

  async "a link without its hash goes there too; what is not there is a 404"(browser) {
    await using rig = await openPlaza(60);
    await using guest = await visit(browser, rig.base, { path: "/?at=30" });
    await live(guest.page);
    await until(() => guest.page.locator("#m30").evaluate((element) => element.matches(":target")));
    for (const path of ["/?at=999", "/?at=x", "/?day=2026-99-99", "/live/nowhere?at=1"]) {
      assert.equal((await guest.context.request.get(path)).status(), 404, path);
    }
  },

  async "without scripts: search, page on, and read a day from its first message"(browser) {
    await using rig = await openPlaza(30);
    await using guest = await visit(browser, rig.base, { javaScriptEnabled: false, path: "/search?q=옛글" });
    const { page } = guest;
    assert.equal(await page.locator("li.hist").count(), 20);
    await page.getByText("더 찾아보기").click();
    assert.equal(await page.locator("li.hist").count(), 10);
    await page.locator("a.said").last().click();
    assert.equal(new URL(page.url()).hash, "#m1");
    assert.ok(await page.locator("#m1").isVisible());

    await page.goto("/search");
    await page.locator("#day").evaluate((element) => (element as HTMLInputElement).value);
    await page.getByRole("button", { name: "열기" }).click();
    assert.deepEqual(await page.locator("[data-seq] .bubble").allTextContents(), old(1, 30));
    assert.match(await page.locator("nav.days").innerText(), /지금으로/);
    await page.getByText("지금으로").click();
    assert.equal(await page.locator("nav.days").count(), 0);
  },

  async "in a live room: from its own search into its past"(browser) {
    await using rig = await openPlaza();
    const one = await rig.person("one_1", "하나");
    const author = { id: one.id, nickname: one.nickname, role: "user" } as const;
    for (let i = 1; i <= 80; i++) {
      await rig.parts.log.append({ room: STREAMING, author, kind: "user", text: `방송 ${i === 20 ? "달팽이" : i}` });
    }
    await using guest = await visit(browser, rig.base, { path: "/streaming" });
    const { page } = guest;
    await page.getByRole("link", { name: "찾기" }).click();
    await page.getByLabel("찾을 말").fill("달팽이");
    await page.keyboard.press("Enter");
    await page.locator("a.said").click();
    await live(page);
    assert.equal(new URL(page.url()).pathname, "/streaming");
    await until(() => page.locator("#m20").evaluate((element) => element.matches(":target")));
    assert.ok(await page.locator("#m20").isVisible());
    assert.deepEqual(guest.faults, []);
  },

  async "one's own buzzes lead to where they were said"(browser) {
    await using rig = await openPlaza(5);
    const one = await rig.person("one_1", "하나");
    const author = { id: one.id, nickname: one.nickname, role: "user" } as const;
    await rig.parts.log.append({ room: PLAZA, author, kind: "user", text: "내가 한 말" });
    await using me = await visit(browser, rig.base, { as: "one_1", password, path: "/mypage" });
    await me.page.getByRole("link", { name: "내가 한 말" }).click();
    await live(me.page);
    assert.ok(await me.page.locator("#m6").evaluate((element) => element.matches(":target")));
  },

  async "axe finds nothing: empty, found, nothing found, refused, in three languages and both lights"(browser) {
    await using rig = await openPlaza(3);
    await rig.say("明日から新しい仕事 good morning");
    for (const colorScheme of ["light", "dark"] as const) {
      for (const lang of ["ko", "en", "ja"]) {
        await using guest = await visit(browser, rig.base, {
          colorScheme,
          reducedMotion: "reduce",
          path: `/search?lang=${lang}`,
        });
        for (const query of ["", "?q=good", "?q=%EC%97%86%EB%8A%94%EB%A7%90", "?q=x", "?q=good&room=plaza"]) {
          await guest.page.goto(`/search${query}`);
          assert.deepEqual(await axeOn(guest.page), [], `${colorScheme} ${lang} ${query}`);
        }
        await guest.page.setViewportSize({ width: 320, height: 640 });
        const wide = await guest.page.evaluate(() => document.documentElement.scrollWidth);
        assert.equal(wide, 320, "nothing scrolls sideways");
        await guest.page.goto("/?at=2");
        assert.deepEqual(await axeOn(guest.page), [], `${colorScheme} ${lang} at`);
      }
    }
  },
});

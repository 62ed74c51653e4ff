import assert from "node:assert/strict";
import { dateAt } from "../domain/day.ts";
import { PLAZA } from "../domain/room.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, live, old, openPlaza, password, shows, texts, write } from "./plaza.ts";
import { keepLetter } from "./rig.ts";
import { until } from "./until.ts";

inBrowser("the plaza under one reader's hands", {
  async "a reader further up is not moved, is told how many are new, and pages of history fit on"(browser) {
    await using rig = await openPlaza(120);
    await using guest = await visit(browser, rig.base);
    const { page } = guest;
    await live(page);
    const log = page.locator(".log");
    const top = () => page.evaluate(() => (document.querySelector(".log") as HTMLElement).getBoundingClientRect().top);
    for (let turn = 0; turn < 40 && (await texts(page)).length < 120; turn++) {
      await log.evaluate((element) => element.scrollTop -= 2_000);
      await until(async () => await log.getAttribute("aria-live") === "polite" || (await texts(page)).length === 120);
    }
    assert.deepEqual(
      await texts(page),
      old(1, 120),
    );

    await log.evaluate((element) => element.scrollTop = -1500);
    const marked = await page.evaluate((edge) => {
      const rows = [...document.querySelectorAll("[data-seq]")];
      const row = rows.find((row) => row.getBoundingClientRect().top > edge)!;
      return { seq: row.getAttribute("data-seq"), top: row.getBoundingClientRect().top };
    }, await top());
    for (let i = 1; i <= 50; i++) await rig.say(`새 글 ${i}`);
    await until(async () => (await page.locator(".newchip").innerText()).includes("50"));
    const stands = await page.locator(`[data-seq="${marked.seq}"]`).evaluate((row) => row.getBoundingClientRect().top);
    assert.ok(Math.abs(stands - marked.top) < 2, `moved by ${stands - marked.top}`);

    await page.locator(".newchip").click();
    await until(async () => await page.locator(".newchip").count() === 0);
    assert.equal(await log.evaluate((element) => Math.round(element.scrollTop)), 0);
    assert.deepEqual(guest.faults, []);
  },

  async "Hangul: one Enter is one whole message; kana: the Enter that converts never sends"(browser) {
    await using rig = await openPlaza();
    await rig.person("one_1", "하나");
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    const { page } = one;
    await live(page);
    const cdp = await one.context.newCDPSession(page);
    const compose = (text: string) =>
      cdp.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    const enter = (code: number) =>
      cdp.send("Input.dispatchKeyEvent", {
        type: "rawKeyDown",
        key: "Enter",
        code: "Enter",
        windowsVirtualKeyCode: code,
      });

    await page.locator("#say").focus();
    await cdp.send("Input.insertText", { text: "안녕하세" });
    for (const part of ["ㅇ", "요"]) await compose(part);
    await enter(229);
    await cdp.send("Input.insertText", { text: "요" });
    await shows(page, "안녕하세요");
    assert.equal(await page.locator("#say").inputValue(), "");

    for (const part of ["こ", "こん", "こんにちは"]) await compose(part);
    await enter(229);
    await cdp.send("Input.insertText", { text: "今日は" });
    await page.locator("#say").pressSequentially("!");
    assert.equal(await page.locator("#say").inputValue(), "今日は!");
    await page.keyboard.press("Shift+Enter");
    await page.locator("#say").pressSequentially("둘째 줄");
    await page.keyboard.press("Enter");
    await shows(page, "둘째 줄");
    const stored = await rig.parts.log.after(PLAZA, 0, 10);
    assert.deepEqual(stored.map(({ text }) => text), ["안녕하세요", "今日は!\n둘째 줄"]);
  },

  async "markup in names, buzzes and letters is text, and nothing runs"(browser) {
    await using rig = await openPlaza();
    const evil = `<img src=x onerror="document.title='broken in'">`;
    const letter = { title: evil, paragraphs: [evil], themes: [evil] };
    await keepLetter(rig.parts, dateAt(Date.now(), "Asia/Seoul"), { ko: letter, en: letter, ja: letter });
    await rig.person("one_1", "<b>하나</b>");
    await rig.say(`${evil}</script><script>document.title='broken in'</script>`);
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    await live(one.page);
    await write(one.page, evil);
    await using guest = await visit(browser, rig.base);
    await shows(guest.page, "onerror");
    for (const { page, faults } of [one, guest]) {
      assert.ok((await page.locator("#letter").innerText()).includes(evil));
      assert.equal(await page.locator(".log img, .log b b, #letter img").count(), 0);
      assert.match(await page.title(), /광장/);
      assert.deepEqual(faults, []);
    }
    assert.ok((await guest.page.locator(".by b").allInnerTexts()).includes("<b>하나</b>"));
  },

  async "without scripts: buzzes and letter can be read, a form sends, a guest's words wait"(browser) {
    await using rig = await openPlaza(25);
    await rig.person("one_1", "하나");
    await using guest = await visit(browser, rig.base, { javaScriptEnabled: false });
    assert.deepEqual((await texts(guest.page)).length, 20);
    await guest.page.getByText("지난 버즈 보기").click();
    assert.deepEqual(await texts(guest.page), old(1, 5));
    await guest.page.goto("/");
    await guest.page.locator("#say").fill("스크립트 없이");
    await guest.page.locator("label[data-mood=calm]").click();
    await guest.page.locator("form.composer button[type=submit]").click();
    await guest.page.waitForURL(/\/login/);
    await guest.context.request.post("/api/login", { data: { username: "one_1", password } });
    await guest.page.goto("/");
    assert.equal(await guest.page.locator("#say").inputValue(), "스크립트 없이");
    await guest.page.locator("form.composer button[type=submit]").click();
    assert.equal(new URL(guest.page.url()).pathname, "/");
    assert.equal((await texts(guest.page)).at(-1), "스크립트 없이");
  },

  async "by keyboard alone: skip link, log, mood, words, send"(browser) {
    await using rig = await openPlaza(30);
    await rig.person("one_1", "하나");
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    const { page } = one;
    await live(page);
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.className), "skip");
    const walk = async (to: string) => {
      for (let i = 0; i < 40; i++) {
        if (await page.evaluate((to) => document.activeElement?.matches(to), to)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab does not lead to ${to}`);
    };
    await walk(".log");
    await page.keyboard.press("PageUp");
    await until(async () => await page.locator(".newchip").count() === 1);
    await until(async () => { // older lines arriving meanwhile may stop the browser's own way down
      await page.keyboard.press("End");
      return await page.locator(".newchip").count() === 0;
    });
    await walk("input[name=mood]");
    await page.keyboard.press("ArrowRight");
    await walk("#say");
    await page.keyboard.type("손만으로");
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement?.matches("button.send")));
    await page.keyboard.press("Space");
    await shows(page, "손만으로");
    assert.equal((await rig.parts.log.after(PLAZA, 30, 1))[0].mood, "flutter");
  },

  async "words of despair bring the calm card, and are sent all the same"(browser) {
    await using rig = await openPlaza();
    await rig.person("one_1", "하나");
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    await live(one.page);
    await write(one.page, "배고파 죽겠다");
    await shows(one.page, "배고파");
    assert.equal(await one.page.locator(".care").count(), 0);
    await write(one.page, "죽고 싶어");
    await shows(one.page, "죽고 싶어");
    assert.equal(await one.page.locator(".care a[href='tel:109']").count(), 1);
    assert.deepEqual(await axeOn(one.page), []);
    await one.page.locator("#say").press("Escape");
    assert.equal(await one.page.locator(".care").count(), 0);
  },

  async "axe finds nothing, by day and by night, in three languages"(browser) {
    await using rig = await openPlaza(5);
    await rig.person("one_1", "하나");
    for (const colorScheme of ["light", "dark"] as const) {
      for (const lang of ["ko", "en", "ja"]) {
        await using one = await visit(browser, rig.base, {
          as: "one_1",
          password,
          colorScheme,
          path: `/?lang=${lang}`,
        });
        await live(one.page);
        await write(one.page, `안녕 ${colorScheme} ${lang}`);
        await shows(one.page, `안녕 ${colorScheme} ${lang}`);
        await until(async () => await one.page.locator(".pending").count() === 0);
        assert.deepEqual(await axeOn(one.page), [], `${colorScheme} ${lang}`);
        await one.page.locator("details.more summary").click();
        assert.deepEqual(await axeOn(one.page), [], `menu, ${colorScheme} ${lang}`);
      }
    }
  },

  async "coming back shows where one had read to, once a visit"(browser) {
    await using rig = await openPlaza(3);
    await using guest = await visit(browser, rig.base);
    const { page } = guest;
    await live(page);
    assert.equal(await page.locator(".unread").count(), 0);
    await page.goto("/login");
    await rig.say("그 사이에 온 글");
    await page.goto("/");
    await live(page);
    const rows = page.locator(".lines > ol > li");
    await until(async () => await rows.count() === 5);
    assert.match(await rows.nth(3).innerText(), /여기까지 읽었어요/);
    await rig.say("보는 동안 온 글");
    await shows(page, "보는 동안");
    assert.equal(await rows.count(), 6);
    await page.reload();
    await live(page);
    assert.equal(await page.locator(".unread").count(), 0);
  },

  async "the first load ships at most 40 kB of JavaScript"(browser) {
    await using rig = await openPlaza(1);
    // What the worker keeps comes unpacked: whether it is quick enough to answer is not asked here.
    await using guest = await visit(browser, rig.base, { path: "/login", serviceWorkers: "block" });
    await guest.page.goto("/");
    await live(guest.page);
    const bytes = await guest.page.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)
    );
    assert.ok(bytes > 5_000 && bytes <= 40 * 1024, `${bytes} bytes`);
  },
});

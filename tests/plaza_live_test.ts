import assert from "node:assert/strict";
import { dateAt } from "../domain/day.ts";
import { PLAZA } from "../domain/room.ts";
import { visit } from "./browser.ts";
import { openCable } from "./cable.ts";
import { inBrowser, live, old, openPlaza, password, shows, texts, write } from "./plaza.ts";
import { until } from "./until.ts";

/** The long form: away for 30 seconds. */
const slowly = Deno.env.has("CHAOS");

inBrowser("the plaza between people", {
  async "two see each other's buzzes and typing; a guest sees both and is asked in, with the words kept"(browser) {
    await using rig = await openPlaza();
    for (const [name, nickname] of [["one_1", "하나"], ["two_2", "둘이"]]) await rig.person(name, nickname);
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    await using two = await visit(browser, rig.base, { as: "two_2", password });
    await using guest = await visit(browser, rig.base);
    await Promise.all([one, two, guest].map(({ page }) => live(page)));

    await one.page.locator("#say").pressSequentially("쓰는 중");
    for (const { page } of [two, guest]) {
      await until(async () => (await page.locator(".typing").allInnerTexts()).some((line) => line.includes("하나")));
    }
    assert.equal(await one.page.locator(".typing").count(), 0);
    await write(one.page, "안녕하세요");
    await write(two.page, "반가워요");
    for (const { page } of [one, two, guest]) {
      await shows(page, "안녕하세요");
      await shows(page, "반가워요");
      assert.equal((await texts(page)).length, 2);
      await until(async () => (await page.locator("#people").innerText()).includes("3"));
    }
    assert.equal(await one.page.locator(".typing").count(), 0);

    await guest.page.locator("#say").fill("나도 한마디");
    await guest.page.keyboard.press("Enter");
    await guest.page.waitForURL(/\/login/);
    await rig.person("three_3", "셋이");
    await guest.context.request.post("/api/login", { data: { username: "three_3", password } });
    await guest.page.goto("/");
    assert.equal(await guest.page.locator("#say").inputValue(), "나도 한마디");
    assert.equal((await texts(guest.page)).length, 2, "a guest's words are not sent");
    for (const { faults } of [one, two, guest]) assert.deepEqual(faults, []);
  },

  async "away while 200 buzzes are sent: all of them once, in order, without a reload; my own goes out then"(browser) {
    await using rig = await openPlaza(3);
    await rig.person("one_1", "하나");
    await using cable = openCable(rig.base);
    await using one = await visit(browser, cable.base, { as: "one_1", password });
    const { page } = one;
    await live(page);
    await page.evaluate(() => (globalThis as unknown as { mark: boolean }).mark = true);

    cable.cut();
    await until(async () => await page.locator(".notice.warn").count() === 1);
    await write(page, "끊긴 동안 쓴 글");
    assert.match(await page.locator(".msg.pending").textContent() ?? "", /끊긴 동안 쓴 글/);
    for (let i = 1; i <= 200; i++) {
      await rig.say(`새 글 ${i}`);
      if (slowly) await page.waitForTimeout(150);
    }
    cable.mend();

    await until(async () => (await texts(page)).length === 204, 20_000);
    const expected = [...old(1, 3), ...Array.from({ length: 200 }, (_, i) => `새 글 ${i + 1}`)];
    assert.deepEqual(await texts(page), [...expected, "끊긴 동안 쓴 글"]);
    assert.equal(await page.locator(".msg.pending").count(), 0);
    assert.ok(
      await page.evaluate(() => (globalThis as unknown as { mark?: boolean }).mark),
      "the page was not reloaded",
    );
    await until(async () => await page.locator(".notice").count() === 0, 8_000);
  },

  async "what is sent and not confirmed survives a reload, and is stored once"(browser) {
    await using rig = await openPlaza();
    await rig.person("one_1", "하나");
    await using cable = openCable(rig.base);
    await using one = await visit(browser, cable.base, { as: "one_1", password });
    await live(one.page);
    cable.cut();
    await until(async () => await one.page.locator(".notice.warn").count() === 1);
    await write(one.page, "사라지지 않는 글");
    cable.mend();
    await one.page.reload();
    await shows(one.page, "사라지지 않는 글");
    await until(async () => await one.page.locator(".msg.pending").count() === 0);
    assert.equal((await rig.parts.log.after(PLAZA, 0, 10)).length, 1);
  },

  async "a login that ran out is renewed unseen; one that ended makes a guest of the page, words kept"(browser) {
    await using rig = await openPlaza();
    await rig.person("one_1", "하나");
    await using cable = openCable(rig.base);
    await using one = await visit(browser, cable.base, { as: "one_1", password });
    const { page, context } = one;
    await live(page);
    cable.cut();
    await context.clearCookies({ name: "jb_access" });
    await until(async () => await page.locator(".notice.warn").count() === 1);
    cable.mend();
    await until(async () => await page.locator(".notice.warn").count() === 0);
    await write(page, "다시 이어서");
    await shows(page, "다시 이어서");
    assert.equal((await rig.parts.log.after(PLAZA, 0, 9)).length, 1);

    await page.locator("#say").fill("쓰던 글");
    await context.request.post("/api/logout");
    await until(async () => (await page.locator(".composer").innerText()).includes("로그인이 끝났어요"));
    assert.equal(await page.locator("#say").inputValue(), "쓰던 글");
    await rig.say("손님도 읽어요");
    await shows(page, "손님도 읽어요");
    await page.getByRole("button", { name: "들어가서 보내기" }).click();
    await page.waitForURL(/\/login/);
  },

  async "people are counted, not tabs: three of a member and three of a guest are two people"(browser) {
    await using rig = await openPlaza();
    await rig.person("one_1", "하나");
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    await using guest = await visit(browser, rig.base);
    for (const { context } of [one, guest]) {
      for (let tab = 0; tab < 2; tab++) await (await context.newPage()).goto("/");
    }
    const pages = [...one.context.pages(), ...guest.context.pages()];
    await Promise.all(pages.map(live));
    for (const page of pages) await until(async () => (await page.locator("#people").innerText()).includes("2명"));
    await rig.say("모두 같은 수");
    await Promise.all(pages.map((page) => shows(page, "모두 같은 수")));
    for (const page of pages) assert.match(await page.locator("#people").innerText(), /2명/);
  },

  async "a new letter comes to open pages by itself"(browser) {
    await using rig = await openPlaza(3);
    await using guest = await visit(browser, rig.base);
    await live(guest.page);
    const card = guest.page.locator("#letter");
    assert.match(await card.innerText(), /첫 편지를 기다리고/);
    const date = dateAt(Date.now(), "Asia/Seoul");
    const { texts: { ko } } = await rig.parts.letters.write(date);
    await until(async () => (await card.innerText()).includes(ko.paragraphs[0]));
    assert.match(await card.innerText(), /오늘 편지가 왔어요/);
    assert.equal(await card.locator("a").getAttribute("href"), `/letters/${date}`);
    assert.deepEqual(guest.faults, []);
  },

  async "who sends too fast is told how long to rest; nothing is lost or out of order"(browser) {
    await using rig = await openPlaza(0, 0.2);
    await rig.person("one_1", "하나");
    await using one = await visit(browser, rig.base, { as: "one_1", password });
    const { page } = one;
    await live(page);
    const all = Array.from({ length: 4 }, (_, i) => `빠른 글 ${i + 1}`);
    let rested = false;
    for (const text of all) {
      await page.locator("#say").fill(text);
      await until(async () => {
        await page.locator("#say").press("Enter");
        rested ||= (await page.locator("#hint").innerText()).includes("쉬어");
        return await page.locator("#say").inputValue() === "";
      });
    }
    await until(async () => rested ||= (await page.locator("#hint").innerText()).includes("쉬어"));
    await until(async () => (await rig.parts.log.after(PLAZA, 0, 50)).length === all.length);
    assert.deepEqual((await rig.parts.log.after(PLAZA, 0, 50)).map(({ text }) => text), all);
    await until(async () => await page.locator(".msg.pending").count() === 0);
    assert.deepEqual(await texts(page), all);
  },
});

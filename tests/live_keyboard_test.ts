import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ko } from "../domain/words/ko.ts";
import { wordsIn } from "../domain/words/words.ts";
import { axeOn, looks } from "./axe.ts";
import { visit } from "./browser.ts";
import { choose, reach } from "./keyboard.ts";
import { inBrowser, line, lines, live, openLive, password, say } from "./live_rig.ts";
import { until } from "./until.ts";

const { chat, order } = ko, words = ko.live;

async function type(page: Page, text: string): Promise<void> {
  await reach(page, page.locator("#say"));
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function unfold(page: Page, name: string): Promise<void> {
  const summary = page.locator(".fold summary", { hasText: name }).first();
  await reach(page, summary);
  if (!await summary.evaluate((one) => (one.parentElement as HTMLDetailsElement).open)) {
    await page.keyboard.press("Enter");
  }
}

/** The reason, then past the safe button to the other. */
async function because(page: Page, why: string): Promise<void> {
  await reach(page, page.locator("dialog textarea"));
  await page.keyboard.type(why);
  await reach(page, page.locator("dialog .harm"));
  await page.keyboard.press("Enter");
}

const said = (page: Page, text: string) => until(async () => (await lines(page)).some((one) => one.includes(text)));
const silent = (page: Page, text: string) =>
  until(async () => !(await page.locator(".log").innerText()).includes(text));

inBrowser("by keyboard alone", {
  async "a member opens a room, finds another, talks, calls, answers, reacts, edits, deletes, reports and asks"(
    browser,
  ) {
    await using rig = await openLive();
    await say(rig, "two", "먼저 온 말");
    await using one = await visit(browser, rig.base, { as: "one_1", password, path: "/live" });
    const { page } = one;
    await reach(page, page.locator("[name=title]"));
    await page.keyboard.type("새벽 라디오");
    await reach(page, page.locator("[name=access]:checked"));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.locator("h1", { hasText: "새벽 라디오" }).waitFor();
    await live(page);
    await type(page, "제 방이에요");
    await said(page, "제 방이에요");
    await page.goBack();

    await reach(page, page.locator("#rooms a", { hasText: words.streaming }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/live\/streaming/);
    await live(page);

    await type(page, "첫인사예요");
    await said(page, "첫인사예요");
    await page.keyboard.type("@둘");
    await page.locator(".names").waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type("안녕하세요");
    await page.keyboard.press("Enter");
    await said(page, "@둘이 안녕하세요");

    await choose(page, "먼저 온 말", chat.reactions.pat);
    await until(async () => await line(page, "먼저 온 말").locator("[data-reaction=pat]").count() === 1);
    assert.notEqual(await page.evaluate(() => document.activeElement?.tagName), "BODY", "the focus is kept");

    await choose(page, "먼저 온 말", chat.report);
    await because(page, "살펴봐 주세요");
    await until(async () => (await page.locator(".composer").innerText()).includes(order.reported));

    await choose(page, "먼저 온 말", chat.reply);
    assert.equal(await page.evaluate(() => document.activeElement?.id), "say", "to write the answer");
    await page.keyboard.type("답이에요");
    await page.keyboard.press("Enter");
    await said(page, "답이에요");

    await reach(page, page.locator("#say"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.type(", 고쳤어요");
    await page.keyboard.press("Enter");
    await said(page, "답이에요, 고쳤어요");

    await choose(page, "첫인사예요", chat.remove);
    await reach(page, page.locator("dialog .harm"));
    await page.keyboard.press("Enter");
    await silent(page, "첫인사예요");

    await page.locator("#heading").evaluate((top) => (top as HTMLElement).scrollIntoView());
    await reach(page, page.locator(".ask-ai button"), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.type("들려?");
    await page.keyboard.press("Enter");
    await said(page, ko.companion.offline.slice(0, 10));
    assert.deepEqual(one.faults, []);
  },

  async "a moderator puts a poll, votes, pins, slows, hides, rests and sends out"(browser) {
    await using rig = await openLive();
    for (const [who, text] of [["one", "붙일 말"], ["two", "가릴 말"], ["three", "쉴 사람의 말"]] as const) {
      await say(rig, who, text);
    }
    await using keeper = await visit(browser, rig.base, { as: "keeper_4", password, path: "/streaming" });
    const { page } = keeper;
    await live(page);

    await unfold(page, words.pollNew);
    for (const [name, n, text] of [["question", 0, "바다?"], ["option", 0, "네"], ["option", 1, "아니요"]] as const) {
      await reach(page, page.locator(`[name=${name}]`).nth(n));
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
    await page.locator(".poll").waitFor();
    await page.locator("body").evaluate(() => (document.activeElement as HTMLElement)?.blur());
    await reach(page, page.locator(".poll input").first());
    await page.keyboard.press("Space");
    await until(async () => (await page.locator(".poll").innerText()).includes("100%"));

    await reach(page, page.locator("#say"));
    await choose(page, "붙일 말", chat.pin);
    await page.locator(".pinned", { hasText: "붙일 말" }).waitFor();
    await choose(page, "가릴 말", chat.hide);
    await because(page, "다툼이 될 말이라서요");
    await silent(page, "가릴 말");
    await choose(page, "쉴 사람의 말", order.timeout);
    await because(page, "잠깐만요");
    const { three } = rig.people;
    const kinds = async () => (await rig.parts.order.facts(three.id)).sanctions.map(({ kind }) => kind).sort().join();
    await until(async () => await kinds() === "timeout");
    await page.locator("dialog").waitFor({ state: "detached" });
    await choose(page, "쉴 사람의 말", order.ban);
    await because(page, "여러 번 말씀드렸어요");
    await until(async () => await kinds() === "ban,timeout");

    await page.locator("dialog").waitFor({ state: "detached" });
    await page.locator("body").evaluate(() => (document.activeElement as HTMLElement)?.blur());
    await unfold(page, words.settings);
    await reach(page, page.locator("[name=slow]"));
    await page.keyboard.type("5");
    await page.keyboard.press("Enter");
    await until(async () => (await rig.parts.rooms.get("streaming"))?.settings?.slow === 5);
    assert.deepEqual(keeper.faults, []);
  },

  async "a room with all that opens in it, the list, an invitation: axe finds nothing, in three languages"(browser) {
    await using rig = await openLive();
    const boss = await rig.person("boss_5", "정글지기", "admin");
    const { json } = await rig.post("/api/rooms", { title: "새벽 라디오", topic: "노래", access: "private" }, boss);
    await rig.post(`/api/rooms/${json.id}/messages`, { text: "오늘은 무슨 노래?" }, boss);
    for (const { lang, name, options } of looks) {
      const path = `/live/${json.id}?lang=${lang}`, { live: words } = wordsIn(lang);
      await using shown = await visit(browser, rig.base, { as: "boss_5", password, path, ...options });
      const { page } = shown;
      const fine = async (what: string) => {
        assert.deepEqual(await axeOn(page), [], `${what} ${name}`);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, `${what} ${name}`);
      };
      await live(page);
      const author = { id: rig.people.one.id, nickname: "하나", role: "user" } as const;
      const call = { author, kind: "user", text: "@정글지기 여기요", mentions: [boss.id] } as const;
      await rig.parts.log.append({ room: String(json.id), ...call, mentions: [...call.mentions] });
      await page.locator(".notice.calls").waitFor();
      await page.locator("summary", { hasText: words.settings }).click();
      await page.getByRole("button", { name: words.invite, exact: true }).click();
      await page.getByLabel(words.inviteMade).waitFor();
      await fine("settings");
      await page.getByRole("button", { name: words.close, exact: true }).click();
      await page.locator("dialog").waitFor();
      await fine("closing");
      await page.keyboard.press("Escape");
      for (const [fold, button] of [[words.people], [words.questions], [words.missed.title, words.missed.show]]) {
        await page.locator("summary", { hasText: fold }).first().click();
        if (button) await page.getByRole("button", { name: button, exact: true }).click();
        await page.locator(".fold[open]", { hasText: fold }).waitFor();
        await fine(fold);
      }
      for (const path of ["/live", "/live/none?invite=x", `/search?q=${encodeURIComponent("노래")}`]) {
        await page.goto(path);
        await fine(path);
      }
    }
  },
});

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ko } from "../domain/words/ko.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { choose, press, reach } from "./keyboard.ts";
import { inBrowser, line, live, password } from "./live_rig.ts";
import { joins, like, match, suggested, verify } from "./match_rig.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

const { chat, matching } = ko, { chats: words } = matching;
const gone = (page: Page, text: string) => until(async () => !(await page.locator(".log").innerText()).includes(text));

inBrowser("matching by keyboard alone", {
  async "a profile, a reason that is not true, a greeting, a talk with all that can be done in it, the way out"(
    browser,
  ) {
    await using rig = await openRig({ now: Date.now });
    const other = await joins(rig, "duri_2", { interests: ["라디오", "산책"] }, "둘이");
    await verify(rig, await rig.person("hana_1", "하나"));
    await using hana = await visit(browser, rig.base, { as: "hana_1", password, path: "/match" });
    const { page } = hana;
    await press(page, page.getByRole("link", { name: matching.state.fill }));
    await reach(page, page.locator("[name=birthYear]"));
    await page.keyboard.type("1995");
    await press(page, page.locator("[name='intentions.friend']"), "Space");
    await press(page, page.locator("[name='speaks.ko']"), "Space");
    await reach(page, page.locator("[name=interests]"));
    await page.keyboard.type("라디오, 산책");
    await page.keyboard.press("Enter");
    await page.getByText(matching.profile.saved).waitFor();

    await page.goto("/match");
    const reason = page.getByRole("article").locator("li", { hasText: "산책" });
    await press(page, reason.getByRole("button"));
    await until(async () => await reason.count() === 0);
    assert.deepEqual((await suggested(rig, other)).items.map(({ person }) => person.nickname), ["하나"]);
    await like(rig, other, { id: (await rig.enter("hana_1")).id });
    await press(page, page.getByRole("article").locator("button.main"));
    await page.waitForURL("**/chats/d-*");
    await live(page);

    await press(page, page.locator("[data-starter]").first());
    await until(() => page.evaluate(() => document.activeElement?.id === "say"));
    await page.keyboard.press("Enter");
    await line(page, "언제부터").waitFor();
    const room = new URL(page.url()).pathname.split("/").at(-1);
    const said = await rig.post(`/api/rooms/${room}/messages`, { text: "작년부터예요" }, { token: other.token });
    assert.equal(said.status, 201);
    await line(page, "작년부터예요").waitFor();
    await choose(page, "작년부터예요", chat.reactions.pat);
    await line(page, "작년부터예요").locator("[data-reaction=pat]").waitFor();
    await choose(page, "작년부터예요", chat.report);
    await reach(page, page.locator("dialog textarea"));
    await page.keyboard.type("살펴봐 주세요");
    await press(page, page.locator("dialog .harm"));
    await until(async () => (await page.locator(".composer").innerText()).includes(ko.order.reported));
    await choose(page, "작년부터예요", chat.reply);
    await page.keyboard.type("저도요");
    await page.keyboard.press("Enter");
    await line(page, "저도요").waitFor();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await page.keyboard.type(", 반가워요");
    await page.keyboard.press("Enter");
    await line(page, "저도요, 반가워요").waitFor();
    await choose(page, "저도요, 반가워요", chat.remove);
    await press(page, page.locator("dialog .harm"));
    await gone(page, "저도요, 반가워요");
    await reach(page, page.getByLabel(words.sendPhoto));

    const third = await joins(rig, "third_3", { interests: ["라디오"] }, "셋이");
    await page.goto(`/chats/${await match(rig, third, { ...third, ...await rig.enter("hana_1") })}`);
    await live(page);
    await press(page, page.locator("[data-starter]").first());
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText(ko.problems.copied).waitFor();
    assert.deepEqual(await axeOn(page), []);
    await press(page, page.getByRole("button", { name: chat.retry }));
    await line(page, "언제부터").waitFor();

    await page.locator("body").evaluate(() => (document.activeElement as HTMLElement)?.blur());
    const block = page.locator(".sure", { hasText: words.blockHow });
    await press(page, block.locator("summary"));
    await press(page, block.getByRole("button", { name: words.block }));
    await page.waitForURL("**/chats");
    await page.getByRole("link", { name: "둘이" }).waitFor();
    assert.equal(await page.getByRole("link", { name: "셋이" }).count(), 0);
    assert.deepEqual(hana.faults, []);
  },
});

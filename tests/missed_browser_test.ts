import assert from "node:assert/strict";
import { ko } from "../domain/words/ko.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, line, live, openLive, password, say } from "./live_rig.ts";
import { until } from "./until.ts";

inBrowser("coming late", {
  async "what was missed is asked for, says what it is, and leads to its messages; the companion answers here"(
    browser,
  ) {
    await using rig = await openLive();
    for (let n = 1; n <= 12; n++) await say(rig, "one", n === 4 ? "내일은 어디로 갈까요?" : `이야기 ${n}`);
    await using visitor = await visit(browser, rig.base, { as: "two_2", password, path: "/streaming" });
    const { page } = visitor;
    await live(page);
    const fold = page.locator(".fold", { hasText: ko.live.missed.title });
    if (!await fold.evaluate((one) => (one as HTMLDetailsElement).open)) await fold.locator("summary").click();
    await fold.getByRole("button", { name: ko.live.missed.show }).click();
    await fold.getByText(ko.companion.pick).waitFor();
    assert.match(await fold.locator("li").first().innerText(), /하나: 내일은 어디로 갈까요/);
    assert.equal(await fold.locator("li a").getAttribute("href"), "/streaming?at=4#m4");
    assert.deepEqual(await axeOn(page), []);

    await page.locator("#say").fill("@반디 안녕?");
    await page.locator("#say").press("Enter");
    await until(async () => (await line(page, ko.companion.offline).count()) === 1);
  },
});

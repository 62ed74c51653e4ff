import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { visit } from "./browser.ts";
import { inBrowser, password, write } from "./plaza.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

/** A rig with the real clock and somebody who practises, without a model unless `openai` is given. */
async function openScene(openai?: { key: string; baseUrl: string }) {
  const settings = openai ? { openai: { ...openai, model: "m", voice: "v" } } : {};
  const rig = await openRig({ now: Date.now, env: settings });
  const me = await rig.person("cloud_1", "느린구름");
  return Object.assign(rig, { me });
}
type Rig = Awaited<ReturnType<typeof openScene>>;

const enter = (browser: Browser, rig: Rig, path: string, more = {}) =>
  visit(browser, rig.base, { as: "cloud_1", password, path, ...more });
const live = (page: Page) => page.locator("body[data-live]").waitFor();
const said = (page: Page) => page.locator("[data-seq] .bubble").allTextContents();
const says = (page: Page, text: string) => until(async () => (await said(page)).some((one) => one.includes(text)));

inBrowser("role-play and practice without a model", {
  async "a scene of the gallery: begun, talked through to its goals, and ended with reasons"(browser) {
    await using rig = await openScene();
    await using shown = await enter(browser, rig, "/roleplay");
    const { page, faults } = shown;
    await page.locator("#cafe").getByRole("button").click();
    await page.waitForURL(/\/roleplay\/\w{20}$/);
    await live(page);
    assert.deepEqual(await said(page), ["One hot latte for you. Enjoy!"]);
    await write(page, "Sorry, I ordered an iced americano.");
    await says(page, "you had the iced americano?");
    await page.getByText("목표 1/3").waitFor();
    await page.reload();
    await live(page);
    assert.equal((await said(page)).length, 3);
    await write(page, "Could you make it again, please?");
    await says(page, "Any chance you'd be okay with the latte?");
    await write(page, "I'd like another one, please.");
    await says(page, "I'll make a fresh one");
    await write(page, "Thank you so much!");
    await says(page, "Have a cool rest of your day!");
    await page.getByRole("heading", { name: "목표를 모두 이뤘어요" }).waitFor();
    assert.equal(await page.locator("#outcome .pips .on").count(), 3);
    assert.equal(await page.locator("#say").isDisabled(), true);
    await page.getByRole("button", { name: "같은 장면 다시 하기" }).click();
    await until(async () => (await said(page)).length === 1);
    assert.deepEqual(faults, []);
  },
});

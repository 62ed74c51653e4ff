import assert from "node:assert/strict";
import { PLAZA, STREAMING } from "../domain/room.ts";
import { ko } from "../domain/words/ko.ts";
import { axeOn, looks } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, password } from "./live_rig.ts";
import { match, plain, verify, writes } from "./match_rig.ts";
import { type Caller, openRig } from "./rig.ts";

const { my } = ko;

inBrowser("the timeline", {
  async "is filtered, paged and followed to its places by keyboard, without scripts"(browser) {
    await using rig = await openTimeline();
    await using shown = await visit(browser, rig.base, {
      as: "mina_1",
      password,
      path: "/mypage",
      javaScriptEnabled: false,
    });
    const { page } = shown, filters = page.getByRole("navigation", { name: my.filter });
    assert.equal(await page.locator(".said").count(), 20);
    await page.getByRole("link", { name: my.further }).press("Enter");
    await page.waitForURL(/before=/);
    assert.equal(await page.locator(".said").count(), 4);
    await page.getByRole("link", { name: my.newest }).press("Enter");
    await filters.getByRole("link", { name: my.sorts.direct }).press("Enter");
    await page.waitForURL(/only=direct/);
    assert.deepEqual(await page.locator(".said").allTextContents(), ["둘이 나눈 내 말"]);
    assert.equal(await filters.locator("[aria-current]").textContent(), my.sorts.direct);
    await page.locator(".said").press("Enter");
    await page.waitForURL(/\/chats\/d-/);
    assert.match(await page.locator("#m1").innerText(), /둘이 나눈 내 말/);
    await page.goto("/mypage?only=live");
    await page.locator(".said").first().press("Enter");
    await page.waitForURL(/\/streaming\?at=/);
    await page.goto("/mypage?only=practice");
    assert.match(await page.locator("#history .notice").innerText(), /남지 않아요/);
    assert.deepEqual(shown.faults, []);
  },
  async "looks right to axe in every language, light and width"(browser) {
    await using rig = await openTimeline();
    for (const { lang, name, options } of looks) {
      for (const query of ["", "&only=direct", "&only=letter", "&day=2020-01-01"]) {
        const path = `/mypage?lang=${lang}${query}`;
        await using shown = await visit(browser, rig.base, { as: "mina_1", password, path, ...options });
        assert.deepEqual(await axeOn(shown.page), [], `${name} ${query}`);
        assert.ok(await shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), `${name} scrolls`);
        assert.deepEqual(shown.faults, []);
      }
    }
  },
});

/** Mina has written 22 buzzes, a line in the streaming room and one to Joon. */
async function openTimeline() {
  const rig = await openRig({ now: Date.now });
  const mina = await rig.person("mina_1", "미나"), joon = await rig.person("joon_1", "준호");
  for (const who of [mina, joon]) {
    await verify(rig, who);
    await writes(rig, who, plain);
  }
  const say = (who: Caller, room: string, text: string) => rig.post(`/api/rooms/${room}/messages`, { text }, who);
  for (let n = 0; n < 22; n++) await say(mina, PLAZA, `오늘의 마음 ${n}`);
  await say(mina, STREAMING, "라이브에서 한 말");
  const direct = await match(rig, mina, joon);
  await say(mina, direct, "둘이 나눈 내 말");
  await say(joon, direct, "준호의 말");
  return rig;
}

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { STREAMING } from "../domain/room.ts";
import { ko } from "../domain/words/ko.ts";
import { fill } from "../domain/words/fill.ts";
import { axeOn } from "./axe.ts";
import { type Visit, visit } from "./browser.ts";
import {
  choose,
  everywhere,
  inBrowser,
  line,
  lines,
  live,
  menuOf,
  openLive,
  password,
  say,
  showsAll,
  write,
} from "./live_rig.ts";
import { chunk, startModelServer, stream } from "./model_server.ts";
import { until } from "./until.ts";

const path = "/streaming";
const notices = async (page: Page) => (await page.locator(".notice").allInnerTexts()).join("\n");
const logOf = (page: Page) => page.locator(".log").innerText();
/** Refusals are answered with a status, which the console calls an error. */
const faultless = (...visits: Visit[]) => {
  for (const { faults } of visits) assert.deepEqual(faults.filter((one) => !/40\d/.test(one)), []);
};

inBrowser("order in a live room", {
  async "a poll is opened, chosen in, changed, seen by all, and ended"(browser) {
    await using rig = await openLive();
    const enter = (as: string) => visit(browser, rig.base, { as, password, path });
    await using one = await enter("one_1");
    await using two = await enter("two_2");
    await using keeper = await enter("keeper_4");
    await using guest = await visit(browser, rig.base, { path });
    const all = [one, two, keeper, guest].map(({ page }) => page);
    await Promise.all(all.map(live));

    assert.equal(await one.page.getByText(ko.live.pollNew).count(), 0); // only keepers open one
    await keeper.page.getByText(ko.live.pollNew).click();
    await keeper.page.locator("[name=question]").fill("내일은 무엇을 할까요?");
    for (const [n, text] of ["산책", "낮잠"].entries()) {
      await keeper.page.getByLabel(fill(ko.live.pollOption, { n: n + 1 })).fill(text);
    }
    await keeper.page.keyboard.press("Enter");
    await everywhere(all, async (page) => await page.locator(".poll").getByText("산책").count() === 1);

    const share = (page: Page, text: string) => page.locator(".poll label", { hasText: text }).innerText();
    await one.page.locator(".poll").getByText("산책").click();
    await two.page.locator(".poll").getByText("산책").click();
    await everywhere(all, async (page) => /100\s?%/.test(await share(page, "산책")));
    await two.page.locator(".poll").getByText("낮잠").click();
    await everywhere(all, async (page) => /50\s?%/.test(await share(page, "낮잠")));
    assert.equal(await guest.page.locator(".poll:disabled").count(), 1);
    for (const page of all) assert.deepEqual(await axeOn(page), []);

    await keeper.page.getByRole("button", { name: ko.live.pollClose }).click();
    await everywhere(all, async (page) => await page.locator(".poll:disabled").count() === 1);
    faultless(one, two, keeper, guest);
  },

  async "a time-out and a ban: told with the reason, at once, and to nobody else"(browser) {
    await using rig = await openLive();
    const enter = (as: string) => visit(browser, rig.base, { as, password, path });
    await using one = await enter("one_1");
    await using two = await enter("two_2");
    await using keeper = await enter("keeper_4");
    const all = [one, two, keeper].map(({ page }) => page);
    await Promise.all(all.map(live));
    await write(two.page, "시비를 거는 글");
    await showsAll(all, "시비를 거는 글");

    await menuOf(keeper.page, "시비를 거는 글");
    await choose(keeper.page, ko.order.timeout);
    await keeper.page.locator("dialog textarea").fill("잠깐 숨을 골라요");
    await keeper.page.locator("dialog .harm").click();
    await until(async () =>
      (await notices(two.page)).includes(fill(ko.order.told.timeout, { why: "잠깐 숨을 골라요" }))
    );
    await write(two.page, "그래도 쓸래요");
    await until(async () => (await two.page.locator("body").innerText()).includes("잠깐 쉬어 가자고 했어요"));
    assert.doesNotMatch(await notices(one.page), /숨을 골라요/);
    assert.doesNotMatch(await logOf(one.page), /그래도 쓸래요/);

    await menuOf(keeper.page, "시비를 거는 글");
    await choose(keeper.page, ko.order.ban);
    await keeper.page.locator("dialog textarea").fill("그만해요");
    await keeper.page.locator("dialog .harm").click();
    await until(async () => (await two.page.locator("body").innerText()).includes(ko.live.left));
    await write(one.page, "이제 조용하네요");
    await showsAll([one.page, keeper.page], "이제 조용하네요");
    assert.doesNotMatch(await logOf(two.page), /조용하네요/);
    const again = await two.page.goto(path);
    assert.equal(again?.status(), 403);
    assert.match(await two.page.locator("main").innerText(), /그만해요/);
    assert.doesNotMatch(await two.page.content(), /조용하네요/);
    faultless(one, keeper);
  },

  async "the companion answers while all watch; who comes in the middle sees its beginning; its asker stops it"(
    browser,
  ) {
    const pieces = Array.from({ length: 400 }, (_, n) => chunk(`${n}번째 나뭇잎, `));
    const server = startModelServer(() => stream(pieces, { pause: 40 }));
    await using rig = await openLive({
      env: { openai: { key: "k", baseUrl: server.url, model: "test", voice: "test" } },
    });
    try {
      const enter = (as: string) => visit(browser, rig.base, { as, password, path });
      await using one = await enter("one_1");
      await using two = await enter("two_2");
      await Promise.all([live(one.page), live(two.page)]);
      await write(one.page, "@반디 숲은 어떤 곳인가요?");
      const grows = async (page: Page) => (await line(page, "0번째 나뭇잎").innerText()).includes("9번째");
      await everywhere([one.page, two.page], grows);
      await using three = await enter("three_3");
      await until(() => grows(three.page));
      const stop = { name: ko.chat.stop };
      assert.equal(await line(two.page, "0번째 나뭇잎").getByRole("button", stop).count(), 0); // not theirs to stop
      await line(one.page, "0번째 나뭇잎").getByRole("button", stop).click();
      const all = [one.page, two.page, three.page];
      await everywhere(all, async (page) => await page.locator("[data-seq][aria-busy]").count() === 0);
      const texts = await Promise.all(all.map(async (page) => (await lines(page)).at(-1)));
      assert.ok(texts[0]?.startsWith("0번째") && texts.every((text) => text === texts[0]), texts.join("\n"));
      faultless(one, two, three);
    } finally {
      await server.stop();
    }
  },

  async "a room is renamed where it is kept, and all see its new name"(browser) {
    await using rig = await openLive();
    const { json: room } = await rig.post("/api/rooms", { title: "새벽 라디오" }, { token: rig.people.one.token });
    const enter = (as: string) => visit(browser, rig.base, { as, password, path: `/live/${room.id}` });
    await using one = await enter("one_1");
    await using two = await enter("two_2");
    await Promise.all([live(one.page), live(two.page)]);
    assert.equal(await two.page.getByText(ko.live.settings).count(), 0);
    await one.page.locator("summary", { hasText: ko.live.settings }).click();
    await one.page.locator("[name=title]").fill("아침 라디오");
    await one.page.keyboard.press("Enter");
    await everywhere([one.page, two.page], async (page) => await page.locator("h1").innerText() === "아침 라디오");
    assert.deepEqual(await axeOn(one.page), []);
    await using lobby = await visit(browser, rig.base, { path: "/live" });
    await write(two.page, "좋은 아침이에요");
    await until(async () => /아침 라디오\s+둘이: 좋은 아침이에요/.test(await lobby.page.locator("#rooms").innerText()));
    faultless(one, two, lobby);
  },
});

Deno.test("blocked words are changed at the desk, hold at once, and stand in the record", async () => {
  await using rig = await openLive();
  const boss = await rig.person("boss_5", "정글지기", "admin");
  const form = (words: string, why: string) =>
    rig.ask("POST", "/admin/words", { token: boss.token, body: new URLSearchParams({ words, why }) });
  const write = async (text: string) =>
    (await rig.post(`/api/rooms/${STREAMING}/messages`, { text }, { token: rig.people.one.token })).status;
  assert.equal(await write("고구마 좋아해요"), 201);
  assert.equal((await form("고구마\n\n고구마\n감자", "")).status, 422);
  assert.equal(await write("고구마 또 좋아해요"), 201);
  assert.equal((await form("고구마\n\n고구마\n감자", "오늘은 채소 금지")).status, 303);
  await until(async () => await write("고구마 더 좋아해요") === 422);
  const page = await rig.get("/admin/words", { token: boss.token });
  assert.match(page.text, /고구마\n감자<\/textarea>/);
  assert.match((await rig.get("/admin/log", { token: boss.token })).text, /오늘은 채소 금지/);
  assert.equal((await rig.get("/admin/words", { token: rig.people.keeper.token })).status, 404);
});

inBrowser("the keyboard alone", {
  async "enters, writes, answers, presses, edits, deletes, reads back and leaves"(browser) {
    await using rig = await openLive();
    await say(rig, "two", "좋은 저녁이에요");
    await using one = await visit(browser, rig.base, { as: "one_1", password, path: "/live" });
    const { page } = one, press = (key: string) => page.keyboard.press(key);
    const tabTo = async (what: () => Promise<boolean>) => {
      for (let steps = 0; !await what(); steps++) {
        assert.ok(steps < 60, "cannot be reached with Tab");
        await press("Tab");
      }
    };
    const focused = (selector: string) => () =>
      page.evaluate((selector) => document.activeElement?.matches(selector) ?? false, selector);
    await tabTo(focused("#rooms a"));
    await press("Enter");
    await page.waitForURL(`**/live/${STREAMING}`);
    await live(page);
    await tabTo(focused("#say"));
    await page.keyboard.type("저도 왔어요");
    await press("Enter");
    await line(page, "저도 왔어요").waitFor();
    await page.keyboard.down("Shift");
    await tabTo(focused("[data-seq], .log"));
    await page.keyboard.up("Shift");
    if (await focused(".log")()) await press("ArrowUp");
    while (!await focused("[data-seq='1']")()) await press("ArrowUp");
    await press("Enter");
    await page.locator(".menu.of").waitFor();
    await page.keyboard.type("");
    await press("Enter"); // the first of the reactions
    await until(async () => await line(page, "좋은 저녁이에요").locator("[data-reaction]").count() === 1);
    faultless(one);
  },
});

import assert from "node:assert/strict";
import { ko } from "../domain/words/ko.ts";
import { fill } from "../domain/words/fill.ts";
import { levelOf } from "../kv/levels.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { choose, inBrowser, lines, live, menuOf, openLive, password, say } from "./live_rig.ts";
import { until } from "./until.ts";

const path = "/streaming";
const plain = { password, path, javaScriptEnabled: false } as const;

inBrowser("without scripts", {
  async "somebody is reported and blocked from a live room and from the plaza, by keyboard"(browser) {
    await using rig = await openLive();
    await say(rig, "two", "듣기 싫은 말");
    await rig.post("/api/send-chat", { text: "광장의 말" }, rig.people.three);
    await using one = await visit(browser, rig.base, { as: "one_1", ...plain });
    const { page } = one;
    const more = page.getByRole("link", { name: fill(ko.chat.more, { name: "둘이" }) });
    for (let n = 0; n < 60 && !await more.evaluate((link) => link === document.activeElement); n++) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/said\/streaming\/1$/);
    await page.getByLabel(ko.order.reportWhy).fill("자꾸 비꼬아요");
    await page.getByRole("button", { name: ko.order.report }).click();
    assert.ok((await page.getByRole("status").innerText()).includes(ko.order.reported));
    await page.getByText(ko.person.sure).click();
    await page.getByRole("button", { name: ko.order.block }).click();
    assert.match(await page.locator("#blocks").innerText(), /둘이/);
    await page.goto(path);
    assert.deepEqual(await lines(page), []);

    await page.goto("/");
    await page.getByRole("link", { name: fill(ko.chat.more, { name: "셋이" }) }).click();
    await page.getByText(ko.person.sure).click();
    await page.getByRole("button", { name: ko.order.block }).click();
    await page.goto("/");
    assert.equal(await page.getByText("광장의 말").count(), 0);
    assert.ok(rig.parts.blocks.areApart(rig.people.one.id, rig.people.three.id));
    assert.deepEqual(one.faults, []);
  },

  async "an owner keeps a room: from the fold beside the talk and from its page"(browser) {
    await using rig = await openLive();
    const { json } = await rig.post("/api/rooms", { title: "모닥불", access: "private" }, rig.people.one);
    const id = String(json.id), here = `/live/${id}`;
    await using one = await visit(browser, rig.base, { as: "one_1", ...plain, path: here });
    const { page } = one;
    const fold = async () => {
      await page.goto(here);
      await page.locator(".fold summary", { hasText: ko.live.settings }).click();
      return page.locator(".fold", { hasText: ko.live.settings });
    };
    let beside = await fold();
    await beside.locator("[name=topic]").fill("늦은 밤");
    await beside.getByRole("button", { name: ko.live.save }).first().click();
    assert.ok((await page.getByRole("status").innerText()).includes(ko.keeping.saved));
    beside = await fold();
    await beside.locator("[name=slow]").fill("15");
    await beside.getByRole("button", { name: ko.live.save }).last().click();
    const room = await rig.parts.rooms.get(id);
    assert.deepEqual([room?.topic, room?.settings?.slow, room?.title], ["늦은 밤", 15, "모닥불"]);
    await (await fold()).getByRole("button", { name: ko.live.invite }).click();
    const address = await page.getByLabel(ko.live.inviteMade).inputValue();
    await using two = await visit(browser, rig.base, { as: "two_2", ...plain, path: address });
    await two.page.getByRole("button", { name: ko.live.join }).click();
    assert.equal(await two.page.locator("h1").innerText(), "모닥불");
    await (await fold()).getByRole("button", { name: ko.live.uninvite }).click();
    assert.ok((await page.getByRole("status").innerText()).includes(ko.keeping.uninvited));
    await (await fold()).getByRole("button", { name: ko.live.close }).click();
    assert.equal((await rig.parts.rooms.get(id))?.closedAt, undefined, "asked once more");
    await page.locator("#close summary").click();
    await page.locator("#close").getByRole("button", { name: ko.live.close }).click();
    assert.ok((await rig.parts.rooms.get(id))?.closedAt);
  },

  async "a moderator lifts a time-out from the list"(browser) {
    await using rig = await openLive();
    const { two, keeper } = rig.people;
    const order = { userId: two.id, minutes: 5, why: "잠깐만요" };
    await rig.post("/api/rooms/streaming/timeouts", order, keeper);
    await using shown = await visit(browser, rig.base, { as: "keeper_4", ...plain });
    const { page } = shown;
    await page.locator(".fold summary", { hasText: ko.live.settings }).click();
    await page.getByRole("link", { name: ko.keeping.all }).click();
    await page.getByRole("button", { name: fill(ko.keeping.liftOf, { name: "둘이" }) }).click();
    assert.match(await page.locator("#kept").innerText(), new RegExp(`${ko.keeping.lifted}[^]*${ko.keeping.none}`));
    await until(async () =>
      (await rig.post("/api/rooms/streaming/messages", { text: "다시 왔어요" }, two)).status === 201
    );
  },

  async "a level is chosen in the room, listed in the settings, and taken back there"(browser) {
    await using rig = await openLive();
    await using one = await visit(browser, rig.base, { as: "one_1", ...plain });
    const { page } = one;
    const level = () => levelOf(rig.parts.store, rig.people.one.id, "streaming");
    const fold = () => page.locator(".fold summary", { hasText: ko.roomLevel.title }).click();
    await fold();
    await page.getByRole("radio", { name: ko.roomLevel.levels.nothing }).check();
    await page.getByRole("button", { name: ko.roomLevel.save }).click();
    assert.equal(await level(), "nothing");
    await fold();
    assert.ok(await page.getByRole("radio", { name: ko.roomLevel.levels.nothing }).isChecked());
    await page.getByRole("link", { name: ko.roomLevel.when }).click();
    const rooms = page.locator("#rooms");
    assert.match(await rooms.innerText(), new RegExp(`${ko.live.streaming}\\s+${ko.roomLevel.levels.nothing}`));
    await rooms.getByRole("button", { name: ko.roomLevel.back }).click();
    assert.equal(await level(), "mentions");
    assert.ok((await rooms.innerText()).includes(ko.roomLevel.none));
  },
});

inBrowser("the same with scripts", {
  async "the level is saved in place, and the dots open the menu instead of leading away"(browser) {
    await using rig = await openLive();
    await say(rig, "two", "안녕하세요");
    await using one = await visit(browser, rig.base, { as: "one_1", password, path });
    const { page } = one;
    await live(page);
    await page.locator(".fold summary", { hasText: ko.roomLevel.title }).click();
    await page.getByRole("radio", { name: ko.roomLevel.levels.everything }).check();
    await page.locator("#say").fill("쓰던 말");
    await page.getByRole("button", { name: ko.roomLevel.save }).click();
    await page.getByText(ko.roomLevel.saved).waitFor();
    assert.equal(await levelOf(rig.parts.store, rig.people.one.id, "streaming"), "everything");
    assert.equal(await page.locator("#say").inputValue(), "쓰던 말");
    await say(rig, "two", "또 안녕하세요");
    await until(async () => (await lines(page)).length === 2);
    for (
      const index of await page.locator(".more-of").evaluateAll((all) =>
        all.map((one) => (one as HTMLElement).tabIndex)
      )
    ) {
      assert.equal(index, -1, "the keyboard goes from line to line");
    }
    for (const text of ["안녕하세요", "또 안녕하세요"]) {
      const dots = page.locator("[data-seq]", { hasText: text }).last().locator(".more-of");
      assert.equal(await dots.getAttribute("role"), "button");
      await dots.press("Space");
      await page.locator(".menu.of").waitFor();
      await page.keyboard.press("Escape");
      await page.locator(".menu.of").waitFor({ state: "detached" });
      await dots.click();
      await page.locator(".menu.of").waitFor();
      assert.match(page.url(), /\/streaming$/);
      await page.keyboard.press("Escape");
      await page.locator(".menu.of").waitFor({ state: "detached" });
    }
    await menuOf(page, "또 안녕하세요");
    await choose(page, ko.order.block);
    await page.locator("dialog .harm").click();
    await until(async () => await page.locator("[data-seq]").count().catch(() => 1) === 0); // it is drawn anew
    assert.deepEqual(one.faults, []);
  },

  async "axe finds nothing on the new pages, folds and lists, by day and by night"(browser) {
    await using rig = await openLive();
    const { one, two, keeper } = rig.people;
    await say(rig, "two", "안녕하세요");
    const { json } = await rig.post("/api/rooms", { title: "모닥불", access: "private" }, one);
    for (const room of ["streaming", json.id]) {
      await rig.ask("PUT", `/api/rooms/${room}/level`, { body: { level: "nothing" }, ...one });
    }
    await rig.post("/api/rooms/streaming/timeouts", { userId: two.id, minutes: 5, why: "잠깐만요" }, keeper);
    const pages: [string, string][] = [
      ["one_1", "/said/streaming/1"],
      ["two_2", "/said/streaming/1"],
      ["", "/said/streaming/1"],
      ["one_1", "/said/streaming/1?done=report"],
      ["one_1", `/live/${json.id}/keeping?done=saved`],
      ["keeper_4", "/live/streaming/keeping"],
      ["one_1", "/settings/notifications"],
    ];
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [360, 1280]) {
        const looks = { colorScheme, viewport: { width, height: 800 } };
        for (const [as, path] of pages) {
          await using shown = await visit(browser, rig.base, { as: as || undefined, password, path, ...looks });
          assert.deepEqual(await axeOn(shown.page), [], `${path} ${as} ${colorScheme} ${width}`);
          const wide = await shown.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          assert.ok(!wide, `${path} ${width} scrolls sideways`);
        }
        await using shown = await visit(browser, rig.base, { as: "one_1", password, path, ...looks });
        await live(shown.page);
        await shown.page.locator(".fold summary", { hasText: ko.roomLevel.title }).click();
        assert.deepEqual(await axeOn(shown.page), [], `fold ${colorScheme} ${width}`);
      }
    }
  },
});

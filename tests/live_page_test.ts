import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { STREAMING } from "../domain/room.ts";
import { fill } from "../domain/words/fill.ts";
import { BY_MODEL } from "../domain/words/why.ts";
import { ko } from "../domain/words/ko.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
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
import { until } from "./until.ts";

const path = "/streaming";
const first = (page: Page) => page.locator("[data-seq='1']");

inBrowser("a live room between people", {
  async "talk, call, answer, press, edit, delete, pin, slow mode: each seen by all"(browser) {
    await using rig = await openLive();
    const enter = (as: string) => visit(browser, rig.base, { as, password, path });
    await using one = await enter("one_1");
    await using two = await enter("two_2");
    await using three = await enter("three_3");
    await using keeper = await enter("keeper_4");
    const all = [one, two, three, keeper].map(({ page }) => page);
    await Promise.all(all.map(live));
    await everywhere(all, async (page) => (await page.locator("#watching").innerText()).includes("4"));

    await write(one.page, "안녕하세요");
    await showsAll(all, "안녕하세요");

    await two.page.locator("#say").pressSequentially("@하");
    await two.page.locator(".names").waitFor();
    await two.page.keyboard.press("Enter");
    await two.page.keyboard.type("반가워요");
    await two.page.keyboard.press("Enter");
    await showsAll(all, "@하나 반가워요");

    await menuOf(three.page, "안녕하세요");
    await choose(three.page, "답하기");
    await write(three.page, "저도 왔어요");
    await showsAll(all, "저도 왔어요");
    assert.match(await line(one.page, "저도 왔어요").locator(".quote").innerText(), /하나\s+안녕하세요/);
    await line(one.page, "저도 왔어요").locator(".quote").click();
    assert.match(await one.page.evaluate(() => document.activeElement?.textContent ?? ""), /안녕하세요/);

    await menuOf(two.page, "저도 왔어요");
    await choose(two.page, "토닥");
    await everywhere(all, async (page) => /토닥\s+1/.test(await line(page, "저도 왔어요").innerText()));
    await line(two.page, "저도 왔어요").locator("[data-reaction=pat]").click();
    await everywhere(all, async (page) => await line(page, "저도 왔어요").locator("[data-reaction]").count() === 0);

    await one.page.locator("#say").focus();
    await one.page.keyboard.press("ArrowUp");
    await write(one.page, "안녕하세요, 고쳤어요");
    await showsAll(all, "안녕하세요, 고쳤어요");
    await everywhere(all, async (page) => (await first(page).innerText()).includes("고침"));
    await everywhere(all, async (page) => (await page.locator(".quote").innerText()).includes("고쳤어요"));

    await one.page.locator("#say").focus();
    await one.page.keyboard.press("ArrowUp");
    await write(one.page, "이 병신아");
    await until(async () => (await one.page.locator(".composer").innerText()).includes(ko.problems.blocked_words));
    assert.equal(await one.page.locator("#say").inputValue(), "이 병신아", "what is refused can be put right");
    await one.page.keyboard.press("Escape");
    assert.equal(await one.page.locator("#say").inputValue(), "");

    await first(keeper.page).focus();
    await keeper.page.keyboard.press("Enter");
    await choose(keeper.page, "위에 붙이기");
    await everywhere(all, async (page) => (await page.locator(".pinned").allInnerTexts()).join().includes("고쳤어요"));

    await menuOf(two.page, "반가워요");
    await choose(two.page, "지우기");
    assert.equal(await two.page.evaluate(() => document.activeElement?.textContent), "그대로 두기");
    await two.page.locator("dialog .harm").click();
    await everywhere(all, async (page) => !(await page.locator(".log").innerText()).includes("반가워요"));
    await everywhere(all, async (page) => (await page.locator(".log").innerText()).includes("지운 글이에요"));

    await menuOf(keeper.page, "저도 왔어요");
    await choose(keeper.page, "가리기");
    await keeper.page.locator("dialog textarea").fill("다툼이 될 글이라서요");
    await keeper.page.locator("dialog .harm").click();
    await everywhere(all, async (page) => (await page.locator(".log").innerText()).includes("지킴이가 가린 글이에요"));
    await everywhere(all, async (page) => !(await page.locator(".log").innerText()).includes("저도 왔어요"));

    await keeper.page.locator("summary", { hasText: "방 설정" }).click();
    await keeper.page.locator("[name=slow]").fill("5");
    await keeper.page.getByRole("button", { name: "저장하기" }).click();
    await everywhere([one.page, two.page], async (page) => (await page.locator("#hint").innerText()).includes("5초에"));
    await write(one.page, "천천히 하나");
    await showsAll(all, "천천히 하나");
    await until(async () => /천천히 모드 · \d+초 뒤에/.test(await one.page.locator("#hint").innerText()));
    for (const { faults } of [one, two, three, keeper]) {
      assert.deepEqual(faults.filter((one) => !/4\d\d/.test(one)), []);
    }
  },

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
    for (const { faults } of [one, two, keeper, guest]) assert.deepEqual(faults, []);
  },

  async "without scripts: rooms are listed, made, read and written in; a guest is led to the door"(browser) {
    await using rig = await openLive();
    await say(rig, "two", "먼저 온 글");
    await using one = await visit(browser, rig.base, {
      as: "one_1",
      password,
      path: "/live",
      javaScriptEnabled: false,
    });
    const { page } = one;
    assert.match(await page.locator("#rooms").innerText(), /정글 라이브[^]*둘이: 먼저 온 글/);
    await page.locator("[name=title]").fill("새벽 라디오");
    await page.getByText("초대받은 사람만").last().click();
    await page.getByRole("button", { name: "방 열기" }).click();
    assert.equal(await page.locator("h1").innerText(), "새벽 라디오");
    await page.locator("#say").fill("첫 글");
    await page.getByRole("button", { name: "보내기" }).click();
    assert.deepEqual(await lines(page), ["첫 글"]);

    await using guest = await visit(browser, rig.base, { path, javaScriptEnabled: false });
    assert.deepEqual(await lines(guest.page), ["먼저 온 글"]);
    const hidden = await guest.page.goto(new URL(page.url()).pathname);
    assert.equal(hidden?.status(), 404);
    await guest.page.goto(path);
    await guest.page.locator("#say").fill("저도요");
    await guest.page.getByRole("button", { name: "들어가서 보내기" }).click();
    assert.match(guest.page.url(), /\/login\?next=/);
  },

  async "only what matters: staff, keepers, one's own"(browser) {
    await using rig = await openLive();
    await say(rig, "one", "지나가는 말");
    const { id, nickname } = rig.people.keeper;
    const author = { id, nickname, role: "moderator" } as const;
    await rig.parts.log.append({ room: STREAMING, author, kind: "user", text: "지킴이의 말" });
    await using guest = await visit(browser, rig.base, { path });
    await live(guest.page);
    await guest.page.getByRole("button", { name: "중요한 글만" }).click();
    await until(async () => (await lines(guest.page)).join() === "지킴이의 말");
    await guest.page.getByRole("button", { name: "모두" }).click();
    await until(async () => (await lines(guest.page)).length === 2);
    await guest.page.setViewportSize({ width: 360, height: 780 });
    await guest.page.locator(".side").getByRole("button", { name: "중요한 글만" }).click();
    await until(async () => (await lines(guest.page)).join() === "지킴이의 말");
  },

  async "what keepers did in the plaza is told there, with the reason"(browser) {
    await using rig = await openLive();
    const { one, keeper } = rig.people;
    await using shown = await visit(browser, rig.base, { as: "one_1", password });
    await live(shown.page);
    const told = async () => await shown.page.locator(".composer .notice").allInnerTexts();
    await rig.post("/api/rooms/plaza/timeouts", { userId: one.id, minutes: 5, why: "잠깐만요" }, keeper);
    await until(async () => (await told()).join().includes(fill(ko.order.told.timeout, { why: "잠깐만요" })));
    const author = { id: one.id, nickname: one.nickname, role: "user" } as const;
    const { message } = await rig.parts.log.append({ room: "plaza", author, kind: "user", text: "미운 말" });
    const bandi = { ...keeper, role: "moderator", session: "" } as const;
    await rig.parts.powers.hide({ id: "plaza", kind: "plaza" }, bandi, message.seq, { why: `${BY_MODEL}harassment` });
    await until(async () => (await told()).join().includes(fill(ko.order.told.hidden, { why: ko.order.byModel })));
  },

  async "who wants no motion has none, and every state is there all the same"(browser) {
    await using rig = await openLive();
    await using guest = await visit(browser, rig.base, { path, reducedMotion: "reduce" });
    await live(guest.page);
    await say(rig, "one", "새로 온 말");
    await showsAll([guest.page], "새로 온 말");
    const moving = () => guest.page.evaluate(() => document.getAnimations().length);
    assert.equal(await moving(), 0);
  },

  async "the list of rooms, and the one beside a room, follow what happens there, with new rooms and new names"(
    browser,
  ) {
    await using rig = await openLive();
    const owner = { token: rig.people.one.token };
    await using list = await visit(browser, rig.base, { path: "/live" });
    await using beside = await visit(browser, rig.base, { as: "two_2", password, path });
    await live(beside.page);
    const both = [list.page, beside.page];
    const entry = (page: Page, text: string) => page.locator("#rooms li", { hasText: text });
    const { json } = await rig.post("/api/rooms", { title: "새벽 라디오" }, owner);
    await everywhere(both, async (page) => await entry(page, "새벽 라디오").count() === 1);
    await rig.post(`/api/rooms/${json.id}/messages`, { text: "첫 곡 나가요" }, owner);
    await everywhere(
      both,
      async (page) => (await entry(page, "새벽 라디오").innerText()).includes("하나: 첫 곡 나가요"),
    );
    await using three = await visit(browser, rig.base, { as: "three_3", password, path: `/live/${json.id}` });
    await live(three.page);
    await everywhere(both, async (page) => await entry(page, "새벽 라디오").locator(".num").innerText() === "1");
    await rig.ask("PATCH", `/api/rooms/${json.id}`, { body: { title: "아침 라디오" }, ...owner });
    await everywhere(both, async (page) => await entry(page, "아침 라디오").count() === 1);
    await rig.ask("DELETE", `/api/rooms/${json.id}`, owner);
    await everywhere(both, async (page) => await entry(page, "라디오").count() === 0);
    for (const { faults } of [list, beside, three]) assert.deepEqual(faults, []);
  },

  async "axe finds nothing in the room, its menu, its dialogs and the list, by day and by night"(browser) {
    await using rig = await openLive();
    await say(rig, "one", "안녕하세요");
    for (const colorScheme of ["light", "dark"] as const) {
      await using keeper = await visit(browser, rig.base, { as: "keeper_4", password, path, colorScheme });
      const { page } = keeper;
      await live(page);
      assert.deepEqual(await axeOn(page), [], colorScheme);
      await menuOf(page, "안녕하세요");
      assert.deepEqual(await axeOn(page), [], `menu, ${colorScheme}`);
      await choose(page, "가리기");
      await page.locator("dialog").waitFor();
      assert.deepEqual(await axeOn(page), [], `dialog, ${colorScheme}`);
      await page.keyboard.press("Escape");
      await page.locator("summary", { hasText: "방 설정" }).click();
      await page.locator("#say").fill("@");
      assert.deepEqual(await axeOn(page), [], `settings and names, ${colorScheme}`);
      await page.goto("/live");
      assert.deepEqual(await axeOn(page), [], `list, ${colorScheme}`);
    }
  },
});

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { Card } from "../domain/card.ts";
import { addCards, reviewCard } from "../kv/cards.ts";
import { axeOn } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { type Caller, openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
/** A browser's processes and pipes outlive the test that uses them. */
const lasting = { sanitizeOps: false, sanitizeResources: false };
const DAY = 24 * 3_600_000;
const XSS = "<img src=x onerror=globalThis.hit=1>";

Deno.test({
  ...lasting,
  name: "a due card is reviewed by the keyboard alone and without scripts, three times, and is the reader's own then",
  async fn() {
    await using rig = await openRig();
    const me = await rig.person("mango_1", "망고");
    await keep(rig, me, "I am agree with you.", "I agree with you.");
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, { javaScriptEnabled: false });
      const { page, context } = shown;
      for (const [n, told] of ["다음에는 11월 23일에 만나요", "다음에는", "세 번 바르게 썼어요"].entries()) {
        await context.request.post("/api/login", { data: { username: "mango_1", password: PASSWORD } });
        await page.goto("/progress");
        assert.equal(await page.getByText("I agree with you.").isVisible(), false, "first one thinks");
        await press(page, "더 나은 문장 보기", "Enter");
        assert.ok(await page.getByText("I agree with you.").isVisible());
        await press(page, "떠올랐어요", "Enter");
        await page.getByRole("status").getByText(told).waitFor();
        assert.equal(await page.getByText("오늘 볼 카드는 다 봤어요").count(), n < 2 ? 1 : 0);
        rig.clock.at += 60 * DAY;
      }
      const learnt = page.getByRole("region", { name: "이제 내 말이 된 문장" });
      await learnt.getByText("I agree with you.").waitFor();
      assert.equal(await page.locator("h2").first().textContent(), "이제 내 말이 된 문장", "resolved stands first");
      const { items: [card] } = (await rig.get("/api/cards?which=resolved", await rig.enter("mango_1"))).json as {
        items: Card[];
      };
      assert.equal(card.right, 3);
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "the mistake notes, empty and full, by day and by night: axe finds nothing, nothing scrolls sideways",
  async fn() {
    await using rig = await openRig();
    const me = await rig.person("mango_1", "망고");
    await rig.person("empty_1", "새싹");
    await fill(rig, me);
    await rig.ask("PUT", "/api/cards/settings", { ...me, body: { live: true, direct: true } });
    const browser = await launch();
    try {
      for (const as of ["empty_1", "mango_1"]) {
        const options = { as, password: PASSWORD, path: "/progress", reducedMotion: "reduce" } as const;
        await using shown = await visit(browser, rig.base, options);
        const { page, faults } = shown;
        await page.getByRole("switch", { name: "영어 살펴보기 켜기" }).waitFor();
        assert.equal(await page.getByText("아직 실수가 없어요").count(), as === "empty_1" ? 1 : 0);
        assert.equal(await page.evaluate("globalThis.hit"), undefined);
        assert.deepEqual(faults, []);
        await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.open = true));
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          for (const width of [1280, 360, 320]) {
            await page.setViewportSize({ width, height: 800 });
            const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(over <= 0, `${over} px too wide at ${width}`);
            assert.deepEqual(await axeOn(page), [], `${as} ${colorScheme} ${width}`);
          }
        }
        if (as === "mango_1") {
          const row = page.getByRole("row", { name: "11월 15일" });
          assert.equal((await row.getByRole("cell").allTextContents()).join(" "), "1 8 1");
          await page.getByRole("img", { name: "11월 15일에 시작하는 주: 바르게 쓴 말 1번, 새로 만난 실수 8번" })
            .waitFor();
        }
        for (const lang of ["en", "ja"]) {
          await page.goto(`/progress?lang=${lang}`);
          assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
          await page.evaluate(() => document.querySelectorAll("details").forEach((details) => details.open = true));
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${over} px too wide in ${lang}`);
          assert.deepEqual(await axeOn(page), [], `${as} ${lang}`);
        }
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "Harper comes only when switched on, says what is better and why, keeps it as a card, and takes it back",
  async fn() {
    await using rig = await openRig();
    const me = await rig.person("mango_1", "망고");
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, { as: "mango_1", password: PASSWORD });
      const { page, faults } = shown;
      const loaded: string[] = [];
      page.context().on("request", (request) => loaded.push(new URL(request.url()).pathname));
      await page.goto("/progress");
      const toggle = page.getByRole("switch", { name: "영어 살펴보기 켜기" });
      await toggle.waitFor();
      await page.waitForLoadState("networkidle");
      assert.deepEqual(loaded.filter((path) => path.includes("harper")), []);

      assert.equal(await page.getByText("스크립트가 켜져 있어야").count(), 0);
      await page.fill("#sentence", "It is fine.");
      await page.getByRole("button", { name: "살펴보기" }).click();
      await page.getByText("먼저 위에서 켜 주세요").waitFor();
      await page.fill("#sentence", "");
      await page.getByRole("button", { name: "살펴보기" }).click();
      await toggle.focus();
      await page.keyboard.press("Space");
      await page.getByText("준비됐어요.", { exact: true }).waitFor();
      assert.equal(new Set(loaded.filter((path) => /\/harper\.(worker\.)?\w+\.(js|wasm)$/.test(path))).size, 2);
      await page.fill("#sentence", "This is fine. She have an apple and teh pear.");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      const note = page.locator(".note");
      await note.getByText("실수 노트에 담았어요").waitFor();
      assert.equal(await note.count(), 1, "what is right has no note");
      const { items } = (await rig.get("/api/cards", me)).json as { items: Card[] };
      assert.equal(items.length, 1);
      const { said, better, why, language, source } = items[0];
      assert.deepEqual([said, language, source.from], ["She have an apple and teh pear.", "en", "practice"]);
      assert.equal(better, "She has an apple and the pear.");
      assert.match(why, /^문법이 맞지 않아요\. .+|^철자나 .+/);
      assert.deepEqual(faults, [], "our policy stops nothing");
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await axeOn(page), [], `${width}`);
      }
      await note.getByRole("button", { name: "노트에서 빼기" }).click();
      await note.getByText("노트에서 뺐어요").waitFor();
      assert.equal((await rig.get("/api/cards", me)).json.total, 0);

      await page.fill("#sentence", "She has an apple.");
      await page.getByRole("button", { name: "살펴보기" }).click();
      await page.getByText("고칠 곳을 찾지 못했어요").waitFor();
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "where Harper cannot be loaded, the page says so, goes on, and tries anew when asked",
  async fn() {
    await using rig = await openRig();
    await rig.person("mango_1", "망고");
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, { as: "mango_1", password: PASSWORD });
      const { page } = shown;
      let broken = true;
      await page.context().route("**/harper.*.wasm", (route) => broken ? route.abort() : route.continue());
      await page.goto("/progress");
      const toggle = page.getByRole("switch", { name: "영어 살펴보기 켜기" });
      await toggle.click();
      await page.getByRole("status").getByText("살펴보기를 불러오지 못했어요").waitFor();
      assert.equal(await toggle.isChecked(), false);
      broken = false;
      await toggle.click();
      await page.getByText("준비됐어요.", { exact: true }).waitFor();
    } finally {
      await browser.close();
    }
  },
});

/** Walks by Tab to what is called so, and presses. */
async function press(page: Page, name: string, key: string): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    await page.keyboard.press("Tab");
    const [focused] = await page.locator(":focus").allTextContents();
    if (focused?.trim() === name) return await page.keyboard.press(key);
  }
  throw new Error(`${name} cannot be reached by the keyboard`);
}

async function keep(rig: Rig, { token }: Caller, said: string, better: string): Promise<Card> {
  const card = { language: "en", said, better, why: "agree는 그 자체로 동사예요.", kind: "grammar" };
  return (await rig.post("/api/cards", card, { token })).json as unknown as Card;
}

/** One card that was resolved two days ago, seven that are due, one that hopes to be markup. */
async function fill(rig: Rig, me: Caller): Promise<void> {
  const { store } = rig.parts;
  const source = { from: "roleplay" } as const;
  const cat = { said: "She have a cat.", better: "She has a cat.", why: "has", kind: "grammar" } as const;
  const [card] = await addCards(store, me.id, {
    language: "en",
    corrections: [cat],
    source,
    now: rig.clock.at - 19 * DAY,
  });
  let { dueAt } = card;
  for (let n = 0; n < 3; n++) ({ dueAt } = await reviewCard(store, me.id, card.id, "good", dueAt));
  for (let n = 0; n < 7; n++) await keep(rig, me, `He go ${n} times.`, `He goes ${n} times.`);
  await keep(rig, me, XSS, `${XSS} is not one long word but ${"Llanfairpwllgwyngyll".repeat(6)}`);
}

import assert from "node:assert/strict";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { moods } from "../domain/mood.ts";
import { PLAZA } from "../domain/room.ts";
import { keys } from "../kv/keys.ts";
import { launch, visit } from "./browser.ts";
import { keepLetter as keep, openRig, PASSWORD } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;
const XSS = "<img src=x onerror=globalThis.hit=1>";
const TODAY = "2026-11-20";
/** A browser's processes and pipes outlive the test that uses them. */
const lasting = { sanitizeOps: false, sanitizeResources: false };

Deno.test({
  ...lasting,
  name: "from sign-up to My Page; arrows walk the tree, Enter opens a day, the table says the same",
  async fn() {
    await using rig = await openRig();
    const browser = await launch();
    try {
      await rig.person("mango_1");
      await using shown = await visit(browser, rig.base, { path: "/register?next=/mypage" });
      const { page, faults } = shown;
      await page.fill("#nickname", "<b>망고</b>");
      await page.locator("#username").pressSequentially("mango_1");
      await page.getByText("이미 누가 쓰는 아이디예요").waitFor();
      assert.equal(await page.getAttribute("#username", "aria-invalid"), "true");
      await page.locator("#username").pressSequentially("2");
      await page.getByText("쓸 수 있는 아이디예요").waitFor();
      await page.locator("#password").pressSequentially("sunny");
      await page.getByText("3자만 더 적어 주세요. 숫자도 하나 섞어 주세요.").waitFor();
      await page.fill("#password", PASSWORD);
      await page.getByText("쓸 수 있는 비밀번호예요").waitFor();
      await page.getByRole("button", { name: "가입하고 광장으로" }).click();
      await page.waitForURL("**/mypage");
      assert.equal(await page.locator("h1").textContent(), "<b>망고</b>");
      await page.getByText("아직 아무것도 자라지 않았어요").waitFor();

      await fillDays(rig, "mango_12");
      await page.reload();
      const stops = page.locator('.tree a[tabindex="0"]');
      assert.equal(await stops.count(), 1, "one tab stop");
      assert.equal(await stops.getAttribute("data-day"), TODAY);
      await stops.focus();
      for (const key of ["ArrowLeft", "ArrowLeft", "Home", "ArrowLeft", "End", "ArrowLeft"]) {
        await page.keyboard.press(key);
      }
      const day = page.locator(".tree a:focus");
      assert.equal(await day.getAttribute("data-day"), "2026-11-19");
      await page.keyboard.press("Enter");
      await page.waitForURL(/day=2026-11-19/);
      assert.deepEqual(await page.locator(".said").allTextContents(), [XSS, "어제 글"]);
      assert.deepEqual(await page.locator("#history h3").allTextContents(), ["11월 19일 목요일"]);

      await page.getByText("표로 보기").click();
      const row = page.getByRole("row", { name: "11. 19. (목)" });
      assert.deepEqual((await row.getByRole("cell").allTextContents()).join(""), "1·······1");
      await row.getByRole("link").click();
      await page.waitForURL(/day=2026-11-19/);
      assert.deepEqual(faults, []);
      assert.equal(await page.evaluate("globalThis.hit"), undefined);
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "without scripts: what is wrong stands at its field, a profile can be changed, letters can be read",
  async fn() {
    await using rig = await openRig();
    await keepLetter(rig);
    const browser = await launch();
    try {
      await rig.person("mango_1", "망고");
      await using shown = await visit(browser, rig.base, { path: "/login?next=/mypage", javaScriptEnabled: false });
      const { page } = shown;
      await page.fill("#username", "mango_1");
      await page.fill("#password", "not-this-1");
      await page.getByRole("button", { name: "들어가서 광장으로" }).click();
      await page.getByRole("alert").getByText("아이디나 비밀번호가 맞지 않아요").waitFor();
      assert.equal(await page.inputValue("#password"), "");
      assert.equal(await page.inputValue("#username"), "mango_1");
      await page.fill("#password", PASSWORD);
      await page.getByRole("button", { name: "들어가서 광장으로" }).click();
      await page.waitForURL("**/mypage");
      await page.fill("#nickname", "망고나무");
      await page.getByText("日本語").first().click();
      await page.getByRole("button", { name: "저장하기" }).click();
      await page.getByText("保存しました").waitFor();
      assert.equal(await page.locator("h1").textContent(), "망고나무");
      await page.locator(".nav").getByRole("link", { name: "手紙", exact: true }).click();
      await page.getByRole("link", { name: "雨のあと" }).click();
      await page.getByText("24時間の公開バズ12件").waitFor();
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "every page by day and by night: axe finds nothing, nothing scrolls sideways, our policy stops nothing",
  async fn() {
    await using rig = await openRig();
    await rig.person("mango_1", "망고", "admin");
    await rig.person("empty_1", "새싹");
    await fillDays(rig, "mango_1");
    await keepLetter(rig);
    const browser = await launch();
    const pages: [path: string, as?: string][] = [
      ["/login"],
      ["/register?draft=1"],
      ["/api/docs"],
      ["/nowhere"],
      ["/letters/2020-01-01"],
      ["/letters"],
      [`/letters/${TODAY}`],
      ["/letters", "mango_1"],
      ["/mypage", "empty_1"],
      ["/mypage?weeks=12&day=2026-11-19", "mango_1"],
    ];
    try {
      for (const [path, as] of pages) {
        await using shown = await visit(browser, rig.base, { as, password: PASSWORD, path, reducedMotion: "reduce" });
        const { page, faults } = shown;
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          for (const width of [320, 360, 1280]) {
            await page.setViewportSize({ width, height: 800 });
            const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(over <= 0, `${path} is ${over} px too wide at ${width}`);
            if (width > 320) assert.deepEqual(await lookOver(page), [], `${path} ${colorScheme} ${width}`);
          }
        }
        assert.equal(await page.evaluate("globalThis.hit"), undefined);
        assert.deepEqual(faults.filter((fault) => !fault.includes("status of 404")), [], path);
        for (const lang of ["en", "ja"]) {
          await page.setViewportSize({ width: 320, height: 800 });
          await page.goto(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`);
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${path} is ${over} px too wide in ${lang}`);
        }
      }
    } finally {
      await browser.close();
    }
  },
});

/** Opens what is folded, then asks axe. */
async function lookOver(page: Page): Promise<string[]> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  ) as { violations: { id: string; nodes: { html: string }[] }[] };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
}

/** A full day, yesterday's two, and one of two months ago. */
async function fillDays(rig: Rig, username: string): Promise<void> {
  const { value: id } = await rig.parts.store.get(keys.userByName(username));
  assert.ok(id);
  const author = { id, nickname: "망고", role: "user" } as const;
  const write = async (time: string, text: string, mood?: (typeof moods)[number]) => {
    rig.clock.at = Date.parse(time);
    await rig.parts.log.append({ room: PLAZA, author, kind: "user", text, mood });
  };
  const today = rig.clock.at;
  await write("2026-09-20T03:00:00Z", "두 달 전 글", "sad");
  for (let n = 0; n < 16; n++) await write("2026-11-10T03:00:00Z", `글 ${n}`, moods[n % 8]);
  await write("2026-11-19T03:00:00Z", "어제 글", "joy");
  await write("2026-11-19T04:00:00Z", XSS);
  rig.clock.at = today;
}

async function keepLetter({ parts }: Rig): Promise<void> {
  const text = (title: string) => ({ title, paragraphs: ["정글에 계신 여러분께.", XSS], themes: [XSS, "비"] });
  await keep(parts, TODAY, { ko: text("비가 그친 자리에"), en: text("After the rain"), ja: text("雨のあと") });
}

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { type Lang, langs } from "../domain/person.ts";
import { PLAZA } from "../domain/room.ts";
import { wordsIn } from "../domain/words/words.ts";
import { noteSent } from "../kv/consents.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, live, openPlaza, password, shows, texts } from "./plaza.ts";
import { until } from "./until.ts";

const { privacy, order, chat } = wordsIn("ko");
/** How people come here who have no scripts. */
const ways = [["ko", 360], ["en", 1280], ["ja", 360]] as const;

/** A plaza with a line of somebody whom `reader` does not like. */
async function open() {
  const rig = await openPlaza(3);
  const reader = await rig.person("reader_1", "읽는이"), loud = await rig.person("loud_1", "시끄러운이");
  const author = { id: loud.id, nickname: loud.nickname, role: "user" } as const;
  const shout = async (text: string) => {
    await rig.parts.log.append({ room: PLAZA, author, kind: "user", text });
  };
  await shout("시끄러운 말");
  return Object.assign(rig, { reader, loud, shout });
}

/** Goes through the password on the way to something. */
async function confirm(page: Page): Promise<void> {
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings\//);
}

inBrowser("privacy in a browser", {
  "somebody is blocked from the menu of their message, by keyboard, and comes back by the settings": async (
    browser,
  ) => {
    await using rig = await open();
    await using shown = await visit(browser, rig.base, { as: "reader_1", password });
    const { page } = shown;
    await live(page);
    await page.locator("#say").fill("쓰던 글");
    await page.locator("[data-seq]", { hasText: "시끄러운 말" }).hover();
    await page.locator("[data-seq]", { hasText: "시끄러운 말" }).getByRole("button", {
      name: chat.more.replace("{name}", "시끄러운이"),
    }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: order.block }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText(order.blockHow).waitFor();
    assert.deepEqual(await axeOn(page), []);
    await page.getByRole("dialog").getByRole("button", { name: order.block }).focus();
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    await live(page);
    assert.deepEqual((await texts(page)).filter((text) => text.includes("시끄러운")), []);
    assert.ok((await texts(page)).some((text) => text.includes("옛글")));
    assert.equal(await page.locator("#say").inputValue(), "쓰던 글", "the draft is kept");
    await rig.shout("아직도 시끄러운 말");
    await rig.say("조용한 말");
    await shows(page, "조용한 말");
    assert.ok(!(await page.content()).includes("시끄러운"));

    await page.goto("/settings#blocks");
    await page.getByRole("button", { name: privacy.blocks.undoOf.replace("{name}", "시끄러운이") }).click();
    await page.getByText(privacy.blocks.undone).waitFor();
    await page.goto("/");
    await shows(page, "아직도 시끄러운 말");
    assert.deepEqual(shown.faults, []);
  },
  ...Object.fromEntries(ways.map(([lang, width]) => [
    `without scripts, ${lang}, ${width} px: consent, the log, taking all along, leaving and staying`,
    (browser: Browser) => withoutScripts(browser, lang, width),
  ])),
  "in each language, by day and night, on a phone and a desk: nothing for axe, nothing sideways": async (browser) => {
    await using rig = await open();
    await noteSent(rig.parts.store, Date.now(), { task: "catch_up", surface: "live" }, [rig.reader.id]);
    await rig.post("/api/blocks", { userId: rig.loud.id }, rig.reader);
    for (const lang of langs) {
      for (const width of [360, 768, 1280]) {
        const colorScheme = width === 768 ? "dark" : "light";
        await using shown = await visit(browser, rig.base, {
          as: "reader_1",
          password,
          path: `/settings?lang=${lang}`,
          viewport: { width, height: 800 },
          colorScheme,
        });
        const { page } = shown;
        await page.locator("#consent summary").click();
        const check = async (path: string) => {
          assert.deepEqual(await axeOn(page), [], `${path} ${lang} ${width}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          assert.equal(wide, false, `${path} ${lang} ${width}`);
        };
        await check("/settings");
        await page.goto("/settings/leave");
        await confirm(page);
        await check("/settings/leave");
        await page.goto("/settings/export");
        await check("/settings/export");
        assert.equal(await page.getByRole("button", { name: wordsIn(lang).privacy.file.make }).count(), 1);
      }
    }
  },
});

async function withoutScripts(browser: Browser, lang: Lang, width: number): Promise<void> {
  const { privacy } = wordsIn(lang);
  await using rig = await open();
  await noteSent(rig.parts.store, Date.now(), { task: "letter", surface: "plaza" }, [rig.reader.id, rig.reader.id]);
  await using shown = await visit(browser, rig.base, {
    as: "reader_1",
    password,
    path: `/settings?lang=${lang}`,
    javaScriptEnabled: false,
    viewport: { width, height: 780 },
  });
  const { page } = shown;
  const box = (surface: "direct" | "live") => page.locator(`input[name=${surface}]`);
  assert.deepEqual([await box("direct").isChecked(), await box("live").isChecked()], [false, true]);
  await box("live").uncheck();
  await page.getByRole("button", { name: privacy.consent.save, exact: true }).last().click();
  await page.getByText(privacy.consent.saved).last().waitFor();
  assert.deepEqual((await rig.get("/api/consent", rig.reader)).json.live, false);
  await page.getByText(privacy.consent.log, { exact: true }).click();
  const logged = (await page.locator("#consent table").innerText()).replace(/\s+/g, " ");
  const { tasks, surfaces } = privacy.consent;
  assert.ok(logged.includes(`${tasks.letter} ${surfaces.plaza} 2`), logged);

  await page.getByRole("link", { name: privacy.file.make }).click();
  await confirm(page);
  await page.getByRole("button", { name: privacy.file.make }).click();
  await until(async () => {
    await page.goto("/settings");
    return await page.getByRole("link", { name: privacy.file.json }).count() === 1;
  });
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: privacy.file.json }).click();
  assert.equal((await download).suggestedFilename(), "jungle-buzz.json");
  await page.goto("/settings");
  assert.equal(await page.getByRole("link", { name: privacy.file.json }).count(), 0);

  await page.locator("#leave").getByRole("link", { name: privacy.leave.go }).click();
  await page.getByLabel(privacy.leave.remove).check();
  await page.getByRole("button", { name: privacy.leave.go }).click();
  await page.getByRole("button", { name: privacy.leave.stay }).waitFor();

  await page.context().clearCookies();
  await page.goto(`/login?lang=${lang}`);
  await page.locator("input[name=username]").fill("reader_1");
  await page.locator("input[name=password]").fill(password);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/settings#leave$/);
  await page.getByRole("button", { name: privacy.leave.stay }).click();
  await page.getByText(privacy.leave.stayed).waitFor();
  assert.equal((await rig.get("/api/account/leaving", rig.reader)).status, 404);
}

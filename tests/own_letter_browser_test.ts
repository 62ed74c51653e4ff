import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { ko } from "../domain/words/ko.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, password } from "./live_rig.ts";
import { keepLetter, openRig } from "./rig.ts";

const words = ko.ownLetter;
const text = { title: "비 온 뒤", paragraphs: ["모두에게 보내는 편지예요."], themes: [] };

inBrowser("a letter of one's own", {
  async "is asked for, opened, followed to its sources and back, and corrected, by keyboard"(browser) {
    await using rig = await openRig({ now: Date.now });
    const mina = await rig.person("mina_1", "미나");
    const author = { id: mina.id, nickname: "미나", role: "user" } as const;
    const { message } = await rig.parts.log.append({ room: PLAZA, author, kind: "user", text: "시험이 끝나서 기뻐요" });
    const date = new Date(message.at).toISOString().slice(0, 10);
    await keepLetter(rig.parts, date, { ko: text, en: text, ja: text }, { from: 0, to: message.at + 1 });
    for (const viewport of [{ width: 360, height: 740 }, { width: 1280, height: 800 }]) {
      for (const colorScheme of ["light", "dark"] as const) {
        await using shown = await visit(browser, rig.base, {
          as: "mina_1",
          password,
          path: `/letters/${date}`,
          viewport,
          colorScheme,
        });
        assert.deepEqual(await axeOn(shown.page), []);
      }
    }
    await using shown = await visit(browser, rig.base, { as: "mina_1", password, path: `/letters/${date}` });
    const { page } = shown;
    await page.getByLabel(words.on).check();
    await page.getByRole("button", { name: words.save }).press("Enter");
    await page.getByRole("button", { name: words.open }).press("Enter");
    await page.locator("#claim-1").waitFor();
    assert.deepEqual(await axeOn(page), []);
    await page.locator("#claim-1 sup a").press("Enter");
    assert.match(page.url(), /#source-1$/);
    await page.locator("#source-1 a").first().press("Enter");
    await page.waitForURL("**/?at=1#m1");
    assert.match(await page.locator("#m1").innerText(), /시험이 끝나서 기뻐요/);
    await page.goBack();
    await page.locator("#claim-1 summary").press("Enter");
    await page.getByRole("button", { name: words.objections.wrong }).first().press("Enter");
    await page.getByText(words.notDone).waitFor();
    if (Deno.env.has("SHOTS")) await page.screenshot({ path: "/tmp/shots/own-letter.png", fullPage: true });
    assert.deepEqual(shown.faults, []);
  },
});

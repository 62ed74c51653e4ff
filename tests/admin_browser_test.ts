import assert from "node:assert/strict";
import { PLAZA } from "../domain/room.ts";
import { fileReport } from "../kv/reports.ts";
import { axeOn, looks } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { openRig, PASSWORD } from "./rig.ts";

/** A browser's processes and pipes outlive the test that uses them. */
const lasting = { sanitizeOps: false, sanitizeResources: false };
const NAME = "<i onclick=x>하이에나";

async function house() {
  const rig = await openRig();
  const boss = await rig.person("boss_1", "정글지기", "admin");
  const mango = await rig.person("mango_1", NAME);
  const { json: said } = await rig.post("/api/send-chat", { text: "그 말밖에 못 하냐" }, mango);
  const { json: room } = await rig.post("/api/rooms", { title: "대나무숲" }, mango);
  const author = { id: mango.id, nickname: NAME, role: "user" as const };
  const message = { seq: Number(said.seq), author, text: "그 말밖에 못 하냐", at: rig.clock.at };
  const by = { id: boss.id, nickname: "정글지기" };
  const filed = { at: rig.clock.at, room: PLAZA, message, before: [], after: [message], by, why: "욕설" };
  const { id: report } = await fileReport(rig.parts.store, filed);
  const who = { id: boss.id, nickname: "정글지기", role: "admin" as const, session: "s" };
  await rig.parts.powers.timeout(null, who, mango.id, 10, { why: "도배" });
  return { rig, mango, room: String(room.id), report };
}

Deno.test({
  ...lasting,
  name:
    "axe finds nothing on any page of the desk, in three languages, by day and by night, on a phone and a desk; nothing scrolls sideways",
  async fn() {
    const { rig, mango, room, report } = await house();
    await using _ = rig;
    await rig.parts.letters.write("2026-11-20");
    const browser = await launch();
    const pages = ["", "?span=month", "/reports", `/reports/open/${report}`, "/people", `/people/${mango.id}`];
    pages.push(`/people/${mango.id}/ban`, `/people/${mango.id}/timeout`, `/people/${mango.id}/role`, "/rooms");
    pages.push(`/rooms/${room}`, `/rooms/${room}/close`, "/letters", "/announcements", "/words", "/log");
    try {
      for (const { lang, name, options } of looks) {
        const path = `/admin?lang=${lang}`;
        await using shown = await visit(browser, rig.base, { as: "boss_1", password: PASSWORD, path, ...options });
        for (const path of pages) {
          await shown.page.goto(`/admin${path}`);
          assert.equal(await shown.page.locator("html").getAttribute("lang"), lang);
          const table = shown.page.locator("summary");
          if (await table.count()) await table.first().click();
          assert.deepEqual(await axeOn(shown.page), [], `${path} ${name}`);
          const wide = await shown.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          assert.equal(wide, false, `${path} ${name}`);
        }
        assert.deepEqual(shown.faults, []);
      }
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name: "without scripts and by keyboard alone: find somebody, send them out with a reason, and undo it",
  async fn() {
    const { rig, mango } = await house();
    await using _ = rig;
    rig.clock.at += 1_000;
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, {
        as: "boss_1",
        password: PASSWORD,
        path: "/admin/people",
        javaScriptEnabled: false,
      });
      const { page } = shown;
      const press = async (name: string) => {
        const target = page.locator("main").getByRole("link", { name, exact: true })
          .or(page.locator("main").getByRole("button", { name, exact: true })).first();
        await target.waitFor();
        for (let i = 0; i < 60; i++) {
          await page.keyboard.press("Tab");
          if (await target.and(page.locator(":focus")).count()) return await page.keyboard.press("Enter");
        }
        assert.fail(`the keyboard never reaches ${name}`);
      };
      await page.locator("#q").focus();
      await page.keyboard.type("mango");
      await page.keyboard.press("Enter");
      await page.waitForURL(/q=mango/);
      await press(NAME);
      await page.waitForURL(`**/people/${mango.id}`);
      await press("내보내기");
      await page.waitForURL("**/ban");
      await page.locator("#why").focus();
      await page.keyboard.type("욕설이 이어졌어요");
      await press("내보내기");
      await page.getByRole("status").getByText("내보냈어요").waitFor();
      assert.equal((await rig.parts.order.facts(mango.id)).sanctions.filter(({ kind }) => kind === "ban").length, 1);

      await press("처리 기록");
      await page.getByText("욕설이 이어졌어요").waitFor();
      await press("되돌리기");
      await page.waitForURL("**/undo");
      await page.locator("#why").focus();
      await page.keyboard.type("다른 사람이었어요");
      await press("되돌리기");
      await page.getByText("되돌렸어요").waitFor();
      assert.match(await page.locator("tbody").innerText(), /다른 사람이었어요/);
    } finally {
      await browser.close();
    }
  },
});

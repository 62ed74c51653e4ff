import assert from "node:assert/strict";
import { langs } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { axeOn } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { openOAuthRig } from "./oauth_rig.ts";

const sizes = [{ width: 360, height: 780 }, { width: 1280, height: 800 }];
/** A browser's processes and pipes outlive the test that uses them. */
const lasting = { sanitizeOps: false, sanitizeResources: false };

Deno.test({
  ...lasting,
  name:
    "in by GitHub, name chosen, Kakao connected, GitHub disconnected, seen again: by keyboard, three languages, two sizes, axe clean",
  async fn() {
    await using rig = await openOAuthRig();
    const browser = await launch();
    try {
      let person = 100;
      for (const lang of langs) {
        for (const viewport of sizes) {
          rig.provider.person.id = person++;
          await using shown = await visit(browser, rig.base, { viewport, path: `/login?next=/settings&lang=${lang}` });
          const { page, faults } = shown;
          const { account, trust, door } = wordsIn(lang), { kakao, github } = trust.providers;
          const clean = async () => {
            assert.deepEqual(await axeOn(page), [], `${page.url()} ${lang} ${viewport.width}`);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${page.url()} ${lang}: ${wide} px too wide`);
          };
          const press = async (role: "link" | "button", name: string) => {
            await page.getByRole(role, { name, exact: true }).focus();
            await page.keyboard.press("Enter");
          };

          await clean();
          await page.goto("/register?next=/settings");
          await clean();
          await press("link", fill(trust.with, { name: github }));
          await page.waitForURL("**/login/new");
          await clean();
          assert.equal(await page.evaluate(() => document.activeElement?.id), "nickname", "the field has the focus");
          await page.getByLabel(door.nickname).fill("x");
          await page.keyboard.press("Enter");
          await page.locator("#nickname[aria-invalid=true]").waitFor();
          await clean();
          await page.getByLabel(door.nickname).fill("망고");
          await page.keyboard.press("Enter");
          await page.waitForURL("**/settings");
          await page.getByText(trust.logins.last).waitFor();
          await clean();

          await press("link", fill(trust.logins.link, { name: kakao }));
          await page.waitForURL("**/settings?done=logins#logins");
          await clean();
          await press("button", fill(trust.logins.unlink, { name: github }));
          await page.getByText(trust.logins.last).waitFor();
          const password = page.locator("#new-password");
          await password.getByRole("link", { name: account.seenAgain.go }).press("Enter");
          await page.waitForURL("**/step-up?*");
          await clean();
          await press("link", fill(trust.stepUp.through, { name: kakao }));
          await page.waitForURL("**/settings#new-password");
          await clean();
          await password.getByLabel(account.password.next).fill("moonnight2");
          await page.keyboard.press("Enter");
          await password.getByText(account.password.done).waitFor();
          assert.deepEqual(faults.filter((fault) => !fault.includes("422")), []);
        }
      }
    } finally {
      await browser.close();
    }
  },
});

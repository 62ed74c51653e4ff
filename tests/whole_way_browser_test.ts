import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import { letLeave } from "../cron/leave.ts";
import { limits } from "../domain/limits.ts";
import { PLAZA } from "../domain/room.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { linkIn, newestMail } from "./mail_rig.ts";
import { openOAuthRig } from "./oauth_rig.ts";
import { inBrowser, live, password, texts } from "./plaza.ts";
import { until } from "./until.ts";

const NEXT = "moonnight2";
const ways = [["ko", 360, "light"], ["en", 1280, "light"], ["ja", 360, "dark"]] as const;

inBrowser(
  "the whole way of an account",
  Object.fromEntries(ways.map(([lang, width, colorScheme]) => [
    `from signing up to being forgotten, axe clean: ${lang}, ${width} px`,
    async (browser) => {
      await using rig = await openOAuthRig();
      const { store, rooms, now, line, log } = rig.parts;
      const { door, account, trust, privacy, order, chat } = wordsIn(lang);
      const who = { username: "mango_1", email: "mango_1@mail.test" };
      const loud = await rig.person("loud_1", "큰소리");
      const author = { id: loud.id, nickname: loud.nickname, role: "user" } as const;
      await log.append({ room: PLAZA, author, kind: "user", text: "시끄러운 말" });
      const options = { viewport: { width, height: 800 }, colorScheme };

      await using shown = await visit(browser, rig.base, {
        ...options,
        path: `/register?next=/settings&lang=${lang}`,
      });
      const { page } = shown;
      const clean = async () => {
        assert.deepEqual(await axeOn(page), [], page.url());
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${page.url()}: ${wide} px too wide`);
      };
      const press = async (role: "link" | "button", name: string, within: Pick<Locator, "getByRole"> = page) => {
        await within.getByRole(role, { name, exact: true }).focus();
        await page.keyboard.press("Enter");
      };
      /** Fills fields by their labels, and sends them with Enter in the last. */
      const send = async (fields: Record<string, string>, within: Pick<Locator, "getByLabel"> = page) => {
        for (const [label, text] of Object.entries(fields)) await within.getByLabel(label, { exact: true }).fill(text);
        await page.keyboard.press("Enter");
      };
      const said = (id: string, text: string) => page.locator(`#${id}`).getByRole("status").getByText(text).waitFor();

      await clean();
      await send({ [door.nickname]: "망고", [door.username]: who.username, [door.password]: password });
      await page.waitForURL("**/settings");
      await clean();

      const { address } = account;
      await send({ [address.field]: who.email, [address.password]: password }, page.locator("#address"));
      await said("address", address.sent);
      await page.goto(linkIn(await newestMail(rig, who.email), "/verify"));
      await clean();
      await press("button", account.verify.button);
      await page.getByRole("heading", { name: account.verify.doneTitle }).waitFor();
      await clean();

      await using other = await visit(browser, rig.base, { ...options, as: who.username, password, path: "/" });
      await live(other.page);
      await page.goto("/settings");
      await page.locator("#address").getByText(address.verified, { exact: true }).waitFor();
      assert.equal(await page.locator("#sessions li").count(), 2);
      await press("button", trust.sessions.endOthers);
      await said("sessions", trust.sessions.done);
      assert.equal(await page.locator("#sessions li").count(), 1);
      await other.page.goto("/settings");
      await other.page.waitForURL("**/login?next=/settings");

      await send(
        { [account.password.current]: password, [account.password.next]: NEXT },
        page.locator("#new-password"),
      );
      await said("new-password", account.password.done);
      await press("link", fill(trust.logins.link, { name: trust.providers.github }));
      await page.waitForURL("**/settings?done=logins#logins");
      await page.locator("#logins").getByRole("button").waitFor();

      await page.goto("/");
      await live(page);
      const more = page.getByRole("button", { name: fill(chat.more, { name: loud.nickname }) });
      await more.focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem", { name: order.block }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").getByText(order.blockHow).waitFor();
      await clean();
      await Promise.all([page.waitForEvent("load"), press("button", order.block, page.getByRole("dialog"))]);
      await live(page);
      assert.deepEqual(await texts(page), []);
      await page.goto("/settings");
      await page.getByRole("button", { name: fill(privacy.blocks.undoOf, { name: loud.nickname }) }).waitFor();

      await page.locator("input[name=live]").focus();
      await page.keyboard.press("Space");
      await press("button", privacy.consent.save, page.locator("#consent"));
      await said("consent", privacy.consent.saved);
      assert.deepEqual(
        await page.locator("#consent input").evaluateAll((all) => {
          return all.map((one) => [(one as HTMLInputElement).name, (one as HTMLInputElement).checked]);
        }),
        [["plaza", true], ["live", false], ["direct", false], ["roleplay", true], ["matching", true]],
      );
      await clean();

      await press("link", privacy.file.make, page.locator("#export"));
      await page.waitForURL("**/step-up?**");
      await clean();
      await send({ [door.password]: NEXT });
      await page.waitForURL("**/settings/export");
      await clean();
      await press("button", privacy.file.make);
      const file = page.getByRole("link", { name: privacy.file.json });
      await page.waitForURL("**/settings#export");
      await until(async () => (await page.reload(), await file.count() === 1));
      const [download] = await Promise.all([page.waitForEvent("download"), press("link", privacy.file.json)]);
      assert.ok((await Deno.readTextFile(await download.path())).includes(who.email));

      await page.goto("/settings");
      await press("link", privacy.leave.go, page.locator("#leave"));
      await page.waitForURL("**/settings/leave");
      await clean();
      await page.getByLabel(privacy.leave.remove).check();
      await press("button", privacy.leave.go);
      await page.getByRole("button", { name: privacy.leave.stay }).waitFor();
      await clean();
      rig.clock.at += limits.leaving;
      await letLeave({ store, rooms, now, line, announce: () => Promise.resolve() });
      await page.goto("/settings");
      await page.waitForURL("**/login?next=/settings");
      await send({ [door.username]: who.username, [door.password]: NEXT });
      await page.getByRole("alert").waitFor();
      await clean();
      assert.deepEqual(shown.faults.filter((fault) => !/40[01]|422/.test(fault)), []);
    },
  ])),
);

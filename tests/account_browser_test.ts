import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { langs } from "../domain/person.ts";
import { fill } from "../domain/words/fill.ts";
import { wordsIn } from "../domain/words/words.ts";
import { axeOn } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { linkIn, newestMail } from "./mail_rig.ts";
import { openRig, PASSWORD } from "./rig.ts";

const sizes = [{ width: 360, height: 740 }, { width: 1280, height: 800 }];
const NEXT = "moonnight2";

/** Nothing is cut off at the side, and axe has nothing to say. */
async function sound(page: Page, what: string): Promise<void> {
  assert.deepEqual(await axeOn(page), [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${what} is ${wide} px too wide`);
}

/** Goes on with Tab until something of that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    const focused = await page.evaluate(() => {
      const here = document.activeElement as HTMLInputElement | null;
      return here?.labels?.[0]?.textContent ?? here?.textContent ?? "";
    });
    if (focused.trim() === name) return;
  }
  throw new Error(`Tab never came to ${name}`);
}

for (const [n, viewport] of sizes.entries()) {
  for (const [m, lang] of langs.entries()) {
    const colorScheme = (n + m) % 2 ? "dark" as const : "light" as const;
    Deno.test(`the whole way with the keyboard and without scripts, ${lang}, ${viewport.width} px, ${colorScheme}`, async () => {
      const { account, fields } = wordsIn(lang), { letter, password } = account;
      await using rig = await openRig();
      const { base } = rig;
      const email = "mango_1@mail.test";
      const browser = await launch();
      try {
        await rig.post("/api/register", { username: "mango_1", nickname: "망고", password: PASSWORD, email });
        const options = { viewport, colorScheme, javaScriptEnabled: false };
        const eyes = { viewport, colorScheme };

        // The address, by the mail.
        await using one = await visit(browser, base, {
          ...options,
          as: "mango_1",
          password: PASSWORD,
          path: `/settings?lang=${lang}`,
        });
        const link = linkIn(await newestMail(rig, email), "/verify");
        await one.page.goto(link);
        await tabTo(one.page, account.verify.button);
        await one.page.keyboard.press("Enter");
        await one.page.getByRole("heading", { name: account.verify.doneTitle }).waitFor();

        rig.clock.at += 60_000;
        // The letter, at seven.
        await one.page.goto("/settings");
        await one.page.getByText(account.address.verified, { exact: true }).waitFor();
        await tabTo(one.page, letter.hour);
        await one.page.getByLabel(letter.hour, { exact: true }).selectOption("7");
        await tabTo(one.page, letter.start);
        await one.page.keyboard.press("Enter");
        await one.page.getByText(fill(letter.waiting, { address: email })).waitFor();
        await one.page.goto(linkIn(await newestMail(rig, email), "/letters/by-mail"));
        await one.page.getByRole("button", { name: account.confirm.button }).press("Enter");
        await one.page.getByRole("heading", { name: account.confirm.doneTitle }).waitFor();

        rig.clock.at += 60_000;
        // Another password: a wrong one first; the focus is where something is to be mended.
        await one.page.goto("/settings");
        await one.page.getByText(fill(letter.on, { address: email })).waitFor();
        const section = one.page.locator("#new-password");
        await section.getByLabel(password.current).fill("wrong-123");
        await section.getByLabel(password.next).fill(NEXT);
        await section.getByLabel(password.next).press("Enter");
        await section.getByText(fields.password_wrong).waitFor();
        assert.equal(await section.getByLabel(password.current).getAttribute("aria-invalid"), "true");
        assert.equal(await section.getByLabel(password.current).inputValue(), "");
        await section.getByLabel(password.current).fill(PASSWORD);
        await section.getByLabel(password.next).fill(NEXT);
        await section.getByLabel(password.next).press("Enter");
        await one.page.getByText(password.done).waitFor();

        rig.clock.at += 60_000;
        // Forgotten, from the door on.
        await using guest = await visit(browser, base, { ...options, path: `/login?lang=${lang}` });
        await tabTo(guest.page, account.forgot.link);
        await guest.page.keyboard.press("Enter");
        await guest.page.getByLabel(account.forgot.field).fill("mango_1");
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: account.forgot.sentTitle }).waitFor();
        const reset = linkIn(await newestMail(rig, email), "/reset");
        await guest.page.goto(reset);
        await guest.page.getByLabel(account.reset.field, { exact: true }).fill("weak");
        await guest.page.keyboard.press("Enter");
        await guest.page.getByText(fields.password_length).waitFor();
        await guest.page.getByLabel(account.reset.field, { exact: true }).fill(`${NEXT}3`);
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: account.reset.doneTitle }).waitFor();
        await guest.page.goto(reset);
        await guest.page.getByLabel(account.reset.field, { exact: true }).fill(`${NEXT}4`);
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: account.expired.title }).waitFor();

        // Each page with eyes and scripts.
        const as = { as: "mango_1", password: `${NEXT}3` };
        await using seen = await visit(browser, base, { ...eyes, ...as, path: `/settings?lang=${lang}` });
        const paths = [
          "/settings",
          "/settings/notifications",
          "/step-up",
          "/offline",
          "/forgot",
          "/forgot?sent=1",
          reset,
          "/reset?done=1",
          link,
          "/letters/by-mail?token=x",
          "/unsubscribe?user=a&said=b",
          "/unsubscribe/news?user=a&said=b",
        ];
        for (const path of paths) {
          await seen.page.goto(path);
          await sound(seen.page, path);
          await keep(
            seen.page,
            `${path.split(/[?]/)[0].slice(1).replace("/", "-")}${path.includes("=1") ? "-done" : ""}-${lang}`,
            viewport.width,
            colorScheme,
          );
        }
        assert.deepEqual(seen.faults, []);
      } finally {
        await browser.close();
      }
    });
  }
}

Deno.test("the outbox page, and the mails as people see them", async () => {
  await using rig = await openRig({ env: { dev: true } });
  for (const [lang, name] of [["ko", "망고"], ["en", "Mango"], ["ja", "マンゴー"]]) {
    const body = { username: `mango_${lang}`, nickname: name, password: PASSWORD, email: `mango_${lang}@mail.test` };
    await rig.post("/api/register", body, { headers: { "Accept-Language": lang } });
  }
  await rig.parts.post.tick();
  const browser = await launch();
  try {
    for (const viewport of sizes) {
      await using visitor = await visit(browser, rig.base, { viewport, path: "/dev/outbox" });
      await sound(visitor.page, "/dev/outbox");
      await keep(visitor.page, "outbox", viewport.width, "light");
      for (const lang of ["ko", "en", "ja"]) {
        const mail = await newestMail(rig, `mango_${lang}@mail.test`);
        const page = await visitor.context.newPage();
        await page.setContent(mail!.html);
        await sound(page, `the mail in ${lang}`);
        await keep(page, `mail-${lang}`, viewport.width, "light");
      }
    }
  } finally {
    await browser.close();
  }
});

/** Pictures for people, when SHOTS names a folder. */
async function keep(page: Page, name: string, width: number, scheme: string): Promise<void> {
  const folder = Deno.env.get("SHOTS");
  if (folder) await page.screenshot({ path: `${folder}/${name}-${width}-${scheme}.png`, fullPage: true });
}

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { ko } from "../domain/words/ko.ts";
import { openAssets } from "../routes/assets.ts";
import { axeOn } from "./axe.ts";
import { visit } from "./browser.ts";
import { inBrowser, line, live, openLive, password, say } from "./live_rig.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

const words = ko.notifications;
/** The page is in the worker's hands: it is so from the second visit on. */
const held = async (page: Page) => {
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller);
};

inBrowser("the worker behind the pages", {
  async "without a connection it says so, shows what was read last, and comes back by itself"(browser) {
    await using rig = await openLive();
    await say(rig, "one", "비 오는 날의 이야기");
    await using visitor = await visit(browser, rig.base, { as: "two_2", password, path: "/streaming" });
    const { page, context } = visitor;
    await live(page);
    await held(page);
    await line(page, "비 오는 날의 이야기").waitFor();
    await page.goto("/mypage"); // leaving keeps it
    await context.setOffline(true);
    await page.goto("/streaming");
    await page.getByRole("heading", { name: words.app.offlineTitle }).waitFor();
    assert.match(await page.locator("#seen").innerText(), /하나[^]*비 오는 날의 이야기/);
    assert.deepEqual(await axeOn(page), []);
    await context.setOffline(false);
    await line(page, "비 오는 날의 이야기").waitFor();
    assert.deepEqual(visitor.faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(fault)), []);
  },

  async "a new version is told, and taken when one wants it"(browser) {
    const assets = { ...await openAssets("static") };
    await using rig = await openRig({ now: Date.now, assets });
    await using visitor = await visit(browser, rig.base, { path: "/letters" });
    const { page } = visitor;
    await held(page);
    assert.equal(await page.locator("#fresh").isVisible(), false);
    assets.version = "another";
    await page.reload();
    await page.locator("#fresh").waitFor();
    assert.deepEqual(await axeOn(page), []);
    const loaded = page.waitForEvent("load");
    await page.locator("#fresh button").click();
    await loaded;
    await page.waitForFunction(async () => JSON.stringify(await caches.keys()) === '["another"]');
    assert.equal(await page.locator("#fresh").isVisible(), false);
  },

  async "a push is shown; what one is told of is chosen on a page, by keyboard and without scripts"(browser) {
    await using rig = await openLive();
    await using visitor = await visit(browser, rig.base, { as: "one_1", password, path: "/settings/notifications" });
    const { page, context } = visitor;
    await held(page);
    // A browser without a screen has no leave to notify: what the worker asks of it is heard instead.
    const worker = context.serviceWorkers()[0];
    await worker.evaluate(() => {
      const shown: unknown[] = [];
      Object.assign(globalThis, { shown });
      const { registration } = globalThis as unknown as { registration: ServiceWorkerRegistration };
      registration.showNotification = (...asked) => Promise.resolve(void shown.push(asked));
    });
    const devtools = await context.newCDPSession(page);
    const registered = new Promise<string>((found) => {
      devtools.on(
        "ServiceWorker.workerRegistrationUpdated",
        ({ registrations: [one] }) => one && found(one.registrationId),
      );
    });
    await devtools.send("ServiceWorker.enable");
    const told = { title: "준호님이 답했어요", body: "저도요", url: "/?at=2#m2", tag: "/?at=2#m2" };
    await devtools.send("ServiceWorker.deliverPushMessage", {
      origin: rig.base,
      registrationId: await registered,
      data: JSON.stringify(told),
    });
    const shown = () => worker.evaluate(() => (globalThis as unknown as { shown: unknown[] }).shown);
    await until(async () => (await shown()).length === 1);
    const { title, body, url, tag } = told;
    assert.deepEqual(await shown(), [[title, { body, tag, data: url, icon: "/static/favicon.svg" }]]);
    assert.deepEqual(await axeOn(page), []);

    await using plain = await visit(browser, rig.base, {
      as: "two_2",
      password,
      path: "/settings/notifications",
      javaScriptEnabled: false,
    });
    await plain.page.locator('input[name="letter"][value="weekly"]').check();
    await plain.page.locator('input[name="quiet"]').uncheck();
    await plain.page.getByRole("button", { name: words.save }).press("Enter");
    await plain.page.getByText(words.saved).waitFor();
    const { json } = await rig.get("/api/notifications", { token: rig.people.two.token });
    const { paces, quiet } = json.preferences as { paces: Record<string, string>; quiet: unknown };
    assert.deepEqual([paces.letter, paces.reply, quiet], ["weekly", "now", null]);
  },
});

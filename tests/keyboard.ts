import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { line } from "./live_rig.ts";

/** Goes on with Tab until the place has the focus; a place that the keyboard never reaches fails. */
export async function reach(page: Page, target: Locator, key = "Tab"): Promise<void> {
  for (let i = 0; i < 120; i++) {
    if (await target.and(page.locator(":focus")).count()) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard never reaches ${target}`);
}

export async function press(page: Page, target: Locator, key = "Enter"): Promise<void> {
  await reach(page, target);
  await page.keyboard.press(key);
}

/** From the field up into the log, to the line, and what can be done there. */
export async function choose(page: Page, text: string, what: string): Promise<void> {
  await reach(page, page.locator(".log"), "Shift+Tab");
  for (let i = 0; i < 40 && !await line(page, text).and(page.locator(":focus")).count(); i++) {
    await page.keyboard.press("ArrowUp");
  }
  await page.keyboard.press("Enter");
  await reach(page, page.locator(".menu.of").getByText(what, { exact: true }), "ArrowDown");
  await page.keyboard.press("Enter");
}

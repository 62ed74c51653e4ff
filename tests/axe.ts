import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds on a page, one line each: the rule, and where. */
export async function axeOn(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's own policy does not bind.
  await page.evaluate(axe.source);
  // What is still fading in is judged as it will stand.
  await page.evaluate(() => {
    for (const one of document.getAnimations()) {
      if (Number.isFinite(one.effect?.getComputedTiming().endTime)) one.finish();
    }
  });
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

/** Each language, light and width, without going through all there are of them together. */
export const looks = ([
  ["ko", 360, "light"],
  ["en", 360, "dark"],
  ["ja", 360, "light"],
  ["ko", 1280, "dark"],
  ["en", 1280, "light"],
] as const).map(([lang, width, colorScheme]) => ({
  lang,
  name: `${lang} ${width} ${colorScheme}`,
  options: { colorScheme, viewport: { width, height: 800 } },
}));

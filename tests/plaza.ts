import type { Browser, Page } from "playwright-core";
import { PLAZA } from "../domain/room.ts";
import { launch } from "./browser.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

export { PASSWORD as password } from "./rig.ts";

type Rig = Awaited<ReturnType<typeof openRig>>;

/** A rig whose clock is the real one, with so many buzzes in the plaza. */
export async function openPlaza(buzzes = 0, rateLimitScale = 0): Promise<Rig & { say(text: string): Promise<void> }> {
  const rig = await openRig({ now: Date.now, env: { rateLimitScale } });
  const someone = await rig.person("someone", "밤부엉");
  const author = { id: someone.id, nickname: someone.nickname, role: "user" } as const;
  const say = async (text: string) => {
    await rig.parts.log.append({ room: PLAZA, author, kind: "user", text });
  };
  for (let i = 1; i <= buzzes; i++) await say(`옛글 ${i}`);
  return Object.assign(rig, { say });
}

export const texts = (page: Page): Promise<string[]> => page.locator("[data-seq] .bubble").allTextContents();
export const shows = (page: Page, text: string) =>
  until(async () => (await texts(page)).some((line) => line.includes(text)));
export const live = (page: Page) => until(async () => await page.evaluate(() => "live" in document.body.dataset));

export async function write(page: Page, text: string): Promise<void> {
  await page.locator("#say").fill(text);
  await page.keyboard.press("Enter");
}

/** Cases that share one browser, and nothing else. */
export function inBrowser(name: string, cases: Record<string, (browser: Browser) => Promise<void>>): void {
  Deno.test(name, async (t) => {
    const browser = await launch();
    try {
      for (const [what, work] of Object.entries(cases)) await t.step(what, () => work(browser));
    } finally {
      await browser.close();
    }
  });
}

/** `옛글 1` and so on, as `openPlaza` fills the plaza. */
export const old = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => `옛글 ${from + i}`);

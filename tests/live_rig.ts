import type { Page } from "playwright-core";
import { STREAMING } from "../domain/room.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

export { inBrowser, live, write } from "./plaza.ts";
export { PASSWORD as password } from "./rig.ts";

type Options = Parameters<typeof openRig>[0];

/** A rig with the real clock, and three people and a moderator. */
export async function openLive(options: Options = {}) {
  const rig = await openRig({ now: Date.now, ...options });
  const people = {
    one: await rig.person("one_1", "하나"),
    two: await rig.person("two_2", "둘이"),
    three: await rig.person("three_3", "셋이"),
    keeper: await rig.person("keeper_4", "나무그늘", "moderator"),
  };
  return Object.assign(rig, { people });
}

export const lines = (page: Page): Promise<string[]> => page.locator("[data-seq] .text").allTextContents();
export const line = (page: Page, text: string) => page.locator("[data-seq]", { hasText: text }).last();
/** Seen on all of these pages within a second, as the owner asks; a busy machine is given more before it fails. */
export async function everywhere(pages: Page[], is: (page: Page) => Promise<boolean>): Promise<void> {
  await Promise.all(pages.map((page) => until(() => is(page), 5_000)));
}

/** Opens what one can do with a message, by keyboard alone: from the log to the line, and Enter. */
export async function menuOf(page: Page, text: string): Promise<void> {
  await line(page, text).focus();
  await page.keyboard.press("Enter");
  await page.locator(".menu.of").waitFor();
}
export const choose = (page: Page, name: string) => page.locator(".menu.of").getByText(name, { exact: true }).click();
export const showsAll = (pages: Page[], text: string) =>
  everywhere(pages, async (page) => (await lines(page)).some((said) => said.includes(text)));

/** Says something in the streaming room without a browser. */
export const say = (rig: Awaited<ReturnType<typeof openLive>>, who: "one" | "two" | "three", text: string) => {
  const { id, nickname } = rig.people[who];
  return rig.parts.log.append({ room: STREAMING, author: { id, nickname, role: "user" }, kind: "user", text });
};

/** The same house on two isolates of one process. */
export async function openTwoLive(options: Options = {}) {
  const name = crypto.randomUUID(), channel = () => new BroadcastChannel(name);
  const here = await openLive({ ...options, channel: channel() });
  const there = await openRig({ now: Date.now, ...options, store: here.parts.store, channel: channel() });
  return {
    here,
    there,
    people: here.people,
    async [Symbol.asyncDispose]() {
      await there[Symbol.asyncDispose]();
      await here[Symbol.asyncDispose]();
    },
  };
}

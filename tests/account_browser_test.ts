import assert from "node:assert/strict";
import type { Page } from "playwright-core";
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

for (const viewport of sizes) {
  for (const colorScheme of ["light", "dark"] as const) {
    Deno.test(`the whole way with the keyboard and without scripts, ${viewport.width} px, ${colorScheme}`, async () => {
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
          path: "/settings",
        });
        const link = linkIn(await newestMail(rig, email), "/verify");
        await one.page.goto(link);
        await tabTo(one.page, "내 주소가 맞아요");
        await one.page.keyboard.press("Enter");
        await one.page.getByRole("heading", { name: "확인했어요" }).waitFor();

        rig.clock.at += 60_000;
        // The letter, at seven.
        await one.page.goto("/settings");
        await one.page.getByText("확인됨").waitFor();
        await tabTo(one.page, "받는 시간");
        await one.page.getByLabel("받는 시간").selectOption("7");
        await tabTo(one.page, "편지 받기");
        await one.page.keyboard.press("Enter");
        await one.page.getByText("‘편지 받기’를 눌러 주세요").waitFor();
        await one.page.goto(linkIn(await newestMail(rig, email), "/letters/by-mail"));
        await one.page.getByRole("button", { name: "편지 받기" }).press("Enter");
        await one.page.getByRole("heading", { name: "다음 편지부터 보낼게요" }).waitFor();

        rig.clock.at += 60_000;
        // Another password: a wrong one first; the focus is where something is to be mended.
        await one.page.goto("/settings");
        await one.page.getByText(`${email}로 보내고 있어요.`).waitFor();
        const section = one.page.locator("#new-password");
        await section.getByLabel("지금 비밀번호").fill("wrong-123");
        await section.getByLabel("새 비밀번호").fill(NEXT);
        await section.getByLabel("새 비밀번호").press("Enter");
        await section.getByText("비밀번호가 맞지 않아요.").waitFor();
        assert.equal(await section.getByLabel("지금 비밀번호").getAttribute("aria-invalid"), "true");
        assert.equal(await section.getByLabel("지금 비밀번호").inputValue(), "");
        await section.getByLabel("지금 비밀번호").fill(PASSWORD);
        await section.getByLabel("새 비밀번호").fill(NEXT);
        await section.getByLabel("새 비밀번호").press("Enter");
        await one.page.getByText("다른 기기는 모두 로그아웃됐어요.").first().waitFor();

        rig.clock.at += 60_000;
        // Forgotten, from the door on.
        await using guest = await visit(browser, base, { ...options, path: "/login" });
        await tabTo(guest.page, "비밀번호를 잊었어요");
        await guest.page.keyboard.press("Enter");
        await guest.page.getByLabel("아이디나 메일 주소").fill("mango_1");
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: "메일함을 살펴봐 주세요" }).waitFor();
        const reset = linkIn(await newestMail(rig, email), "/reset");
        await guest.page.goto(reset);
        await guest.page.getByLabel("새 비밀번호", { exact: true }).fill("weak");
        await guest.page.keyboard.press("Enter");
        await guest.page.getByText("8자 이상으로 해 주세요.").waitFor();
        await guest.page.getByLabel("새 비밀번호", { exact: true }).fill(`${NEXT}3`);
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: "비밀번호를 바꿨어요" }).waitFor();
        await guest.page.goto(reset);
        await guest.page.getByLabel("새 비밀번호", { exact: true }).fill(`${NEXT}4`);
        await guest.page.keyboard.press("Enter");
        await guest.page.getByRole("heading", { name: "쓸 수 없는 링크예요" }).waitFor();

        // Each page with eyes and scripts.
        const as = { as: "mango_1", password: `${NEXT}3` };
        await using seen = await visit(browser, base, { ...eyes, ...as, path: "/settings" });
        const paths = [
          "/settings",
          "/forgot",
          "/forgot?sent=1",
          reset,
          "/reset?done=1",
          link,
          "/letters/by-mail?token=x",
          "/unsubscribe?user=a&said=b",
        ];
        for (const path of paths) {
          await seen.page.goto(path);
          await sound(seen.page, path);
          await keep(
            seen.page,
            `${path.split(/[?]/)[0].slice(1).replace("/", "-")}${path.includes("=1") ? "-done" : ""}`,
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

import assert from "node:assert/strict";
import { practiceDraft } from "../domain/practice.ts";
import { createPractice } from "../kv/ai_rooms.ts";
import { axeOn, looks } from "./axe.ts";
import { launch, visit } from "./browser.ts";
import { openRig, PASSWORD } from "./rig.ts";

/** A browser's processes and pipes outlive the test that uses them. */
const lasting = { sanitizeOps: false, sanitizeResources: false };

Deno.test({
  ...lasting,
  name: "the level check by the keyboard alone and without scripts: stopped, taken up again, found, and overruled",
  async fn() {
    await using rig = await openRig();
    await rig.person("mango_1", "망고");
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, { javaScriptEnabled: false });
      const { page, context } = shown;
      await context.request.post("/api/login", { data: { username: "mango_1", password: PASSWORD } });
      await page.goto("/practice");
      await page.getByRole("link", { name: /영어.*알아보기/ }).press("Enter");
      await page.getByText("1번째 문제 · 모두 8개").waitFor();
      await page.getByRole("radio", { name: "since" }).press("Space");
      await page.getByRole("button", { name: "답하기" }).press("Enter");
      await page.getByText("2번째 문제").waitFor();
      await page.getByRole("button", { name: "모르겠어요" }).press("Enter");
      await page.getByText("3번째 문제").waitFor();
      await page.getByRole("link", { name: "나중에 이어서 하기" }).press("Enter");
      await page.getByRole("link", { name: /영어.*2\/8에서 이어서/ }).press("Enter");
      await page.getByText("3번째 문제").waitFor();
      await page.getByRole("textbox", { name: "내 답" }).fill("   ");
      await page.getByRole("button", { name: "답하기" }).press("Enter");
      await page.getByRole("alert").getByText("답을 적거나 고른 다음").waitFor();
      await page.getByRole("textbox", { name: "내 답" }).fill("<b>I</b> want to kill myself");
      await page.getByRole("button", { name: "답하기" }).press("Enter");
      await page.getByRole("link", { name: /109/ }).waitFor();
      for (let n = 3; n <= 8; n++) {
        await page.getByText(`${n}번째 문제`).waitFor();
        const field = page.getByRole("textbox", { name: "내 답" });
        if (n === 3) await field.fill("I'll be late because <b>my bus</b> broke down and will come at nine.");
        await page.getByRole("button", { name: n === 3 ? "답하기" : "모르겠어요" }).press("Enter");
      }
      await page.getByRole("heading", { name: "지금 나에게 맞는 난이도: 보통" }).waitFor();
      await page.getByText("‘보통’ 문제 3개 가운데 2개를 맞혔어요.").waitFor();
      const items = page.getByRole("region", { name: "이렇게 봤어요" }).getByRole("listitem");
      assert.equal(await items.count(), 8);
      assert.match(await items.nth(2).innerText(), /<b>my bus<\/b>[\s\S]*AI 없이/);
      assert.match(await items.nth(1).innerText(), /모르겠어요라고 답했어요/);
      await page.getByRole("radio", { name: /도전/ }).press("Space");
      await page.getByRole("button", { name: "이 난이도로 하기" }).press("Enter");
      await page.getByText("지금 쓰는 난이도: 도전 (내가 골랐어요)").waitFor();
      await page.goto("/roleplay/new?in=en");
      assert.ok(await page.getByRole("radio", { name: /도전/ }).isChecked(), "it is where scenes begin");
    } finally {
      await browser.close();
    }
  },
});

Deno.test({
  ...lasting,
  name:
    "a step, a written step, what was found, and where it shows: axe finds nothing, nothing scrolls sideways, in three languages",
  async fn() {
    await using rig = await openRig();
    const { token, id: me } = await rig.person("mango_1", "망고");
    const answer = (language: string, step: number, said?: string) =>
      rig.post(`/api/level-checks/${language}/answers`, { step, said }, { token });
    for (let step = 0; step < 8; step++) {
      await answer("en", step, step === 2 ? "I will be late because of <rain>." : undefined);
    }
    for (let step = 0; step < 2; step++) await answer("ja", step);
    const { id } = await createPractice(
      rig.parts.store,
      me,
      { ...practiceDraft.parse({ topic: "비" }), level: "hard" },
      { review: [], moved: { how: "won", right: 5, of: 6 } },
      rig.clock.at,
    );
    const browser = await launch();
    try {
      for (const { lang, name, options } of looks) {
        for (
          const path of ["/level?in=en", "/level?in=ja", "/level?in=ko", "/level?in=ja&blank=1&care=1", "?", `/${id}?`]
        ) {
          await using shown = await visit(browser, rig.base, {
            ...options,
            as: "mango_1",
            password: PASSWORD,
            path: `/practice${path}&lang=${lang}`,
          });
          const { page, faults } = shown;
          assert.deepEqual(await axeOn(page), [], `${name} ${path}`);
          assert.ok(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), `${name} ${path}`);
          assert.deepEqual(faults, []);
          const file = name.startsWith("ko") &&
            `/tmp/level/${name.replaceAll(" ", "-")}-${path.replaceAll("/", "")}.png`;
          if (file && Deno.env.get("PICTURES")) await page.screenshot({ path: file, fullPage: true });
        }
      }
    } finally {
      await browser.close();
    }
  },
});

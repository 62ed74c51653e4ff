import assert from "node:assert/strict";
import { themesOf } from "../ai/lexicon.ts";
import { sceneOf } from "../domain/feeling.ts";
import { mayPractise } from "../domain/may_practise.ts";
import type { Message } from "../domain/message.ts";
import { moods } from "../domain/mood.ts";
import { langs } from "../domain/person.ts";
import { themes } from "../domain/theme.ts";
import { feltScene } from "../routes/felt_scene.ts";
import { launch, visit } from "./browser.ts";
import { openRig, PASSWORD } from "./rig.ts";

type FeltContext = Parameters<typeof feltScene>[1];
const CRISIS = "오늘은 정말 죽고 싶어";

Deno.test("every mood and theme makes a whole scene in each language, which fits into the form", () => {
  const text = "👨‍👩‍👧 긴 글 ".repeat(200);
  for (const lang of langs) {
    const made = new Set<string>();
    for (const mood of moods) {
      for (const theme of [undefined, ...themes]) {
        const scene = sceneOf({ text, mood, themes: theme ? [theme] : [] }, lang);
        made.add(`${scene.situation} ${scene.goals}`);
        const { title, situation, myRole, aiRole, goals } = scene;
        for (const [said, most] of [[title, 40], [situation, 600], [myRole, 60], [aiRole, 60]] as const) {
          assert.ok(said.length > 0 && [...said].length <= most && !/[{}]/.test(said), said);
        }
        assert.equal(goals.filter((goal) => goal && [...goal].length <= 80).length, 3);
      }
    }
    assert.equal(made.size, moods.length * (themes.length + 1), "no two are the same");
  }
});

Deno.test("what was felt and where is read from the buzz; its words are quoted, not filled in", () => {
  const text = "회사에서 {place} 야근했다";
  const scene = sceneOf({ text, mood: "tired", themes: themesOf(text) }, "ko");
  assert.match(scene.situation, /^일을 마치고 회사 동료와.+지친 마음을.+“회사에서 \{place\} 야근했다”$/);
  assert.deepEqual([scene.title, scene.aiRole], ["지친 하루 털어놓기", "마음 맞는 회사 동료"]);
});

Deno.test("only one's own words may be practised with, never a cry for help", () => {
  const message = { author: { id: "me" }, kind: "user", text: "지쳤다" } as Message;
  assert.ok(mayPractise(message, "me"));
  const not: Partial<Message>[] = [{ text: CRISIS }, { text: " " }, { gone: "author" }, { kind: "companion" }];
  for (const change of not) assert.equal(mayPractise({ ...message, ...change }, "me"), false);
  for (const reader of ["you", undefined]) assert.equal(mayPractise(message, reader), false);
});

Deno.test("the server reads only one's own buzz, and asks no model", async () => {
  await using rig = await openRig();
  const [me, other] = [await rig.person("mango_1"), await rig.person("mango_2")];
  const buzz = async (text: string, mood?: string) =>
    String((await rig.post("/api/send-chat", { text, mood }, me)).json.id);
  const read = (from: string, id = me.id, lang = "ko") =>
    feltScene(rig.parts, { var: { who: { id }, lang } } as FeltContext, from);
  const tired = await buzz("오늘도 야근이라 너무 지쳤다");
  assert.equal((await read(tired))?.title, "지친 하루 털어놓기");
  assert.equal((await read(tired, me.id, "en"))?.title, "Tell of a tiring day");
  assert.equal((await read(await buzz("오늘도 야근", "joy")))?.title, "기쁜 마음 나누기", "the chosen mood counts");
  assert.equal(await read(tired, other.id), null);
  assert.equal(await read(await buzz(CRISIS)), null);
  for (const from of ["plaza:999", "house:1", "plaza:-1", "plaza:1e3", "", "../1"]) {
    assert.equal(await read(from), null);
  }
  const gone = await buzz("지울 글");
  await rig.ask("DELETE", `/api/rooms/plaza/messages/${gone.split(":")[1]}`, me);
  assert.equal(await read(gone), null);
  assert.deepEqual(rig.parts.model.usage(), {});
});

Deno.test({
  sanitizeOps: false,
  sanitizeResources: false,
  name: "the menu of one's own buzz leads to practice; others' and cries for help have no such line",
  async fn() {
    await using rig = await openRig();
    const [me, other] = [await rig.person("mango_1", "망고"), await rig.person("mango_2", "두리")];
    await rig.post("/api/send-chat", { text: "면접을 앞두고 떨린다" }, me);
    await rig.post("/api/send-chat", { text: CRISIS }, me);
    await rig.post("/api/send-chat", { text: "남의 글" }, other);
    const browser = await launch();
    try {
      await using shown = await visit(browser, rig.base, { as: "mango_1", password: PASSWORD });
      const { page } = shown;
      await page.locator("body[data-live]").waitFor();
      const hrefs: (string | null)[] = [];
      for (const seq of [1, 2, 3]) {
        const line = page.locator(`[data-seq="${seq}"]`);
        await line.hover();
        await line.getByRole("button", { name: /할 수 있는 일/ }).click();
        await page.getByRole("menuitem", { name: "이 글의 주소" }).waitFor();
        const link = page.getByRole("menuitem", { name: "이 마음으로 연습해 볼까요?" });
        hrefs.push(await link.count() ? await link.getAttribute("href") : null);
        await page.keyboard.press("Escape");
      }
      assert.deepEqual(hrefs, ["/roleplay/new?from=plaza%3A1", null, null]);
      await page.goto("/mypage");
      assert.equal(await page.getByRole("link", { name: "이 마음으로 연습해 볼까요?" }).count(), 1);
    } finally {
      await browser.close();
    }
  },
});

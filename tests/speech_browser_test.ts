import assert from "node:assert/strict";
import { visit } from "./browser.ts";
import { inBrowser, live, password } from "./plaza.ts";
import { openRig } from "./rig.ts";

/** A scene of the gallery, begun by somebody. */
async function openScene() {
  const rig = await openRig({ now: Date.now });
  const { token } = await rig.person("cloud_1", "느린구름");
  const answer = await rig.post("/roleplay", new URLSearchParams({ scenario: "cafe", language: "en" }).toString(), {
    token,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
  return Object.assign(rig, { path: answer.headers.get("Location")! });
}

/** What a browser with a voice and an ear does, told by the test instead of by a device. */
const voiceAndEar = `
  globalThis.spoken = [];
  speechSynthesis.speak = (said) => { globalThis.spoken.push(said); said.onboundary({ charIndex: 4 }); };
  globalThis.SpeechRecognition = class {
    start() { globalThis.ear = this; }
    stop() { this.onend(); }
  };
`;

inBrowser("speech", {
  async "an answer is read aloud, its word is marked, and it is silent when pressed again"(browser) {
    await using rig = await openScene();
    await using shown = await visit(browser, rig.base, { as: "cloud_1", password });
    const { page, context, faults } = shown;
    await context.addInitScript(voiceAndEar);
    await page.goto(rig.path);
    await live(page);
    await page.locator("summary", { hasText: "소리" }).click();
    await page.getByText("1.25×").click();
    await page.getByRole("button", { name: "듣기", exact: true }).click();
    const marked = () => page.evaluate("[...CSS.highlights.get('spoken') ?? []].map(String).join()");
    assert.equal(await marked(), "hot");
    const said = await page.evaluate("(({ text, lang, rate }) => [text, lang, rate])(globalThis.spoken[0])");
    assert.deepEqual(said, ["One hot latte for you. Enjoy!", "en-US", 1.25]);
    await page.getByRole("button", { name: "그만 듣기" }).click();
    await page.getByRole("button", { name: "듣기", exact: true }).waitFor();
    assert.equal(await marked(), "");
    assert.deepEqual(faults, []);
  },

  async "what is dictated stands in the field and is not sent; a refused microphone is told"(browser) {
    await using rig = await openScene();
    await using shown = await visit(browser, rig.base, { as: "cloud_1", password });
    const { page, context } = shown;
    await context.addInitScript(voiceAndEar);
    await page.goto(rig.path);
    await live(page);
    const mic = page.getByRole("button", { name: "말로 쓰기" });
    await mic.click();
    assert.equal(await page.evaluate("globalThis.ear.lang"), "en-US");
    await page.evaluate("globalThis.ear.onresult({ results: [{ 0: { transcript: 'an iced americano' } }] })");
    assert.equal(await page.inputValue("#say"), "an iced americano");
    await page.getByRole("button", { name: "듣고 있어요. 다시 누르면 멈춰요" }).click();
    await mic.click();
    await page.evaluate("globalThis.ear.onerror({ error: 'not-allowed' }); globalThis.ear.onend()");
    await page.getByText("마이크를 쓸 수 없어요").waitFor();
    assert.equal(await page.locator(".msg").count(), 1);
  },

  async "a browser without voice and ear says so, and offers neither"(browser) {
    await using rig = await openScene();
    await using shown = await visit(browser, rig.base, { as: "cloud_1", password });
    const { page, context } = shown;
    await context.addInitScript(
      "for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition']) delete globalThis[name];",
    );
    await page.goto(rig.path);
    await live(page);
    await page.locator("summary", { hasText: "소리" }).click();
    await page.getByText("이 브라우저는 소리 내어 읽지 못해요.").waitFor();
    await page.getByText("이 브라우저는 받아쓰기를 못 해요.").waitFor();
    assert.equal(await page.getByRole("button", { name: "듣기", exact: true }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "말로 쓰기" }).count(), 0);
    await page.getByText("막힐 때의 도움말도 쉬어요.").waitFor();
  },
});

import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { visit } from "./browser.ts";
import { axeOn } from "./axe.ts";
import { addCards } from "../kv/cards.ts";
import { slowModel } from "./companion_rig.ts";
import { type Asked, startModelServer } from "./model_server.ts";
import { inBrowser, password, write } from "./plaza.ts";
import { openRig } from "./rig.ts";
import { until } from "./until.ts";

/** A rig with the real clock and somebody who practises, without a model unless `openai` is given. */
async function openScene(openai?: { key: string; baseUrl: string }) {
  const settings = openai ? { openai: { ...openai, model: "m", voice: "v" } } : {};
  const rig = await openRig({ now: Date.now, env: settings });
  const me = await rig.person("cloud_1", "느린구름");
  return Object.assign(rig, { me });
}
type Rig = Awaited<ReturnType<typeof openScene>>;

const enter = (browser: Browser, rig: Rig, path: string, more = {}) =>
  visit(browser, rig.base, { as: "cloud_1", password, path, ...more });
const live = (page: Page) => page.locator("body[data-live]").waitFor();
const said = (page: Page) => page.locator("[data-seq] .bubble").allTextContents();
const says = (page: Page, text: string) => until(async () => (await said(page)).some((one) => one.includes(text)));

inBrowser("role-play and practice without a model", {
  async "a scene of the gallery: begun, talked through to its goals, and ended with reasons"(browser) {
    await using rig = await openScene();
    await using shown = await enter(browser, rig, "/roleplay");
    const { page, faults } = shown;
    await page.locator("#cafe").getByRole("button").click();
    await page.waitForURL(/\/roleplay\/\w{20}$/);
    await live(page);
    assert.deepEqual(await said(page), ["One hot latte for you. Enjoy!"]);
    await write(page, "Sorry, I ordered an iced americano.");
    await says(page, "you had the iced americano?");
    await page.getByText("목표 1/3").waitFor();
    await page.reload();
    await live(page);
    assert.equal((await said(page)).length, 3);
    await write(page, "Could you make it again, please?");
    await says(page, "Any chance you'd be okay with the latte?");
    await write(page, "I'd like another one, please.");
    await says(page, "I'll make a fresh one");
    await write(page, "Thank you so much!");
    await says(page, "Have a cool rest of your day!");
    await page.getByRole("heading", { name: "목표를 모두 이뤘어요" }).waitFor();
    assert.equal(await page.locator("#outcome .pips .on").count(), 3);
    assert.equal(await page.locator("#say").isDisabled(), true);
    await page.getByRole("button", { name: "같은 장면 다시 하기" }).click();
    await until(async () => (await said(page)).length === 1);
    assert.deepEqual(faults, []);
  },

  async "an interview: question by question to its report; taken again, both reports stand side by side"(browser) {
    await using rig = await openScene();
    await using shown = await enter(browser, rig, "/practice");
    const { page, faults } = shown;
    await page.getByRole("heading", { name: "오늘 5번 남았어요" }).waitFor();
    const form = page.locator("form", { hasText: "면접 시작하기" });
    await form.getByText("개발", { exact: true }).click();
    await form.getByRole("button", { name: "면접 시작하기" }).click();
    await page.waitForURL(/\/practice\/\w{20}$/);
    await answerAll(page, "I built a small cache.");
    await page.getByRole("link", { name: "리포트 보기" }).click();
    await page.waitForURL(/\/report$/);
    assert.equal(await page.locator(".star").count(), 5);
    assert.ok((await page.locator(".q").allTextContents()).includes("“I built a small cache.”"), "my own words");
    await page.getByText("모델 없이 낱말을 보고 매긴 점수예요").waitFor();
    await page.getByRole("button", { name: "다시 면접 보기" }).click();
    await page.waitForURL(/\/practice\/\w{20}$/);
    await answerAll(page, "Last year I had to fix it, so I built a cache. As a result errors dropped by 40%.");
    await page.getByRole("link", { name: "리포트 보기" }).click();
    await page.waitForURL(/\/report$/);
    assert.equal(await page.locator(".star").count(), 10, "this time and last time");
    for (const lang of ["en", "ja", "ko"]) {
      await page.goto(`${new URL(page.url()).pathname}?lang=${lang}`);
      assert.deepEqual(await axeOn(page), [], `the report, ${lang}`);
    }
    await page.getByText(/지난번보다 \d+점 올랐어요/).waitFor();
    await page.goto("/practice");
    await page.getByRole("heading", { name: "오늘 3번 남았어요" }).waitFor();
    assert.deepEqual(faults, []);
  },

  async "a conversation in English: small at first, Harper puts it right once switched on; a mistake comes back in the next scene"(
    browser,
  ) {
    await using rig = await openScene();
    // What the worker keeps comes unpacked, and is asked for twice.
    await using shown = await enter(browser, rig, "/practice", { serviceWorkers: "block" });
    const { page, faults } = shown;
    await page.locator("form", { hasText: "회화 시작하기" }).getByRole("button", { name: "회화 시작하기" }).click();
    await page.waitForURL(/\/practice\/\w{20}$/);
    await live(page);
    await page.waitForLoadState("networkidle");
    const loaded = () =>
      page.evaluate(() =>
        (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
          .filter(({ name }) => new URL(name).pathname.endsWith(".js"))
          .map(({ name, encodedBodySize }) => ({ name, size: encodedBodySize }))
      );
    const files = await loaded(), bytes = files.reduce((sum, { size }) => sum + size, 0);
    assert.ok(bytes > 5_000 && bytes <= 60 * 1024, `${bytes} bytes`);
    assert.ok(files.every(({ name }) => !name.includes("harper")), "nothing of Harper before it is wanted");
    await page.getByText("지금은 모델 없이, 물음 모음과 규칙으로 움직여요. 막힐 때의 도움말도 쉬어요.").waitFor();
    await write(page, "She have an apple.");
    await until(async () => (await said(page)).length === 2);
    const toggle = page.getByRole("switch", { name: "영어 살펴보기 켜기" });
    await toggle.focus();
    await page.keyboard.press("Space");
    await page.getByText("She has an apple.").waitFor({ timeout: 30_000 });
    await page.getByText("실수 노트에 담았어요").waitFor();
    assert.equal((await rig.get("/api/cards", rig.me)).json.total, 1);
    await write(page, "I like walking.");
    await page.getByText("고칠 곳을 찾지 못했어요").waitFor();
    assert.deepEqual(await axeOn(page), []);

    const long = { now: Date.now() - 3 * 24 * 3_600_000, source: { from: "practice" }, language: "en" } as const;
    const mistake = { said: "I am agree.", better: "I agree.", why: "agree는 동사예요.", kind: "grammar" } as const;
    await addCards(rig.parts.store, rig.me.id, { ...long, corrections: [mistake] });
    await page.goto("/roleplay");
    await page.locator("#cafe").getByRole("button").click();
    await page.waitForURL(/\/roleplay\/\w{20}$/);
    const back = page.locator(".fold", { hasText: "이 실수가 다시 나왔어요" });
    await back.getByText("I am agree.").waitFor();
    await back.getByText(/연습에서 쓴 문장이에요\. agree는 동사예요\./).waitFor();
    assert.deepEqual(faults, []);
  },

  async "without scripts: a scene is made, talked in, changed and deleted by forms"(browser) {
    await using rig = await openScene();
    await using shown = await enter(browser, rig, "/roleplay/new?scenario=apology&in=ko", { javaScriptEnabled: false });
    const { page } = shown;
    assert.equal(await page.inputValue("#title"), "약속을 잊은 친구에게 사과");
    await page.fill("#situation", "");
    await page.locator("#situation").evaluate((box) => box.removeAttribute("required"));
    await page.getByRole("button", { name: "장면 만들기" }).click();
    assert.equal(await page.getAttribute("#situation", "aria-invalid"), "true");
    await page.goto("/roleplay/new?scenario=apology&in=ko");
    await page.getByRole("button", { name: "장면 만들기" }).click();
    await page.waitForURL(/\/roleplay\/\w{20}$/);
    await page.fill("#say", "정말 미안해");
    await page.getByRole("button", { name: "보내기" }).click();
    await page.locator(".bubble", { hasText: "정말 미안해" }).waitFor();
    await until(async () => {
      await page.reload();
      return (await said(page)).length === 3;
    });
    await page.getByRole("link", { name: "고쳐서 다시" }).click();
    assert.equal(await page.inputValue("#say"), "정말 미안해");
    await page.fill("#say", "혼자 기다리게 해서 미안해");
    await page.getByRole("button", { name: "고쳐서 다시" }).click();
    await page.getByText("2/2").waitFor();
    await page.getByRole("link", { name: "장면 고치기" }).first().click();
    await page.fill("#title", "늦은 사과");
    await page.getByRole("button", { name: "고친 장면 저장하기" }).click();
    await page.getByRole("heading", { level: 1, name: "늦은 사과" }).waitFor();
    await page.getByText("장면이 바뀌었어요").waitFor();
    await page.getByRole("link", { name: "장면 고치기" }).first().click();
    await page.getByRole("button", { name: "장면 지우기" }).click();
    await page.getByText("아직 만든 장면이 없어요").waitFor();
  },

  async "axe finds nothing on any page, by day and by night, and nothing is too wide"(browser) {
    await using rig = await openScene();
    const { token } = rig.me;
    const scene = await rig.post("/api/roleplays", { ...cafe, goals: ["say sorry"] }, { token });
    const practice = await rig.post("/api/practices", { mode: "interview", language: "en" }, { token });
    const room = `/roleplay/${scene.json.id}`;
    await using shown = await enter(browser, rig, "/roleplay");
    const { page, faults } = shown;
    const paths = [
      "/roleplay",
      "/roleplay/new",
      room,
      `${room}/edit`,
      `${room}/memory`,
      "/practice",
      `/practice/${practice.json.id}`,
    ];
    for (const path of paths) {
      await page.goto(path);
      if (path === room || path.startsWith("/practice/")) await live(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        for (const width of [320, 360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${path} is ${over} px too wide at ${width}`);
          if (width > 320) assert.deepEqual(await axeOn(page), [], `${path} ${colorScheme} ${width}`);
        }
      }
    }
    await page.setViewportSize({ width: 360, height: 800 });
    for (const lang of ["en", "ja"]) {
      for (const path of [...paths, "/progress"]) {
        await page.goto(`${path}?lang=${lang}`);
        assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} ${lang}`);
        assert.deepEqual(await axeOn(page), [], `${path} ${lang}`);
      }
    }
    assert.deepEqual(faults, []);
  },

  async "by keyboard alone: a scene is chosen, talked in, and a line said again in other words"(browser) {
    await using rig = await openScene();
    await using shown = await enter(browser, rig, "/roleplay");
    const { page, faults } = shown;
    const walk = async (to: string) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate((to) => document.activeElement?.matches(to), to)) return;
      }
      throw new Error(`Tab does not lead to ${to}`);
    };
    await walk("#cafe button");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/roleplay\/\w{20}$/);
    await live(page);
    await walk("#say");
    await page.keyboard.type("Sorry, I ordered an iced americano.");
    await page.keyboard.press("Enter");
    await says(page, "you had the iced americano?");
    assert.equal(
      await page.getByRole("group", { name: "막힐 때" }).count(),
      0,
      "nothing is offered that nobody can give",
    );
    await walk("a[href*=rerun]");
    await page.keyboard.press("Enter");
    await until(() => page.evaluate(() => document.activeElement?.id === "say"));
    await page.keyboard.press("Control+A");
    await page.keyboard.type("That is not what I ordered, I wanted an iced americano.");
    await page.keyboard.press("Enter");
    await until(async () => (await said(page))[1]?.includes("That is not what I ordered"));
    assert.deepEqual(faults, []);
  },
});

const cafe = { language: "en", situation: "A café. The order is wrong.", myRole: "guest", aiRole: "barista" };

/** Answers until the interview says that it is over. */
async function answerAll(page: Page, answer: string): Promise<void> {
  await live(page);
  const newest = page.locator(".msg.ai").last(), over = page.locator(".over");
  for (let n = 1;; n++) {
    // The next question, or word that there is none: what is said at the end is no question.
    await until(async () =>
      await over.count() > 0 ||
      (await page.locator(".msg.ai").count() === n && await newest.getByText(/질문 \d\/5/).count() === 1)
    );
    if (await over.count()) break;
    await write(page, `${answer} `);
  }
  await page.locator(".over").waitFor();
}

inBrowser("role-play with a model", {
  async "stop keeps what came, regenerate and rerun keep versions, a reload in the middle goes on"(browser) {
    const slow = slowModel();
    const server = startModelServer((asked) => structured(asked) ?? slow.reply());
    await using rig = await openScene({ key: "k", baseUrl: server.url });
    try {
      const { json } = await rig.post("/api/roleplays", cafe, { token: rig.me.token });
      await using shown = await enter(browser, rig, `/roleplay/${json.id}`);
      const { page, faults } = shown;
      await live(page);
      await write(page, "Hello, I wants my coffee.");
      await until(slow.asked);
      slow.say("Good morning! What");
      await says(page, "Good morning! What");
      await page.reload();
      await live(page);
      await says(page, "Good morning! What");
      await page.getByRole("note").getByText("I 뒤에는 want예요.").waitFor();
      slow.say(" can I get you");
      await says(page, "Good morning! What can I get you");
      await page.locator("#say").fill("typed meanwhile");
      assert.equal(await page.inputValue("#say"), "typed meanwhile");
      await page.fill("#say", "");
      await page.getByRole("button", { name: "답변 멈추기" }).click();
      await until(async () => await page.locator(".live-ai").count() === 0);
      await says(page, "Good morning! What can I get you");

      await page.getByRole("button", { name: "다시 하기" }).or(page.getByRole("button", { name: "다른 말로 듣기" }))
        .last().click();
      await until(() => server.requests.filter(isLine).length === 2);
      slow.say("Hi there.");
      slow.end();
      await says(page, "Hi there.");
      await page.getByText("2/2").waitFor();
      await page.getByRole("button", { name: "앞 갈래" }).click();
      await says(page, "Good morning! What can I get you");
      assert.ok(!(await said(page)).some((one) => one.includes("Hi there.")));

      const mine = page.locator(".msg.mine").last();
      await mine.hover();
      await mine.getByRole("link", { name: "고쳐서 다시" }).click();
      await page.fill("#say", "Hi, one coffee please.");
      await page.keyboard.press("Enter");
      await until(() => server.requests.filter(isLine).length === 3);
      slow.say("Coming up!");
      slow.end();
      await says(page, "Coming up!");
      assert.deepEqual(await said(page), ["Hi, one coffee please.", "Coming up!"]);
      assert.deepEqual(faults, []);

      await page.goto("/roleplay");
      await page.locator("#cafe").getByRole("button").click();
      await page.waitForURL(/\/roleplay\/\w{20}$/);
      await page.getByText("이 실수가 다시 나왔어요").waitFor();
      await page.locator("ins", { hasText: "I want my coffee." }).waitFor();
    } finally {
      await server.stop();
    }
  },
});

const isLine = ({ response_format }: Asked): boolean => response_format === undefined;

/** What the coach and the referee answer; nothing for the partner's own lines. */
function structured({ response_format, messages }: Asked): string | undefined {
  const name = response_format?.json_schema?.name;
  if (name === undefined) return undefined;
  const wrong = "Hello, I wants my coffee.";
  const found = messages.some(({ role, content }) => role === "user" && content.includes(wrong));
  const fix = { said: wrong, better: "Hello, I want my coffee.", why: "I 뒤에는 want예요.", kind: "grammar" };
  if (name === "correct") return JSON.stringify({ corrections: found ? [fix] : [] });
  return JSON.stringify({ goals: [], lost: false, reason: "" });
}

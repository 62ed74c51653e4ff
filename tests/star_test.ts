import assert from "node:assert/strict";
import type { Lang } from "../domain/person.ts";
import { sentencesOf, starOf, starParts, totalOf, weakest } from "../domain/star.ts";

const whole: Record<Lang, string> = {
  ko:
    "작년 봄, 저희 팀은 주문이 몰려 서버가 느려지는 문제를 겪고 있었습니다. 그때 저는 응답 시간을 줄이는 일을 맡았습니다. 저는 먼저 느린 요청을 하나씩 조사해서 캐시를 만들었습니다. 그 결과 응답 시간이 3초에서 1초로 줄었습니다.",
  en:
    "Last spring our team was split because orders were slow. My job was to cut the response time before Friday. First, I measured each request and built a small cache. As a result, response time dropped by 60%.",
  ja:
    "去年の春、注文が増えてサーバーが遅くなる問題がありました。そのとき私は応答時間を短くする役割を任されました。まず私は遅い処理を一つずつ調べて、キャッシュを作りました。その結果、応答は3秒から1秒に減りました。",
};
const thin: Record<Lang, string> = { ko: "잘 지냈어요.", en: "It was fine, thank you.", ja: "まあまあです。" };

for (const lang of ["ko", "en", "ja"] as const) {
  Deno.test(`${lang}: a whole answer has four parts, each quoted word for word from its own sentence`, () => {
    const star = starOf(whole[lang], lang), sentences = sentencesOf(whole[lang]);
    assert.deepEqual(starParts.map((part) => star[part].quote), sentences);
    for (const part of starParts) {
      assert.ok(star[part].score >= 3 && star[part].score <= 5, `${part} ${star[part].score}`);
    }
    assert.ok(totalOf(star) >= 15);
  });

  Deno.test(`${lang}: what is missing is said to be missing, and asked for first`, () => {
    const empty = starOf(thin[lang], lang);
    assert.equal(totalOf(empty), 0);
    assert.deepEqual(starParts.map((part) => empty[part].lack), Array(4).fill("missing"));
    const [situation, task, action] = sentencesOf(whole[lang]);
    const open = starOf([situation, task, action].join(" "), lang);
    assert.equal(open.result.lack, "missing");
    assert.equal(weakest(open), "result");
  });
}

Deno.test("numbers and one's own part are what lifts a score", () => {
  const [vague, exact] = [
    "In the end it improved.",
    "In the end errors dropped by 40%, so we shipped two weeks earlier.",
  ]
    .map((text) => starOf(text, "en").result);
  assert.equal(vague.lack, "number");
  assert.ok(exact.score > vague.score);
  assert.equal(starOf("결국 나아졌습니다.", "ko").result.lack, "number");
  assert.equal(starOf("新しい方法を提案しました。", "ja").action.lack, "self");
});

Deno.test("sentences are whole: points in numbers do not cut, blanks and empty texts make none", () => {
  assert.deepEqual(sentencesOf("It fell by 3.5 points. Good!"), ["It fell by 3.5 points.", "Good!"]);
  assert.deepEqual(sentencesOf("좋았다。그래서\n끝냈다"), ["좋았다。", "그래서", "끝냈다"]);
  assert.deepEqual(sentencesOf(" \n "), []);
});

import assert from "node:assert/strict";
import { scenarioId, scenarioIn } from "../ai/gallery/gallery.ts";
import { partnerSays } from "../ai/gallery/partner.ts";
import { type ScenarioId, scenarioIds } from "../ai/gallery/scenario.ts";
import { interviewIn, questionsFor } from "../ai/interview/bank.ts";
import { jobs } from "../domain/practice.ts";
import { type Lang, langs } from "../domain/person.ts";

const script = (id: ScenarioId, lang: Lang) => scenarioIn(id, lang).script;

Deno.test("there are at least twelve scenes, whole in three languages, and no language copies another", () => {
  assert.ok(scenarioIds.length >= 12);
  for (const id of scenarioIds) {
    const said = langs.map((lang) => JSON.stringify(scenarioIn(id, lang)));
    assert.equal(new Set(said).size, 3, id);
    assert.doesNotMatch(scenarioIn(id, "ko").script.opening, /[\p{Script=Hiragana}\p{Script=Katakana}]/u);
    assert.match(scenarioIn(id, "ko").script.opening, /\p{Script=Hangul}/u, id);
    assert.match(scenarioIn(id, "ja").script.opening, /\p{Script=Hiragana}/u, id);
    assert.match(scenarioIn(id, "en").script.opening, /^[\p{Script=Latin}\p{P}\p{N}\s]+$/u, id);
  }
  assert.equal(scenarioId("cafe"), "cafe");
  assert.equal(scenarioId("toString"), undefined);
});

/** What a learner who knows the scene would say, a goal each line; twice where the partner resists. */
const played: Record<Lang, Record<ScenarioId, string[]>> = {
  ko: {
    cafe: [
      "저 아이스 아메리카노요",
      "새로 주실 수 있어요? 부탁해요, 바꿔 주세요",
      "네, 다시 부탁드려요",
      "정말 고맙습니다",
    ],
    refund: [
      "이 신발이 좀 작아요",
      "사흘 전에 카드로 샀어요",
      "큰 치수로 교환하고 싶어요",
      "한 번만 신었어요. 바꿔 주세요",
    ],
    clinic: ["목이 너무 아파요", "어제 밤부터요", "알레르기는 없어요"],
    airport: [
      "제 캐리어가 안 나왔어요. 회색이에요",
      "010-1234-5678로 전화 주세요",
      "내일 아침까지 필요해요",
      "꼭 내일까지요",
    ],
    viewing: [
      "관리비는 얼마인가요?",
      "밤에 시끄러울까 봐 걱정이에요",
      "월세를 조금 깎아 주실 수 없어요",
      "3만 원만 내려 주세요",
    ],
    repair: [
      "샤워기에서 물이 새요",
      "일주일째 제대로 못 씻어서 급해요",
      "이번 주 토요일 어떠세요",
      "다음 주는 힘들어요. 목요일이요",
    ],
    moving: [
      "그건 처음부터 있었어요",
      "들어올 때 찍어 둔 사진이 있어요",
      "날짜가 나오는 사진이에요",
      "그럼 보증금은 오늘 돌려주세요",
    ],
    first: ["저는 은우라고 해요", "어떤 책을 좋아하세요?", "다음 주에 또 봐요"],
    comfort: ["정말 속상했겠다", "그때 어떤 마음이었어?", "내가 지금 갈게, 같이 밥 먹자"],
    apology: ["내가 미안해, 잘못했어", "혼자 기다리게 해서 서운했지", "내가 정말 잘못했어", "이번 주말에 밥 살게"],
    refusal: ["미안하지만 이번에는 안 돼", "정말 어려워", "가족이랑 약속이 있어", "대신 다음에 바꿔 보자"],
    smalltalk: ["안녕하세요, 김하늘입니다", "오늘 날씨가 좋아서 걸어왔어요", "회사 블로그를 보고 좋았어요"],
    leave: [
      "다음 달에 사흘 쉬고 싶습니다",
      "맡은 일은 미리 정리하겠습니다",
      "그렇게 해도 괜찮을까요",
      "사흘이 꼭 필요한데 가능할까요",
    ],
    mistake: [
      "고객에게 메일을 잘못 보냈습니다",
      "제가 확인을 못 했습니다",
      "정정 메일을 보내겠습니다",
      "사과하고 다시 보내겠습니다",
    ],
  },
  en: {
    cafe: ["This isn't what I ordered", "Could you make it again?", "Yes please, another one", "Thanks a lot"],
    refund: ["These are too small", "I bought them three days ago", "Could I exchange them?", "A bigger size, please"],
    clinic: ["My throat hurts", "Since yesterday", "I'm allergic to penicillin"],
    airport: ["My suitcase is gray", "My phone is 555 1234", "I need it tomorrow", "By the morning, please"],
    viewing: ["How much are the bills?", "I'm worried about noise", "Could the rent be lower", "It is above my budget"],
    repair: ["My shower leaks", "It has been a week, it's urgent", "Come tomorrow", "Thursday morning"],
    moving: ["They were there already", "I have photos", "Look at the photo", "So please return my deposit today"],
    first: ["I'm Eun-woo", "What do you read?", "Let's meet again"],
    comfort: ["That must be so hard", "How did it happen?", "I'll come over"],
    apology: ["I'm so sorry", "You waited alone", "I'm sorry, I was wrong", "Dinner this weekend?"],
    refusal: ["I can't this time", "I really can't", "I have plans with my family", "Maybe ask someone else"],
    smalltalk: ["Hello, my name is Haneul", "The weather was lovely", "I like your company blog"],
    leave: ["I'd like three days off", "I'll finish my work before", "Would it be okay?", "Could I take three?"],
    mistake: ["I sent a wrong price", "It's my fault", "I can send a correction and fix it", "I'd apologize first"],
  },
  ja: {
    cafe: ["頼んだものとちがいます", "作り直してもらえますか", "もう一度お願いします", "ありがとうございます"],
    refund: ["少し小さいです", "3日前に買いました", "交換できますか", "大きいサイズに換えてください"],
    clinic: ["のどが痛いです", "昨日からです", "アレルギーはありません"],
    airport: ["灰色のスーツケースです", "電話は090-1234です", "明日までに要ります", "明日の朝までに"],
    viewing: ["管理費はいくらですか", "夜の音が心配です", "家賃を下げられませんか", "予算が少し足りません"],
    repair: ["シャワーから水がもれています", "一週間なので急いでいます", "明日来てください", "木曜の午前に"],
    moving: ["最初からありました", "写真があります", "この写真を見てください", "敷金は今日返してください"],
    first: ["ウヌといいます", "どんな本を読みますか", "また来週"],
    comfort: ["つらかったね", "どうだったの？", "今から行くよ、一緒にいる"],
    apology: ["本当にごめん", "一人で待たせたね", "ごめん、悪かった", "週末ごはんおごる"],
    refusal: ["ごめん、今回はできない", "本当に無理なんだ", "家族と約束があるんだ", "ほかの人に聞いてみて"],
    smalltalk: ["はじめまして、ハヌルと申します", "天気がよくて歩きました", "御社のブログを読みました"],
    leave: ["来月三日休みたいです", "資料を先にまとめます", "よろしいでしょうか", "取らせていただけますか"],
    mistake: ["メールの価格を間違えました", "私の責任です", "訂正メールを送ります", "お詫びしてから直します"],
  },
};

Deno.test("every scene can be won by what its goals ask for, and not by talking of something else", () => {
  for (const lang of langs) {
    for (const id of scenarioIds) {
      const won = partnerSays(script(id, lang), played[lang][id]);
      assert.deepEqual(won.met, [0, 1, 2], `${id} ${lang}: ${won.text}`);
      assert.equal(won.over, "won", `${id} ${lang}`);
      assert.ok(won.text.endsWith(script(id, lang).end));
      const idle = partnerSays(script(id, lang), Array(6).fill({ ko: "음…", en: "Hmm.", ja: "うーん…" }[lang]));
      assert.deepEqual([idle.met, idle.over], [[], undefined], `${id} ${lang}`);
    }
  }
});

Deno.test("a partner resists once, then gives in; leads on when nothing fits; a scene can be lost for good", () => {
  const cafe = script("cafe", "en");
  assert.equal(partnerSays(cafe, []).text, cafe.opening);
  const asked = ["This is the wrong drink", "Could you make it again?"];
  assert.equal(partnerSays(cafe, asked).text, cafe.beats[1].doubt);
  assert.deepEqual(partnerSays(cafe, asked).met, [0]);
  assert.ok(partnerSays(cafe, [...asked, "Yes, another one please"]).text.startsWith(cafe.beats[1].yes));
  assert.equal(partnerSays(cafe, ["Hmm."]).text, cafe.beats[0].nudge);
  assert.equal(partnerSays(cafe, ["Hmm.", "Hmm."]).text, cafe.aside[0]);
  const lost = partnerSays(cafe, ["Forget it", ...asked]);
  assert.deepEqual(lost, { text: cafe.lost.say, met: [], over: "lost" });
});

Deno.test("each job has questions of its own in each language, never the same twice in one interview", () => {
  for (const lang of langs) {
    for (const job of jobs) {
      for (let turn = 0; turn < 8; turn++) {
        const asked = questionsFor(job, lang, 5, turn).map(({ ask }) => ask);
        assert.equal(new Set(asked).size, 5, `${lang} ${job} ${turn}`);
      }
    }
    assert.notDeepEqual(questionsFor("developer", lang, 5), questionsFor("designer", lang, 5));
    assert.notDeepEqual(questionsFor("general", lang, 5, 1), questionsFor("general", lang, 5));
    for (const frame of Object.values(interviewIn[lang].frames)) assert.match(frame, /___/);
  }
});

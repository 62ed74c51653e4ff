import assert from "node:assert/strict";
import { isCrisis } from "../domain/crisis.ts";

const crisis = {
  ko: [
    "죽고 싶어요",
    "죽고싶다",
    "그냥 죽 고 싶 어",
    "정말 죽고... 싶어",
    "차라리 죽는 게 나을 것 같아",
    "나 죽을까 봐, 그냥 죽을래",
    "이대로 사라지고 싶다",
    "내가 사라졌으면 좋겠어",
    "더 이상 살기 싫어",
    "살고 싶지 않아",
    "살아갈 이유가 없어요",
    "자살하고 싶은 생각이 들어",
    "자꾸 자해를 하게 돼",
    "오늘 손목을 그었어",
    "한강 다리에서 뛰어내리고 싶다",
    "유서를 썼어요",
    "이제 인생을 끝내고 싶어",
    "내일 눈을 뜨지 않았으면 좋겠다",
    "내가 죽으면 편해질까",
    "웃겨 죽겠네 하고 웃지만 사실은 죽고 싶어",
  ],
  en: [
    "I want to die",
    "i just wanna die",
    "I'm going to kill myself",
    "kms honestly",
    "I have been feeling suicidal",
    "I don't want to live anymore",
    "I don’t want to be here anymore.",
    "there is no reason to live",
    "everyone would be better off without me",
    "I wish I was dead",
    "I wish I could just not wake up",
    "thinking about ending it all",
    "I keep cutting myself",
    "I want to jump off a bridge",
    "nothing left to live for",
    "I'm killing it at work but at night I want to kill myself",
  ],
  ja: [
    "死にたい",
    "もう死 に た い",
    "死にたくなる夜がある",
    "消えてしまいたい",
    "もう消えたい…",
    "生きていたくない",
    "生きている意味がない",
    "生きるのがつらい",
    "自殺を考えている",
    "リスカしてしまった",
    "死んだほうがましだ",
    "屋上から飛び降りようかな",
    "遺書を書いた",
    "いなくなりたい",
    "全部終わりにしたい",
    "このまま目が覚めなければいいのに",
  ],
};

const ordinary = [
  "죽겠다 배고파",
  "배고파 죽겠다",
  "웃겨 죽겠네",
  "웃겨서 죽는 줄 알았어 ㅋㅋㅋ",
  "졸려 죽을 것 같아",
  "오늘 더워 죽겠어요",
  "보고 싶어 죽겠어",
  "귀여워 죽을 뻔",
  "죽고 못 사는 사이",
  "게임에서 또 죽었어",
  "화분이 죽었어요",
  "죽 먹고 싶다",
  "전복죽이 최고야",
  "기분이 사라지기 전에 적어 둔다",
  "살이 쪄서 걱정이에요",
  "너 없이는 못 살아",
  "숙제를 다 끝내고 싶다",
  "killing it today",
  "you are killing it!",
  "these shoes are killing me",
  "dying to see you",
  "this cake is to die for",
  "I was dying of laughter",
  "killing time at the station",
  "my phone died",
  "I don't want to be here late",
  "deadline tomorrow",
  "I could cut myself a slice of cake",
  "死ぬほど美味しい",
  "死ぬほど眠い",
  "笑いすぎて死ぬ",
  "お腹すいて死にそう",
  "ゲームでまた死んだ",
  "眠くて死にそう",
  "必死にがんばる",
  "鯛焼き食べたい",
  "終わりにしよう、今日の仕事",
  "電池が死んだ",
  "오늘도 좋은 하루",
  "Had a good day",
  "今日もいい日だった",
  "",
];

for (const [lang, texts] of Object.entries(crisis)) {
  Deno.test(`a cry for help is heard (${lang})`, () => {
    assert.deepEqual(texts.filter((text) => !isCrisis(text)), []);
  });
}

Deno.test("figures of speech are not taken for one", () => {
  assert.deepEqual(ordinary.filter(isCrisis), []);
});

Deno.test("a text made to be slow is not slow", () => {
  for (const piece of ["죽", "죽고 ", "死", "want to ", "게임", "웃겨서", " ", "살아야"]) {
    const started = performance.now();
    isCrisis(piece.repeat(Math.ceil(20_000 / piece.length)));
    assert(performance.now() - started < 500, piece);
  }
});

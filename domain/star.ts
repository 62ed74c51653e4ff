import type { Lang } from "./person.ts";

/** Situation, task, action, result: the four parts of an answer that tells of something done. */
export const starParts = ["situation", "task", "action", "result"] as const;
export type StarPart = (typeof starParts)[number];

/** What a part lacks: everything, a time, a reason, the speaker, a number; or nothing. */
export type Lack = "missing" | "when" | "why" | "self" | "number" | "none";
/** `score` is 0 to 5; `quote` is a sentence of the answer, word for word. */
export type StarMark = { score: number; lack: Lack; quote?: string };
export type Star = Record<StarPart, StarMark>;

/** What of the four an answer has, by the words that speak of them. Rules, not understanding: hints, no verdict. */
export function starOf(answer: string, lang: Lang): Star {
  const sentences = sentencesOf(answer);
  const taken = new Set<string>();
  const mark = (part: StarPart): StarMark => {
    const best = sentences.filter((one) => !taken.has(one)).map((one) => ({ one, weight: weigh(one, part, lang) }))
      .reduce((a, b) => b.weight > a.weight ? b : a, { one: "", weight: 0 });
    if (!best.weight) return { score: 0, lack: "missing" };
    taken.add(best.one);
    return { ...rate(best.one, part, lang), quote: best.one };
  };
  // The rarer words choose first, so that "I built it and it saved 30%" is a result before it is an action.
  const result = mark("result"), task = mark("task"), action = mark("action"), situation = mark("situation");
  return { situation, task, action, result };
}

/** The part with the lowest score, the first of equals. */
export const weakest = (star: Star): StarPart =>
  starParts.reduce((low, part) => star[part].score < star[low].score ? part : low);

export const totalOf = (star: Star): number => starParts.reduce((sum, part) => sum + star[part].score, 0);

/** A text's sentences, word for word, without the blanks around them. */
export const sentencesOf = (text: string): string[] =>
  text.normalize("NFC").split(/(?<=[!?。！？\n])|(?<=\.)(?!\d)/u).map((one) => one.trim()).filter((one) =>
    one.length > 1
  );

function weigh(sentence: string, part: StarPart, lang: Lang): number {
  return sentence.match(new RegExp(marks[lang][part], "giu"))?.length ?? 0;
}

/** Two for being there; one each for the speaker or a time, for a number or a reason, and for telling enough. */
function rate(sentence: string, part: StarPart, lang: Lang): { score: number; lack: Lack } {
  const has = (what: keyof typeof signs.ko) => signs[lang][what].test(sentence);
  const wanted: [Lack, boolean][] = {
    situation: [["when", has("when")], ["why", has("why") || has("number")]] as [Lack, boolean][],
    task: [["self", has("self")], ["why", has("why") || has("when")]] as [Lack, boolean][],
    action: [["self", has("self")], ["number", has("number") || has("how")]] as [Lack, boolean][],
    result: [["number", has("number")], ["why", has("why") || has("change")]] as [Lack, boolean][],
  }[part];
  const isLong = [...sentence].length >= (lang === "en" ? 50 : 22);
  const score = 2 + wanted.filter(([, there]) => there).length + (isLong ? 1 : 0);
  return { score, lack: wanted.find(([, there]) => !there)?.[0] ?? "none" };
}

/** Words that speak of each part. */
const marks: Record<Lang, Record<StarPart, string>> = {
  ko: {
    situation:
      "때(?:는|에|,)?|당시|였을|했을|지난|작년|올해|학년|프로젝트|상황|입사|인턴|있었(?:어|습)|겪|시절|팀(?:은|이|에서)|문제",
    task: "맡(?:은|았|게)|책임|역할|목표|해야\\s?(?:했|하|할)|과제|담당|임무|부탁받|요청받",
    action:
      "했(?:어|습|고|는)|만들(?:었|어)|제안|설득|정리|나눠|바꾸|바꿔|시작|조사|물어|모아|찾아|도입|작성|연락|분석|고쳐|고쳤|이야기",
    result:
      "결과|덕분|그래서\\s?결국|결국|줄(?:었|어들)|늘(?:었|어)|올랐|높아|낮아|성공|배(?:웠|우)|달성|%|퍼센트|받았|이어졌|나아졌|끝낼",
  },
  en: {
    situation:
      "\\b(?:when|while|last (?:year|month|week|spring|summer|fall|autumn|winter)|at my|in my|during|we were|our team|there was|was working|back in|project|problem|situation)\\b",
    task:
      "\\b(?:my (?:job|role|task|responsibility|goal)|i (?:was|had to|needed to|was asked|was responsible)|responsible for|goal was|in charge|was asked|had to|assigned|deadline)\\b",
    action:
      "\\bi (?:\\w+ly )?(?:built|made|wrote|asked|talked|called|set|led|created|designed|tested|proposed|suggested|started|organi[sz]ed|decided|split|changed|fixed|shared|met|analy[sz]ed|collected|explained|listened|offered|showed|learned|took|ran|used)\\b|\\bso i\\b|\\bfirst,? i\\b|\\bthen i\\b",
    result:
      "\\b(?:as a result|result(?:ed)?|in the end|finally|eventually|because of (?:this|that)|dropped|rose|grew|increased|decreased|reduced|improved|saved|achieved|learned that|went (?:up|down|well)|won|finished)\\b|\\d ?%",
  },
  ja: {
    situation:
      "とき|時(?:に|、)|当時|去年|昨年|先月|ころ|頃|状況|プロジェクト|問題|でした(?:が|。)|ていました|チーム(?:は|が|で)|大学|入社|アルバイト",
    task: "担当|役割|責任|目標|任され|しなければ|する必要|課題|頼まれ|求められ|役目",
    action:
      "しました|作り|作って|提案|話し|相談|まとめ|分け|変え|調べ|聞いて|聞き|集め|始め|説明|工夫|直し|取り入れ|行い",
    result:
      "結果|おかげ|その後|最終的|減り|減った|減らす|増えま|増えた|上がり|上がっ|下がっ|成功|学び|達成|％|%|パーセント|できるように|につなが|改善",
  },
};

const signs = {
  ko: {
    when: /때|작년|지난|올해|\d+\s?(?:년|월|달|주|일)|당시|학년|시절|동안/u,
    why: /때문|위해|그래서|라서|니까|려고|이유|덕분/u,
    self: /제가|저는|나는|내가|저의|제\s/u,
    number: /\d|[한두세네]\s?(?:명|배|번|달|주|건)|절반|배로/u,
    how: /먼저|그다음|하나씩|직접|매일|매주|함께|통해/u,
    change: /줄|늘|올랐|높아|낮아|나아|빨라|배웠/u,
  },
  en: {
    when:
      /\b(?:when|last|ago|during|while|in (?:19|20)\d\d|spring|summer|fall|autumn|winter|monday|week|month|year)\b/i,
    why: /\b(?:because|so that|in order to|since|to make sure|reason|due to|therefore)\b/i,
    self: /\b(?:i|my|me)\b/i,
    number: /\d|\b(?:two|three|four|five|ten|half|twice|double|third|hundred)\b/i,
    how: /\b(?:first|then|step|by \w+ing|daily|weekly|myself|directly)\b/i,
    change: /\b(?:less|more|fewer|faster|better|dropped|rose|grew|improved|reduced|increased|saved|learned)\b/i,
  },
  ja: {
    when: /とき|去年|昨年|先月|\d+(?:年|月|週|日)|当時|ころ|頃|間/u,
    why: /ため|から|ので|理由|おかげ|ように/u,
    self: /私|わたし|自分|僕/u,
    number: /[\d０-９]|半分|[二三四五]人|倍|[一二三]割/u,
    how: /まず|次に|ひとつずつ|一つずつ|直接|毎日|毎週|一緒/u,
    change: /減|増|上が|下が|改善|早く|速く|学び|よくな/u,
  },
} satisfies Record<Lang, Record<string, RegExp>>;

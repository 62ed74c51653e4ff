/**
 * Does a text speak of wanting to die or to hurt oneself? It errs on the side of care: a card too many harms nobody.
 * Spaces, dots and lengthened letters between Hangul or Kana do not hide a phrase; figures of speech are taken out first.
 */
export function isCrisis(text: string): boolean {
  const plain = text.normalize("NFKC").toLowerCase().replace(/[’`]/g, "'").replace(/\p{Cf}/gu, "");
  if (english.test(plain.replace(figures.en, " "))) return true;
  const tight = plain.replace(/[\s.,·…~!?^*_\-ㅋㅎㅠㅜ]+/gu, "");
  return korean.test(tight.replace(figures.ko, "")) || japanese.test(tight.replace(figures.ja, ""));
}

/** Ways of speaking in which nobody means to die. They are removed, so that what stands beside them still counts. */
const figures = {
  ko: new RegExp(
    [
      "(?:배고파|배불러|웃겨|웃기|심심해|졸려|귀여워|귀여|예뻐|좋아|맛있어|더워|추워|재밌어|재미있어|보고싶어|궁금해|부러워|쪽팔려|창피해|피곤해|바빠|설레|떨려|간지러워|목말라|사랑스러워)서?(?:진짜|정말)?죽(?:겠|을것같|을거같|는줄|을뻔)",
      "죽(?:겠다|겠네|겠어|을것같아?|을거같아?)(?:진짜|정말)?(?:배고|배불|웃|심심|졸|귀여|예뻐|더워|추워|재밌)",
      "죽고못사[는살]?",
      "(?:배고파|웃겨|귀여워|졸려|심심해|더워|추워)서?(?:진짜|정말)?죽고싶",
      "(?:게임|드라마|영화|소설|만화|웹툰|뉴스|주인공|캐릭터|보스|화분|식물)(?:에서|속에서|속|가|이|은|는)?[^죽자]{0,8}(?:죽|자살)\\S{0,4}",
      "자살골",
      "자살(?:예방|방지)(?:교육|캠페인|센터)",
    ].join("|"),
    "gu",
  ),
  en: new RegExp(
    [
      "\\bkill(?:ing|ed|s)? (?:it|time|the (?:vibe|lights|mood|game|engine|process))\\b",
      "\\bdying (?:to (?:see|know|try|meet|hear|go|eat|read|watch|tell)|of (?:laughter|laughing|boredom|heat|embarrassment))\\b",
      "\\bdie (?:of|from) (?:laughter|laughing|boredom|embarrassment|cuteness|hunger)\\b",
      "\\bto die for\\b",
      "\\bsuicide (?:squad|burn|doors?)\\b",
      "\\b(?:my|these|this|the) [a-z]+ (?:is|are) killing me\\b",
    ].join("|"),
    "gu",
  ),
  ja: new RegExp(
    [
      "死ぬ(?:ほど|くらい|ぐらい)(?:に)?",
      "死にそうなほど",
      "(?:笑い|笑って|笑いすぎて|お腹(?:が)?(?:すいて|空いて|へって)|腹減って|おなかすいて|可愛すぎて|かわいすぎて|尊すぎて|暑くて|暑すぎて|寒くて|眠くて|眠すぎて|暇で|恥ずかしくて)(?:もう)?(?:死にそう|死ぬ|死んだ|死にたい)",
      "(?:ゲーム|アニメ|ドラマ|映画|漫画|主人公|キャラ|ボス)(?:で|が|の|は)[^死]{0,8}死\\S{0,3}",
      "自殺(?:点|防止|予防)",
    ].join("|"),
    "gu",
  ),
};

const korean = new RegExp(
  [
    "죽고(?:만)?(?:싶|십|시퍼|파)",
    "죽(?:어)?버리고싶",
    "죽어버릴(?:까|래|거야|게요?$|것같)",
    "죽어야(?:겠|지|만|끝|될|할|돼|편)",
    "(?:그냥|차라리|이대로|다시|오늘|나는|난|내가|제가|나)죽(?:을까|을래|을게|을거야|었으면|는게(?:낫|나을|편)|어도(?:될|돼|괜찮)|어야)",
    "죽는게(?:낫|나을|나아|더낫|편하|답)",
    "죽으면(?:편|끝|다끝|좋겠|슬퍼|아무도|누가)",
    "죽었으면(?:좋겠|해)",
    "죽을(?:방법|결심|준비|생각|용기)",
    "안아프게죽|편하게죽는",
    "자살(?!이란게임)",
    "자해",
    "(?:극단적|나쁜)인?선택(?:을)?(?:하|할|했|생각)",
    "살(?:고싶지(?:가)?않|기(?:가)?싫|아갈(?:이유|힘)(?:가|이)?(?:없|안)|(?:아야할|아야하는|아있을|)이유(?:가|를)?(?:없|모르)|고싶은마음이(?:없|안))",
    "더(?:이상|는)(?:은)?(?:못살|살(?:수(?:가)?없|기(?:가)?싫|고싶지))",
    "(?:세상|이세상)(?:에서)?(?:을|을다|를)?(?:사라지고싶|떠나고싶|떠날|등지)",
    "(?:내가|나(?:는|만|도)?|이대로|영원히|그냥|조용히|흔적없이)사라(?:지고싶|졌으면|져버리고싶|질래|질까)",
    "(?:삶|생|인생|목숨|생명)(?:을|를)?(?:끝내고싶|끝내려|끝낼|끝내버리|마감하|포기하고싶|끊고싶|끊을|끊으려)",
    "(?:모든걸|모든것을|모두|전부)끝내(?:고싶|버리고싶)",
    "손목(?:을|을또|또)?(?:긋|그었|그을|그어)",
    "(?:옥상|다리|한강|베란다|창문)(?:에서|에|으로|밖으로)?[^면]{0,6}(?:뛰어내리|뛰어내릴|투신|몸을던)",
    "뛰어내리고싶",
    "유서(?:를|도)?(?:썼|쓰고|써|쓸|남기|남겼)",
    "(?:나|날|저|저를)(?:를)?(?:좀)?죽여(?:줘|주세요|줬으면)",
    "눈(?:을)?(?:뜨지|안뜨|감고안|안떴)(?:않|고싶|으면|았으면)",
    "안깨어?(?:났으면|나고싶|나면좋)",
    "태어나지(?:말|않)[가-힣]{0,4}(?:걸|았으면|어야)",
  ].join("|"),
  "u",
);

const english = new RegExp(
  [
    "\\b(?:want|wanna|wish|wanting|wanted|ready|going|trying|plan|planning|like|need|rather|thinking (?:of|about)|think about|thought about) (?:i (?:could|would) )?(?:to )?(?:just )?(?:die|dying|be dead|kill myself|killing myself|kms|end (?:it all|my life|things for good)|ending (?:it all|my life)|disappear forever|not exist|cease to exist|hang myself)\\b",
    "\\b(?:kill(?:ing|ed)?|hang(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|shoot(?:ing)?|drown(?:ing)?) (?:myself|my ?self)\\b(?! (?:some|a (?:slice|piece|break)|off from|out of))",
    "\\bkms\\b",
    "\\bsuicid(?:e|al|ally)\\b",
    "\\bself[- ]?harm(?:ing|ed)?\\b",
    "\\b(?:end|ending|take|taking) (?:my (?:own )?life|it all)\\b",
    "\\b(?:don'?t|do not|didn'?t|dont) (?:want|wanna|wish) (?:to )?(?:live|be alive|exist|be here|wake up|go on living)(?: any ?more| tomorrow| again)?(?=\\s*(?:$|[.,!?;:]|and\\b|but\\b|because\\b|i\\b))",
    "\\b(?:don'?t|do not|dont) (?:want|wanna) (?:to )?(?:live|be alive|exist|be here|wake up) (?:any ?more|tomorrow|again)\\b",
    "\\bno (?:reason|point) (?:to|in|for) (?:live|living|go on living|being alive|keep living)\\b",
    "\\bnothing (?:left )?to live for\\b",
    "\\b(?:better off|happier) (?:dead|without me)\\b",
    "\\bwish i (?:was|were|wasn'?t|weren'?t|had never been|hadn'?t been|was never) (?:dead|born|alive|never born)\\b",
    "\\bwish i (?:could|would) (?:just )?(?:die|not wake up|never wake up|fall asleep and (?:not|never) wake)",
    "\\b(?:never|not) wake up (?:again|tomorrow)\\b",
    "\\bi (?:should|might as well|deserve to) (?:just )?(?:die|be dead|kill)\\b",
    "\\b(?:jump|jumping|leap) (?:off|from) (?:a|the|this|that) (?:bridge|roof|building|balcony|window)\\b",
    "\\b(?:wrote|writing|write|left) (?:a|my|the) suicide note\\b",
    "\\bi can'?t (?:go on|live) (?:living|like this|any ?more)\\b",
    "\\boverdos(?:e|ing) (?:on|tonight|myself)\\b",
    "\\bunaliv(?:e|ing) (?:myself|me)\\b",
  ].join("|"),
  "u",
);

const japanese = new RegExp(
  [
    "(?:死|しに|氏に|タヒに)(?:に)?たい(?!焼|やき|へん)",
    "死にた(?:く(?!な(?:い|かった))|かった|すぎ)",
    "死のう(?:か|と|かな)",
    "死んで(?:しまいたい|しまおう|もいい|もかまわない|やる|楽に|消え)",
    "死んだ(?:ほうが|方が)(?:まし|マシ|いい|楽)",
    "死ぬ(?:しかない|方法|勇気|準備|つもり|ことばかり)",
    "死ねば(?:いい|楽|みんな)",
    "死なせて",
    "殺して(?:ほしい|欲しい|くれ|ください)",
    "自殺",
    "自死",
    "自傷",
    "リスカ|リストカット|手首を切",
    "消えて(?:しまいたい|なくなりたい|無くなりたい|しまおう)|消えたい|きえたい",
    "いなくなりたい|居なくなりたい|いなくなれば(?:いい|楽)",
    "生きて(?:いたくない|たくない|いたくなく|いる(?:意味|価値|理由)(?:が|も|は)?(?:ない|無い|わからない|分からない)|る(?:意味|価値|理由)(?:が|も|は)?(?:ない|無い|わからない|分からない)|いけない|いくのが(?:つらい|辛い|しんどい)|いるのが(?:つらい|辛い|しんどい|嫌|いや)|るのが(?:つらい|辛い|しんどい|嫌|いや))",
    "生きる(?:意味|価値|理由|気力)(?:が|も|は)?(?:ない|無い|見つからない|わからない|分からない)|生きるのが(?:つらい|辛い|しんどい|嫌|いや)|生きたくない",
    "(?:人生|命|いのち)を?(?:終わらせ|終わりにし|絶ち|絶と|断ち)",
    "(?:もう|すべて|全部)(?:終わらせたい|終わりにしたい)",
    "(?:屋上|ビル|橋|ベランダ|ホーム|線路|電車)(?:から|に|へ)(?:飛び降り|飛びおり|飛び込み|飛び込も|飛び込ん)|飛び降りたい",
    "首(?:を)?(?:吊り|吊ろ|吊って|つりたい|つろう)",
    "遺書",
    "(?:このまま|もう|永遠に)(?:目が|目を)?(?:覚めなければ|覚めないで|覚まさなければ|覚めなきゃ)(?:いい|ほしい|欲しい)?",
    "生まれてこなければ|生まれなければよかった|生まれてこなきゃ",
  ].join("|"),
  "u",
);

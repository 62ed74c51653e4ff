import type { Mood } from "../domain/mood.ts";
import type { Theme } from "../domain/theme.ts";

type Stems = { ko: string; en: string; ja: string };

/** Beginnings of words, as parts of a regular expression. */
export const moodWords: Record<Mood, Stems> = {
  joy: {
    ko: "기쁘|기뻐|기쁨|행복|즐거|즐겁|신나|신난|재밌|재미있|웃었|웃음|뿌듯|성공|합격|축하|최고|좋았|좋아요|좋다|맛있",
    en: "happy|happi|joy|glad|fun\\b|laugh|smil|proud|delight|great day|good day|awesome|celebrat|passed|delicious",
    ja: "うれし|嬉し|楽し|たのし|幸せ|しあわせ|笑った|笑え|最高|やった|合格|よかった|良かった|おいし|美味し",
  },
  flutter: {
    ko: "설레|설렘|두근|기대돼|기대된|기대되|첫사랑|짝사랑|반했|데이트|떨리게",
    en: "excit|can't wait|looking forward|crush\\b|butterflies|thrill|first date|in love|anticipat",
    ja: "ときめ|どきどき|ドキドキ|わくわく|ワクワク|楽しみ|待ちきれ|恋し|好きな人|デート",
  },
  thanks: {
    ko: "고마|고맙|감사|덕분|은혜|다행",
    en: "thank|grateful|gratitude|appreciat|blessed|kind to me|so kind|thanks to",
    ja: "ありがと|有難|有り難|感謝|おかげ|お陰|恵まれ|優しくして",
  },
  calm: {
    ko: "평온|편안|차분|고요|여유|느긋|잔잔|산책|쉬었|쉬는 날|한가|포근",
    en: "calm|peace|quiet|relax|serene|cozy|cosy|content\\b|restful|at ease|slow day|gentle",
    ja: "穏やか|おだやか|落ち着|のんびり|ゆっくり|ほっと|静か|まったり|癒や|癒され|くつろ",
  },
  tired: {
    ko: "지쳤|지치|지친|피곤|힘들|힘든|힘드|고단|녹초|번아웃|졸려|졸리|야근|과로|기운이 없|기운 없|버겁",
    en: "tired|exhaust|worn out|burn(?:ed|t)? ?out|sleepy|drained|fatigue|overwork|weary|no energy|so much work",
    ja: "疲れ|つかれ|くたくた|へとへと|しんど|だる|眠い|ねむい|残業|燃え尽き|バテ|きつい",
  },
  sad: {
    ko: "슬프|슬퍼|슬픔|슬펐|우울|눈물|울었|울고|외로|외롭|그립|그리워|서럽|서러|속상|허전|헤어졌|이별|서운|상처",
    en:
      "sad|cry|cried|tears|lonel|alone|miss (?:you|him|her|them|my)|depress|heartbr|grief|grie|broke up|blue\\b|hurt\\b|hurts",
    ja: "悲し|かなし|哀し|泣い|泣き|涙|さみし|寂し|さびし|つら|辛い|辛く|落ち込|切ない|失恋|別れ|会いたい",
  },
  anxious: {
    ko: "불안|걱정|초조|무서|무섭|두려|두렵|긴장|조마조마|막막|떨려|떨린|떨렸|겁나|겁이|답답",
    en: "anxi|worr|nervous|afraid|scared|fear|panic|stress|uneasy|on edge|overthink|dread",
    ja: "不安|心配|怖い|こわい|怖く|緊張|焦|ストレス|びくびく|おびえ|悩|どうしよう",
  },
  angry: {
    ko: "화가 나|화가나|화났|화나|화난|짜증|열받|빡치|빡쳐|분하|분노|억울|어이없|어이가 없|미워|미운|싸웠",
    en: "angry|anger|annoy|furious|mad\\b|irritat|rage|unfair|frustrat|fed up|pissed|hate",
    ja: "怒|腹が立|腹立|むかつ|ムカつ|いらいら|イライラ|許せな|うざ|理不尽|ふざけ|喧嘩|けんか",
  },
};

export const themeWords: Record<Theme, Stems> = {
  work: {
    ko: "회사|출근|퇴근|야근|업무|팀장|상사|동료|회의|직장|월요일",
    en: "work|working|office|boss|meetings?|deadlines?|colleagues?|coworkers?|overtime",
    ja: "仕事|会社|出勤|退勤|残業|上司|同僚|会議|職場|バイト",
  },
  study: {
    ko: "시험|공부|과제|숙제|수업|학교|학원|강의|논문|발표|졸업|방학",
    en: "exams?|study|studying|homework|class|classes|school|college|thesis|assignment|lecture",
    ja: "試験|テスト|勉強|宿題|授業|学校|大学|課題|論文|発表|卒業",
  },
  jobs: {
    ko: "취업|취준|면접|이직|퇴사|이력서|자소서|합격|불합격",
    en: "job|jobs|interviews?|resume|cv|hired|quit|laid off|applications?",
    ja: "就活|転職|面接|退職|履歴書|内定|就職",
  },
  sleep: {
    ko: "잠이|잠을|잤|못 잤|불면|새벽|꿈을|늦잠|졸려|졸리|낮잠|자고 싶",
    en: "sleep|slept|insomnia|nap|dreams?|dreamt|awake",
    ja: "眠|寝|睡眠|不眠|夢を|夢で|昼寝|夜更かし",
  },
  food: {
    ko: "밥|점심|저녁을|저녁 먹|아침을 먹|먹었|맛있|맛집|요리|김치|라면|치킨|떡볶이|간식|배고",
    en: "food|lunch|dinner|breakfast|ate|eat|eating|cook|cooked|cooking|delicious|hungry|cake|ramen|pizza",
    ja: "ご飯|ごはん|昼食|ランチ|夕飯|晩ご飯|朝ご飯|食べ|料理|おいし|美味し|ラーメン|お腹",
  },
  coffee: {
    ko: "커피|카페|라떼|아메리카노|찻잔|홍차",
    en: "coffee|cafe|café|latte|tea",
    ja: "コーヒー|珈琲|カフェ|ラテ|紅茶|お茶",
  },
  weather: {
    ko: "날씨|비가 |비 오|비가|눈이 |눈 오|햇살|햇볕|바람이|더위|추위|더워|추워|하늘이|노을|미세먼지|단풍|벚꽃",
    en: "weather|rain|rained|rainy|snow|sunny|sunshine|sunset|wind|windy|cold|hot|sky|clouds?",
    ja: "天気|雨|雪が|晴れ|日差し|風が|暑い|寒い|空が|夕焼け|紅葉|桜",
  },
  family: {
    ko: "엄마|아빠|어머니|아버지|가족|부모|동생|언니|오빠|누나|할머니|할아버지|남편|아내|아이가|아들|딸",
    en:
      "mom|mum|dad|mother|father|family|parents?|sister|brother|grandma|grandpa|grandmother|husband|wife|kids?|son|daughter",
    ja: "母|父|家族|両親|お母さん|お父さん|妹|弟|姉|兄|祖母|祖父|おばあちゃん|おじいちゃん|夫|妻|息子|娘",
  },
  friends: {
    ko: "친구|절친|모임|동창|수다|단톡",
    en: "friends?|buddy|hang out|hung out|party|reunion",
    ja: "友達|友だち|友人|親友|飲み会|おしゃべり|仲間",
  },
  love: {
    ko: "연애|사랑|썸|남자친구|여자친구|남친|여친|고백|데이트|이별|헤어졌|짝사랑",
    en: "love|boyfriend|girlfriend|crush|dating|date|breakup|broke up|partner|confess|confessed",
    ja: "恋|彼氏|彼女|好きな人|告白|デート|失恋|別れ|片思い",
  },
  health: {
    ko: "병원|아프|아파|아팠|감기|두통|몸살|약을|치료|건강|허리가|수술|진료",
    en: "hospital|sick|ill|headache|cold|flu|doctor|medicine|health|pain|surgery|therapy",
    ja: "病院|風邪|頭痛|体調|薬|健康|痛い|熱が|手術|腰",
  },
  money: {
    ko: "월급|돈이|돈을|월세|적금|통장|주식|대출|카드값|물가|용돈",
    en: "money|salary|rent|paid|payday|bills?|loan|savings?|stocks?|broke",
    ja: "給料|お金|家賃|貯金|株|ローン|節約|物価|ボーナス",
  },
  animals: {
    ko: "고양이|강아지|냥이|댕댕|반려|멍멍|야옹|산책시",
    en: "cats?|dogs?|pupp(?:y|ies)|kittens?|pets?|hamster|parrot",
    ja: "猫|ねこ|ネコ|犬|いぬ|ペット|わんこ|にゃんこ|うさぎ",
  },
  music: {
    ko: "음악|노래|공연|콘서트|피아노|기타를|플레이리스트|앨범",
    en: "music|songs?|concert|piano|guitar|playlist|album|singing",
    ja: "音楽|歌|ライブ|コンサート|ピアノ|ギター|曲|アルバム",
  },
  stories: {
    ko: "영화|드라마|책을|책이|독서|소설|웹툰|만화|애니|넷플릭스|전시",
    en: "movies?|films?|books?|reading|novel|drama|series|anime|netflix|comics?",
    ja: "映画|ドラマ|本を|読書|小説|漫画|マンガ|アニメ|展示",
  },
  games: {
    ko: "게임|롤 |랭크|닌텐도|스팀",
    en: "games?|gaming|nintendo|steam|playstation",
    ja: "ゲーム|スイッチ|ガチャ|ランク",
  },
  travel: {
    ko: "여행|비행기|바다|휴가|제주|기차|캠핑|숙소|공항",
    en: "travel|trip|flight|beach|sea|ocean|vacation|holiday|train|camping|airport",
    ja: "旅行|旅|飛行機|海|休暇|電車|キャンプ|温泉|空港",
  },
  exercise: {
    ko: "운동|헬스|달리기|러닝|요가|수영|등산|자전거|축구|야구|산책",
    en: "gym|run|running|jog|jogging|yoga|swim|swimming|hike|hiking|bike|cycling|workout|walk|walked",
    ja: "運動|ジム|ランニング|走っ|ヨガ|水泳|登山|自転車|サッカー|野球|散歩",
  },
  home: {
    ko: "이사|자취|청소|빨래|설거지|방을|집이|집에|화분|식물",
    en: "home|moving|laundry|cleaning|cleaned|dishes|apartment|plants?|garden",
    ja: "引っ越し|掃除|洗濯|部屋|一人暮らし|家に|家で|観葉植物|植物",
  },
  rest: {
    ko: "주말|쉬었|쉬고|쉬는|휴일|연휴|여유|집콕|뒹굴",
    en: "weekend|day off|rest|rested|relax|relaxed|relaxing|break",
    ja: "週末|休み|休日|休ん|のんびり|ゆっくり|ごろごろ|連休",
  },
};

/** Pictures of the pages in three sizes, by day and by night, into /tmp/shots: `deno run -A tests/shots.ts [name…]`. */
import type { Letter } from "../domain/letter.ts";
import type { Mood } from "../domain/mood.ts";
import { PLAZA } from "../domain/room.ts";
import { launch, visit } from "./browser.ts";
import { openRig, PASSWORD } from "./rig.ts";

const pages: Record<string, { path: string; guest?: boolean }> = {
  plaza: { path: "/" },
  guest: { path: "/", guest: true },
  login: { path: "/login", guest: true },
  register: { path: "/register", guest: true },
  letters: { path: "/letters" },
  letter: { path: "/letters/2026-11-20" },
  mypage: { path: "/mypage" },
  lost: { path: "/nowhere" },
};
const sizes = [[360, 780], [768, 1024], [1280, 800]];

const said: [who: number, text: string, mood?: Mood][] = [
  [0, "야근 끝나고 집 가는 버스. 오늘 하늘을 한 번도 못 봤다는 걸 지금 알았어요.", "tired"],
  [1, "내일 첫 면접인데 손이 벌써 차가워요. 괜찮겠죠?", "anxious"],
  [2, "손이 찬 건 몸이 준비하는 거래요. 오늘은 일찍 누우세요.", "calm"],
  [2, "따뜻한 물 한 잔도요."],
  [6, "편지에 적힌 대로 친구한테 사진 보냈어요. 3초 만에 답이 왔네요.", "thanks"],
  [7, "밤 11시부터 10분 동안 점검해요. 쓰던 글은 그대로 남아 있어요."],
  [3, "明日から新しい仕事。ちょっとこわいけど、楽しみ。", "flutter"],
  [4, "회의에서 제 아이디어를 자기 것처럼 말하는 사람, 오늘도 봤습니다. 심호흡 중.", "angry"],
  [5, "엄마가 김치를 보냈는데 상자 밑에 편지도 있었어요.", "joy"],
  [6, "ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ 저도요"],
];
const names = ["새벽카피바라", "초록도마뱀", "무지개앵무", "ゆき", "밤부엉", "꼬마수달", "느린구름", "정글지기"];

const letter: Letter = {
  date: "2026-11-20",
  from: Date.UTC(2026, 10, 19, 0, 50),
  to: Date.UTC(2026, 10, 20, 0, 50),
  writtenAt: Date.UTC(2026, 10, 20, 0, 50),
  by: "offline",
  quiet: false,
  buzzes: 214,
  writers: 63,
  moods: { tired: 66, calm: 48, anxious: 37, thanks: 26, sad: 21, joy: 16 },
  texts: {
    ko: {
      title: "비가 그친 자리에",
      paragraphs: [
        "어젯밤 정글에는 비가 왔습니다. 빗소리만큼 한숨도 많았지만, 그 사이로 귤 하나 같은 작은 평온이 반짝였어요.",
        "첫 출근을 앞둔 마음과 시험을 하루 남긴 마음, 오래 다닌 곳을 떠나는 마음이 한 나무 아래 모여 있었지요.",
      ],
      themes: ["첫 출근", "시험", "작은 평온"],
    },
    en: { title: "Where the rain stopped", paragraphs: ["It rained in the jungle last night."], themes: ["rain"] },
    ja: { title: "雨のあがった場所に", paragraphs: ["昨夜、ジャングルには雨が降りました。"], themes: ["雨"] },
  },
};

const letters = {
  latest: () => Promise.resolve(letter),
  get: (date: string) => Promise.resolve(date === letter.date ? letter : null),
  page: () => Promise.resolve({ items: [letter], page: 1, pages: 1, total: 1 }),
  write: () => Promise.resolve(letter),
  forget: () => {},
};

await using rig = await openRig({ letters });
const people = [];
for (const [i, name] of names.entries()) people.push(await rig.person(`user_${i}`, name, i === 7 ? "admin" : "user"));
rig.clock.at = Date.now() - said.length * 120_000;
for (const [who, text, mood] of said) {
  const { id, nickname } = people[who];
  const role = who === 7 ? "admin" : "user";
  rig.clock.at += 120_000;
  await rig.parts.log.append({ room: PLAZA, author: { id, nickname, role }, kind: role, text, mood });
}

await Deno.mkdir("/tmp/shots", { recursive: true });
const browser = await launch();
const wanted = Deno.args.length ? Deno.args : Object.keys(pages);
for (const name of wanted) {
  const { path, guest } = pages[name];
  for (const [width, height] of sizes) {
    for (const colorScheme of ["light", "dark"] as const) {
      await using shown = await visit(browser, rig.base, {
        as: guest ? undefined : "user_6",
        password: PASSWORD,
        path,
        viewport: { width, height },
        deviceScaleFactor: width === 360 ? 2 : 1,
        colorScheme,
      });
      await shown.page.waitForLoadState("networkidle");
      await shown.page.screenshot({ path: `/tmp/shots/${name}-${width}-${colorScheme}.png` });
      if (shown.faults.length) console.log(name, width, shown.faults);
    }
  }
}
await browser.close();

/** What somebody came with, by its names; what is not known is absent. */
export type Device = { browser?: string; system?: string };

/** The first that fits counts: browsers also say the names of those they descend from. */
const browsers: [name: string, sign: RegExp][] = [
  ["KakaoTalk", /KAKAOTALK/i],
  ["Naver", /NAVER\(/],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Whale", /Whale\//],
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\/|OPiOS\//],
  ["Firefox", /Firefox\/|FxiOS\//],
  ["Chrome", /Chrome\/|CriOS\//],
  ["Safari", /Version\/\S+ .*Safari\//],
];
const systems: [name: string, sign: RegExp][] = [
  ["iPhone", /iPhone|iPod/],
  ["iPad", /iPad/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
];

/** The device in a `User-Agent`: a guess from what the browser says of itself, good for telling one's own apart. */
export function deviceOf(userAgent = ""): Device {
  const named = (names: [string, RegExp][]) => names.find(([, sign]) => sign.test(userAgent))?.[0];
  return { browser: named(browsers), system: named(systems) };
}
